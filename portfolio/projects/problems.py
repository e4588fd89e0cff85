"""What projects refuse, as typed facts; the sentences stand in labels.py."""

from collections.abc import Mapping
from datetime import date

from portfolio.projects.models import MaturityModel
from portfolio.web.problems import Invalid, NotAllowed, Problem


class InvalidField(Invalid):
    """An input makes no sense; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Missing(InvalidField):
    """A text that must be there is empty."""


class TooLong(InvalidField):
    """A text is longer than `limit` characters."""

    def __init__(self, field: str, limit: int) -> None:
        super().__init__(field)
        self.limit = limit


class NotText(InvalidField):
    """The input holds characters no text has and no database keeps."""


class DayOutOfRange(InvalidField):
    """A day lies outside the years that can be planned."""


class PersonNotActive(InvalidField):
    """Only an active person can lead or coordinate."""


class EndBeforeStart(Invalid):
    """A project cannot end before it starts."""

    field = "end"


class PriorityOutOfRange(Invalid):
    """A priority is 1 (urgent) to 4."""

    field = "priority"


class UnknownOrganisation(Invalid):
    """There is no organisation with this id."""

    field = "organisation_id"


class UnknownService(Invalid):
    """There is no service with this id."""

    field = "service_links"


class ServiceTwice(Invalid):
    """A project names a service once."""

    field = "service_links"


class MaturityOutOfRange(Invalid):
    """The maturity model knows levels from 0 to `highest` only."""

    field = "service_links"

    def __init__(self, model: MaturityModel, highest: int) -> None:
        super().__init__(model, highest)
        self.model = model
        self.highest = highest


class MaturityInFuture(Invalid):
    """How mature a service is, is known of days that have come."""

    field = "service_links"


class SdgCodeWithoutRelevance(Invalid):
    """Only a service of the Single Digital Gateway has a code of it."""

    field = "sdg_code"


class StateWithoutEfa(Invalid):
    """Only where one state builds for the others is there a state that builds."""

    field = "implementing_state"


class UnknownTechnicalBasis(Invalid):
    """The list of technical bases has no entry with this id."""

    field = "technical_basis_ids"


class NameTaken(Problem):
    """Another entry of the list has this name."""

    field = "name"


class BasisStillUsed(Problem):
    """A project is built with it."""


class CodeTaken(Problem):
    """Another project has this code."""

    field = "code"


class StaysClosed(NotAllowed):
    """Only the CIO office takes a completed or cancelled project up again."""

    field = "phase"


class OnlyCioOfficeDecides(NotAllowed):
    """Code, organisation, lead and coordinator are decided by the CIO office; `field` names the attempt.

    A lead could otherwise learn the codes of foreign projects and the names of persons by trying them.
    """

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class ReachedInFuture(Invalid):
    """A milestone has been reached, so its day has come."""

    field = "reached_on"


class ForecastBeforeReportingDate(Invalid):
    """Nobody can expect a date that had passed when it was said."""

    field = "date"


class ForecastExists(Problem):
    """The milestone has a forecast for this reporting date; forecasts are not overwritten."""

    field = "reporting_date"

    def __init__(self, expected: date) -> None:
        super().__init__(expected)
        self.expected = expected


class MilestoneReached(Problem):
    """A milestone that was reached is not forecast any more."""

    field = "date"


class NotLatestForecast(Problem):
    """Only the forecast of the latest reporting date can be corrected; earlier ones are history."""


class DeviationUnexplained(Invalid):
    """A light that is not green needs a reason and a measure, a red one a decision too; `field` lacks it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class OverallTooGood(Invalid):
    """The light of the whole is better than the worst of the others, and nothing says why."""

    field = "overall"


class ReportReleased(Problem):
    """A released report is frozen; a correction is a new report."""


class RowsRefused(Problem):
    """Some rows of a form for many milestones were refused: the reason by milestone id. Nothing of it was kept."""

    status = 422
    name = "invalid"

    def __init__(self, problems: Mapping[int, Problem]) -> None:
        super().__init__(problems)
        self.problems = problems
