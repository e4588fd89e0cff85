"""Why needs are open: each reason is the one that trying everything gives."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.explain.explanation import open_needs
from portfolio.planning.explain.values import OpenNeed, Reason, Rival
from portfolio.planning.instance import Assignment, Candidate, Instance, Mode, Need, Person, Rules
from portfolio.planning.rules import violations
from tests.planning.explain.plans import MODES, is_covered, parts_of, planned
from tests.planning.instances import HANDOVER, instance, need, part, person, volume

SEEDS = st.integers(0, 10_000)
tried = settings(max_examples=40, deadline=None)


def why(problem: Instance, *plan: Assignment) -> list[Reason]:
    return [each.reason for each in open_needs(problem, plan)]


def test_a_covered_need_is_not_open() -> None:
    assert open_needs(instance([person()], [need()]), (part(),)) == ()


def test_nobody_has_the_skill() -> None:
    assert why(instance([person(skills={"L": 4})], [need()])) == [Reason.NO_SKILL]
    assert why(instance([], [need()])) == [Reason.NO_SKILL]
    assert why(instance([person()], [need(candidates=())])) == [Reason.NO_SKILL]


def test_nobody_has_the_level() -> None:
    assert why(instance([person(skills={"K": 1})], [need(level=2)])) == [Reason.NO_LEVEL]


def test_nobody_has_the_hours_even_alone() -> None:
    assert why(instance([person(free=40)], [need()])) == [Reason.NO_HOURS]


def test_a_lock_takes_its_hours() -> None:
    lock = part("A", share=60)
    problem = instance([person()], [need("A", share=60), need("B")], locked=(lock,))
    assert why(problem, lock) == [Reason.NO_HOURS]


def test_who_is_away_is_not_there() -> None:
    assert why(instance([person(presence=(0, 0, 0, 0))], [need()])) == [Reason.NO_DAYS]
    assert why(instance([person(presence=(1, 0, 0, 0))], [volume()])) == [Reason.NO_DAYS]


def test_too_many_at_once() -> None:
    problem = instance([person(max_parallel=1)], [need("A"), need("B")])
    assert why(problem, part("A")) == [Reason.PARALLEL]


def test_somebody_could() -> None:
    assert why(instance([person()], [need()])) == [Reason.AVAILABLE]


def test_the_rival_that_holds_the_person() -> None:
    problem = instance([person()], [need("A", share=60, priority=1), need("B", share=60)])
    found = open_needs(problem, (part("A", share=60),))[0]
    assert found.reason is Reason.RIVALS
    assert found.rival == Rival(part("B", share=60), ("A",), worth=8 * 60 * 20, own=2 * 60 * 20)


def test_the_rival_who_gives_up_least() -> None:
    people = [person("P"), person("Q")]
    problem = instance(people, [need("A", share=60, priority=1), need("B", share=60), need("C", share=60, priority=4)])
    plan = (part("A", "P", share=60), part("B", "Q", share=60))
    found = open_needs(problem, plan)[0]
    assert found.rival == Rival(part("C", "Q", share=60), ("B",), worth=2 * 60 * 20, own=60 * 20)


def test_who_is_not_in_the_way_is_no_rival() -> None:
    problem = instance([person()], [need("A", share=20), need("B", share=60, priority=1), need("C", share=60)])
    found = open_needs(problem, (part("A", share=20), part("B", share=60)))[0]
    assert found.rival == Rival(part("C", share=60), ("B",), worth=8 * 60 * 20, own=2 * 60 * 20)


class TestHandover:
    def test_as_many_as_may(self) -> None:
        assert why(instance([person("P"), person("Q")], [need()], goals=HANDOVER), part(share=30)) == [Reason.PERSONS]

    def test_what_is_left_is_too_little(self) -> None:
        rules = Rules(max_persons_per_need=2, min_share=20)
        problem = instance([person("P"), person("Q")], [need()], goals=HANDOVER, rules=rules)
        assert why(problem, part(share=40)) == [Reason.REMAINDER]

    def test_parts_lie_in_one_window(self) -> None:
        """The first week is taken: the other one is the second, and not the last in which the need might run."""
        rules = Rules(max_persons_per_need=2)
        people = [person("P"), person("Q", free=(0, 0, 0, 100))]
        problem = instance(people, [need(last=1, latest_first=2)], goals=HANDOVER, rules=rules)
        assert why(problem, part(last=0)) == [Reason.NO_HOURS]


def test_named_candidates_are_held_by_others() -> None:
    named = (Candidate("P", 70),)
    problem = instance([person()], [need("A", candidates=named), need("B", candidates=named)])
    found = open_needs(problem, (part("A", share=70),))[0]
    assert (found.reason, found.skill, found.rival and found.rival.needs) == (Reason.RIVALS, None, ("A",))


@tried
@given(SEEDS, st.sampled_from(MODES))
def test_every_open_need_has_the_reason_that_is_true(seed: int, mode: Mode) -> None:
    problem, plan = planned(seed, mode)
    found = {each.need: each.reason for each in open_needs(problem, plan)}
    assert {each.id for each in problem.needs if not is_covered(problem, plan, each)} == set(found)
    for each in problem.needs:
        if each.id in found:
            assert found[each.id] is true_reason(problem, plan, each)


@tried
@given(SEEDS, st.sampled_from(MODES))
def test_rivals_hold_the_person(seed: int, mode: Mode) -> None:
    """Without the rivals there is room; with any of them kept there is none."""
    problem, plan = planned(seed, mode)
    for found in open_needs(problem, plan):
        assert (found.rival is not None) >= (found.reason is Reason.RIVALS)
        if found.rival is not None:
            gone = [one for one in plan if one.person == found.rival.instead.person and one.need in found.rival.needs]
            assert not broken(problem, without(plan, gone), found)
            assert all(broken(problem, (*without(plan, gone), one), found) for one in gone)


def without(plan: Iterable[Assignment], gone: list[Assignment]) -> tuple[Assignment, ...]:
    return tuple(one for one in plan if one not in gone)


def broken(problem: Instance, plan: tuple[Assignment, ...], found: OpenNeed) -> bool:
    assert found.rival is not None
    return bool(violations(problem, (*plan, found.rival.instead)))


def true_reason(problem: Instance, plan: tuple[Assignment, ...], each: Need) -> Reason:
    """The definitions, word by word, with the rules as the only judge."""
    own = tuple(one for one in plan if one.need == each.id)
    there = {one.person for one in own}
    skilled = [who for who in problem.persons if has_skill(who, each)]
    named = each.candidates is not None
    able = {who.id for who in skilled if named or who.skills[each.skill or ""] >= each.level} - there
    split = problem.goals.mode is Mode.HANDOVER and each.candidates is None
    alone = tuple(dict.fromkeys((*problem.locked, *own)))
    present = with_all(problem, able, presence=(5,) * problem.weeks)
    ideal = replace(with_all(present, able, free=(100,) * problem.weeks, max_parallel=None), locked=())
    unlimited = with_all(problem, able, max_parallel=None)
    cases = [
        (Reason.PERSONS, bool(own) and (len(own) >= (problem.rules.max_persons_per_need if split else 1) or not able)),
        (Reason.REMAINDER, bool(own) and not can(ideal, own, each)),
        (Reason.NO_SKILL, not skilled),
        (Reason.NO_LEVEL, not able),
        (Reason.AVAILABLE, can(problem, plan, each)),
        (Reason.NO_DAYS, not can(problem, alone, each) and can(present, alone, each)),
        (Reason.PARALLEL, can(unlimited, plan if can(problem, alone, each) else alone, each)),
        (Reason.NO_HOURS, not can(problem, alone, each)),
    ]
    return next((reason for reason, holds in cases if holds), Reason.RIVALS)


def has_skill(who: Person, each: Need) -> bool:
    if each.candidates is not None:
        return any(candidate.person == who.id for candidate in each.candidates)
    return each.skill in who.skills


def with_all(problem: Instance, able: set[str], **values: Any) -> Instance:
    """The same, if those who may take the need had this."""
    return replace(problem, persons=tuple(replace(who, **values) if who.id in able else who for who in problem.persons))


def can(problem: Instance, plan: tuple[Assignment, ...], each: Need) -> bool:
    """Whether something may be added that breaks no rule which is not broken before, as by a lock of who is imagined
    to be there on more days."""
    before = set(violations(problem, plan))
    return any(before.issuperset(violations(problem, (*plan, part))) for part in parts_of(problem, each))
