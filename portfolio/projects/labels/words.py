"""Words for what projects know: phases, delivery models, maturity, lights, trends, delays."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portfolio.audit.wording import name_values
from portfolio.planning.lights import Light
from portfolio.planning.trend import TrendWord
from portfolio.projects.models import DeliveryModel, FimStatus, MaturityModel, Phase, Risk, RiskLevel, RiskState
from portfolio.web.formats import format_day

PHASES = {
    Phase.PRECHECK: _l("Vorprüfung"),
    Phase.PREPARATION: _l("Vorbereitung"),
    Phase.CONCEPT: _l("Konzeption"),
    Phase.IMPLEMENTATION: _l("Umsetzung"),
    Phase.PILOT: _l("Pilotierung"),
    Phase.ROLLOUT: _l("Roll-out"),
    Phase.COMPLETED: _l("abgeschlossen"),
    Phase.DEFERRED: _l("zurückgestellt"),
    Phase.CANCELLED: _l("abgebrochen"),
}
_PHASE_TONES = {Phase.COMPLETED: "success", Phase.DEFERRED: "warning", Phase.CANCELLED: "danger"}

DELIVERY_MODELS = {
    DeliveryModel.EFA_REUSE_SECURED: _l("EfA-Nachnutzung (gesichert)"),
    DeliveryModel.EFA_REUSE_OPEN: _l("EfA-Nachnutzung (in Klärung)"),
    DeliveryModel.EFA_OWN: _l("EfA-Entwicklung durch das eigene Land"),
    DeliveryModel.EFA_OPEN: _l("EfA in Klärung"),
    DeliveryModel.OWN: _l("Eigenentwicklung"),
}

FIM_STATUSES = {
    FimStatus.IN_PROGRESS: _l("in Arbeit"),
    FimStatus.SUBMITTED: _l("eingereicht"),
    FimStatus.RELEASED: _l("freigegeben"),
    FimStatus.NOT_PLANNED: _l("nicht vorgesehen"),
}

PRIORITIES = {1: _l("1 – dringend"), 2: _l("2 – hoch"), 3: _l("3 – normal"), 4: _l("4 – niedrig")}

MATURITY_MODELS = {MaturityModel.V1_1: _l("Modell 1.1 (0–4)"), MaturityModel.V2_0: _l("Modell 2.0 (0–7)")}
_MATURITY_LEVELS = {
    0: _l("offline"),
    1: _l("Information"),
    2: _l("Formularassistent"),
    3: _l("Online-Leistung"),
    4: _l("Online-Transaktion"),
}

LIGHTS = {Light.GREEN: _l("Grün"), Light.YELLOW: _l("Gelb"), Light.RED: _l("Rot")}
_LIGHT_TONES = {Light.GREEN: "success", Light.YELLOW: "warning", Light.RED: "danger"}
DIMENSIONS = {
    "overall": _l("Gesamt"),
    "dates": _l("Termine"),
    "cost": _l("Kosten und Aufwand"),
    "scope": _l("Qualität und Umfang"),
    "staff": _l("Personal"),
}

RISK_LEVELS = {RiskLevel.LOW: _l("niedrig"), RiskLevel.MEDIUM: _l("mittel"), RiskLevel.HIGH: _l("hoch")}
_RISK_TONES = {RiskLevel.LOW: "neutral", RiskLevel.MEDIUM: "warning", RiskLevel.HIGH: "danger"}
RISK_STATES = {RiskState.OPEN: _l("offen"), RiskState.CLOSED: _l("erledigt")}

name_values(Phase, PHASES)
name_values(DeliveryModel, DELIVERY_MODELS)
name_values(FimStatus, FIM_STATUSES)
name_values(MaturityModel, MATURITY_MODELS)
name_values(Light, LIGHTS)
name_values(RiskLevel, RISK_LEVELS)
name_values(RiskState, RISK_STATES)

TREND_WORDS = {
    TrendWord.LEVEL: _l("im Plan"),
    TrendWord.RISING: _l("in Verzug"),
    TrendWord.FALLING: _l("früher als geplant"),
    TrendWord.REACHED: _l("erreicht"),
}
_TREND_TONES = {TrendWord.LEVEL: "neutral", TrendWord.RISING: "warning", TrendWord.FALLING: "info"}


def phase_label(phase: Phase) -> str:
    return str(PHASES[phase])


def phase_tone(phase: Phase) -> str:
    return _PHASE_TONES.get(phase, "info")


def phase_trail(phase: Phase) -> list[tuple[str, str]]:
    """The way of a project as steps, each done, current or open; none for one that left the way."""
    if phase in (Phase.DEFERRED, Phase.CANCELLED):
        return []
    way = [each for each in Phase if each not in (Phase.DEFERRED, Phase.CANCELLED)]
    here = way.index(phase) if phase is not Phase.COMPLETED else len(way)
    return [(phase_label(each), _step(place, here)) for place, each in enumerate(way)]


def _step(place: int, here: int) -> str:
    if place == here:
        return "current"
    return "done" if place < here else "open"


def light_label(light: Light) -> str:
    return str(LIGHTS[light])


def light_tone(light: Light) -> str:
    return _LIGHT_TONES[light]


def risk_level_label(level: RiskLevel) -> str:
    return str(RISK_LEVELS[level])


def risk_level_tone(level: RiskLevel) -> str:
    return _RISK_TONES[level]


def risk_words(risk: Risk) -> str:
    """One line for a report: what may happen, how likely and how bad, and what is done about it."""
    words = _(
        "%(title)s (Eintritt %(likelihood)s, Auswirkung %(impact)s)",
        title=risk.title,
        likelihood=risk_level_label(risk.likelihood),
        impact=risk_level_label(risk.impact),
    )
    return f"{words}: {' '.join(risk.measure.split())}" if risk.measure else words


def dimension_label(dimension: str) -> str:
    return str(DIMENSIONS[dimension])


def priority_label(priority: int) -> str:
    return str(PRIORITIES[priority])


def maturity_label(level: int | None, model: MaturityModel) -> str:
    """3 (Online-Leistung); the levels of model 2.0 have numbers only."""
    if level is None:
        return "–"
    name = _MATURITY_LEVELS.get(level) if model is MaturityModel.V1_1 else None
    return f"{level} ({name})" if name else str(level)


def maturity_words(link: Any) -> str:
    """Reifegrad 1 (Information), Ziel 3 (Online-Leistung), Modell 1.1, Stand 23.11.2026, of a link to a service."""
    now, target = (maturity_label(level, link.model) for level in (link.maturity_now, link.maturity_target))
    words = _("Reifegrad %(now)s, Ziel %(target)s, Modell %(model)s", now=now, target=target, model=link.model.value)
    return _("%(words)s, Stand %(day)s", words=words, day=format_day(link.as_of)) if link.as_of else words


def trend_label(word: TrendWord) -> str:
    return str(TREND_WORDS[word])


def trend_tone(word: TrendWord) -> str:
    return _TREND_TONES.get(word, "success")


def deviation_words(days: int) -> str:
    """12 Tage später: how far an expected date lies from the planned one."""
    if days == 0:
        return _("wie geplant")
    if days > 0:
        return ngettext("%(num)s Tag später", "%(num)s Tage später", days)
    return ngettext("%(num)s Tag früher", "%(num)s Tage früher", -days)


def deviation_number(days: int) -> str:
    """+12, −3 or 0, for columns of figures."""
    return f"{days:+d}".replace("-", "−") if days else "0"


def overdue_words(expected: date, today: date) -> str | None:
    """How long an unreached milestone is overdue; None when its date is still to come."""
    days = (today - expected).days
    if days <= 0:
        return None
    return ngettext("überfällig seit %(num)s Tag", "überfällig seit %(num)s Tagen", days)
