"""Words for what support knows: states, messages, steps, refusals."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from portfolio.audit.wording import name_values
from portfolio.pool.labels import LEVELS
from portfolio.staffing.labels import NEED_KINDS, PRIORITIES, level_label, shortage_words
from portfolio.support.models import CommentKind, RequestState
from portfolio.support.problems import (
    ForeignOrganisation,
    Incomplete,
    NeedFault,
    NeedRefused,
    NothingAccepted,
    ShareOutOfRange,
    SkillNotInCatalogue,
    TemplateNameTaken,
    UnknownNeed,
    UnknownService,
    WeeksReversed,
    WrongState,
)
from portfolio.web.formats import format_time_of_day
from portfolio.web.problems import describe

__all__ = ["LEVELS", "NEED_KINDS", "PRIORITIES", "level_label", "shortage_words"]

MOST_LEFT_OUT = 3
_DRAFT, _SUBMITTED, _QUESTION, _OFFERED, _ACCEPTED, _PARTLY, _REJECTED, _WITHDRAWN = RequestState

STATES: Mapping[RequestState, LazyString] = {
    _DRAFT: _l("Entwurf"),
    _SUBMITTED: _l("Eingereicht"),
    _QUESTION: _l("Rückfrage"),
    _OFFERED: _l("Gegenangebot"),
    _ACCEPTED: _l("Angenommen"),
    _PARTLY: _l("Teilweise angenommen"),
    _REJECTED: _l("Abgelehnt"),
    _WITHDRAWN: _l("Zurückgezogen"),
}
TONES: Mapping[RequestState, str] = {
    _DRAFT: "neutral",
    _SUBMITTED: "info",
    _QUESTION: "warning",
    _OFFERED: "warning",
    _ACCEPTED: "success",
    _PARTLY: "success",
    _REJECTED: "danger",
    _WITHDRAWN: "neutral",
}
MESSAGES: Mapping[CommentKind, LazyString] = {
    CommentKind.COMMENT: _l("Kommentar"),
    CommentKind.QUESTION: _l("Rückfrage"),
    CommentKind.ANSWER: _l("Antwort"),
    CommentKind.REJECTION: _l("Ablehnung"),
    CommentKind.COUNTER_OFFER: _l("Gegenangebot"),
    CommentKind.DECLINE: _l("Gegenangebot abgelehnt"),
}
name_values(RequestState, STATES)
name_values(CommentKind, MESSAGES)

FIELDS: Mapping[str, LazyString] = {
    "title": _l("Titel"),
    "description": _l("Was soll digital werden?"),
    "organisation_id": _l("Ressort"),
    "from_week": _l("Beginn"),
    "to_week": _l("Ende"),
    "needs": _l("Bedarfe"),
    "text": _l("Text"),
    "name": _l("Name"),
}


def supply_words(wholly_free: int, skilled: int) -> str:
    """How far the pool can serve a need."""
    if wholly_free:
        return ngettext("%(num)s Person ganz frei", "%(num)s Personen ganz frei", wholly_free)
    return _("nicht ganz frei") if skilled else _("niemand")


def supply_tone(wholly_free: int, skilled: int) -> str:
    if wholly_free:
        return "success"
    return "warning" if skilled else "danger"


def skilled_words(skilled: int) -> str:
    return ngettext("%(num)s Person hat die Stufe", "%(num)s Personen haben die Stufe", skilled)


def quarter_label(day: date) -> str:
    return _("im %(number)s. Quartal %(year)s", number=(day.month + 2) // 3, year=day.year)


def kept_words(moment: datetime, left_out: Sequence[str]) -> str:
    """That the draft is saved, and what of it is not."""
    saved = _("Gespeichert um %(time)s.", time=format_time_of_day(moment))
    if not left_out:
        return saved
    others = len(left_out) - MOST_LEFT_OUT
    more = ngettext("und %(num)s weitere Angabe", "und %(num)s weitere Angaben", others) if others > 0 else ""
    named = " ".join((*left_out[:MOST_LEFT_OUT], more)).strip()
    return _("%(saved)s Noch nicht dabei: %(what)s", saved=saved, what=named)


def not_kept_words(why: str) -> str:
    return _("Nicht gespeichert: %(why)s", why=why)


def change_words(changed: Collection[str]) -> str:
    """What an offer changes, in one line: "Umfang, Zeitraum"."""
    groups = {
        _("Stufe"): {"level"},
        _("Umfang"): {"kind", "share", "person_days"},
        _("Zeitraum"): {"from_week", "to_week"},
        _("Priorität"): {"priority", "mandatory"},
    }
    return ", ".join(name for name, fields in groups.items() if fields & set(changed)) or _("unverändert")


def missing(field: str) -> str:
    """What to enter where the step needs it and nothing stands."""
    match field:
        case "title":
            return _("Bitte geben Sie einen Titel an.")
        case "description":
            return _("Bitte beschreiben Sie, was digital werden soll.")
        case "from_week" | "to_week":
            return _("Bitte geben Sie die Kalenderwoche an.")
        case "needs":
            return _("Bitte geben Sie mindestens einen Bedarf an.")
        case "name":
            return _("Bitte geben Sie einen Namen ein.")
        case _:
            return _("Bitte füllen Sie dieses Feld aus.")


def trail(state: RequestState, was_submitted: bool) -> list[tuple[str, str]]:
    """The way of a request as far as it has come and what is still ahead, as (words, done|current|open)."""
    ahead = [(str(_("Entscheidung")), "open")]
    before = [(str(STATES[_DRAFT]), "done")]
    match state:
        case RequestState.DRAFT:
            return [(str(STATES[_DRAFT]), "current"), (str(STATES[_SUBMITTED]), "open"), *ahead]
        case RequestState.SUBMITTED:
            return [*before, (str(STATES[_SUBMITTED]), "current"), *ahead]
        case RequestState.QUESTION | RequestState.COUNTER_OFFERED:
            return [*before, (str(STATES[_SUBMITTED]), "done"), (str(STATES[state]), "current"), *ahead]
        case _:
            submitted = [(str(STATES[_SUBMITTED]), "done")] if was_submitted else []
            return [*before, *submitted, (str(STATES[state]), "current")]


@describe.register
def _wrong_state(problem: WrongState) -> str:
    return _(
        "Die Anfrage hat jetzt den Stand „%(state)s“. Dieser Schritt ist damit nicht mehr möglich.",
        state=STATES[problem.state],
    )


@describe.register
def _incomplete(problem: Incomplete) -> str:
    if problem.fields == ("organisation_id",):
        return _("Ihrem Konto ist kein Ressort zugeordnet. Bitte wenden Sie sich an die Administration.")
    names = ", ".join(str(FIELDS.get(field, field)) for field in problem.fields)
    return ngettext("Es fehlt noch: %(names)s.", "Es fehlen noch: %(names)s.", len(problem.fields), names=names)


@describe.register
def _weeks_reversed(_problem: WeeksReversed) -> str:
    return _("Das Ende liegt vor dem Beginn.")


@describe.register
def _foreign_organisation(_problem: ForeignOrganisation) -> str:
    return _("Sie können nur Anfragen Ihres eigenen Ressorts stellen.")


@describe.register
def _unknown_service(_problem: UnknownService) -> str:
    return _("Eine der gewählten Leistungen gibt es nicht mehr. Bitte wählen Sie neu.")


def fault_of_need(fault: NeedFault) -> str:
    match fault:
        case NeedFault.UNKNOWN_SKILL:
            return _("Bitte wählen Sie eine Fähigkeit.")
        case NeedFault.LEVEL_OUT_OF_RANGE:
            return _("Die Stufe muss zwischen 0 und 4 liegen.")
        case NeedFault.SHARE_OUT_OF_RANGE:
            return _("Der Anteil muss zwischen 1 und 100 Prozent liegen.")
        case NeedFault.PERSON_DAYS_OUT_OF_RANGE:
            return _("Eine Menge braucht mindestens einen und höchstens 10.000 Personentage.")
        case NeedFault.WEEKS_REVERSED:
            return _("Das Ende liegt vor dem Beginn.")
        case NeedFault.PRIORITY_OUT_OF_RANGE:
            return _("Die Priorität muss zwischen 1 (dringend) und 4 (niedrig) liegen.")


@describe.register
def _need_refused(problem: NeedRefused) -> str:
    return _("Bedarf %(number)s: %(fault)s", number=problem.position, fault=fault_of_need(problem.fault))


@describe.register
def _template_name_taken(_problem: TemplateNameTaken) -> str:
    return _("Diesen Namen hat schon eine andere Vorlage.")


@describe.register
def _unknown_need(_problem: UnknownNeed) -> str:
    return _("Einer der gewählten Bedarfe gehört nicht zu dieser Anfrage. Bitte wählen Sie neu.")


@describe.register
def _nothing_accepted(_problem: NothingAccepted) -> str:
    return _("Bitte wählen Sie mindestens einen Bedarf. Soll keiner angenommen werden, lehnen Sie die Anfrage ab.")


@describe.register
def _share_out_of_range(_problem: ShareOutOfRange) -> str:
    return _("Der Anteil muss zwischen 0 und 100 Prozent liegen.")


@describe.register
def _skill_not_in_catalogue(problem: SkillNotInCatalogue) -> str:
    return _(
        "Im Fähigkeitenkatalog fehlt die Fähigkeit mit dem Kürzel %(code)s. Bitte legen Sie sie an oder lassen Sie den"
        " Anteil bei 0.",
        code=problem.code,
    )
