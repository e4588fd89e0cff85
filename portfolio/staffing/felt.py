"""What is felt of a change, as values that pages and labels share; `consequences` finds it."""

from dataclasses import dataclass

from portfolio.planning.effects import Delivery, Effect
from portfolio.projects.models import Project
from portfolio.staffing.models import Need


@dataclass(frozen=True, slots=True)
class Felt:
    """What a change does to the work on one project, for one need or without one."""

    project: Project
    need: Need | None
    delivery: Delivery
    """What the need gets; to those who may not see how it stands, what the persons concerned deliver."""
    effect: Effect | None
    """How the need stands, for those who may see it."""
