"""A problem is told to TaskJuggler as it is, and what it schedules is counted as our own plans are."""

from pathlib import Path

import pytest

from portfolio.planning.instance import Instance, Rules
from tests.bench.planning.bookings import allowed, bookings_of, met, needs_met, weighted
from tests.bench.planning.runs import by_hand, load, with_handover
from tests.bench.planning.taskjuggler import Project, schedule, version
from tests.planning.instances import instance, need, part, person, volume

GOLDEN = Path(__file__).parent / "data"
REPORT = """"Id";"2025-12-29";"2026-01-05";"2026-01-12"
"n0";"";1500;1200
"p0";"";1500;""
"p1";"";"";1200
"n1";"";600;""
"p1";"";600;""
"""

installed = pytest.mark.skipif(version() is None, reason="TaskJuggler (tj3) is not installed")


@pytest.fixture
def small() -> Instance:
    """P is there half the time until they leave, Q from the second week; nobody has the level of `hard`."""
    persons = [
        person("P", free=(50, 50, 50, 0), presence=(5, 4, 5, 5)),
        person("Q", presence=(0, 5, 5, 2)),
    ]
    needs = [need("both", priority=1), need("locked", last=1, share=30), need("hard", level=3)]
    return instance(persons, needs, locked=(part("locked", "P", last=1, share=30),))


@pytest.mark.parametrize("mode", ["whole", "handover"])
def test_the_project_says_what_the_instance_says(small: Instance, mode: str) -> None:
    problem = small if mode == "whole" else with_handover(small)
    assert Project(problem).text == (GOLDEN / f"{mode}.tjp").read_text(encoding="utf-8")


@pytest.mark.parametrize(("share", "slot", "most"), [(50, 60, 60), (15, 60, 180), (8, 30, 60), (33, 10, 330)])
def test_each_share_is_a_whole_number_of_slots(share: int, slot: int, most: int) -> None:
    text = Project(instance([person()], [need(share=share)])).text
    assert f"timingresolution {slot} min" in text
    assert f"limits {{ dailymax {most} min }}" in text


@pytest.mark.parametrize("unsaid", [volume(), need(candidates=())])
def test_what_cannot_be_said_is_refused(unsaid: object) -> None:
    with pytest.raises(ValueError, match="need N: only steady needs"):
        _ = Project(instance([person()], [unsaid])).text


def test_the_report_is_read_as_work_by_week(small: Instance) -> None:
    found = Project(small).bookings(REPORT)
    assert found == {("both", "P", 0): 250, ("both", "Q", 1): 200, ("locked", "Q", 0): 100}


def test_a_plan_of_ours_is_worth_the_same_as_bookings() -> None:
    problem = load("S1")
    found = bookings_of(problem, by_hand("S1"))
    asked = sum(problem.weight(need) * need.demand for need in problem.needs)
    assert weighted(problem, found) == pytest.approx(172_220 / asked)
    assert allowed(problem, found) == found


def test_work_counts_inside_the_best_window_up_to_the_share() -> None:
    problem = instance([person()], [need(first=0, last=1, latest_first=1)])
    booked = {("N", "P", 0): 100, ("N", "P", 1): 400, ("N", "P", 2): 200, ("N", "P", 3): 250}
    assert met(problem, booked) == {"N": 250 + 200}
    assert [needs_met(problem, booked, ratio) for ratio in (0.9, 0.95)] == [1, 0]


def test_the_largest_work_stays_within_the_limits() -> None:
    persons = [person("P", max_parallel=1), person("Q")]
    problem = with_handover(instance(persons, [need("M"), need("N")], rules=Rules(max_persons_per_need=1)))
    booked = {("M", "P", 0): 10, ("M", "P", 1): 10, ("M", "Q", 0): 15, ("N", "P", 0): 20, ("N", "Q", 1): 5}
    assert allowed(problem, booked) == {("M", "P", 1): 10, ("N", "P", 0): 20}


@installed
@pytest.mark.parametrize("mode", ["whole", "handover"])
def test_taskjuggler_keeps_to_windows_shares_and_presence(small: Instance, mode: str) -> None:
    problem = small if mode == "whole" else with_handover(small)
    shared = {("both", "Q", 1): 170} if mode == "handover" else {}
    assert schedule(problem).bookings == shared | {
        ("locked", "P", 0): 150,
        ("locked", "P", 1): 120,
        ("both", "P", 0): 100,
        ("both", "P", 1): 80,
        ("both", "P", 2): 250,
        ("both", "Q", 3): 100,
    }
