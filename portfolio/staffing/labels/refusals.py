"""The sentences for what staffing refuses."""

from flask_babel import gettext as _

from portfolio.staffing.labels.names import state_label
from portfolio.staffing.problems import (
    AgreementIncomplete,
    AgreementInFuture,
    AgreementMissing,
    AssignmentOver,
    LevelOutOfRange,
    NeedStaffed,
    NeedStaysWithProject,
    NothingChanges,
    PersonDaysMissing,
    PriorityOutOfRange,
    ProjectClosed,
    ReasonTooLong,
    ShareOutOfRange,
    StepNotAllowed,
    UnknownNeed,
    UnknownPerson,
    UnknownProject,
    UnknownSkill,
    WeekOutOfRange,
    WeekOutside,
    WeeksOutOfOrder,
)
from portfolio.web.formats import format_weeks
from portfolio.web.problems import describe


@describe.register
def _weeks_out_of_order(_problem: WeeksOutOfOrder) -> str:
    return _("Die letzte Woche liegt vor der ersten.")


@describe.register
def _week_out_of_range(_problem: WeekOutOfRange) -> str:
    return _("Geplant werden kann von 2000 bis 2099.")


@describe.register
def _share_out_of_range(_problem: ShareOutOfRange) -> str:
    return _("Der Anteil muss zwischen 1 und 100 Prozent liegen.")


@describe.register
def _level_out_of_range(_problem: LevelOutOfRange) -> str:
    return _("Die Stufe muss zwischen 0 und 4 liegen.")


@describe.register
def _priority_out_of_range(_problem: PriorityOutOfRange) -> str:
    return _("Die Priorität muss zwischen 1 und 4 liegen.")


@describe.register
def _person_days_missing(_problem: PersonDaysMissing) -> str:
    return _("Bitte geben Sie an, wie viele Personentage gebraucht werden (1 bis 10.000).")


@describe.register
def _unknown_person(_problem: UnknownPerson) -> str:
    return _("Bitte wählen Sie eine aktive Person.")


@describe.register
def _unknown_project(_problem: UnknownProject) -> str:
    return _("Dieses Projekt gibt es nicht.")


@describe.register
def _unknown_skill(_problem: UnknownSkill) -> str:
    return _("Bitte wählen Sie eine Fähigkeit aus dem Katalog.")


@describe.register
def _unknown_need(_problem: UnknownNeed) -> str:
    return _("Diesen Bedarf hat das Projekt nicht.")


@describe.register
def _need_stays(_problem: NeedStaysWithProject) -> str:
    return _("Ein Bedarf bleibt bei seinem Projekt. Legen Sie im anderen Projekt einen neuen an.")


@describe.register
def _reason_too_long(_problem: ReasonTooLong) -> str:
    return _("Bitte begründen Sie mit höchstens 1.000 Zeichen.")


@describe.register
def _agreement_incomplete(problem: AgreementIncomplete) -> str:
    if problem.field == "agreed_on":
        return _("Bitte geben Sie an, wann das Einvernehmen erteilt wurde.")
    return _("Bitte geben Sie das Aktenzeichen des Einvernehmens an.")


@describe.register
def _agreement_in_future(_problem: AgreementInFuture) -> str:
    return _("Das Datum des Einvernehmens liegt in der Zukunft.")


@describe.register
def _project_closed(_problem: ProjectClosed) -> str:
    return _("Das Projekt ist abgeschlossen oder abgebrochen und nimmt nichts Neues auf.")


@describe.register
def _need_staffed(_problem: NeedStaffed) -> str:
    return _("Für diesen Bedarf ist schon jemand eingeplant. Änderungen nimmt jetzt das CIO-Büro vor.")


@describe.register
def _step_not_allowed(problem: StepNotAllowed) -> str:
    return _(
        "Von „%(now)s“ führt kein Schritt zu „%(wanted)s“.",
        now=state_label(problem.now),
        wanted=state_label(problem.wanted),
    )


@describe.register
def _assignment_over(_problem: AssignmentOver) -> str:
    return _("Diese Zuordnung ist beendet oder abgelehnt und ändert sich nicht mehr.")


@describe.register
def _week_outside(problem: WeekOutside) -> str:
    return _("Möglich ist %(weeks)s.", weeks=format_weeks(problem.first, problem.last))


@describe.register
def _nothing_changes(problem: NothingChanges) -> str:
    if problem.field == "share":
        return _("Das ist der Anteil, den die Zuordnung schon hat.")
    return _("Diese Person hat die Zuordnung schon.")


@describe.register
def _agreement_missing(_problem: AgreementMissing) -> str:
    return _("Die Stammdienststelle gehört zu einem anderen Ressort: erst muss ihr Einvernehmen vorliegen.")
