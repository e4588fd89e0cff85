"""What projects refuse, in sentences."""

from flask_babel import gettext as _

from portfolio.projects.problems import (
    BasisStillUsed,
    CodeTaken,
    DayOutOfRange,
    DeviationUnexplained,
    EndBeforeStart,
    ForecastBeforeReportingDate,
    ForecastExists,
    MaturityInFuture,
    MaturityOutOfRange,
    MilestoneReached,
    Missing,
    NameTaken,
    NotLatestForecast,
    NotText,
    OnlyCioOfficeDecides,
    OverallTooGood,
    PersonNotActive,
    PriorityOutOfRange,
    ReachedInFuture,
    ReportReleased,
    SdgCodeWithoutRelevance,
    ServiceTwice,
    StateWithoutEfa,
    StaysClosed,
    TooLong,
    UnknownOrganisation,
    UnknownService,
    UnknownTechnicalBasis,
)
from portfolio.web.formats import format_day
from portfolio.web.problems import describe


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
def _maturity_in_future(_problem: MaturityInFuture) -> str:
    return _("Der Stand eines Reifegrads liegt in der Zukunft. Bitte prüfen Sie das Datum.")


@describe.register
def _sdg_code_without_relevance(_problem: SdgCodeWithoutRelevance) -> str:
    return _("Einen SDG-Code haben nur SDG-relevante Leistungen. Wählen Sie „ja“, oder lassen Sie den Code leer.")


@describe.register
def _state_without_efa(_problem: StateWithoutEfa) -> str:
    return _("Ein umsetzendes Land gibt es nur bei EfA. Prüfen Sie die Umsetzungsart, oder lassen Sie das Land leer.")


@describe.register
def _unknown_technical_basis(_problem: UnknownTechnicalBasis) -> str:
    return _("Eine der technischen Grundlagen steht nicht in der Liste.")


@describe.register
def _name_taken(_problem: NameTaken) -> str:
    return _("Diesen Eintrag gibt es schon.")


@describe.register
def _basis_still_used(_problem: BasisStillUsed) -> str:
    return _("Diesen Eintrag verwendet ein Projekt. Er kann deshalb nicht entfernt werden.")


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
