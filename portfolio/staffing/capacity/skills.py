"""Supply against demand, skill by skill and week by week, with everybody's free hours counted once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Select, select

from portfolio.extensions import db
from portfolio.planning.flow import Demand, Distribution, distribute
from portfolio.planning.problem import WORK_PER_HOUR, SkillLevel, tenths
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool.models import Person, Skill
from portfolio.staffing import queries, snapshot
from portfolio.staffing.capacity.abilities import Abilities, Group
from portfolio.staffing.capacity.demand import needs_in, reach
from portfolio.staffing.capacity.matrix import Hours, Matrix, matrix_of, worked
from portfolio.staffing.capacity.open_work import OpenNeeds
from portfolio.staffing.capacity.places import KEY, PERSON, Integers, Places
from portfolio.staffing.capacity.rows import bookings_for_needs
from portfolio.staffing.capacity.shortfalls import Shortfall, shortfalls_of
from portfolio.web import settings

NEED, SKILL = KEY, KEY + 1
"""The columns of bookings that name what they are for."""


@dataclass(frozen=True, slots=True)
class SkillCapacity:
    """One row for each skill, one column for each week, all in hours."""

    skills: tuple[Skill, ...]
    weeks: tuple[Week, ...]
    supply: Hours
    """Free hours: first given to open needs, as many as possible; the rest to the skill each person holds highest."""
    booked: Hours
    """Hours that assignments deliver to needs for the skill."""
    open: Hours
    """Hours of needs for the skill that nobody is assigned to; those of a volume stand evenly over its weeks."""
    missing: Hours
    """Open hours that nobody free can give; what a volume lacks stands evenly over its weeks, as it does itself."""
    shortfalls: tuple[Shortfall, ...]

    @property
    def series(self) -> tuple[Hours, Hours, Hours, Hours]:
        return self.supply, self.booked, self.open, self.missing

    @property
    def means(self) -> list[tuple[int, Skill, list[float]]]:
        """Each skill with its row and the series as hours a week on average: first what lacks most, then what is wanted
        most; without those of whom nobody has anything and nobody wants anything."""
        means = np.stack([hours.mean(axis=1) for hours in self.series], axis=1)
        order = sorted(range(len(self.skills)), key=lambda row: (-means[row, 3], -means[row, 2], row))
        return [(row, self.skills[row], means[row].tolist()) for row in order if means[row].any()]

    def row_to_show(self, skill_id: int | None) -> int | None:
        """That of the skill, else of the one that lacks most, else of the one most wanted."""
        ids = [skill.id for skill in self.skills]
        if skill_id in ids:
            return ids.index(skill_id)
        return self.means[0][0] if self.means else (0 if self.skills else None)


def skill_capacity(members: Select[Person], weeks: WeekRange, this_week: Week) -> SkillCapacity:
    """The weeks with the free hours of those of `members` who are in the pool. A fixed number of queries.

    What a volume lacks is what nobody can give in any of its weeks from `this_week` on, also those outside of `weeks`.
    """
    skills = tuple(db.session.scalars(select(Skill).order_by(Skill.area, Skill.sort_key, Skill.id)))
    rows = {skill.id: row for row, skill in enumerate(skills)}
    needs = needs_in(weeks, only_open=True)
    wide = reach(needs, weeks)
    opened = OpenNeeds(needs, weeks, bookings_for_needs(wide), NEED)
    pool = _read_pool(members, opened, wide)
    work = opened.work(pool.figures, this_week)
    groups = Abilities(work.wanted, rows, wide).groups(pool.held, pool.free)
    demands = work.demands
    found = distribute(demands, ((group.kinds, group.free.sum(axis=0).tolist()) for group in groups))
    row_of_kind = np.array([rows[each.skill_id] for each in work.wanted], np.int64)
    shown = slice(weeks.first - wide.first, weeks.last - wide.first + 1)

    def by_skill(by_kind: Integers) -> Hours:
        total = np.zeros((len(skills), len(wide)), np.int64)
        np.add.at(total, row_of_kind, by_kind)
        return total[:, shown] / WORK_PER_HOUR

    spare = _spare(found, groups, (len(skills), len(wide)))
    return SkillCapacity(
        skills=skills,
        weeks=tuple(weeks),
        supply=by_skill(_given(found, demands, work.steady.shape)) + spare[:, shown] / WORK_PER_HOUR,
        booked=pool.booked(opened.spans, rows)[:, shown] / WORK_PER_HOUR,
        open=by_skill(work.work),
        missing=by_skill(work.lacking(found.missing)),
        shortfalls=shortfalls_of(found, demands, work.wanted, wide),
    )


@dataclass(frozen=True, slots=True)
class _Pool:
    """The members first, then whoever else is booked for a volume."""

    members: int
    figures: Matrix
    held: list[Iterable[SkillLevel]]
    """By member the levels; none of who is inactive: nobody plans them any more."""

    @property
    def free(self) -> Integers:
        """Members by weeks: the work they have left."""
        free = self.figures.free[: self.members].clip(min=0).astype(np.int64)
        return free * tenths(settings.full_time_hours()) * self.figures.presence[: self.members]

    def booked(self, spans: Integers, rows: Mapping[int, int]) -> Integers:
        """Skills by weeks: the work of members for needs."""
        own = spans[np.isin(spans[:, PERSON], self.figures.person_ids[: self.members]) & (spans[:, SKILL] > 0)]
        keys = np.array([rows[skill] for skill in own[:, SKILL].tolist()], np.int64)
        return worked(self.figures, own, keys, len(rows))


def _read_pool(members: Select[Person], opened: OpenNeeds, weeks: WeekRange) -> _Pool:
    found = queries.pool_members(members, opened.shown.first, weeks.last).with_only_columns(Person.id, Person.active)
    active = {row.id: row.active for row in db.session.execute(found)}
    for_volumes, _rows = opened.volumes.rows(opened.spans, NEED)
    others = sorted(set(for_volumes[:, PERSON].tolist()) - active.keys())
    levels = snapshot.skills_of(found.with_only_columns(Person.id).order_by(None))
    held = [levels.get(person_id, ()) if is_active else () for person_id, is_active in active.items()]
    return _Pool(len(active), matrix_of(Places((*active, *others), weeks), opened.spans), held)


def _given(found: Distribution, demands: Sequence[Demand], shape: tuple[int, ...]) -> Integers:
    """Kinds by weeks: what the demands get."""
    given = np.zeros(shape, np.int64)
    for demand, by_week in zip(demands, found.given, strict=True):
        for week, work in by_week.items():
            given[demand.kind, week] += work
    return given


def _spare(found: Distribution, groups: Sequence[Group], shape: tuple[int, int]) -> Integers:
    """Skills by weeks: what nobody asks for stands with the skill that each person holds highest."""
    spare = np.zeros(shape, np.int64)
    for group in groups:
        kept = group.spare(found.spare[group.kinds])
        for stretch, work in zip(group.members, kept, strict=True):
            if stretch.best is not None:
                spare[stretch.best] += work
    return spare
