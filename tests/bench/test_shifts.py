"""Made-up shifts are what they say they are."""

import pytest

from tests.bench.planning.shifts import QUARTERS, at_once, shifts


@pytest.mark.parametrize("tasks", [1, 40, 200])
def test_all_tasks_have_somebody_and_lie_in_the_day(tasks: int) -> None:
    problem = shifts(tasks)
    assert len(problem.needs) == tasks
    assert all(need.candidates and need.last < QUARTERS for need in problem.needs)
    assert 1 <= at_once(problem) <= len(problem.persons)


def test_candidates_are_there_for_the_whole_task() -> None:
    problem = shifts(60)
    free = {person.id: person.free for person in problem.persons}
    for need in problem.needs:
        for candidate in need.candidates or ():
            assert min(free[candidate.person][need.first : need.last + 1]) == candidate.share


def test_the_same_number_gives_the_same_shifts() -> None:
    assert shifts(40, seed=1) == shifts(40, seed=1) != shifts(40, seed=2)
