"""Supply against demand, skill by skill and week by week, with everybody's free hours counted once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.planning.coverage import open_shares, spread
from portfolio.planning.flow import Demand, distribute
from portfolio.planning.problem import WORK_PER_HOUR, NeedKind, SkillLevel, tenths
from portfolio.planning.weeks import WORKING_DAYS_PER_WEEK, Week, WeekRange
from portfolio.pool.models import Skill
from portfolio.projects.models import CLOSED_PHASES, Project
from portfolio.staffing import queries, snapshot
from portfolio.staffing.capacity import HasId, Integers, Matrix, matrix
from portfolio.staffing.models import Assignment, AssignmentState, Need
from portfolio.staffing.outlook import coverage_of
from portfolio.staffing.snapshot import as_assignment, as_need
from portfolio.web import settings


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """What a need asks of a person."""

    skill_id: int
    level: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """In these weeks, both included, all who fit any of `wanted` together have `missing` hours too few."""

    first: Week
    last: Week
    wanted: tuple[Wanted, ...]
    missing: float

    @property
    def person_weeks(self) -> float:
        """The same in weeks of full-time work."""
        return self.missing / settings.full_time_hours()


@dataclass(frozen=True, slots=True)
class SkillCapacity:
    """One row for each skill, one column for each week, all in hours."""

    skills: tuple[Skill, ...]
    weeks: tuple[Week, ...]
    supply: npt.NDArray[np.float64]
    """Free hours: first given to open needs, as many as possible; the rest to the skill each person holds highest."""
    booked: npt.NDArray[np.float64]
    """Hours that assignments deliver to needs for the skill."""
    open: npt.NDArray[np.float64]
    """Hours of needs for the skill that nobody is assigned to."""
    missing: npt.NDArray[np.float64]
    """Open hours that nobody free can give."""
    shortfalls: tuple[Shortfall, ...]


def skill_capacity(persons: Sequence[HasId], first: Week, count: int) -> SkillCapacity:
    """The `count` weeks from `first` on, with the free hours of these persons. A fixed number of queries."""
    skills = tuple(db.session.scalars(select(Skill).order_by(Skill.area, Skill.sort_key, Skill.id)))
    rows = {skill.id: row for row, skill in enumerate(skills)}
    figures = matrix(persons, first, count)
    wanted, opened = _open_work(WeekRange(first, first + (count - 1)))
    held = snapshot.skills_of([person.id for person in persons])
    free = figures.free.clip(min=0).astype(np.int64) * tenths(settings.full_time_hours()) * figures.presence
    handed = _hand_out(opened, _able(figures, held, wanted), free)
    of_class = [rows[each.skill_id] for each in wanted]
    supply, demand, missing = (np.zeros((len(skills), count), np.int64) for _ in range(3))
    np.add.at(supply, of_class, handed.given)
    np.add.at(demand, of_class, opened)
    np.add.at(missing, of_class, opened - handed.given)
    _add_spare(supply, handed.spare, _best_skill(figures, held, rows))
    return SkillCapacity(
        skills=skills,
        weeks=figures.weeks,
        supply=supply / WORK_PER_HOUR,
        booked=worked(figures, _bookings(figures), rows) / WORK_PER_HOUR,
        open=demand / WORK_PER_HOUR,
        missing=missing / WORK_PER_HOUR,
        shortfalls=tuple(_shortfalls(figures.weeks, wanted, opened - handed.given, handed.bottlenecks)),
    )


@dataclass(frozen=True, slots=True)
class _HandedOut:
    """What the weeks give to each class of demand, what each person has left, and which classes are held up."""

    given: Integers
    spare: Integers
    bottlenecks: list[list[frozenset[int]]]
    """By week."""


def _hand_out(opened: Integers, able: npt.NDArray[np.bool_], free: Integers) -> _HandedOut:
    """Week by week a maximum flow of what is `free` (persons x weeks) to what is `opened` (classes x weeks).

    `able` says who can serve what: persons x weeks x classes.
    """
    given, spare = np.zeros_like(opened), free.copy()
    bottlenecks = []
    for column in range(opened.shape[1]):
        asked = np.flatnonzero(opened[:, column])
        groups, member_of = np.unique(able[:, column][:, asked], axis=0, return_inverse=True)
        fits = [frozenset(np.flatnonzero(group).tolist()) for group in groups]
        amounts = np.zeros(len(groups), np.int64)
        np.add.at(amounts, member_of, free[:, column])
        demands = [Demand(kind, work, {0: work}) for kind, work in enumerate(opened[asked, column].tolist())]
        found = distribute(demands, zip(fits, amounts[:, None].tolist(), strict=True))
        given[asked, column] = [by_week.get(0, 0) for by_week in found.given]
        used = amounts - np.array([found.spare[fitting][0] for fitting in fits], np.int64)
        spare[:, column] = _left(free[:, column], member_of, used)
        bottlenecks.append([frozenset(asked[sorted(each.demands)].tolist()) for each in found.bottlenecks])
    return _HandedOut(given, spare, bottlenecks)


def _left(amounts: Integers, member_of: Integers, used: Integers) -> Integers:
    """What each person keeps when every group gives what is `used` of it: its first members all they have."""
    order = np.argsort(member_of, kind="stable")
    groups, sorted_amounts = member_of[order], amounts[order]
    before = np.concatenate(([0], sorted_amounts.cumsum()))
    so_far = before[1:] - before[np.searchsorted(groups, groups)]
    left = np.empty_like(amounts)
    left[order] = np.clip(so_far - used[groups], 0, sorted_amounts)
    return left


def _able(figures: Matrix, held: Mapping[int, Any], wanted: Sequence[Wanted]) -> npt.NDArray[np.bool_]:
    """Persons x weeks x classes: who has the skill at the level, week by week."""
    able = np.zeros((len(figures.person_ids), len(figures.weeks), len(wanted)), np.bool_)
    classes: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, each in enumerate(wanted):
        classes[each.skill_id].append((each.level, place))
    for row, valid, level in _held(figures, held):
        for least, place in classes.get(level.skill_id, ()):
            if level.level >= least:
                able[row, valid, place] = True
    return able


def _best_skill(figures: Matrix, held: Mapping[int, Any], rows: Mapping[int, int]) -> Integers:
    """Persons x weeks: the row of the skill each holds highest, the first in the catalogue if several; -1 for none."""
    score = np.full((len(figures.person_ids), len(figures.weeks)), -1, np.int64)
    for row, valid, level in _held(figures, held):
        if level.level:
            rank = level.level * len(rows) + len(rows) - 1 - rows[level.skill_id]
            score[row, valid] = np.maximum(score[row, valid], rank)
    return np.where(score < 0, -1, len(rows) - 1 - score % max(len(rows), 1))


def _held(figures: Matrix, held: Mapping[int, Any]) -> Iterator[tuple[int, slice, SkillLevel]]:
    """Each level somebody holds: their row, the columns of the weeks it is valid in, and the level."""
    origin, count = figures.weeks[0].index, len(figures.weeks)
    for row, person_id in enumerate(figures.person_ids):
        for level in held.get(person_id, ()):
            begin = 0 if level.first is None else max(level.first.index - origin, 0)
            end = count if level.last is None else max(min(level.last.index - origin + 1, count), 0)
            yield row, slice(begin, end), level


def _add_spare(supply: Integers, spare: Integers, best: Integers) -> None:
    persons, weeks = np.nonzero((best >= 0) & (spare > 0))
    np.add.at(supply, (best[persons, weeks], weeks), spare[persons, weeks])


def worked(figures: Matrix, spans: Sequence[Any], rows: Mapping[int, int]) -> Integers:
    """Work delivered by bookings, summed by the key that is their last column: rows of `rows` x weeks.

    `spans` are rows of person id, first and last week, share, key.
    """
    count, origin = len(figures.weeks), figures.weeks[0].index
    line_of = {person_id: line for line, person_id in enumerate(figures.person_ids)}
    steps: defaultdict[tuple[int, int], Integers] = defaultdict(lambda: np.zeros(count + 1, np.int64))
    for person_id, first, last, share, key in spans:
        if person_id in line_of and key in rows:
            step = steps[line_of[person_id], rows[key]]
            step[min(max(first.index - origin, 0), count)] += share
            step[min(max(last.index + 1 - origin, 0), count)] -= share
    total = np.zeros((len(rows), count), np.int64)
    for (line, row), step in steps.items():
        total[row] += step.cumsum()[:-1] * figures.presence[line]
    return total * tenths(settings.full_time_hours())


def _bookings(figures: Matrix) -> Sequence[Any]:
    """The bookings made for needs, with the skill of the need."""
    row = Assignment
    statement = (
        select(row.person_id, row.from_week, row.to_week, row.share, Need.skill_id)
        .join(Need, Need.id == row.need_id)
        .where(
            row.state != AssignmentState.DECLINED,
            row.from_week <= figures.weeks[-1],
            row.to_week >= figures.weeks[0],
        )
    )
    return db.session.execute(statement).all()


def _open_work(weeks: WeekRange) -> tuple[list[Wanted], Integers]:
    """What needs of running projects still ask for, by skill and level: classes x weeks."""
    needs = db.session.scalars(
        select(Need)
        .join(Need.project)
        .where(Need.open, Need.from_week <= weeks.last, Need.to_week >= weeks.first)
        .where(Project.phase.not_in(CLOSED_PHASES))
        .order_by(Need.id)
    ).all()
    booked = defaultdict(list)
    for assignment in db.session.scalars(queries.bookings_for(need.id for need in needs)) if needs else ():
        booked[assignment.need_id].append(as_assignment(assignment))
    covered = coverage_of([need for need in needs if need.kind is NeedKind.VOLUME])
    wanted = sorted({Wanted(need.skill_id, need.level) for need in needs})
    opened = np.zeros((len(wanted), len(weeks)), np.int64)
    for need in needs:
        row = opened[wanted.index(Wanted(need.skill_id, need.level))]
        if need.kind is NeedKind.VOLUME:
            left = covered[need.id].demanded - covered[need.id].counted
            _add(row, weeks, need.from_week, spread(left, need.to_week - need.from_week + 1))
        else:
            weekly = tenths(settings.full_time_hours()) * WORKING_DAYS_PER_WEEK
            _add(row, weeks, need.from_week, [share * weekly for share in open_shares(as_need(need), booked[need.id])])
    return wanted, opened


def _add(row: Integers, weeks: WeekRange, first: Week, work: Sequence[int]) -> None:
    """Add the work of consecutive weeks from `first` on, as far as they lie in `weeks`."""
    shift = first - weeks.first
    begin, end = max(shift, 0), min(shift + len(work), len(weeks))
    if begin < end:
        row[begin:end] += work[begin - shift : end - shift]


def _shortfalls(
    weeks: Sequence[Week], wanted: Sequence[Wanted], missing: Integers, bottlenecks: Sequence[Sequence[frozenset[int]]]
) -> Iterator[Shortfall]:
    """Runs of weeks with the same bottleneck, the largest first."""
    columns: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for column, of_week in enumerate(bottlenecks):
        for classes in of_week:
            columns[classes].append(column)
    found = [
        Shortfall(
            weeks[run[0]],
            weeks[run[-1]],
            tuple(wanted[place] for place in sorted(classes)),
            float(missing[np.ix_(sorted(classes), run)].sum()) / WORK_PER_HOUR,
        )
        for classes, in_weeks in columns.items()
        for run in _runs(in_weeks)
    ]
    return iter(sorted(found, key=lambda shortfall: (-shortfall.missing, shortfall.first, shortfall.wanted)))


def _runs(columns: Sequence[int]) -> Iterator[list[int]]:
    """The columns in stretches without a gap."""
    for _, run in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        yield [column for _, column in run]
