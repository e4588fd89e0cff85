"""Proofs of shortage add up, and are proofs: no plan covers all their needs."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.explain.explanation import open_needs
from portfolio.planning.explain.shortages import Shortages
from portfolio.planning.explain.values import Shortage
from portfolio.planning.instance import Assignment, Instance, Mode, Need, Rules
from portfolio.planning.rules import violations
from tests.planning.explain.plans import MODES, is_covered, parts_of, random_problem
from tests.planning.instances import HANDOVER, instance, need, part, person


def test_two_want_what_one_has() -> None:
    problem = instance([person()], [need("A", share=60), need("B", share=60)])
    assert Shortages(problem).of(problem.needs[1]) == Shortage(
        ("A", "B"), 0, 3, demand=480, free=400, usable=240, persons=1
    )


def test_the_weeks_are_those_that_cannot_be_avoided() -> None:
    problem = instance([person()], [need("A", share=60), need("B", 0, 2, share=60, latest_first=1)])
    found = Shortages(problem).of(problem.needs[1])
    assert found is not None
    assert (found.first, found.last) == (1, 2)


def test_hours_in_pieces_too_small_are_not_usable() -> None:
    problem = instance([person("P", free=40), person("Q", free=40)], [need(share=60)])
    assert Shortages(problem).of(problem.needs[0]) == Shortage(("N",), 0, 3, demand=240, free=320, usable=0, persons=2)


def test_where_they_may_be_shared_they_are() -> None:
    problem = instance(
        [person("P", free=40), person("Q", free=40)],
        [need(share=60)],
        goals=HANDOVER,
        rules=Rules(max_persons_per_need=2),
    )
    assert Shortages(problem).of(problem.needs[0]) is None


def test_locks_are_taken_off() -> None:
    problem = instance([person()], [need("A", share=60), need("B", share=60)], locked=(part("A", share=60),))
    found = Shortages(problem).of(problem.needs[1])
    assert found is not None
    assert (found.needs, found.demand, found.free, found.usable) == (("B",), 240, 160, 0)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(MODES))
def test_no_plan_covers_all_needs_of_a_proof(seed: int, mode: Mode) -> None:
    problem = random_problem(seed, mode)
    problem = replace(problem, needs=problem.needs[: 3 if mode is Mode.WHOLE else 2])
    for found in open_needs(problem, ()):
        if found.shortage is not None:
            assert found.need in found.shortage.needs
            assert found.shortage.demand > found.shortage.usable
            wanted = [each for each in problem.needs if each.id in found.shortage.needs]
            assert not all_covered(problem, wanted)


def all_covered(problem: Instance, wanted: list[Need], plan: tuple[Assignment, ...] = ()) -> bool:
    """Whether some plan covers them all, by trying; no need has more than two persons."""
    if violations(problem, plan):
        return False
    rest = [each for each in wanted if not is_covered(problem, plan, each)]
    if not rest:
        return True
    last = max(plan, default=None) if plan and plan[-1].need == rest[0].id else None
    tries = (one for one in parts_of(problem, rest[0]) if last is None or one > last)
    return any(all_covered(problem, wanted, (*plan, one)) for one in tries)
