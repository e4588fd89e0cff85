"""Instances and plans come back as they were written; what makes no sense is refused in one line."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.planning.formats import Malformed, instance_as_json, plan_as_json, read_instance, read_plan
from portfolio.planning.instance import Duals, Level, Plan, Status
from tests.planning.instances import instance, need, part, person, random_candidates, random_instance

SEEDS = st.integers(0, 10_000)


@given(SEEDS)
def test_an_instance_comes_back_as_it_was(seed: int) -> None:
    for problem in (random_instance(seed), random_candidates(seed)):
        assert read_instance(json.dumps(instance_as_json(problem))) == problem


def test_a_plan_comes_back_as_it_was() -> None:
    duals = Duals({"N": 1.5}, {("P", 2): 0.25}, {})
    plan = Plan(
        "test", (part(),), 100, Status.OPTIMAL, 0.0, 100, (), 120.5, duals, {Level.COST: 7.0}, {Level.COST: 6.5}
    )
    assert read_plan(json.dumps(plan_as_json(plan)), instance([person()], [need()])) == plan


def changed(**values: Any) -> str:
    data = instance_as_json(instance([person()], [need()]))
    for path, value in values.items():
        target: Any = data
        *steps, last = path.split("__")
        for step in steps:
            target = target[int(step) if step.isdecimal() else step]
        target[last] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[", "not JSON"),
        ("[]", "not an object"),
        (changed(format="x"), "format"),
        (changed(weeks=0), "weeks"),
        (changed(persons=None), "persons must be a list"),
        (changed(persons__0__free=[1, 2]), "list of 4 numbers"),
        (changed(persons__0__free=[1, 2, 3, -4]), "free must be 0"),
        (changed(needs__0__to=4), "to must be 0 to 3"),
        (changed(needs__0__from=-1), "from must be 0"),
        (changed(needs__0__share=-50), "share"),
        (changed(needs__0__latest_from=1), "outside the horizon"),
        (changed(needs__0__priority=7), "priority 7 has no weight"),
        (changed(needs__0__kind="often"), "kind must be one of"),
        (changed(needs__0__candidates=[{"person": "X", "share": 1}]), "unknown person X"),
        (changed(locked=[{"need": "X", "person": "P", "from": 0, "to": 1, "share": 1}]), "unknown need X"),
        (changed(goals__levels=["speed"]), "level must be one of"),
        (changed(goals__tolerance=-1), "tolerance"),
    ],
)
def test_what_makes_no_sense_is_named(text: str, words: str) -> None:
    with pytest.raises(Malformed, match=words) as refusal:
        read_instance(text)
    assert "\n" not in str(refusal.value)


def test_names_stand_once() -> None:
    with pytest.raises(Malformed, match="P stands twice"):
        read_instance(json.dumps(instance_as_json(instance([person(), person()], []))))
