"""`flask plan solve` and `flask plan check`, on files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portfolio import create_app
from portfolio.planning.formats import instance_as_json
from portfolio.planning.instance import Instance, Rules
from tests.bench.planning.shifts import shifts
from tests.planning.instances import HANDOVER, instance, need, part, person, random_instance
from tests.support.run import SETTINGS

NO_DATABASE = "sqlite:////nowhere/at/all.db"


@pytest.fixture(scope="module")
def app() -> Flask:
    """An application whose database cannot be opened."""
    return create_app(SETTINGS | {"SQLALCHEMY_DATABASE_URI": NO_DATABASE})


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=["plan", *map(str, words)])


def written(folder: Path, problem: Instance) -> Path:
    path = folder / "instance.json"
    path.write_text(json.dumps(instance_as_json(problem)))
    return path


def test_a_plan_is_solved_and_checked(app: Flask, tmp_path: Path) -> None:
    problem, plan = written(tmp_path, random_instance(3)), tmp_path / "plan.json"
    solved = run(app, "solve", problem, "--output", plan, "--effort", 50, "--workers", 1)
    assert solved.exit_code == 0, solved.output
    checked = run(app, "check", problem, plan)
    assert (checked.exit_code, "No rule is broken." in checked.output) == (0, True)


def test_the_command_imports_no_application() -> None:
    command = (sys.executable, "-X", "importtime", "-m", "flask", "plan", "--help")
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "solve" in shown.stdout
    assert "portfolio.planning" in shown.stderr
    assert not {"portfolio.factory", "sqlalchemy"} & {
        line.rpartition("|")[2].strip() for line in shown.stderr.split("\n")
    }


def test_a_broken_rule_is_named(app: Flask, tmp_path: Path) -> None:
    problem, plan = written(tmp_path, random_instance(3)), tmp_path / "plan.json"
    run(app, "solve", problem, "--output", plan, "--effort", 50, "--workers", 1)
    false = json.loads(plan.read_text())
    false["value"] += 1
    false["assignments"] *= 2
    plan.write_text(json.dumps(false))
    checked = run(app, "check", problem, plan)
    assert checked.exit_code == 1
    assert "broken: person_twice need" in checked.output
    assert "broken: value is" in checked.output


def test_a_bound_that_the_prices_do_not_give_is_named(app: Flask, tmp_path: Path) -> None:
    problem, plan = written(tmp_path, random_instance(3)), tmp_path / "plan.json"
    run(app, "solve", problem, "--output", plan, "--effort", 50, "--workers", 1)
    false = json.loads(plan.read_text())
    false["bound_lp"] /= 2
    plan.write_text(json.dumps(false))
    assert "broken: bound_lp" in run(app, "check", problem, plan).output


def test_a_bound_beyond_what_the_plan_takes_is_named(app: Flask, tmp_path: Path) -> None:
    problem, plan = written(tmp_path, shifts(20)), tmp_path / "plan.json"
    run(app, "solve", problem, "--output", plan, "--effort", 5, "--workers", 1)
    assert run(app, "check", problem, plan).exit_code == 0
    false = json.loads(plan.read_text())
    false["persons_used_bound"] += 1
    plan.write_text(json.dumps(false))
    assert "of persons_used lies above" in run(app, "check", problem, plan).output


def test_open_needs_are_explained(app: Flask, tmp_path: Path) -> None:
    problem, plan = written(tmp_path, instance([person(free=30)], [need()])), tmp_path / "plan.json"
    run(app, "solve", problem, "--output", plan, "--effort", 5, "--workers", 1)
    found = json.loads(plan.read_text())["open"]
    assert [(row["need"], row["reason"], row["skill"], row["weeks"]) for row in found] == [
        ("N", "no_hours", "K", [0, 3])
    ]
    assert found[0]["relax"][0]["share"] == 30


def test_what_one_more_person_is_worth(app: Flask, tmp_path: Path) -> None:
    problem, plan = written(tmp_path, instance([person()], [need(skill="L")])), tmp_path / "plan.json"
    run(app, "solve", problem, "--output", plan, "--effort", 5, "--workers", 1)
    found = json.loads(plan.read_text())
    assert found["marginal"] == [{"skill": "L", "gain": 2000}]
    assert found["training"] == [{"skill": "L", "gain": 2000, "person": "P"}]


def test_a_relaxation_that_does_not_hold_is_named(app: Flask, tmp_path: Path) -> None:
    problem, plan = written(tmp_path, instance([person(free=30)], [need()])), tmp_path / "plan.json"
    run(app, "solve", problem, "--output", plan, "--effort", 5, "--workers", 1)
    false = json.loads(plan.read_text())
    false["open"][0]["relax"] = [{"share": 40}]
    plan.write_text(json.dumps(false))
    checked = run(app, "check", problem, plan)
    assert (checked.exit_code, "broken: open N: the relaxation share does not hold" in checked.output) == (1, True)


@pytest.mark.parametrize("text", ["", "{}", "\x00", '{"format": "projektpool-instance/1", "weeks": -1}'])
def test_what_is_no_instance_gets_one_line(app: Flask, tmp_path: Path, text: str) -> None:
    (tmp_path / "instance.json").write_text(text)
    refused = run(app, "solve", tmp_path / "instance.json", "--output", tmp_path / "plan.json")
    assert (refused.exit_code, refused.output.count("\n")) == (2, 1)
    assert not (tmp_path / "plan.json").exists()


def test_a_lock_that_breaks_a_rule(app: Flask, tmp_path: Path) -> None:
    problem = instance([person(free=40)], [need()], locked=(part(),))
    refused = run(app, "solve", written(tmp_path, problem), "--output", tmp_path / "plan.json")
    assert (refused.exit_code, "overbooked person P" in refused.output) == (2, True)


def test_handover_says_what_it_gains_over_one_person_a_need(app: Flask, tmp_path: Path) -> None:
    people = [person("P", 4, (50, 50, 0, 0)), person("Q", 4, (0, 0, 50, 50)), person("R", free=50)]
    problem = instance(people, [need(), need("M")], goals=HANDOVER, rules=Rules(20, 2))
    plan = tmp_path / "plan.json"
    solved = run(app, "solve", written(tmp_path, problem), "--output", plan, "--effort", "2", "--workers", "1")
    assert (solved.exit_code, "100.0 % more" in solved.output, "1 hand-overs" in solved.output) == (0, True, True)
    assert run(app, "check", tmp_path / "instance.json", plan).exit_code == 0
