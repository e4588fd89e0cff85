"""Why nobody can take a need."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.candidates import rank
from portfolio.planning.problem import Absence, Assignment, Need, NeedKind, Person, PoolShare, SkillLevel
from portfolio.planning.shortage import Bottleneck, Shortage, ShortageKind, shortage
from portfolio.planning.weeks import Week

START = Week.of(2026, 51)
NEED = Need(1, project_id=1, skill_id=7, level=3, first=START, last=START + 3, share=60)
VOLUME = replace(NEED, kind=NeedKind.VOLUME, person_days=12)
bounded = settings(max_examples=100, deadline=None, derandomize=True)


def person(number: int = 1, level: int = 3, share: int = 80) -> Person:
    skills = (SkillLevel(7, level),) if level else ()
    return Person(number, (PoolShare(START, None, share),), skills=skills)


def booked(number: int, first: int, last: int, share: int, project: int = 2) -> Assignment:
    return Assignment(number, project, START + first, START + last, share)


def why(*persons: Person, assignments: tuple[Assignment, ...] = (), need: Need = NEED) -> Shortage | None:
    return shortage(need, rank(need, persons, assignments))


def kind(*persons: Person, assignments: tuple[Assignment, ...] = (), need: Need = NEED) -> str | None:
    found = why(*persons, assignments=assignments, need=need)
    return found and found.kind


def test_nothing_is_short_when_one_can_take_the_need() -> None:
    assert why(person(1, level=0), person(2)) is None


def test_nobody_has_the_skill() -> None:
    assert kind(person(1, level=0), person(2, level=0)) == ShortageKind.NO_SKILL
    assert kind() == ShortageKind.NO_SKILL


def test_nobody_has_the_level_and_some_are_one_below() -> None:
    found = why(person(1, level=2), person(2, level=2), person(3, level=1))
    assert found is not None
    assert (found.kind, found.best_level, found.one_below) == (ShortageKind.NO_LEVEL, 2, 2)
    assert found.qualified == 0


def test_a_level_that_lapses_is_not_held() -> None:
    found = why(replace(person(), skills=(SkillLevel(7, 4, last=START),)))
    assert found is not None
    assert (found.kind, found.best_level) == (ShortageKind.NO_LEVEL, 0)


def test_all_together_have_too_little_free_in_the_weeks_named() -> None:
    found = why(person(1), person(2, share=30), assignments=(booked(1, 1, 2, 70),))
    assert found is not None
    assert (found.kind, found.qualified) == (ShortageKind.NO_CAPACITY, 2)
    assert found.bottlenecks == (Bottleneck(START + 1, 40), Bottleneck(START + 2, 40))
    assert found.missing == 40


def test_whoever_lacks_the_level_does_not_fill_the_bottleneck() -> None:
    assert kind(person(1, share=50), person(2, level=2)) == ShortageKind.NO_CAPACITY


def test_an_overbooked_week_of_one_takes_nothing_from_others() -> None:
    found = why(person(1), person(2, share=40), assignments=(booked(1, 0, 0, 100),))
    assert found is not None
    assert found.bottlenecks == (Bottleneck(START, 40),)


def test_enough_is_free_but_with_nobody_alone() -> None:
    found = why(person(1, share=30), person(2, share=30))
    assert found is not None
    assert (found.kind, found.bottlenecks, found.missing) == (ShortageKind.NOBODY_ALONE, (), 0)


def test_whoever_is_free_works_on_too_many_projects() -> None:
    rows = (booked(1, 0, 3, 10, project=2), booked(1, 0, 3, 10, project=3))
    assert kind(person(), assignments=rows) == ShortageKind.TOO_MANY_PARALLEL


def test_a_volume_lacks_person_days() -> None:
    found = why(person(share=40), need=VOLUME)
    assert found is not None
    assert (found.kind, found.missing) == (ShortageKind.NO_CAPACITY, 80)


def test_person_weeks_are_those_of_a_full_time_post() -> None:
    candidates = rank(VOLUME, [], ())
    found = {hours: shortage(VOLUME, candidates, hours) for hours in (40.0, 32.0)}
    assert {hours: each and each.missing for hours, each in found.items()} == {40.0: 240, 32.0: 300}


def test_a_volume_can_be_delivered_by_two_together() -> None:
    found = why(person(1, share=40), person(2, share=40), need=VOLUME)
    assert found is not None
    assert (found.kind, found.missing) == (ShortageKind.NOBODY_ALONE, 0)


def test_absences_are_missing_from_a_volume_and_not_from_a_steady_need() -> None:
    anna = replace(person(), absences=(Absence(START.monday, START.monday),))
    assert kind(anna, need=VOLUME) == ShortageKind.NO_CAPACITY
    assert why(anna) is None


@bounded
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 100)), max_size=4),
    st.lists(
        st.builds(booked, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.integers(1, 80)), max_size=5
    ),
)
def test_a_certificate_holds_against_the_figures(rows: list[tuple[int, int]], taken: list[Assignment]) -> None:
    pool = [person(number, level, share) for number, (level, share) in enumerate(rows)]
    candidates = rank(NEED, pool, taken)
    found = shortage(NEED, candidates)
    totals = [sum(c.free[n] for c in candidates if c.fit.held >= 3) for n in range(4)]
    if found is None:
        assert any(c.suitable and c.share == NEED.share for c in candidates)
    else:
        assert found.missing == sum(max(0, 60 - total) for total in totals)
        assert (found.kind in {"nobody_alone", "too_many_parallel"}) == (min(totals) >= 60)
