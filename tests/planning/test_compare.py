"""Two plans side by side, by the same figures that pages and the optimiser go by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.changes import ChangeKind
from portfolio.planning.compare import Row, compare
from portfolio.planning.instance import PRIORITY_WEIGHT, SHARE_DAYS_PER_PERSON_DAY, Instance, Level, Person
from portfolio.planning.measures import LOWER_IS_BETTER, Ground, Measure, measures
from portfolio.planning.problem import HOURS_PER_PERSON_DAY, Assignment, Need, PoolShare, SkillLevel
from portfolio.planning.problem import Person as PoolPerson
from portfolio.planning.score import score
from portfolio.planning.weeks import Week, WeekRange
from tests.planning.instances import random_instance
from tests.planning.live import Live
from tests.planning.plans import holding

W51 = Week.of(2026, 51)
SKILL = 7
ANNA, BEN = (PoolPerson(n, (PoolShare(W51, None, 100),), skills=(SkillLevel(SKILL, n + 1),)) for n in (1, 2))
PORTAL = Need(1, project_id=1, skill_id=SKILL, level=2, first=W51, last=W51 + 3, share=50)
REGISTER = replace(PORTAL, id=2, project_id=2, share=60, priority=1)
GROUND = Ground(WeekRange(W51, W51 + 3), (ANNA, BEN), (PORTAL, REGISTER), {1: 10, 2: 20})
bounded = settings(max_examples=60, deadline=None, derandomize=True)


def on(need: Need, person: int = 1, first: int = 0, last: int = 3) -> Assignment:
    return Assignment(person, need.project_id, W51 + first, W51 + last, need.share, need.id)


def differing(*plans: list[Assignment]) -> dict[Measure, tuple[float, float]]:
    rows = compare(GROUND, *plans).rows
    return {row.measure: (row.before, row.after) for row in rows if row.is_better is not None}


def test_one_need_more_that_somebody_takes() -> None:
    assert differing([on(PORTAL)], [on(PORTAL), on(REGISTER, person=2)]) == {
        Measure.WEIGHTED_HOURS: (160, 160 + 8 * 96),
        Measure.COVERED: (80 / 176, 1),
        Measure.NEEDS_COVERED: (1, 2),
        Measure.NEEDS_WITHOUT: (1, 0),
        Measure.LEAST_SERVED: (0, 1),
        Measure.PERSONS: (1, 2),
        Measure.SURPLUS: (0, 60 * 4),
        Measure.HIGHEST_USE: (0.5, 0.6),
        Measure.OPEN_PEAK: (0.6, 0),
    }


def test_one_person_for_two_is_over_booked_and_works_on_two_projects() -> None:
    found = differing([on(PORTAL), on(REGISTER, person=2)], [on(PORTAL), on(REGISTER)])
    assert (found[Measure.OVERBOOKED_WEEKS], found[Measure.PARALLEL_WEEKS]) == ((0, 4), (0, 4))
    assert found[Measure.MOST_PROJECTS] == (1, 2)
    assert measures(GROUND, [on(PORTAL), on(REGISTER)]).overbooked == {1: tuple(GROUND.weeks)}


def test_taking_over_is_a_hand_over_and_says_which_needs_feel_it() -> None:
    found = compare(GROUND, [on(PORTAL), on(REGISTER, 2)], [on(PORTAL, last=1), on(PORTAL, 2, 2, 2), on(REGISTER, 2)])
    assert [change.kind for change in found.changes] == [ChangeKind.HANDED_OVER]
    assert found.untouched == (on(REGISTER, 2),)
    assert [effect.need for effect in found.effects] == [PORTAL]
    assert next(row for row in found.rows if row.measure is Measure.HANDOVERS) == Row(Measure.HANDOVERS, 0, 1)


def test_work_that_is_only_cut_otherwise_is_felt_by_nobody() -> None:
    found = compare(GROUND, [on(PORTAL)], [on(PORTAL, last=1), on(PORTAL, first=2)])
    assert [change.kind for change in found.changes] == [ChangeKind.RECUT]
    assert (found.effects, differing([on(PORTAL)], [on(PORTAL, last=1), on(PORTAL, first=2)])) == ((), {})


def test_whoever_lacks_the_level_is_a_misfit() -> None:
    hard = replace(PORTAL, level=3)
    ground = replace(GROUND, needs=(hard,))
    assert [measures(ground, [on(hard, person)]).numbers[Measure.MISFITS] for person in (1, 2)] == [1, 0]


def test_each_organisation_project_and_skill_has_its_part() -> None:
    found = measures(GROUND, [on(PORTAL)])
    assert {name: part.coverage.ratio for name, part in found.by_organisation.items()} == {10: 1, 20: 0}
    assert {name: part.served.percent for name, part in found.by_project.items()} == {1: 100, 2: 0}
    assert {name: part.served.percent for name, part in found.by_skill.items()} == {SKILL: 45}


def test_of_some_measures_less_is_better() -> None:
    assert (Row(Measure.COVERED, 1, 2).is_better, Row(Measure.PERSONS, 1, 2).is_better) == (True, False)
    assert Row(Measure.PERSONS, 1, 1).is_better is None


def test_nothing_asked_for_is_nothing_lacking() -> None:
    ground = replace(GROUND, needs=(), persons=())
    assert [row for row in compare(ground, [], []).rows if row.is_better is not None] == []
    assert measures(ground, []).numbers[Measure.LEAST_SERVED] == 1


def test_an_unknown_person_is_refused() -> None:
    with pytest.raises(KeyError):
        measures(GROUND, [on(PORTAL, person=3)])


def solved(seed: int, first: Week, *, there: bool = False) -> tuple[Instance, Live, tuple[Assignment, ...]]:
    """A plan, with windows that do not shift: live needs have none that do."""
    problem = random_instance(seed)
    problem = replace(problem, needs=tuple(replace(need, latest_first=None) for need in problem.needs))
    if there:
        problem = replace(problem, persons=tuple(_always_there(person) for person in problem.persons))
    live = Live(problem, first)
    return problem, live, live.plan(holding(problem))


def _always_there(person: Person) -> Person:
    return replace(person, presence=(5,) * len(person.presence))


turns = st.sampled_from([Week.of(2026, 51), Week.of(2032, 50), Week.of(2027, 20)])  # two turns after a week 53
SEEDS = st.integers(0, 10_000)


@bounded
@given(SEEDS, turns)
def test_the_live_plan_and_the_optimiser_count_alike(seed: int, first: Week) -> None:
    problem, live, plan = solved(seed, first)
    expected, found = score(problem, holding(problem)), measures(live.ground, plan)
    unit = HOURS_PER_PERSON_DAY / SHARE_DAYS_PER_PERSON_DAY
    counted = {name: part.coverage.ratio for name, part in found.by_organisation.items()}
    assert found.numbers[Measure.WEIGHTED_HOURS] == pytest.approx(expected.value * unit)
    assert found.numbers[Measure.PARALLEL_WEEKS] == expected.parallel_weeks
    assert found.numbers[Measure.PERSONS] == expected.persons_used
    assert found.numbers[Measure.SURPLUS] == expected.surplus
    assert found.numbers[Measure.HIGHEST_USE] == pytest.approx(expected.highest_use)
    assert (found.overbooked, found.numbers[Measure.MISFITS]) == ({}, 0)
    assert {live.organisations[name]: ratio for name, ratio in counted.items()} == pytest.approx(expected.served)


@bounded
@given(SEEDS)
def test_where_nobody_is_away_served_is_what_the_optimiser_calls_fair(seed: int) -> None:
    problem, live, plan = solved(seed, W51, there=True)
    fair = score(problem, holding(problem)).of(Level.FAIRNESS)
    assert measures(live.ground, plan).numbers[Measure.LEAST_SERVED] == pytest.approx(fair)


@bounded
@given(SEEDS, turns, st.integers(0, 5))
def test_the_parts_make_the_whole(seed: int, first: Week, left_out: int) -> None:
    _problem, live, plan = solved(seed, first)
    found = measures(live.ground, plan[:left_out])
    for parts in (found.by_project, found.by_skill):
        assert sum(part.coverage.counted for part in parts.values()) == found.total.coverage.counted
        assert sum(part.served.booked for part in parts.values()) == found.total.served.booked
    assert sum(map(len, found.overbooked.values())) == found.numbers[Measure.OVERBOOKED_WEEKS]


@bounded
@given(SEEDS, turns, st.integers(0, 5))
def test_compared_backwards_every_gain_is_a_loss(seed: int, first: Week, left_out: int) -> None:
    _problem, live, plan = solved(seed, first)
    there, back = compare(live.ground, plan[left_out:], plan), compare(live.ground, plan, plan[left_out:])
    assert [(row.before, row.after) for row in there.rows] == [(row.after, row.before) for row in back.rows]
    opposite = {True: False, False: True, None: None}
    assert [opposite[row.is_better] for row in there.rows] == [row.is_better for row in back.rows]
    assert {effect.need.id for effect in there.effects} == {effect.need.id for effect in back.effects}


def test_every_measure_is_measured_and_has_a_direction() -> None:
    assert set(measures(GROUND, []).numbers) == set(Measure) > LOWER_IS_BETTER
    assert set(PRIORITY_WEIGHT) == {1, 2, 3, 4}
