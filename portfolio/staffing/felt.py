"""What is felt of a change, as values that pages and labels share; `consequences` finds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from portfolio.planning.effects import Delivery, Effect
from portfolio.projects.models import Project
from portfolio.staffing.models import Assignment, Need


@dataclass(frozen=True, slots=True)
class Felt:
    """What a change does to the work on one project, for one need or without one."""

    project: Project
    need: Need | None
    delivery: Delivery
    """What the need gets; to those who may not see how it stands, what the persons concerned deliver."""
    effect: Effect | None
    """How the need stands, for those who may see it."""
    assignments: tuple[Assignment, ...]
    """The work through which it is felt."""


def sign_of(felt: Iterable[Felt]) -> str:
    """Another text for other consequences, so that a form can say which ones its reader was shown; empty for none."""
    facts = [(each.project.id, [row.id for row in each.assignments], each.delivery, each.effect) for each in felt]
    return sha256(repr(facts).encode()).hexdigest()[:32] if facts else ""
