"""Made-up shifts are what they say they are."""

import pytest

from portfolio.planning.rules import violations
from tests.bench.planning.shifts import CLOCK, DAY, Style, at_once, made_up, shifts


@pytest.mark.parametrize("style", [DAY, CLOCK], ids=lambda style: style.name)
@pytest.mark.parametrize("tasks", [1, 40, 200])
def test_the_plan_it_was_cut_from_covers_all_tasks(tasks: int, style: Style) -> None:
    made = made_up(tasks, style=style)
    assert violations(made.instance, made.planted) == ()
    assert len({part.need for part in made.planted}) == len(made.instance.needs) == tasks
    assert 1 <= at_once(made.instance) <= made.workers <= len(made.instance.persons)


def test_candidates_are_there_for_the_whole_task() -> None:
    problem = shifts(60)
    free = {person.id: person.free for person in problem.persons}
    for need in problem.needs:
        for candidate in need.candidates or ():
            assert min(free[candidate.person][need.first : need.last + 1]) == candidate.share


def test_the_same_number_gives_the_same_shifts() -> None:
    assert shifts(40, seed=1) == shifts(40, seed=1) != shifts(40, seed=2)
