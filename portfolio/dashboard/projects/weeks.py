"""The weeks of a project: what is wanted, what of it is filled and what is open, in percent of full time."""

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.dashboard.projects.filters import WeeksForm
from portfolio.dashboard.projects.team import NeedRow, Staffing, Work
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week, WeekRange


@dataclass(frozen=True, slots=True)
class ProjectWeek:
    week: Week
    wanted: int
    """What its steady needs ask for; a volume may lie in any week and is left out."""
    open: int
    """What of its steady needs nobody is assigned to."""
    assigned: int
    """What is worked, for needs or without."""

    @property
    def filled(self) -> int:
        return self.wanted - self.open

    @property
    def beyond(self) -> int:
        """What is worked that no steady need asks for: on volumes, without a need, or more than is wanted."""
        return self.assigned - self.filled


def weeks_of(staffing: Staffing, form: WeeksForm) -> tuple[ProjectWeek, ...]:
    """The weeks in which somebody is wanted or works, as far as the form shows them; for those who see shares."""
    chosen = form.skill_id
    names = {row.need.skill.name for row in staffing.needs if row.need.skill_id == chosen}
    needs = [row for row in staffing.needs if chosen in (None, row.need.skill_id)]
    work = [member.work for member in staffing.team if member.work and (chosen is None or member.skill in names)]
    steady = [row for row in needs if row.need.kind is NeedKind.STEADY]
    span = _span(steady, work, form)
    return tuple(_week(week, steady, work) for week in span) if span else ()


def _span(steady: Sequence[NeedRow], work: Sequence[Work], form: WeeksForm) -> WeekRange | None:
    spans = [(row.need.from_week, row.need.to_week) for row in steady]
    spans += [(each.from_week, each.to_week) for each in work]
    if not spans:
        return None
    whole = WeekRange(min(first for first, _last in spans), max(last for _first, last in spans))
    first = form.from_week.data or whole.first
    last = whole.last if form.count is None else first + (form.count - 1)
    return whole.overlap(WeekRange(first, last)) if first <= last else None


def _week(week: Week, steady: Sequence[NeedRow], work: Sequence[Work]) -> ProjectWeek:
    return ProjectWeek(
        week,
        wanted=sum(row.need.share for row in steady if row.need.from_week <= week <= row.need.to_week),
        open=sum(gap.share for row in steady for gap in row.gaps if gap.first <= week <= gap.last),
        assigned=sum(each.share for each in work if each.from_week <= week <= each.to_week),
    )
