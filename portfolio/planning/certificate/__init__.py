"""A bound anyone can check: from prices alone, with sums and products, and no solver."""

from portfolio.planning.certificate.handover import handover_bound
from portfolio.planning.certificate.whole import whole_bound
from portfolio.planning.instance import Duals, Instance, Mode


def dual_bound(instance: Instance, duals: Duals) -> float:
    """What no plan is worth more than, in weighted share-days, by prices none of which is below 0."""
    return handover_bound(instance, duals) if instance.goals.mode is Mode.HANDOVER else whole_bound(instance, duals)
