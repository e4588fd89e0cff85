"""The numbers of the charts once more, slowly: from the snapshot, with nothing but what `planning` counts."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from portfolio.access.models import Organisation
from portfolio.extensions import db
from portfolio.planning.capacity import capacities
from portfolio.planning.coverage import coverage, open_shares
from portfolio.planning.flow import Demand, distribute
from portfolio.planning.problem import WORK_PER_HOUR, Need, NeedKind, Person
from portfolio.planning.skills import fit
from portfolio.planning.weeks import Week, WeekRange, working_days
from portfolio.pool import models as pool
from portfolio.projects.models import Project
from portfolio.staffing import snapshot
from portfolio.staffing.models import Need as NeedRow

FULL_WEEK = 40 * WORK_PER_HOUR
Work = Mapping[tuple[Any, Week], Any]


class World:
    """The snapshot of some weeks, and far enough around them for every volume."""

    def __init__(self, weeks: WeekRange, this_week: Week) -> None:
        self.weeks, self.this_week = weeks, this_week
        self.wide = WeekRange(weeks.first - 30, weeks.last + 30)
        self.all = snapshot.load(self.wide.first, self.wide.last)
        self.needs = [need for need in self.all.needs if need.weeks.overlap(weeks)]
        found = capacities(self.all.persons, self.all.assignments, self.wide, self.all.days_off)
        self.figures = {each.person_id: each for each in found}
        self.active = set(db.session.scalars(select(pool.Person.id).where(pool.Person.active)))

    def worked(self, chosen: Callable[[Any], bool], week: Week) -> int:
        """What the chosen assignments deliver in the week."""
        return sum(
            each.share * FULL_WEEK // 500 * self.figures[each.person_id].presence[week - self.wide.first]
            for each in self.all.assignments
            if week in each.weeks and chosen(each)
        )

    def free(self, person: Person, week: Week) -> int:
        figures, place = self.figures[person.id], week - self.wide.first
        return max(0, figures.free[place]) * FULL_WEEK // 500 * figures.presence[place]

    def rest(self, volume: Need) -> int:
        persons = {person.id: person for person in self.all.persons}
        found = coverage(volume, self.all.assignments, persons, self.all.days_off)
        return found.demanded - found.counted

    def usable(self, volume: Need) -> list[Week]:
        return [week for week in volume.weeks if week >= self.this_week] or list(volume.weeks)


def skills(world: World) -> Work:
    """By skill and week: booked and open hours; and all hours together that nobody can give.

    Which of several demands lacks them is for the flow to choose, how many there are is not.
    """
    skill_of = dict(db.session.execute(select(NeedRow.id, NeedRow.skill_id)).all())
    still_open = set(db.session.scalars(select(NeedRow.id).where(NeedRow.open)))
    kinds = sorted({(need.skill_id, need.level) for need in world.needs if need.id in still_open})
    opened: defaultdict[tuple[int, Week], int] = defaultdict(int)
    demands = []
    for need in (need for need in world.needs if need.id in still_open):
        kind = kinds.index((need.skill_id, need.level))
        if need.kind is NeedKind.VOLUME:
            most = {
                week - world.wide.first: need.share * FULL_WEEK // 500 * working_days(week, world.all.days_off)
                for week in world.usable(need)
            }
            demands.append(Demand(kind, world.rest(need), most))
            _spread(opened, need.skill_id, world.usable(need), world.rest(need))
        else:
            shares = zip(need.weeks, open_shares(need, world.all.assignments), strict=True)
            for week, share in ((week, share) for week, share in shares if share and week in world.weeks):
                work = share * FULL_WEEK // 100
                demands.append(Demand(kind, work, {week - world.wide.first: work}))
                opened[need.skill_id, week] += work
    found = distribute(demands, _supplies(world, kinds))
    return {
        (skill, week): (
            world.worked(lambda each, skill=skill: skill_of.get(each.need_id) == skill, week) / WORK_PER_HOUR,
            opened[skill, week] / WORK_PER_HOUR,
        )
        for skill in db.session.scalars(select(pool.Skill.id))
        for week in world.weeks
    } | {"missing": sum(found.missing) / WORK_PER_HOUR}


def _planned(world: World) -> list[Person]:
    return [person for person in world.all.persons if person.id in world.active]


def _supplies(world: World, kinds: list[tuple[int, int]]) -> list[tuple[frozenset[int], list[int]]]:
    """Each person in each week for themselves."""
    found = []
    for person in _planned(world):
        for place, week in enumerate(world.wide):
            amounts = [0] * len(world.wide)
            amounts[place] = world.free(person, week)
            wanted = (Need(0, 0, skill, level, week, week, 1) for skill, level in kinds)
            found.append((frozenset(i for i, need in enumerate(wanted) if fit(person, need).suffices), amounts))
    return found


def _spread(total: Any, key: Any, weeks: list[Week], work: int) -> None:
    each, rest = divmod(work, len(weeks))
    for place, week in enumerate(weeks):
        total[key, week] += each + (place < rest)


def ministries(world: World) -> Work:
    """By ministry and week: delivered, wanted and covered work."""
    organisation = dict(db.session.execute(select(Project.id, Organisation.code).join(Project.organisation)).all())
    found: Any = {}
    for code in sorted(set(organisation.values())):
        for week in world.weeks:
            own = [need for need in world.needs if organisation[need.project_id] == code and week in need.weeks]
            parts = [_served(world, need, week) for need in own]
            delivered = world.worked(lambda each, code=code: organisation[each.project_id] == code, week)
            sums = (delivered, sum(wanted for wanted, _ in parts), sum(covered for _, covered in parts))
            found[code, week] = tuple(work / WORK_PER_HOUR for work in sums)
    return found


def _served(world: World, need: Need, week: Week) -> tuple[float, float]:
    if need.kind is NeedKind.VOLUME:
        demanded = need.person_days * 8 * WORK_PER_HOUR
        return demanded / len(need.weeks), (demanded - world.rest(need)) / len(need.weeks)
    weekly = need.share * FULL_WEEK // 100
    return weekly, min(weekly, world.worked(lambda each: each.need_id == need.id, week))
