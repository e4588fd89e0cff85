"""How much of what was asked for got people."""

from __future__ import annotations

from dataclasses import replace

from portfolio.planning.problem import WORK_PER_HOUR, Assignment, Need, NeedKind
from portfolio.planning.served import Served, booked_work, together
from portfolio.planning.weeks import Week

START = Week.of(2026, 51)
NEED = Need(1, project_id=1, skill_id=7, level=3, first=START, last=START + 3, share=50)
VOLUME = replace(NEED, kind=NeedKind.VOLUME, person_days=6)


def booked(first: int, last: int, share: int, need_id: int | None = 1) -> Assignment:
    return Assignment(1, 1, START + first, START + last, share, need_id)


def hours_booked(need: Need, *assignments: Assignment) -> float:
    return booked_work(need, assignments) / WORK_PER_HOUR


def test_booked_is_what_assignments_for_the_need_take() -> None:
    assert hours_booked(NEED, booked(0, 1, 50), booked(2, 2, 20)) == 2 * 20 + 8


def test_other_assignments_and_other_weeks_do_not_count() -> None:
    assert hours_booked(NEED, booked(0, 3, 50, need_id=None), booked(4, 9, 50)) == 0


def test_too_much_in_one_week_does_not_make_up_for_another() -> None:
    assert hours_booked(NEED, booked(0, 0, 100)) == 20


def test_volume_counts_at_most_its_days() -> None:
    assert hours_booked(VOLUME, booked(0, 0, 50)) == 20
    assert hours_booked(VOLUME, booked(0, 3, 50)) == 48


def test_share_is_whole_only_when_nothing_is_lacking() -> None:
    assert Served(taken_on=1000, booked=999).percent == 99
    assert Served(taken_on=1000, booked=1000).percent == 100
    assert Served().percent is None


def test_what_was_turned_down_was_asked_for() -> None:
    assert Served(taken_on=60, turned_down=40, booked=60).percent == 60


def test_together_weighs_by_what_was_asked_for() -> None:
    assert together([Served(taken_on=300, booked=0), Served(taken_on=100, booked=100)]).percent == 25


def test_what_an_answer_would_make_of_it() -> None:
    before = Served(taken_on=100, booked=50)

    assert before.if_taken_on(100, bookable=100).percent == 75
    assert before.if_turned_down(100).percent == 25
