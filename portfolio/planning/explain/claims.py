"""Explanations held against the rules: what they say and is not so."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.planning.explain.open_needs import reason
from portfolio.planning.explain.relaxations import holds
from portfolio.planning.explain.residual import Residual
from portfolio.planning.explain.shortages import Shortages
from portfolio.planning.explain.values import Explanation, OpenNeed, Rival
from portfolio.planning.instance import Assignment, Instance, Need


def false_claims(instance: Instance, assignments: tuple[Assignment, ...], explanation: Explanation) -> tuple[str, ...]:
    """A line for each claim about open needs that is not true of a plan that breaks no rule.

    Reasons, relaxations, rivals and shortages are worked out again; gains are estimates, or need a solver.
    """
    plan, shortages = Residual(instance, assignments), Shortages(instance)
    still_open = {need.id: need for need in plan.open_needs()}
    faults = []
    for claim in explanation.open or ():
        need = still_open.get(claim.need)
        said = _faults(plan, shortages, need, claim) if need is not None else ["it is covered"]
        faults += [f"open {claim.need}: {fault}" for fault in said]
    return tuple(faults)


def _faults(plan: Residual, shortages: Shortages, need: Need, claim: OpenNeed) -> Iterator[str]:
    true = reason(plan, need)
    if claim.reason is not true:
        yield f"the reason is {true}, not {claim.reason}"
    for relaxation in claim.relaxations:
        if not holds(plan, need, relaxation):
            yield f"the relaxation {relaxation.kind} does not hold"
    if claim.rival is not None and not _holds(plan, need, claim.rival):
        yield "the rival does not hold the person, or is worth something else"
    proof = claim.shortage
    if proof is not None:
        again = shortages.sums(proof.needs, proof.first, proof.last)
        if proof != again or need.id not in proof.needs or proof.demand <= proof.usable:
            yield f"no shortage: {again.demand} percent-weeks asked for, {again.usable} usable"


def _holds(plan: Residual, need: Need, rival: Rival) -> bool:
    """Whether `instead` could be without all of the rivals, and not with any of them."""
    held = [part for part in plan.load(rival.instead.person) if part.need in rival.needs]
    if rival.instead.need != need.id or {part.need for part in held} != set(rival.needs):
        return False
    if (rival.worth, rival.own) != (sum(map(plan.worth, held)), plan.worth(rival.instead)):
        return False
    if not held or set(held) & set(plan.instance.locked) or plan.breaks(need, rival.instead, without=held):
        return False
    return all(plan.breaks(need, rival.instead, without=[part for part in held if part != kept]) for kept in held)
