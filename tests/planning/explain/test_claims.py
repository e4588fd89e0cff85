"""What explanations claim is checked: theirs are all true, and none that was made false passes."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.explain.claims import false_claims
from portfolio.planning.explain.explanation import open_needs
from portfolio.planning.explain.values import (
    Explanation,
    Gain,
    OpenNeed,
    Reason,
    Relaxation,
    RelaxationKind,
    Rival,
    Shortage,
)
from portfolio.planning.formats import Malformed, explanation_as_json, read_explanation
from portfolio.planning.instance import Mode
from tests.planning.explain.plans import MODES, planned
from tests.planning.instances import instance, need, part, person

PROBLEM = instance([person()], [need("A", share=60, priority=1), need("B", share=60)])
PLAN = (part("A", share=60),)
CLAIM = open_needs(PROBLEM, PLAN)[0]
RIVAL = Rival(part("B", share=60), ("A",), worth=9600, own=2400)
SHORTAGE = Shortage(("A", "B"), 0, 3, demand=480, free=400, usable=240, persons=1)


def faults(claim: OpenNeed) -> tuple[str, ...]:
    return false_claims(PROBLEM, PLAN, Explanation(open=(claim,)))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(MODES))
def test_what_is_explained_is_true_and_comes_back_as_it_was(seed: int, mode: Mode) -> None:
    problem, plan = planned(seed, mode)
    found = Explanation(open_needs(problem, plan), (Gain("K", 7),), (Gain("L", 8, "P0", exact=True),))
    assert false_claims(problem, plan, found) == ()
    assert read_explanation(json.dumps(explanation_as_json(found)), problem) == found


def test_what_was_not_worked_out_is_left_out() -> None:
    assert explanation_as_json(Explanation()) == {}
    assert read_explanation("{}", PROBLEM) == Explanation()


def test_reasons_come_even_when_time_is_up() -> None:
    found = open_needs(PROBLEM, PLAN, lambda: False)
    assert found == (OpenNeed("B", Reason.RIVALS, "K", 0, 3),)


def test_the_example_is_true() -> None:
    assert (CLAIM.rival, CLAIM.shortage) == (RIVAL, SHORTAGE)
    assert faults(CLAIM) == ()


@pytest.mark.parametrize(
    "values",
    [
        {"need": "A"},
        {"reason": Reason.NO_HOURS},
        {"rival": replace(RIVAL, worth=1)},
        {"rival": replace(RIVAL, needs=())},
        {"rival": replace(RIVAL, instead=part("A", share=60))},
        {"shortage": replace(SHORTAGE, usable=239)},
        {"shortage": Shortage(("B",), 0, 3, demand=240, free=400, usable=240, persons=1)},
        {"relaxations": (Relaxation(RelaxationKind.SHARE, share=50),)},
        {"relaxations": (Relaxation(RelaxationKind.SHARE, share=60),)},
        {"relaxations": (Relaxation(RelaxationKind.SHARE, share=40, by=part("B", share=60)),)},
        {"relaxations": (Relaxation(RelaxationKind.WINDOW, first=0, last=5),)},
        {"relaxations": (Relaxation(RelaxationKind.START, first=3),)},
        {"relaxations": (Relaxation(RelaxationKind.LEVEL, level=0),)},
    ],
)
def test_an_untrue_claim_is_found(values: dict[str, object]) -> None:
    assert len(faults(replace(CLAIM, **values))) == 1  # type: ignore[arg-type]


def test_a_relaxation_may_leave_out_who() -> None:
    assert faults(replace(CLAIM, relaxations=(Relaxation(RelaxationKind.SHARE, share=40),))) == ()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"need": "X"}, "unknown need X"),
        ({"reason": "bad luck"}, "reason must be one of"),
        ({"weeks": [3, 1]}, "a first and a last week"),
        ({"relax": [{"share": 3, "level": 1}]}, "changes one thing, not level, share"),
        ({"relax": [{}]}, "changes one thing, not none"),
        ({"relax": [{"share": -3}]}, "share must be 0"),
        ({"rival": {"needs": "A"}}, "instead: need must be a text"),
        ({"shortage": {"weeks": [0, 9]}}, "weeks must be 0 to 3"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(row: dict[str, object], words: str) -> None:
    data = explanation_as_json(Explanation(open=(CLAIM,)))["open"][0] | row
    with pytest.raises(Malformed, match=words):
        read_explanation(json.dumps({"open": [data]}), PROBLEM)
