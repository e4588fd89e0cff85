"""Needs named by skill code: of lead and coordinator, and those of the templates that are shipped."""

from dataclasses import dataclass

from portfolio.planning.problem import NeedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A need without weeks: it takes those of the request or project."""

    skill_code: str
    level: int
    kind: NeedKind = NeedKind.STEADY
    share: int = 50
    person_days: int | None = None
    mandatory: bool = False


LEADING = Row(skill_code="PM-LEIT", level=3)
COORDINATION = Row(skill_code="PM-KOORD", level=3)
