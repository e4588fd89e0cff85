"""Skills and services, as the forms of requests need them."""

from collections.abc import Collection

from sqlalchemy import select

from portfolio.catalogue.models import Service
from portfolio.catalogue.queries import search_services
from portfolio.extensions import db
from portfolio.pool.models import Skill
from portfolio.projects.queries import services_by_id
from portfolio.staffing.checks import LARGEST_ID

MOST_FOUND = 20


def services_found(text: str) -> list[Service]:
    """The first services that match; none for an empty text."""
    return list(db.session.scalars(search_services(text).limit(MOST_FOUND))) if text.strip() else []


def services_named(ids: Collection[int]) -> list[Service]:
    """Those that exist, by name."""
    return sorted(services_by_id(ids).values(), key=lambda service: (service.sort_key, service.id))


def known_skill_ids(ids: Collection[int]) -> frozenset[int]:
    """Those that exist; numbers that no row can have, PostgreSQL would refuse."""
    possible = [identity for identity in ids if 0 < identity <= LARGEST_ID]
    return frozenset(db.session.scalars(select(Skill.id).where(Skill.id.in_(possible))))


def skill_ids_by_code(codes: Collection[str]) -> dict[str, int]:
    rows = db.session.scalars(select(Skill).where(Skill.code.in_(codes)))
    return {skill.code: skill.id for skill in rows}


def skill_names(ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Skill.id, Skill.name).where(Skill.id.in_(ids)))
    return {row.id: row.name for row in rows}


def skills() -> list[Skill]:
    """The skill catalogue by area."""
    return list(db.session.scalars(select(Skill).order_by(Skill.area, Skill.sort_key, Skill.id)))
