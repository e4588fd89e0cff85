"""Sets of needs that start a request, named by skill code. The user changes them before submitting."""

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.planning.problem import NeedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A need without weeks: it takes those of the request."""

    skill_code: str
    level: int
    kind: NeedKind = NeedKind.STEADY
    share: int = 50
    person_days: int | None = None
    mandatory: bool = False


LEADING = Row(skill_code="PM-LEIT", level=3)
COORDINATION = Row(skill_code="PM-KOORD", level=3)

TEMPLATES: Mapping[str, tuple[Row, ...]] = {
    "online-antrag": (
        Row(skill_code="ORG-ANF", level=3, share=40, mandatory=True),
        Row(skill_code="FIM-PROZ", level=2, share=40),
        Row(skill_code="FIM-DATEN", level=2, share=40),
        Row(skill_code="FORM-THAVEL", level=3, share=60, mandatory=True),
        Row(skill_code="QS-TEST", level=2, share=30),
        Row(skill_code="QS-BITV", level=3, kind=NeedKind.VOLUME, share=40, person_days=12, mandatory=True),
        Row(skill_code="QS-DSFA", level=2, kind=NeedKind.VOLUME, share=20, person_days=5),
    ),
    "efa-nachnutzung": (
        Row(skill_code="FORM-EFA", level=3, share=50, mandatory=True),
        Row(skill_code="TECH-SCHNITT", level=2, share=30),
        Row(skill_code="QS-TEST", level=2, kind=NeedKind.VOLUME, share=40, person_days=10),
        Row(skill_code="ORG-SCHUL", level=2, kind=NeedKind.VOLUME, share=40, person_days=8),
    ),
}
