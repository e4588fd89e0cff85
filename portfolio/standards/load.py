"""Fills an installation that has no skills yet with what is shipped: the skill catalogue and the need templates."""

from collections.abc import Mapping

from sqlalchemy import select

from portfolio.extensions import db
from portfolio.pool.models import Skill
from portfolio.pool.services import SkillData, create_skill
from portfolio.standards.skills import SKILLS
from portfolio.standards.templates import TEMPLATES
from portfolio.support.services import TemplateData, TemplateRowData, create_template
from portfolio.support.templates import Row


def is_wanted() -> bool:
    """Whether there is no skill yet. What somebody has changed or entered is never added to."""
    return db.session.scalar(select(Skill.id).limit(1)) is None


def load() -> dict[str, Skill]:
    """Create skills and templates; the skills by their codes."""
    skills = {
        code: create_skill(SkillData(code=code, name=name, area=area))
        for area, entries in SKILLS.items()
        for code, name in entries
    }
    for name, rows in TEMPLATES.items():
        create_template(TemplateData(name=name, rows=tuple(_row(row, skills) for row in rows)))
    return skills


def _row(row: Row, skills: Mapping[str, Skill]) -> TemplateRowData:
    return TemplateRowData(
        skill_id=skills[row.skill_code].id,
        level=row.level,
        kind=row.kind,
        share=row.share,
        person_days=row.person_days,
        mandatory=row.mandatory,
    )
