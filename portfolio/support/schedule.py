"""What a request asks for over the weeks, as its pages draw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portfolio.planning.problem import Need
from portfolio.planning.timeline import Timeline, overfull, timeline
from portfolio.planning.weeks import Week, WeekRange
from portfolio.support.models import RequestNeed
from portfolio.support.queries.supply import NO_PROJECT_YET
from portfolio.support.services import RequestNeedData
from portfolio.web import settings


@dataclass(frozen=True, slots=True)
class Asked:
    """A need in its place: `number` counts from 1 as the page or form does."""

    number: int
    skill: str
    need: Need

    @property
    def overfull(self) -> bool:
        return overfull(self.need, settings.full_time_hours())


@dataclass(frozen=True, slots=True)
class Schedule:
    """Without needs there is no timeline. `incomplete` numbers the rows of a form that cannot be drawn yet."""

    asked: tuple[Asked, ...]
    timeline: Timeline | None
    deadline: date | None
    incomplete: tuple[int, ...] = ()


def schedule(
    asked: Iterable[Asked],
    first: Week | None,
    last: Week | None,
    deadline: date | None,
    incomplete: Iterable[int] = (),
) -> Schedule:
    """The needs over their weeks and those of the request, where these make sense."""
    listed = tuple(asked)
    frame = WeekRange(first, last) if first and last and first <= last else None
    by = Week.containing(deadline) if deadline else None
    drawn = timeline([each.need for each in listed], frame, by, settings.full_time_hours())
    return Schedule(listed, drawn, deadline, tuple(incomplete))


def schedule_of(needs: Iterable[RequestNeed], first: Week | None, last: Week | None, deadline: date | None) -> Schedule:
    """Stored needs, numbered as they are listed."""
    return schedule([asked(place, need.skill.name, need) for place, need in enumerate(needs, 1)], first, last, deadline)


def asked(number: int, skill: str, row: RequestNeed | RequestNeedData) -> Asked:
    need = Need(
        id=number,
        project_id=NO_PROJECT_YET,
        skill_id=row.skill_id,
        level=row.level,
        first=row.from_week,
        last=row.to_week,
        share=row.share,
        kind=row.kind,
        person_days=row.person_days or 0,
    )
    return Asked(number, skill, need)
