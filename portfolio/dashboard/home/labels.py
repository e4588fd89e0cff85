"""What the lists of the home pages are called, and what stands there while they are empty."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Words:
    title: LazyString
    nothing: LazyString


WORDS: Mapping[str, Words] = {
    "requests_to_decide": Words(_l("Neue Anfragen"), _l("Keine Anfrage wartet auf eine Entscheidung.")),
    "own_requests": Words(
        _l("Ihre Anfragen"), _l("Sie haben keine offene Anfrage. Mit „Neue Anfrage“ bitten Sie um Unterstützung.")
    ),
    "needs_without_person": Words(
        _l("Bedarfe ohne Person, Beginn in den nächsten 8 Wochen"),
        _l("Jeder Bedarf, der bald beginnt, ist besetzt."),
    ),
    "gaps": Words(_l("Offene Bedarfe"), _l("Jeder Bedarf Ihrer Projekte ist besetzt.")),
    "conflicts": Words(
        _l("Offene Konflikte: mehr gebucht als der Poolanteil"),
        _l("Niemand ist ohne Begründung über den Poolanteil hinaus gebucht."),
    ),
    "agreements": Words(_l("Einvernehmen steht aus"), _l("Kein Einvernehmen steht aus.")),
    "milestones_due": Words(
        _l("Meilensteine der nächsten 8 Wochen"), _l("In den nächsten 8 Wochen ist kein Meilenstein fällig.")
    ),
    "slipping": Words(_l("Meilensteine im Verzug"), _l("Kein Meilenstein wird später erwartet als geplant.")),
    "own_projects": Words(
        _l("Laufende Projekte"),
        _l("Kein laufendes Projekt. Projekte entstehen, wenn das CIO-Büro eine Anfrage annimmt."),
    ),
    "red_projects": Words(_l("Rote Projekte"), _l("Kein laufendes Projekt steht auf Rot.")),
    "reports_due": Words(_l("Statusbericht überfällig"), _l("Kein Statusbericht ist überfällig.")),
    "own_team": Words(
        _l("Ihr Team"),
        _l("Auf Ihren Projekten ist zurzeit niemand eingeplant. Wen Sie brauchen, sagen Sie mit einem Bedarf."),
    ),
    "own_proposals": Words(
        _l("Für Sie vorgesehen, noch nicht bestätigt"),
        _l("Nichts ist für Sie vorgesehen, was nicht schon bestätigt wäre."),
    ),
    "own_skills": Words(
        _l("Ihre Fähigkeiten"),
        _l("Sie haben noch keine Fähigkeit eingetragen. Die Planung findet Sie nur mit Fähigkeiten."),
    ),
    "failed_jobs": Words(_l("Gescheiterte Hintergrundaufgaben"), _l("Keine Hintergrundaufgabe ist gescheitert.")),
}
