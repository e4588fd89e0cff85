"""Instances and plans as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portfolio.planning.formats.reading import INSTANCE_FORMAT, PLAN_FORMAT
from portfolio.planning.instance import Assignment, Candidate, Duals, Instance, Need, Person, Plan
from portfolio.planning.problem import NeedKind


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """A plan as it is written to a file, without the explanations (see `explanations`)."""
    figures = {level.value: _plain(value) for level, value in plan.figures.items()}
    bounds = {f"{level.value}_bound": _plain(value) for level, value in plan.figure_bounds.items()}
    return {
        "format": PLAN_FORMAT,
        "instance": plan.instance,
        "status": plan.status.value,
        "seconds": round(plan.seconds, 2),
        "value": plan.value,
        "bound": plan.bound,
        "gap": None if plan.gap is None else round(plan.gap, 8),
        **figures,
        **bounds,
        **({} if plan.whole_value is None else {"whole_value": plan.whole_value}),
        "trace": [[round(step.seconds, 2), step.value, step.bound] for step in plan.trace],
        "assignments": [assignment_as_json(assignment) for assignment in sorted(plan.assignments)],
        "bound_lp": plan.dual_bound,
        "duals": None if plan.duals is None else _duals_as_json(plan.duals),
    }


def instance_as_json(instance: Instance) -> dict[str, Any]:
    """An instance as it is written to a file; reading it gives an equal one."""
    return {
        "format": INSTANCE_FORMAT,
        "name": instance.name,
        "weeks": instance.weeks,
        "rules": {
            "min_share": instance.rules.min_share,
            "max_persons_per_need": instance.rules.max_persons_per_need,
            "min_segment_weeks": instance.rules.min_segment_weeks,
            "priority_weight": {str(priority): weight for priority, weight in instance.rules.priority_weight.items()},
        },
        "goals": {
            "mode": instance.goals.mode.value,
            "levels": [level.value for level in instance.goals.levels],
            "tolerance": instance.goals.tolerance,
        },
        "persons": [_person_as_json(person) for person in instance.persons],
        "needs": [_need_as_json(need) for need in instance.needs],
        "locked": [assignment_as_json(assignment) for assignment in instance.locked],
        "current": [assignment_as_json(assignment) for assignment in instance.current],
    }


def assignment_as_json(assignment: Assignment) -> dict[str, Any]:
    return {
        "need": assignment.need,
        "person": assignment.person,
        "from": assignment.first,
        "to": assignment.last,
        "share": assignment.share,
    }


def _duals_as_json(duals: Duals) -> dict[str, Any]:
    def nested(prices: Mapping[tuple[str, int], float]) -> dict[str, dict[str, float]]:
        rows: dict[str, dict[str, float]] = {}
        for (name, week), price in prices.items():
            rows.setdefault(name, {})[str(week)] = price
        return rows

    rows = {"need": dict(duals.need), "capacity": nested(duals.capacity), "parallel": nested(duals.parallel)}
    return rows | ({"need_weeks": nested(duals.need_weeks)} if duals.need_weeks else {})


def _person_as_json(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "free": list(person.free),
        "presence": list(person.presence),
        "max_parallel": person.max_parallel,
        "skills": dict(person.skills),
    }


def _need_as_json(need: Need) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": need.id,
        "project": need.project,
        "organisation": need.organisation,
        "priority": need.priority,
        "from": need.first,
        "to": need.last,
        "latest_from": need.latest_first,
        "share": need.share,
    }
    if need.kind is NeedKind.VOLUME:
        row |= {"kind": need.kind.value, "person_days": need.person_days}
    if need.candidates is None:
        return row | {"skill": need.skill, "level": need.level}
    named: Sequence[Candidate] = need.candidates
    return row | {"candidates": [{"person": c.person, "share": c.share, "cost": c.cost} for c in named]}


def _plain(value: float) -> float | int:
    """Whole numbers without a point."""
    return int(value) if float(value).is_integer() else value
