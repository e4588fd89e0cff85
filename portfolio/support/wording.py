"""Words for decisions: outcomes, rules, choices and what they rest on."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from portfolio.audit.wording import name_values
from portfolio.planning.choices import Choice
from portfolio.support.models import Decision, Outcome, Rule
from portfolio.support.queries import Load, Similar
from portfolio.web.formats import format_share

OUTCOMES: Mapping[Outcome, LazyString] = {
    Outcome.ACCEPTED: _l("Angenommen"),
    Outcome.PARTLY_ACCEPTED: _l("Teilweise angenommen"),
    Outcome.COUNTER_OFFERED: _l("Gegenangebot"),
    Outcome.REJECTED: _l("Abgelehnt"),
}
SUBJECTS: Mapping[Outcome, LazyString] = {
    Outcome.ACCEPTED: _l("Annahme"),
    Outcome.PARTLY_ACCEPTED: _l("teilweise Annahme"),
    Outcome.COUNTER_OFFERED: _l("Gegenangebot"),
    Outcome.REJECTED: _l("Ablehnung"),
}
"""What a letter or a note is about."""
TONES: Mapping[Outcome, str] = {
    Outcome.ACCEPTED: "success",
    Outcome.PARTLY_ACCEPTED: "success",
    Outcome.COUNTER_OFFERED: "warning",
    Outcome.REJECTED: "danger",
}
RULES: Mapping[Rule, LazyString] = {
    Rule.NONE: _l("keine besondere Regel"),
    Rule.LEGAL_DEADLINE: _l("gesetzliche Frist geht vor"),
    Rule.VALUE: _l("größter Nutzen geht vor"),
    Rule.FAIRNESS: _l("Ausgleich zwischen den Ressorts"),
    Rule.CAPACITY: _l("was der Personalpool leisten kann"),
}
CHOICES: Mapping[Choice, LazyString] = {
    Choice.ACCEPT_ALL: _l("Alle Bedarfe annehmen"),
    Choice.ACCEPT_PART: _l("Nur annehmen, was jemand ganz übernehmen kann"),
    Choice.COUNTER_OFFER: _l("Gegenangebot: was in diesen Wochen frei ist"),
    Choice.REJECT: _l("Ablehnen"),
}

name_values(Outcome, OUTCOMES)
name_values(Rule, RULES)


def reference(decision: Decision) -> str:
    """What a decision is called on paper: 7/2 is the second on request 7."""
    return f"{decision.request_id}/{decision.number}"


def load_words(load: Load) -> str:
    """Annika Birkner: 40 % gebucht, leitet 2 Projekte, koordiniert 3."""
    running = [ngettext("leitet %(num)s Projekt", "leitet %(num)s Projekte", load.leads)] if load.leads else []
    if load.coordinates:
        running.append(ngettext("koordiniert %(num)s Projekt", "koordiniert %(num)s Projekte", load.coordinates))
    booked = _("%(share)s gebucht", share=format_share(load.booked))
    return f"{load.name}: {', '.join([booked, *running] if running else [booked, _('kein laufendes Projekt')])}"


def percent(share: int | None) -> str:
    """A served share; there is none before anything was asked for."""
    return "–" if share is None else format_share(share)


def likeness(similar: Similar) -> Iterator[str]:
    """Why a project is similar, the strongest reason first."""
    if similar.services:
        yield _("gleiche Leistung: %(names)s", names=", ".join(similar.services))
    if similar.bundles:
        yield _("gleiche OZG-Leistung")
    if similar.skills:
        yield ngettext(
            "gemeinsame Fähigkeit: %(names)s",
            "gemeinsame Fähigkeiten: %(names)s",
            len(similar.skills),
            names=", ".join(similar.skills),
        )
    if similar.same_ministry:
        yield _("gleiches Ressort")
