"""What an answer to several needs at once would lead to."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.candidates import rank
from portfolio.planning.choices import Ask, Choice, Consequence, bookable_together, consequences, weekly_demand
from portfolio.planning.coverage import demanded_work
from portfolio.planning.problem import WORK_PER_HOUR, Need, NeedKind, Person, PoolShare, SkillLevel
from portfolio.planning.served import Served
from portfolio.planning.weeks import Week

START = Week.of(2026, 51)
FIM = Need(1, project_id=0, skill_id=7, level=3, first=START, last=START + 3, share=50)
FORM = replace(FIM, id=2, skill_id=8)
NOTHING = Served()
FULL_WEEK = 40 * WORK_PER_HOUR // 100  # work of one percent
bounded = settings(max_examples=60, deadline=None, derandomize=True)


def person(number: int, *skills: int, share: int = 50) -> Person:
    levels = tuple(SkillLevel(skill, 3) for skill in skills)
    return Person(number, (PoolShare(START, None, share),), skills=levels)


def asks(*needs: Need, pool: tuple[Person, ...]) -> list[Ask]:
    return [Ask.of(need, rank(need, pool, ())) for need in needs]


def hours_together(*needs: Need, pool: tuple[Person, ...]) -> list[float]:
    return [work / WORK_PER_HOUR for work in bookable_together(asks(*needs, pool=pool))]


def found(*needs: Need, pool: tuple[Person, ...], before: Served = NOTHING) -> dict[Choice, Consequence]:
    return {each.choice: each for each in consequences(asks(*needs, pool=pool), before)}


def test_whoever_has_two_skills_is_free_once() -> None:
    versatile = person(1, 7, 8)

    assert sum(hours_together(FIM, FORM, pool=(versatile,))) == 80
    assert [ask.wholly_free for ask in asks(FIM, FORM, pool=(versatile,))] == [1, 1]


def test_work_is_moved_over_so_that_both_get_people() -> None:
    assert hours_together(FIM, FORM, pool=(person(1, 7, 8), person(2, 7))) == [80, 80]


def test_only_those_with_the_level_count() -> None:
    assert hours_together(replace(FIM, level=4), pool=(person(1, 7),)) == [0]


def test_volume_is_spread_over_its_window() -> None:
    volume = replace(FIM, kind=NeedKind.VOLUME, person_days=6)

    assert [work / WORK_PER_HOUR for work in weekly_demand(volume)] == [12, 12, 12, 12]
    assert hours_together(volume, pool=(person(1, 7, share=20),)) == [4 * 8]


def test_needs_of_different_weeks_do_not_compete() -> None:
    later = replace(FIM, id=2, first=START + 4, last=START + 7)

    assert hours_together(FIM, later, pool=(person(1, 7),)) == [80, 80]


def test_choices_when_everything_is_free() -> None:
    assert list(found(FIM, pool=(person(1, 7),))) == [Choice.ACCEPT_ALL, Choice.REJECT]


def test_part_is_what_somebody_can_take_whole_and_turns_down_the_rest() -> None:
    choices = found(FIM, FORM, pool=(person(1, 7), person(2, 8, share=20)))

    part, offer = choices[Choice.ACCEPT_PART], choices[Choice.COUNTER_OFFER]
    assert (part.needs, part.work_hours, part.bookable_hours) == (1, 80, 80)
    assert part.served.percent == 50
    assert (offer.needs, offer.work_hours, offer.served.percent) == (2, 80 + 32, 100)


def test_served_share_afterwards() -> None:
    before = Served(taken_on=demanded_work(FIM), booked=demanded_work(FIM))
    choices = found(FIM, pool=(person(1, 7, share=25),), before=before)

    assert choices[Choice.ACCEPT_ALL].served.percent == 75
    assert choices[Choice.ACCEPT_ALL].missing_hours == 40
    assert choices[Choice.REJECT].served.percent == 50


people = st.lists(st.tuples(st.integers(0, 100), st.sets(st.integers(1, 4))), max_size=6)
needs = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 100), st.integers(0, 5), st.integers(0, 5)), max_size=5)


@bounded
@given(people, needs)
def test_nothing_is_booked_twice_or_beyond_what_is_asked(
    pool: list[tuple[int, set[int]]], wanted: list[tuple[int, int, int, int]]
) -> None:
    persons = tuple(person(number, *skills, share=share) for number, (share, skills) in enumerate(pool, start=1))
    rows = [
        Need(number, 0, skill, 3, START + begin, START + begin + more, share)
        for number, (skill, share, begin, more) in enumerate(wanted, start=1)
    ]

    given_work = bookable_together(asks(*rows, pool=persons))

    alone = [sum(bookable_together(asks(row, pool=persons))) for row in rows]
    assert all(work <= most <= demanded_work(row) for work, most, row in zip(given_work, alone, rows, strict=True))
    assert sum(given_work) <= sum(share for share, _skills in pool) * FULL_WEEK * 11
