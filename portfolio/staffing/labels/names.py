"""Names of states, kinds, forms, levels, and of what a person-week says."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portfolio.audit.wording import name_values
from portfolio.planning.capacity import Cell, CellState
from portfolio.planning.problem import NeedKind
from portfolio.pool.labels import LEVELS
from portfolio.staffing.models import AssignmentForm, AssignmentState, Need
from portfolio.web.formats import format_share

_PROPOSED, _REQUESTED, _AGREED, _CONFIRMED, _ENDED, _DECLINED = AssignmentState

STATES: Mapping[AssignmentState, LazyString] = {
    _PROPOSED: _l("vorgeschlagen"),
    _REQUESTED: _l("angefragt"),
    _AGREED: _l("Einvernehmen liegt vor"),
    _CONFIRMED: _l("bestätigt"),
    _ENDED: _l("beendet"),
    _DECLINED: _l("abgelehnt"),
}
_STATE_TONES = {_CONFIRMED: "success", _AGREED: "info", _REQUESTED: "warning", _DECLINED: "danger"}
STEPS: Mapping[AssignmentState, LazyString] = {
    _REQUESTED: _l("Einvernehmen anfragen"),
    _AGREED: _l("Einvernehmen eintragen"),
    _CONFIRMED: _l("Bestätigen"),
    _ENDED: _l("Beenden"),
    _DECLINED: _l("Ablehnen"),
}
FORMS: Mapping[AssignmentForm, LazyString] = {
    AssignmentForm.MATRIX: _l("Mitarbeit (Matrix)"),
    AssignmentForm.PARTIAL_SECONDMENT: _l("Teilabordnung"),
    AssignmentForm.SECONDMENT: _l("Abordnung"),
    AssignmentForm.TRANSFER: _l("Zuweisung"),
    AssignmentForm.EXTERNAL: _l("extern"),
}
NEED_KINDS: Mapping[NeedKind, LazyString] = {
    NeedKind.STEADY: _l("gleichmäßig jede Woche"),
    NeedKind.VOLUME: _l("Menge in Personentagen"),
}
PRIORITIES: Mapping[int, LazyString] = {
    1: _l("1 – dringend"),
    2: _l("2 – hoch"),
    3: _l("3 – normal"),
    4: _l("4 – niedrig"),
}

name_values(AssignmentState, STATES)
name_values(AssignmentForm, FORMS)
name_values(NeedKind, NEED_KINDS)


def state_label(state: AssignmentState) -> str:
    return str(STATES[state])


def state_tone(state: AssignmentState) -> str:
    return _STATE_TONES.get(state, "neutral")


def step_label(state: AssignmentState) -> str:
    """What the step into `state` is called."""
    return str(STEPS[state])


def form_label(form: AssignmentForm) -> str:
    return str(FORMS[form])


def level_label(level: int) -> str:
    """Stufe 3 (Fortgeschritten)."""
    return _("Stufe %(level)s (%(name)s)", level=level, name=LEVELS[level])


def need_title(need: Need) -> str:
    """FIM-Prozesse ab Stufe 3."""
    if need.level == 0:
        return str(need.skill.name)
    return _("%(skill)s ab Stufe %(level)s", skill=need.skill.name, level=need.level)


def staffing_words(is_open: bool, ratio: float) -> str:
    """How far a need is staffed, for those who may not see shares."""
    if not is_open:
        return _("besetzt")
    return _("teilweise besetzt") if ratio else _("noch offen")


def staffing_tone(is_open: bool, ratio: float) -> str:
    if not is_open:
        return "success"
    return "info" if ratio else "warning"


def cell_words(cell: Cell) -> str:
    """A person-week in words: 40 % frei, voll, 20 % zu viel; a dash outside the pool."""
    match cell.state:
        case CellState.FREE:
            return _("%(share)s frei", share=format_share(cell.share))
        case CellState.FULL:
            return _("voll")
        case CellState.OVER:
            return _("%(share)s zu viel", share=format_share(cell.share))
        case CellState.OUTSIDE:
            return "–"
