"""Words for what projects know: phases, delivery models, maturity, trends, delays, refusals."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portfolio.audit.wording import name_values
from portfolio.planning.lights import Light
from portfolio.planning.trend import TrendWord
from portfolio.projects.models import DeliveryModel, MaturityModel, Phase
from portfolio.projects.problems import (
    CodeTaken,
    DayOutOfRange,
    DeviationUnexplained,
    EndBeforeStart,
    ForecastBeforeReportingDate,
    ForecastExists,
    MaturityOutOfRange,
    MilestoneReached,
    Missing,
    NotLatestForecast,
    NotText,
    OnlyCioOfficeDecides,
    OverallTooGood,
    PersonNotActive,
    PriorityOutOfRange,
    ReachedInFuture,
    ReportReleased,
    ServiceTwice,
    StaysClosed,
    TooLong,
    UnknownOrganisation,
    UnknownService,
)
from portfolio.web.formats import format_day
from portfolio.web.problems import describe

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

name_values(Phase, PHASES)
name_values(DeliveryModel, DELIVERY_MODELS)
name_values(MaturityModel, MATURITY_MODELS)
name_values(Light, LIGHTS)

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


def light_label(light: Light) -> str:
    return str(LIGHTS[light])


def light_tone(light: Light) -> str:
    return _LIGHT_TONES[light]


def dimension_label(dimension: str) -> str:
    return str(DIMENSIONS[dimension])


def delivery_model_label(model: DeliveryModel | None) -> str:
    return str(DELIVERY_MODELS[model]) if model else "–"


def priority_label(priority: int) -> str:
    return str(PRIORITIES[priority])


def maturity_label(level: int | None, model: MaturityModel) -> str:
    """3 (Online-Leistung); the levels of model 2.0 have numbers only."""
    if level is None:
        return "–"
    name = _MATURITY_LEVELS.get(level) if model is MaturityModel.V1_1 else None
    return f"{level} ({name})" if name else str(level)


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


@describe.register
def _missing(_problem: Missing) -> str:
    return _("Bitte füllen Sie dieses Feld aus.")


@describe.register
def _too_long(problem: TooLong) -> str:
    return _("Bitte höchstens %(limit)s Zeichen eingeben.", limit=problem.limit)


@describe.register
def _not_text(_problem: NotText) -> str:
    return _("Der Text enthält Zeichen, die nicht gespeichert werden können. Bitte tippen Sie ihn neu ein.")


@describe.register
def _day_out_of_range(_problem: DayOutOfRange) -> str:
    return _("Bitte ein Datum zwischen 2000 und 2099 eingeben.")


@describe.register
def _person_not_active(_problem: PersonNotActive) -> str:
    return _("Bitte wählen Sie eine aktive Person.")


@describe.register
def _end_before_start(_problem: EndBeforeStart) -> str:
    return _("Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Daten.")


@describe.register
def _priority_out_of_range(_problem: PriorityOutOfRange) -> str:
    return _("Die Priorität geht von 1 (dringend) bis 4 (niedrig).")


@describe.register
def _unknown_organisation(_problem: UnknownOrganisation) -> str:
    return _("Bitte wählen Sie eine vorhandene Organisation.")


@describe.register
def _unknown_service(_problem: UnknownService) -> str:
    return _("Eine der Leistungen gibt es im Katalog nicht.")


@describe.register
def _service_twice(_problem: ServiceTwice) -> str:
    return _("Jede Leistung kann dem Projekt nur einmal zugeordnet werden.")


@describe.register
def _maturity_out_of_range(problem: MaturityOutOfRange) -> str:
    return _(
        "Das Reifegradmodell %(model)s kennt nur die Stufen 0 bis %(highest)s.",
        model=problem.model.value,
        highest=problem.highest,
    )


@describe.register
def _code_taken(_problem: CodeTaken) -> str:
    return _("Diese Kennung hat schon ein anderes Projekt.")


@describe.register
def _stays_closed(_problem: StaysClosed) -> str:
    return _("Ein abgeschlossenes oder abgebrochenes Projekt kann nur das CIO-Büro wieder aufnehmen.")


@describe.register
def _only_cio_office(_problem: OnlyCioOfficeDecides) -> str:
    return _("Das entscheidet das CIO-Büro.")


@describe.register
def _reached_in_future(_problem: ReachedInFuture) -> str:
    return _("Ein Meilenstein kann nicht in der Zukunft erreicht worden sein.")


@describe.register
def _forecast_before_reporting_date(_problem: ForecastBeforeReportingDate) -> str:
    return _("Der Prognosetermin liegt vor dem Stichtag. Erwartet werden kann nur ein Tag ab dem Stichtag.")


@describe.register
def _forecast_exists(problem: ForecastExists) -> str:
    return _(
        "Für diesen Stichtag gibt es schon eine Prognose (%(day)s). Sie kann am Meilenstein berichtigt werden.",
        day=format_day(problem.expected),
    )


@describe.register
def _milestone_reached(_problem: MilestoneReached) -> str:
    return _("Dieser Meilenstein ist schon erreicht und wird nicht mehr prognostiziert.")


@describe.register
def _not_latest_forecast(_problem: NotLatestForecast) -> str:
    return _("Nur die Prognose des letzten Stichtags kann berichtigt werden. Frühere gehören zum Verlauf.")


@describe.register
def _deviation_unexplained(problem: DeviationUnexplained) -> str:
    return {
        "reason": _("Bei Gelb oder Rot: Bitte nennen Sie den Grund der Abweichung."),
        "measures": _("Bei Gelb oder Rot: Bitte nennen Sie mindestens eine Maßnahme."),
        "decisions_needed": _("Bei Rot: Bitte sagen Sie, was außerhalb des Projekts entschieden werden muss."),
    }[problem.field or ""]


@describe.register
def _overall_too_good(_problem: OverallTooGood) -> str:
    return _("Gesamt ist besser als die schlechteste Ampel. Bitte begründen Sie das unter „Grund“.")


@describe.register
def _report_released(_problem: ReportReleased) -> str:
    return _("Dieser Bericht ist freigegeben und bleibt, wie er ist. Eine Berichtigung ist ein neuer Bericht.")
