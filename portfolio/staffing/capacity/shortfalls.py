"""What is missing whomever one puts on it, as statements about weeks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from portfolio.planning.flow import Bottleneck, Demand, Distribution
from portfolio.planning.problem import WORK_PER_HOUR
from portfolio.planning.weeks import Week, WeekRange
from portfolio.staffing.capacity.abilities import Wanted
from portfolio.web import settings


@dataclass(frozen=True, slots=True)
class Shortfall:
    """In these weeks, both included, what asks for any of `wanted` wants more than all who fit any of them can give."""

    first: Week
    last: Week
    wanted: tuple[Wanted, ...]
    """Each skill once, with the lowest level that is held up."""
    wanted_hours: float
    had_hours: float
    """What all who fit have free, or as much of it as may be worked in a week."""

    @property
    def missing_hours(self) -> float:
        return self.wanted_hours - self.had_hours

    @property
    def person_weeks(self) -> tuple[float, float, float]:
        """Missing, wanted and had, in weeks of full-time work."""
        full_time = settings.full_time_hours()
        return self.missing_hours / full_time, self.wanted_hours / full_time, self.had_hours / full_time


def shortfalls_of(
    found: Distribution, demands: Sequence[Demand], wanted: Sequence[Wanted], weeks: WeekRange
) -> tuple[Shortfall, ...]:
    """Bottlenecks of the same demands in weeks in a row as one, the largest first."""
    alike: defaultdict[tuple[Wanted, ...], list[Shortfall]] = defaultdict(list)
    for bottleneck in found.bottlenecks:
        each = _shortfall(bottleneck, found, demands, wanted, weeks)
        alike[each.wanted].append(each)
    joined = (one for shortfalls in alike.values() for one in _in_a_row(shortfalls))
    return tuple(sorted(joined, key=lambda one: (-one.missing_hours, one.first, one.wanted)))


def _shortfall(
    bottleneck: Bottleneck,
    found: Distribution,
    demands: Sequence[Demand],
    wanted: Sequence[Wanted],
    weeks: WeekRange,
) -> Shortfall:
    lacking = [demands[position] for position in bottleneck.demands if found.missing[position]]
    columns = {week for _, week in bottleneck.places}.union(*(demand.most for demand in lacking))
    lowest: dict[int, int] = {}
    for each in (wanted[demands[position].kind] for position in bottleneck.demands):
        lowest[each.skill_id] = min(each.level, lowest.get(each.skill_id, each.level))
    return Shortfall(
        weeks.first + min(columns),
        weeks.first + max(columns),
        tuple(sorted(Wanted(skill_id, level) for skill_id, level in lowest.items())),
        bottleneck.wanted / WORK_PER_HOUR,
        bottleneck.had / WORK_PER_HOUR,
    )


def _in_a_row(shortfalls: Iterable[Shortfall]) -> Iterator[Shortfall]:
    current: Shortfall | None = None
    for each in sorted(shortfalls, key=lambda one: (one.first, one.last)):
        if current is not None and each.first == current.last + 1:
            current = replace(
                current,
                last=each.last,
                wanted_hours=current.wanted_hours + each.wanted_hours,
                had_hours=current.had_hours + each.had_hours,
            )
        else:
            if current is not None:
                yield current
            current = each
    if current is not None:
        yield current
