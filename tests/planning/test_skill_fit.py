"""Fit and gap of a person's skills for a need."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.problem import Need, Person, SkillLevel
from portfolio.planning.skills import Fit, FitState, fit
from portfolio.planning.weeks import Week

START = Week.of(2026, 51)
NEED = Need(1, project_id=1, skill_id=7, level=2, first=START, last=START + 5, share=50)
bounded = settings(max_examples=100, deadline=None, derandomize=True)


def fit_of(*rows: SkillLevel) -> Fit:
    return fit(Person(1, (), skills=rows), NEED)


def test_the_level_asked_for_matches() -> None:
    found = fit_of(SkillLevel(7, 2))
    assert (found.state, found.suffices, found.surplus, found.gap) == (FitState.MATCHES, True, 0, 0)


def test_a_higher_level_has_a_surplus() -> None:
    found = fit_of(SkillLevel(7, 4))
    assert (found.state, found.suffices, found.surplus, found.gap) == (FitState.ABOVE, True, 2, 0)


def test_a_lower_level_has_a_gap() -> None:
    found = fit_of(SkillLevel(7, 1))
    assert (found.state, found.suffices, found.surplus, found.gap) == (FitState.BELOW, False, 0, 1)


def test_another_skill_does_not_help() -> None:
    found = fit_of(SkillLevel(8, 4))
    assert (found.state, found.suffices, found.gap) == (FitState.MISSING, False, 2)


def test_a_level_that_ends_within_the_window_lapses() -> None:
    assert fit_of(SkillLevel(7, 3, last=START + 4)).state is FitState.LAPSES
    assert fit_of(SkillLevel(7, 3, last=START + 5)).state is FitState.ABOVE


def test_a_level_just_sufficient_for_a_part_of_the_window_lapses() -> None:
    assert fit_of(SkillLevel(7, 2, last=START)).state is FitState.LAPSES


def test_a_level_too_low_for_a_part_of_the_window_is_below_and_not_missing() -> None:
    assert fit_of(SkillLevel(7, 1, last=START)).state is FitState.BELOW


def test_a_level_that_begins_within_the_window_lapses() -> None:
    assert fit_of(SkillLevel(7, 3, first=START + 1)).state is FitState.LAPSES
    assert fit_of(SkillLevel(7, 3, first=START)).state is FitState.ABOVE


def test_a_renewed_level_holds_throughout_at_its_lowest() -> None:
    found = fit_of(SkillLevel(7, 3, last=START + 2), SkillLevel(7, 2, first=START + 3))
    assert (found.state, found.held, found.best) == (FitState.MATCHES, 2, 3)


bounds = st.none() | st.integers(-3, 9).map(lambda offset: START + offset)
rows = st.lists(st.builds(SkillLevel, st.integers(7, 8), st.integers(0, 4), bounds, bounds), max_size=5)


@bounded
@given(rows)
def test_the_fit_rests_on_the_highest_valid_level_of_each_week(skills: list[SkillLevel]) -> None:
    levels = [
        max(
            (
                row.level
                for row in skills
                if row.skill_id == 7
                and (row.first is None or row.first <= week)
                and (row.last is None or week <= row.last)
            ),
            default=0,
        )
        for week in NEED.weeks
    ]
    assert fit_of(*skills) == Fit(required=2, held=min(levels), best=max(levels))
