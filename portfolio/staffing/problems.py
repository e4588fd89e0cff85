"""What staffing refuses, as typed facts; the sentences stand in labels.py. Over-booking itself is `pool.Overbooked`."""

from portfolio.planning.weeks import Week
from portfolio.staffing.models import AssignmentState
from portfolio.web.problems import Invalid, Problem


class WeeksOutOfOrder(Invalid):
    """The last week lies before the first."""

    field = "to_week"


class WeekOutOfRange(Invalid):
    """A week lies outside the years that can be planned."""

    field = "from_week"


class ShareOutOfRange(Invalid):
    """A share is 1 to 100 percent of full time."""

    field = "share"


class LevelOutOfRange(Invalid):
    """A level is 0 to 4."""

    field = "level"


class PriorityOutOfRange(Invalid):
    """A priority is 1 (urgent) to 4."""

    field = "priority"


class PersonDaysMissing(Invalid):
    """A volume says how many person-days it asks for, at least one."""

    field = "person_days"


class UnknownPerson(Invalid):
    """There is no active person with this id."""

    field = "person_id"


class UnknownProject(Invalid):
    """There is no project with this id."""

    field = "project_id"


class UnknownSkill(Invalid):
    """There is no skill with this id."""

    field = "skill_id"


class UnknownNeed(Invalid):
    """The project has no need with this id."""

    field = "need_id"


class NeedStaysWithProject(Invalid):
    """A need cannot be handed to another project."""

    field = "project_id"


class ReasonTooLong(Invalid):
    """The reason of an override does not fit."""

    field = "override_reason"


class AgreementIncomplete(Invalid):
    """The home authority agrees with a date and a reference; `field` names the one that is missing."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class AgreementInFuture(Invalid):
    """An agreement has been given, so its day has come."""

    field = "agreed_on"


class ProjectClosed(Problem):
    """A completed or cancelled project takes no needs and no bookings."""

    field = "project_id"


class NeedStaffed(Problem):
    """The project lead may change a need only until somebody is assigned to it."""


class StepNotAllowed(Problem):
    """The state of an assignment does not lead to the one asked for."""

    field = "state"

    def __init__(self, now: AssignmentState, wanted: AssignmentState) -> None:
        super().__init__(now, wanted)
        self.now = now
        self.wanted = wanted


class AssignmentOver(Problem):
    """What has ended or was declined is not changed any more."""


class WeekOutside(Invalid):
    """The week lies outside those in which this can be done, which have no end where `last` is None."""

    def __init__(self, field: str, first: Week, last: Week | None) -> None:
        super().__init__(field, first, last)
        self.field = field
        self.first = first
        self.last = last


class NothingChanges(Invalid):
    """What is asked for is how it is already; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class AgreementMissing(Problem):
    """The home authority is another top authority than the project's and has not agreed yet."""

    field = "state"
