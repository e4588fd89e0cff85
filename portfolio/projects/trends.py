"""The milestones of a project as lines of a trend: the one source of table, chart and export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portfolio.planning.trend import Forecast, Trend, TrendWord, trend
from portfolio.projects.models import Milestone


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A milestone with its number on the page (M1, M2 …) and the way its expected date went."""

    milestone_id: int
    number: int
    title: str
    planned: date
    reached: date | None
    trend: Trend
    causes: Mapping[date, str]
    """By reporting date what moved the milestone, where somebody said so."""

    @property
    def name(self) -> str:
        return f"M{self.number}"

    @property
    def expected(self) -> date:
        """When it was reached, else what the latest reporting date says, else the plan."""
        return self.trend.points[-1].expected

    @property
    def reported(self) -> date | None:
        """The latest reporting date; None before the first."""
        return self.trend.points[-1].reported if len(self.trend.points) > 1 else None

    @property
    def deviation(self) -> int:
        """Days later than planned; negative when earlier."""
        return self.trend.deviation

    @property
    def cause(self) -> str | None:
        """What the latest reporting date gave as the cause."""
        return self.causes.get(self.reported) if self.reported else None

    @property
    def word(self) -> TrendWord:
        """Expected on the reporting date itself is not reached yet: somebody has to say so."""
        if self.trend.word is not TrendWord.REACHED or self.reached is not None:
            return self.trend.word
        if self.deviation == 0:
            return TrendWord.LEVEL
        return TrendWord.RISING if self.deviation > 0 else TrendWord.FALLING

    def as_of(self, day: date) -> date:
        """The date expected as of a day: what the last reporting date until then said, else the plan."""
        if self.reached is not None and self.reached <= day:
            return self.reached
        known = [point for point in self.trend.points if point.reported <= day]
        return known[-1].expected if known else self.planned

    def at(self, reporting_date: date) -> tuple[date, int] | None:
        """The date expected as of a reporting date and its deviation in days."""
        for point in self.trend.points[1:]:
            if point.reported == reporting_date:
                return point.expected, point.deviation
        return None


def trend_lines(start: date, milestones: Sequence[Milestone]) -> tuple[TrendLine, ...]:
    """A line for each milestone, in their order; the plan counts from the start of the project."""
    return tuple(_line(start, number, milestone) for number, milestone in enumerate(milestones, start=1))


def reporting_dates(lines: Sequence[TrendLine]) -> tuple[date, ...]:
    """Every day on which something was said about one of the milestones, in order."""
    return tuple(sorted({point.reported for line in lines for point in line.trend.points[1:]}))


def _line(start: date, number: int, milestone: Milestone) -> TrendLine:
    return TrendLine(
        milestone_id=milestone.id,
        number=number,
        title=milestone.title,
        planned=milestone.planned_date,
        reached=milestone.reached_on,
        trend=trend(
            milestone.planned_date,
            # A plan made after its own date would lie below the diagonal.
            min(start, milestone.planned_date),
            [Forecast(forecast.reporting_date, forecast.date) for forecast in milestone.forecasts],
            milestone.reached_on,
        ),
        causes={forecast.reporting_date: forecast.cause for forecast in milestone.forecasts if forecast.cause},
    )
