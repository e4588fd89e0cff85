"""What would have to give way: every claim holds by the rules, and none that would hold is missing."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.explain.explanation import open_needs
from portfolio.planning.explain.relaxations import changed
from portfolio.planning.explain.values import Relaxation, RelaxationKind
from portfolio.planning.instance import Assignment, Instance, Mode, Need
from portfolio.planning.problem import NeedKind
from portfolio.planning.rules import violations
from tests.planning.explain.plans import MODES, STEP, addable, is_covered, planned
from tests.planning.instances import instance, need, person, volume

SEEDS = st.integers(0, 10_000)
Changes = dict[RelaxationKind, Need]


def given_way(problem: Instance, *plan: Assignment) -> tuple[Relaxation, ...]:
    """Without who would do it."""
    found = open_needs(problem, plan)
    return tuple(replace(relaxation, by=None) for relaxation in found[0].relaxations)


def test_a_later_start() -> None:
    problem = instance([person(free=(0, 0, 100, 100))], [need(last=1)])
    assert given_way(problem) == (Relaxation(RelaxationKind.START, first=2),)


def test_a_smaller_share() -> None:
    assert given_way(instance([person(free=40)], [need()])) == (Relaxation(RelaxationKind.SHARE, share=40),)


def test_a_lower_level() -> None:
    assert given_way(instance([person()], [need(level=4)])) == (Relaxation(RelaxationKind.LEVEL, level=2),)


def test_a_shorter_window() -> None:
    problem = instance([person(free=(0, 100, 100, 0))], [need()])
    assert given_way(problem) == (Relaxation(RelaxationKind.WINDOW, first=1, last=2),)


def test_fewer_person_days() -> None:
    problem = instance([person(free=10)], [volume(person_days=4)])
    assert given_way(problem) == (Relaxation(RelaxationKind.DAYS, person_days=2),)


def test_nothing_has_to_where_somebody_is_free() -> None:
    assert given_way(instance([person()], [need()])) == ()


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.sampled_from(MODES))
def test_every_claim_holds_and_no_kind_is_missing(seed: int, mode: Mode) -> None:
    problem, plan = planned(seed, mode)
    needs = {each.id: each for each in problem.needs}
    for found in open_needs(problem, plan):
        each = needs[found.need]
        claims = {claim.kind: changed(each, claim) for claim in found.relaxations}
        for claim in found.relaxations:
            assert claim.by is not None
            assert covers(problem, plan, claims[claim.kind], claim.by)
        assert {kind: size(smaller) for kind, smaller in claims.items()} == {
            kind: size(smaller) for kind, smaller in least_changes(problem, plan, each).items()
        }


def covers(problem: Instance, plan: tuple[Assignment, ...], smaller: Need, by: Assignment) -> bool:
    changed = replace(problem, needs=tuple(smaller if one.id == smaller.id else one for one in problem.needs))
    return not violations(changed, (*plan, by)) and is_covered(changed, (*plan, by), smaller)


def size(each: Need) -> tuple[int, ...]:
    """What the kinds count; of two windows of equal length either will do."""
    return (each.share, each.level, each.length, each.person_days)


def least_changes(problem: Instance, plan: tuple[Assignment, ...], each: Need) -> Changes:
    """The smallest change of each kind after which one assignment does, by trying all."""
    if helps(problem, plan, each):
        return {}
    found: Changes = {}
    for kind, smaller in smaller_wishes(problem, each):
        if kind not in found and helps(problem, plan, smaller):
            found[kind] = smaller
    return found


def helps(problem: Instance, plan: tuple[Assignment, ...], smaller: Need) -> bool:
    return any(is_covered(problem, (*plan, part), smaller) for part in addable(problem, plan, smaller))


def smaller_wishes(problem: Instance, each: Need) -> Iterator[tuple[RelaxationKind, Need]]:
    steady, fixed = each.kind is NeedKind.STEADY, {"latest_first": None}
    latest = each.starts[-1] if steady else each.first
    for first in range(latest + 1, problem.weeks - each.length + 1):
        yield RelaxationKind.START, replace(each, first=first, last=first + each.length - 1, **fixed)
    skilled = each.candidates is None
    for share in range(each.share - STEP, problem.rules.min_share - 1, -STEP) if steady and skilled else ():
        yield RelaxationKind.SHARE, replace(each, share=share)
    for level in range(each.level - 1, -1, -1) if skilled else ():
        yield RelaxationKind.LEVEL, replace(each, level=level)
    for length in range(each.length - 1, problem.rules.min_segment_weeks - 1, -1) if steady else ():
        for first in range(each.first, latest + each.length - length + 1):
            yield RelaxationKind.WINDOW, replace(each, first=first, last=first + length - 1, **fixed)
    for days in range(each.person_days - 1, 0, -1):
        yield RelaxationKind.DAYS, replace(each, person_days=days)
