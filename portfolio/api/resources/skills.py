"""The skill catalogue."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from portfolio.access.policy import Action, Actor
from portfolio.api.fields import Text
from portfolio.api.removal import remove_unused
from portfolio.api.resource import Change, Creation, Removal, Resource, Values, merged, whoever
from portfolio.api.schema import StoredSchema
from portfolio.api.search import SearchQuery, searching
from portfolio.pool import services
from portfolio.pool.models import Skill
from portfolio.pool.services import SkillData


class SkillSchema(StoredSchema):
    code = Text(40, required=True)
    name = Text(200, required=True)
    area = Text(200, required=True)

    example = {"code": "FIM-P", "name": "FIM-Prozesse", "area": "FIM & Recht"}


def _rows(_actor: Actor) -> Select[Skill]:
    return select(Skill)


def _create(values: Values, _actor: Actor, _parent: Any) -> Skill:
    return services.create_skill(SkillData(**values))


def _change(skill: Skill, values: Values, _actor: Actor) -> None:
    services.change_skill(skill, merged(SkillData, skill, values))


SKILLS = Resource(
    address="skills",
    title=_l("Fähigkeiten"),
    schema=SkillSchema(),
    model=Skill,
    read=Action.READ_CATALOGUE,
    rows=_rows,
    query=SearchQuery(),
    narrow=searching(Skill.sort_key, Skill.code),
    creation=Creation(permits=whoever(Action.CHANGE_SKILLS), do=_create),
    change=Change(permits=whoever(Action.CHANGE_SKILLS), do=_change),
    removal=Removal(permits=whoever(Action.CHANGE_SKILLS), do=remove_unused),
)
