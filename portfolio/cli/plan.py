"""`flask plan`: solve and check staffing instances in files; needs no database and no application."""

import json
import os
import sys
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn

import click
from flask import Flask
from flask.cli import AppGroup

from portfolio.planning.certificate import dual_bound
from portfolio.planning.explain.claims import false_claims
from portfolio.planning.explain.explanation import explain, explaining
from portfolio.planning.formats import (
    Malformed,
    explanation_as_json,
    plan_as_json,
    read_explanation,
    read_instance,
    read_plan,
)
from portfolio.planning.instance import Instance, Level, Plan
from portfolio.planning.optimiser.solve import Effort, SolverFailed, solve
from portfolio.planning.rules import violations
from portfolio.planning.score import score

BROKEN, MALFORMED = 1, 2
MIN_SECONDS = 0.5
_START_TIME = 19  # of the fields of /proc/self/stat after the name, see proc(5)

plan_group = AppGroup("plan", help="Staffing plans from and to files.")


def app_for_plans() -> Flask:
    """An application that has these commands and nothing else: the whole of it takes two seconds to import."""
    app = Flask("portfolio", static_folder=None)
    app.cli.add_command(plan_group)
    return app


@plan_group.command("solve")
@click.argument("instance", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where the plan goes.")
@click.option(
    "--seconds", default=30.0, type=click.FloatRange(MIN_SECONDS, 86_400), help="Time from start to written plan."
)
@click.option("--effort", type=click.IntRange(1), help="Rounds instead of seconds: the same plan on every machine.")
@click.option("--workers", default=2, type=click.IntRange(1, 64), help="Processes that may work at once.")
@click.option("--seed", default=0, type=click.IntRange(0), help="Another seed, another of several equal plans.")
def solve_command(instance: Path, output: Path, **limits: Any) -> None:
    """Find the best plan for INSTANCE and write it."""
    problem = _instance(instance)
    left = max(limits.pop("seconds") - _age(), MIN_SECONDS)
    rounds = limits.pop("effort")
    until = inf if rounds is not None else monotonic() + left
    try:
        plan = solve(problem, Effort(seconds=left - explaining(left), rounds=rounds, **limits))
    except SolverFailed as failure:
        _refuse(str(failure), BROKEN)
    written = plan_as_json(plan)
    _write(written, output)  # before it is explained: whatever happens then, the plan is there
    _write(written | explanation_as_json(explain(problem, plan.assignments, until)), output)
    gap = "" if plan.gap is None else f", at most {100 * plan.gap:.3f} % below the best possible"
    click.echo(f"{plan.status}: value {plan.value}{gap}; {len(plan.assignments)} assignments in {plan.seconds:.1f} s")
    if plan.whole_value:
        more, parts = plan.value / plan.whole_value - 1, len(plan.assignments)
        handed = parts - len({part.need for part in plan.assignments})
        click.echo(f"{100 * more:.1f} % more than with one person a need, for {handed} hand-overs")


@plan_group.command("check")
@click.argument("instance", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("plan", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_command(instance: Path, plan: Path) -> None:
    """Hold PLAN against the rules of INSTANCE, and work out its measures and bound again."""
    problem = _instance(instance)
    try:
        text = plan.read_text(encoding="utf-8")
        proposal, explained = read_plan(text, problem), read_explanation(text, problem)
    except (Malformed, UnicodeDecodeError) as error:
        _refuse(str(error), MALFORMED)
    faults = [str(violation) for violation in violations(problem, proposal.assignments)]
    if not faults:  # explanations are of plans that break no rule
        faults += false_claims(problem, proposal.assignments, explained)
    faults += _false_measures(problem, proposal)
    for measure, amount in _measures(problem, proposal):
        click.echo(f"{measure}: {amount}")
    for fault in faults:
        click.echo(f"broken: {fault}", err=True)
    if faults:
        raise SystemExit(BROKEN)
    click.echo("No rule is broken.")


def _write(plan: dict[str, Any], output: Path) -> None:
    output.write_text(json.dumps(plan, indent=1) + "\n", encoding="utf-8")


def _age() -> float:
    """Seconds since this process began, where the system tells."""
    status, uptime = Path("/proc/self/stat"), Path("/proc/uptime")
    if not status.exists() or not uptime.exists():
        return 0.0
    begun = int(status.read_text().rpartition(")")[2].split()[_START_TIME]) / os.sysconf("SC_CLK_TCK")
    return max(float(uptime.read_text().split()[0]) - begun, 0.0)


def _instance(path: Path) -> Instance:
    """The instance in a file; one whose locks break a rule is none."""
    try:
        instance = read_instance(path.read_text(encoding="utf-8"))
    except (Malformed, UnicodeDecodeError) as error:
        _refuse(str(error), MALFORMED)
    for violation in violations(instance, instance.locked):
        _refuse(f"a locked assignment breaks a rule: {violation}", MALFORMED)
    return instance


def _measures(instance: Instance, plan: Plan) -> list[tuple[str, str]]:
    found = score(instance, plan.assignments)
    rows = [
        ("value", str(found.value)),
        ("needs covered", f"{len({part.need for part in plan.assignments})} of {len(instance.needs)}"),
        ("persons used", str(found.persons_used)),
        ("parallel weeks", str(found.parallel_weeks)),
        ("surplus levels", str(found.surplus)),
        ("kept of the current plan", f"{found.kept} of {len(instance.current)}"),
        ("cost", str(found.cost)),
    ]
    if found.served:
        least = min(found.served, key=lambda name: found.served[name])
        rows.append(("least served", f"{least} {100 * found.served[least]:.2f} %"))
    if plan.bound is not None:
        rows.append(("bound proven by the solver", str(plan.bound)))
    if plan.duals is not None:
        rows.append(("bound from the prices alone", f"{dual_bound(instance, plan.duals):.2f}"))
    return rows


def _false_measures(instance: Instance, plan: Plan) -> list[str]:
    """What the plan says of itself and is not so."""
    found = score(instance, plan.assignments)
    faults = []
    if plan.value != found.value:
        faults.append(f"value is {found.value}, not {plan.value}")
    if plan.bound is not None and plan.bound < plan.value:
        faults.append(f"the bound {plan.bound} lies below the value {plan.value}")
    for level in (Level.COST, Level.PERSONS_USED):
        claimed = plan.figures.get(level)
        if claimed is not None and claimed != abs(found.of(level)):
            faults.append(f"{level} is {abs(found.of(level))}, not {claimed}")
        least = plan.figure_bounds.get(level)
        if claimed is not None and least is not None and least > claimed:
            faults.append(f"the bound {least} of {level} lies above {claimed}")
    if plan.duals is not None and plan.dual_bound is not None:
        bound = dual_bound(instance, plan.duals)
        if abs(bound - plan.dual_bound) > 1e-6 * max(bound, 1.0) + 1e-3:
            faults.append(f"bound_lp: the prices give {bound:.3f}, not {plan.dual_bound:.3f}")
    return faults


def _refuse(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)
