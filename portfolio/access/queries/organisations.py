"""Organisations and their history."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select
from sqlalchemy.orm import joinedload

from portfolio.access.models import Organisation, OrganisationKind
from portfolio.extensions import db
from portfolio.web.text import like, pieces

MOST_SUCCESSORS = 50


class Links(NamedTuple):
    """Where an organisation's history and hierarchy lead."""

    parent_id: int | None
    successor_id: int | None


_ORDER = {
    "-name": (Organisation.sort_key.desc(),),
    "code": (Organisation.code,),
    "-code": (Organisation.code.desc(),),
}


def organisations() -> Select[Organisation]:
    """All organisations by name; everybody may read them."""
    return select(Organisation).order_by(Organisation.sort_key, Organisation.id)


def organisations_matching(
    text: str = "", kind: OrganisationKind | None = None, existing_on: date | None = None, sort: str = ""
) -> Select[Organisation]:
    """Organisations with successor and superior; `text` is looked for in name and code."""
    related = (joinedload(Organisation.successor), joinedload(Organisation.parent))
    statement = select(Organisation).options(*related)
    statement = statement.order_by(*_ORDER.get(sort, (Organisation.sort_key,)), Organisation.id)
    statement = statement.where(*organisation_holds(text))
    if kind is not None:
        statement = statement.where(Organisation.kind == kind)
    return statement if existing_on is None else statement.where(_exists(existing_on))


def organisation_holds(text: str) -> list[ColumnElement[bool]]:
    """For every typed piece the condition that it stands in name or code."""
    columns = (Organisation.sort_key, Organisation.code)
    return [or_(*(each.ilike(like(piece), escape="/") for each in columns)) for piece in pieces(text)]


def organisation_names(day: date | None, also: Iterable[int | None] = ()) -> list[tuple[int, str]]:
    """Id and words for the organisations that exist on `day` (None: all there ever were), and for those in `also`."""
    statement = organisations()
    if day is not None:
        more = Organisation.id.in_([each for each in also if each is not None])
        statement = statement.where(or_(_exists(day), more))
    return [(each.id, f"{each.name} ({each.code})") for each in db.session.scalars(statement)]


def organisations_by_id(ids: Iterable[int]) -> dict[int, Organisation]:
    """Those of `ids` that exist, by name."""
    return {each.id: each for each in db.session.scalars(organisations().where(Organisation.id.in_(list(ids))))}


def predecessors(organisation_id: int) -> list[Organisation]:
    """What became this organisation."""
    return list(db.session.scalars(organisations().where(Organisation.successor_id == organisation_id)))


def successors(organisation: Organisation) -> list[Organisation]:
    """What this organisation became, and that, up to the one that exists. One query, however many there were."""
    later = (
        select(Organisation.id, Organisation.successor_id, literal(0).label("step"))
        .where(Organisation.id == organisation.id)
        .cte("later", recursive=True)
    )
    following = select(Organisation.id, Organisation.successor_id, later.c.step + 1)
    chain = later.union_all(
        following.join(later, Organisation.id == later.c.successor_id).where(later.c.step < MOST_SUCCESSORS)
    )
    found = select(Organisation).join(chain, Organisation.id == chain.c.id).where(chain.c.step > 0)
    return list(db.session.scalars(found.order_by(chain.c.step)))


def parts_of(organisation_id: int) -> list[Organisation]:
    """The organisations directly below this one."""
    return list(db.session.scalars(organisations().where(Organisation.parent_id == organisation_id)))


def existing_organisations(ids: Iterable[int | None]) -> set[int]:
    """Those of `ids` that are organisations."""
    wanted = [each for each in ids if each is not None]
    return set(db.session.scalars(select(Organisation.id).where(Organisation.id.in_(wanted)))) if wanted else set()


def another_organisation_with_code(code: str, own_id: int | None) -> bool:
    statement = select(Organisation.id).where(Organisation.code == code)
    if own_id is not None:
        statement = statement.where(Organisation.id != own_id)
    return db.session.scalar(statement) is not None


def lock_organisation_links() -> dict[int, Links]:
    """Where every organisation leads; until the transaction ends nobody else redirects one."""
    statement = select(Organisation.id, Organisation.parent_id, Organisation.successor_id).order_by(Organisation.id)
    rows = db.session.execute(statement.with_for_update(key_share=True))
    return {row.id: Links(row.parent_id, row.successor_id) for row in rows}


def _exists(day: date) -> ColumnElement[bool]:
    return and_(
        or_(Organisation.valid_from.is_(None), Organisation.valid_from <= day),
        or_(Organisation.valid_to.is_(None), Organisation.valid_to >= day),
    )
