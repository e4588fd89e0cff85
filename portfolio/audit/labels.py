"""Words for the change log: kinds of objects, their fields, what was done."""

from flask_babel import lazy_gettext as _l

from portfolio.audit.models import Verb

VERBS = {
    Verb.CREATED: (_l("angelegt"), "success"),
    Verb.CHANGED: (_l("geändert"), "info"),
    Verb.DELETED: (_l("gelöscht"), "danger"),
    Verb.EXPORTED: (_l("exportiert"), "neutral"),
}

TYPES = {
    "absence": _l("Abwesenheit"),
    "api_token": _l("Zugriffstoken"),
    "assignment": _l("Zuordnung"),
    "booking_override": _l("Begründete Überbuchung"),
    "coordination": _l("Koordination einer Organisation"),
    "forecast": _l("Prognose"),
    "milestone": _l("Meilenstein"),
    "need": _l("Bedarf"),
    "organisation": _l("Organisation"),
    "person": _l("Person"),
    "person_skill": _l("Fähigkeit einer Person"),
    "pool_share": _l("Poolanteil"),
    "project": _l("Projekt"),
    "request_comment": _l("Nachricht zur Anfrage"),
    "request_need": _l("Bedarf in einer Anfrage"),
    "service": _l("Leistung"),
    "service_bundle": _l("OZG-Leistung"),
    "service_link": _l("Leistung im Projekt"),
    "skill": _l("Fähigkeit (Katalog)"),
    "status_report": _l("Statusbericht"),
    "support_request": _l("Unterstützungsanfrage"),
    "topic_area": _l("Themenfeld"),
    "user": _l("Benutzerkonto"),
}

FIELDS = {
    "accepted": _l("angenommen"),
    "achieved": _l("Erreicht"),
    "active": _l("aktiv"),
    "agreed_on": _l("Einvernehmen am"),
    "agreement_reference": _l("Aktenzeichen des Einvernehmens"),
    "area": _l("Bereich"),
    "as_of": _l("Stand vom"),
    "assignment_id": _l("Zuordnung"),
    "at": _l("Zeitpunkt"),
    "author_id": _l("Verfasst von"),
    "bundle_id": _l("OZG-Leistung"),
    "cause": _l("Ursache"),
    "code": _l("Kürzel"),
    "comment": _l("Bemerkung"),
    "confirmed_on": _l("bestätigt am"),
    "contract_share": _l("Vertragsanteil"),
    "coordinator_id": _l("Koordination"),
    "cost": _l("Ampel Kosten und Aufwand"),
    "created_at": _l("erstellt"),
    "created_by_id": _l("Angelegt von"),
    "date": _l("Prognosetermin"),
    "dates": _l("Ampel Termine"),
    "deadline": _l("Frist"),
    "decided_at": _l("entschieden"),
    "decided_by_id": _l("Entschieden von"),
    "decisions_needed": _l("Entscheidungsbedarf"),
    "delivery_model": _l("Umsetzungsart"),
    "description": _l("Beschreibung"),
    "email": _l("E-Mail-Adresse"),
    "enabled": _l("aktiv"),
    "end": _l("Ende"),
    "evidence": _l("Nachweis"),
    "expires_at": _l("gültig bis"),
    "form": _l("Form der Mitarbeit"),
    "from_date": _l("von"),
    "from_week": _l("ab Woche"),
    "goal": _l("Ziel"),
    "home_organisation_id": _l("Stammdienststelle"),
    "kind": _l("Art"),
    "lead_id": _l("Projektleitung"),
    "legal_basis": _l("Rechtsgrundlage"),
    "level": _l("Stufe"),
    "locale": _l("Sprache"),
    "location": _l("Standort"),
    "login": _l("Anmeldename"),
    "mandatory": _l("verpflichtend"),
    "maturity_now": _l("Reifegrad heute"),
    "maturity_target": _l("Reifegrad Ziel"),
    "max_parallel": _l("Projekte zugleich höchstens"),
    "measures": _l("Maßnahmen"),
    "milestone_id": _l("Meilenstein"),
    "model": _l("Reifegradmodell"),
    "name": _l("Name"),
    "need_id": _l("Bedarf"),
    "next": _l("Nächste Schritte"),
    "offered": _l("Gegenvorschlag"),
    "organisation_id": _l("Organisation"),
    "overall": _l("Ampel gesamt"),
    "ozg_id": _l("Nummer"),
    "parent_id": _l("Übergeordnet"),
    "password_hash": _l("Passwort"),
    "person_days": _l("Personentage"),
    "person_id": _l("Person"),
    "phase": _l("Phase"),
    "planned_date": _l("Plantermin"),
    "priority": _l("Priorität"),
    "project_id": _l("Projekt"),
    "reached_on": _l("erreicht am"),
    "reason": _l("Begründung"),
    "released_at": _l("freigegeben"),
    "released_by_id": _l("Freigegeben von"),
    "reporting_date": _l("Stichtag"),
    "request_id": _l("Anfrage"),
    "revoked_at": _l("widerrufen"),
    "risks": _l("Risiken"),
    "roles": _l("Rollen"),
    "rows": _l("Zeilen"),
    "scope": _l("Ampel Qualität und Umfang"),
    "service_id": _l("Leistung"),
    "service_key": _l("Leistungsschlüssel"),
    "services": _l("Leistungen"),
    "share": _l("Anteil"),
    "situation": _l("Lebens- oder Geschäftslage"),
    "skill_id": _l("Fähigkeit"),
    "staff": _l("Ampel Personal"),
    "start": _l("Beginn"),
    "state": _l("Stand"),
    "submitted_at": _l("eingereicht"),
    "successor_id": _l("Nachfolge"),
    "text": _l("Text"),
    "theme": _l("Darstellung"),
    "title": _l("Titel"),
    "to_date": _l("bis"),
    "to_week": _l("bis Woche"),
    "topic_area_id": _l("Themenfeld"),
    "typing": _l("Typisierung"),
    "user_id": _l("Konto"),
    "valid_from": _l("besteht seit"),
    "valid_from_week": _l("gültig ab Woche"),
    "valid_to": _l("besteht bis"),
    "valid_to_week": _l("gültig bis Woche"),
}


def type_label(object_type: str) -> str:
    """The kind of an object; the name of the table for one that is no more."""
    return str(TYPES.get(object_type, object_type))


def field_label(name: str) -> str:
    return str(FIELDS.get(name, name))


def verb_label(verb: Verb) -> str:
    return str(VERBS[verb][0])


def verb_tone(verb: Verb) -> str:
    return VERBS[verb][1]
