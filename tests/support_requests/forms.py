"""What a browser sends for the forms of requests."""

from typing import Any

from portfolio.pool.models import Skill
from portfolio.support.models import SupportRequest


def need(skill: Skill, number: int = 0, **values: Any) -> dict[str, Any]:
    """One row of needs, complete but for its weeks, which are then those of the request."""
    row = {"skill_id": skill.id, "level": 2, "kind": "steady", "share": 40, "priority": 3}
    empty = {"person_days": "", "from_week": "", "to_week": ""}
    return {f"needs-{number}-{name}": value for name, value in (empty | row | values).items()}


def whole(skill: Skill, **values: Any) -> dict[str, Any]:
    """A request with everything that submitting asks for."""
    said = {
        "title": "Kita-Fachkräfte online",
        "description": "Der Antrag auf einen Ausbildungsplatz soll digital werden.",
        "from_week": "2026-W49",
        "to_week": "KW 12/2027",
        "deadline": "",
        "step": "draft",
    }
    return said | need(skill) | values


def step(of: SupportRequest, **values: Any) -> dict[str, Any]:
    """A step on the request as it was last seen."""
    return {"version": of.version} | values
