"""The weeks of a project: what is wanted, what is assigned, what is open, in percent of full time."""

from dataclasses import dataclass

from portfolio.dashboard.projects.team import Staffing
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week, WeekRange


@dataclass(frozen=True, slots=True)
class ProjectWeek:
    week: Week
    wanted: int
    """What its steady needs ask for; a volume may lie in any week and is left out."""
    assigned: int
    open: int
    """What of its steady needs nobody is assigned to."""


def weeks_of(staffing: Staffing) -> tuple[ProjectWeek, ...]:
    """From the first to the last week in which somebody is wanted or works; for those who see shares."""
    steady = [row for row in staffing.needs if row.need.kind is NeedKind.STEADY]
    work = [member.work for member in staffing.team if member.work]
    spans = [(row.need.from_week, row.need.to_week) for row in steady] + [(w.from_week, w.to_week) for w in work]
    if not spans:
        return ()
    return tuple(
        ProjectWeek(
            week,
            wanted=sum(row.need.share for row in steady if row.need.from_week <= week <= row.need.to_week),
            assigned=sum(each.share for each in work if each.from_week <= week <= each.to_week),
            open=sum(gap.share for row in steady for gap in row.gaps if gap.first <= week <= gap.last),
        )
        for week in WeekRange(min(first for first, _ in spans), max(last for _, last in spans))
    )
