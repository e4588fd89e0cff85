"""The need templates that are shipped. The CIO office and the administration change them."""

from portfolio.planning.problem import NeedKind
from portfolio.support.templates import Row

TEMPLATES = {
    "Standardteam Online-Antrag": (
        Row(skill_code="ORG-ANF", level=3, share=40, mandatory=True),
        Row(skill_code="FIM-PROZ", level=2, share=40),
        Row(skill_code="FIM-DATEN", level=2, share=40),
        Row(skill_code="FORM-THAVEL", level=3, share=60, mandatory=True),
        Row(skill_code="QS-TEST", level=2, share=30),
        Row(skill_code="QS-BITV", level=3, kind=NeedKind.VOLUME, share=40, person_days=12, mandatory=True),
        Row(skill_code="QS-DSFA", level=2, kind=NeedKind.VOLUME, share=20, person_days=5),
    ),
    "Standardteam EfA-Nachnutzung": (
        Row(skill_code="FORM-EFA", level=3, share=50, mandatory=True),
        Row(skill_code="TECH-SCHNITT", level=2, share=30),
        Row(skill_code="QS-TEST", level=2, kind=NeedKind.VOLUME, share=40, person_days=10),
        Row(skill_code="ORG-SCHUL", level=2, kind=NeedKind.VOLUME, share=40, person_days=8),
    ),
}
