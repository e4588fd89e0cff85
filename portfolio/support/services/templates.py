"""Need templates: sets of needs that start a request."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from portfolio.access.services.rivals import refuse_rival
from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.projects.checks import long_text
from portfolio.support import queries
from portfolio.support.models import NeedTemplate, NeedTemplateRow
from portfolio.support.problems import Incomplete, TemplateNameTaken
from portfolio.support.services.needs import check_amounts
from portfolio.web.problems import Problem
from portfolio.web.text import fold

LONGEST_NAME = 200
_RIVALS: dict[str, type[Problem]] = {"uq_need_template_name": TemplateNameTaken}


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRowData:
    """A need without weeks; `share` is that of every week, or for a volume of `person_days` the most a week."""

    skill_id: int
    level: int
    kind: NeedKind = NeedKind.STEADY
    share: int
    person_days: int | None = None
    mandatory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateData:
    name: str
    rows: tuple[TemplateRowData, ...]


def create_template(data: TemplateData) -> NeedTemplate:
    template = NeedTemplate()
    with refuse_rival(_RIVALS):
        _fill(template, data)
        db.session.add(template)
    return template


def change_template(template: NeedTemplate, data: TemplateData) -> None:
    """Replace name and rows; requests started from the template stay as they are."""
    with refuse_rival(_RIVALS):
        _fill(template, data)
        template.touch()


def delete_template(template: NeedTemplate) -> None:
    db.session.delete(template)
    db.session.flush()


def _fill(template: NeedTemplate, data: TemplateData) -> None:
    name = " ".join(long_text(data.name, "name", LONGEST_NAME).split())
    if missing := tuple(_missing(name, data)):
        raise Incomplete(*missing)
    check_amounts(data.rows)
    if queries.template_named(name, but=template.id) is not None:
        raise TemplateNameTaken
    template.name, template.sort_key = name, fold(name)
    pairs = zip_longest(template.rows[: len(data.rows)], data.rows)
    template.rows = [_row(row or NeedTemplateRow(), position, each) for position, (row, each) in enumerate(pairs, 1)]


def _missing(name: str, data: TemplateData) -> Iterator[str]:
    if not name:
        yield "name"
    if not data.rows:
        yield "needs"


def _row(row: NeedTemplateRow, position: int, data: TemplateRowData) -> NeedTemplateRow:
    row.position = position
    row.skill_id = data.skill_id
    row.level = data.level
    row.kind = data.kind
    row.share = data.share
    row.person_days = data.person_days if data.kind is NeedKind.VOLUME else None
    row.mandatory = data.mandatory
    return row
