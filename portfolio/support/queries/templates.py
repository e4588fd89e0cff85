"""Need templates: sets of needs that start a request."""

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from portfolio.extensions import db
from portfolio.support.models import NeedTemplate, NeedTemplateRow
from portfolio.web.text import fold


def need_templates() -> Select[NeedTemplate]:
    """All by name, with their rows and the skills of these."""
    rows = selectinload(NeedTemplate.rows).joinedload(NeedTemplateRow.skill)
    return select(NeedTemplate).options(rows).order_by(NeedTemplate.sort_key, NeedTemplate.id)


def template_names() -> list[tuple[int, str]]:
    """Id and name of each, by name."""
    statement = select(NeedTemplate.id, NeedTemplate.name).order_by(NeedTemplate.sort_key, NeedTemplate.id)
    return [(row.id, row.name) for row in db.session.execute(statement)]


def template_with_rows(template_id: int) -> NeedTemplate | None:
    """One with its rows, where there is one with this number."""
    return db.session.scalar(need_templates().where(NeedTemplate.id == template_id))


def template_named(name: str, but: int | None) -> int | None:
    """The id of another template than `but` with this name, however it is spelt."""
    statement = select(NeedTemplate.id).where(NeedTemplate.sort_key == fold(name), NeedTemplate.id != (but or 0))
    with db.session.no_autoflush:
        return db.session.scalar(statement.limit(1))
