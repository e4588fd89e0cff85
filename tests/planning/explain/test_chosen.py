"""Why the people of a plan, and why not others: claims that exchanging people and asking the rules confirms."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from portfolio.planning.explain.chosen import chosen
from portfolio.planning.explain.values import Against, Alternative, Chosen
from portfolio.planning.instance import Assignment, Candidate, Instance, Level, Mode
from portfolio.planning.problem import NeedKind
from portfolio.planning.rules import violations
from portfolio.planning.score import score, work_of
from tests.planning.explain.plans import MODES, parts_of, planned
from tests.planning.instances import goals, instance, need, part, person, volume


def against(problem: Instance, *plan: Assignment) -> list[Against]:
    return [other.against for other in chosen(problem, plan)[0].alternatives]


def test_what_speaks_for_the_person() -> None:
    problem = instance([person(free=(100, 100, 100, 40))], [need(last=1, latest_first=2)])
    assert chosen(problem, (part(last=1),)) == (Chosen(part(last=1), 2, 1, (0, 1, 2), ()),)


def test_somebody_lacks_hours_in_weeks() -> None:
    problem = instance([person("P"), person("Q", free=(100, 40, 100, 40))], [need()])
    other = chosen(problem, (part(),))[0].alternatives[0]
    assert other == Alternative("Q", Against.LACKS_HOURS, (1, 3), surplus=1)


def test_somebody_is_worth_more_elsewhere() -> None:
    problem = instance([person("P"), person("Q")], [need("A"), need("B", first=2, share=60, priority=1)])
    plan = (part("A"), part("B", "Q", first=2, share=60))
    other = chosen(problem, plan)[0].alternatives[0]
    assert other == Alternative("Q", Against.ELSEWHERE, (2, 3), ("B",), worth=8 * 60 * 10, surplus=1)


def test_somebody_has_levels_to_spare() -> None:
    assert against(instance([person("P"), person("Q", skills={"K": 4})], [need()]), part()) == [Against.SURPLUS]


def test_somebody_would_do_as_well() -> None:
    assert against(instance([person("P"), person("Q")], [need()]), part()) == [Against.EQUAL]


def test_somebody_is_away_more() -> None:
    away = person("Q", presence=(5, 5, 0, 0))
    assert against(instance([person("P"), away], [need()]), part()) == [Against.LESS_WORK]
    gone = person("Q", presence=(0, 0, 0, 0))
    assert against(instance([person("P"), gone], [volume(person_days=4)]), part(share=20)) == [Against.LACKS_DAYS]


def test_somebody_would_be_better() -> None:
    assert against(instance([person("P", skills={"K": 4}), person("Q")], [need()]), part()) == [Against.BETTER]


def test_somebody_costs_more() -> None:
    named = need(candidates=(Candidate("P", 30, 1), Candidate("Q", 30, 2)))
    problem = instance([person("P"), person("Q")], [named], goals=goals(Level.COVERAGE, Level.COST))
    assert against(problem, part(share=30)) == [Against.COSTLIER]


def test_the_two_who_come_closest() -> None:
    people = [person("P"), person("Q", free=40), person("R"), person("S", skills={"K": 4})]
    assert against(instance(people, [need()]), part()) == [Against.EQUAL, Against.SURPLUS]


def test_a_lock_needs_no_reason() -> None:
    assert against(instance([person("P"), person("Q")], [need()], locked=(part(),)), part()) == []


@settings(max_examples=80, deadline=None)
@example(4307, Mode.HANDOVER)  # somebody else would need less than the least share
@given(st.integers(0, 10_000), st.sampled_from(MODES))
def test_what_is_said_against_others_is_true(seed: int, mode: Mode) -> None:
    problem, plan = planned(seed, mode)
    for found in chosen(problem, plan):
        for other in found.alternatives:
            exchanged = [one for one in exchanges(problem, plan, found.assignment) if one.person == other.person]
            possible = [one for one in exchanged if not violations(problem, with_instead(plan, found.assignment, one))]
            able = other.against not in (Against.LACKS_HOURS, Against.LACKS_DAYS, Against.ELSEWHERE)
            assert bool(possible) == able
            gone = [one for one in plan if one.person == other.person and one.need in other.needs]
            freed = tuple(one for one in plan if one not in gone)
            if other.against is Against.ELSEWHERE:
                assert [one for one in exchanged if not violations(problem, with_instead(freed, found.assignment, one))]
            if able:
                assert true_of(problem, plan, found.assignment, possible[-1], other)


def exchanges(problem: Instance, plan: tuple[Assignment, ...], old: Assignment) -> list[Assignment]:
    """The same weeks by somebody else in every share that does as much; in the others they would do less by choice."""
    each = next(one for one in problem.needs if one.id == old.need)
    persons = {one.id: one for one in problem.persons}
    tries = [one for one in parts_of(problem, each) if (one.first, one.last) == (old.first, old.last)]
    if each.kind is NeedKind.VOLUME:
        rest = each.demand - sum(
            work_of(one, persons[one.person]) for one in plan if one.need == old.need and one != old
        )
        days = {one.id: sum(one.presence[old.first : old.last + 1]) for one in problem.persons}
        return [one for one in tries if one.share == rest // days[one.person]]
    return [one for one in tries if one.share == old.share or each.candidates is not None]


def with_instead(plan: tuple[Assignment, ...], old: Assignment, new: Assignment) -> tuple[Assignment, ...]:
    return tuple(new if one == old else one for one in plan)


def true_of(
    problem: Instance, plan: tuple[Assignment, ...], old: Assignment, new: Assignment, said: Alternative
) -> bool:
    before, after = (score(problem, one).coverage for one in (plan, with_instead(plan, old, new)))
    skill = next(one.skill for one in problem.needs if one.id == old.need)
    levels = {one.id: one.skills.get(skill or "", 0) for one in problem.persons}
    same = (before, levels[old.person]) == (after, levels[new.person])
    match said.against:
        case Against.LESS_WORK:
            return after < before
        case Against.SURPLUS:
            return after >= before and levels[new.person] > levels[old.person]
        case Against.EQUAL:
            return same
        case _:
            return after >= before and levels[new.person] <= levels[old.person] and not same
