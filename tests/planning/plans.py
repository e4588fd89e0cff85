"""Plans for random instances: such as hold, and such as nobody would make."""

from random import Random

from portfolio.planning.instance import Assignment, Instance
from portfolio.planning.optimiser.greedy import greedy
from portfolio.planning.optimiser.options import options_of


def holding(problem: Instance) -> tuple[Assignment, ...]:
    """What a planner would do by hand."""
    options = options_of(problem)
    return options.assignments(greedy(options))


def wild(problem: Instance, seed: int, parts: int = 6) -> tuple[Assignment, ...]:
    """Anybody anywhere with any share, whatever the rules say; nobody twice on a need."""
    random = Random(seed)
    pairs = [(need.id, person.id) for need in problem.needs for person in problem.persons]
    return tuple(
        Assignment(need, person, first, random.randint(first, problem.weeks - 1), random.choice((10, 30, 60)))
        for need, person in random.sample(pairs, parts)
        for first in (random.randint(0, problem.weeks - 1),)
    )
