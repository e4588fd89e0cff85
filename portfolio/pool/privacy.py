"""What the pool holds about a user, for "Meine Daten"."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select

from portfolio.access.models import User
from portfolio.access.privacy import Section, collector
from portfolio.extensions import db
from portfolio.pool import queries
from portfolio.pool.models import PersonSkill


def _held(user: User, statement: Callable[[int], Select[Any]]) -> Sequence[Any]:
    """The rows of `statement` about the person that `user` is; none where they are nobody's account."""
    return [] if user.person_id is None else db.session.scalars(statement(user.person_id)).all()


@collector
def _master_data(user: User) -> Section:
    fields = {
        "name": _l("Name"),
        "email": _l("Dienstliche E-Mail-Adresse"),
        "home_organisation": _l("Stammdienststelle"),
        "location": _l("Dienstort"),
        "contract_share": _l("Vertragsanteil in %"),
        "max_parallel": _l("Projekte zugleich höchstens"),
        "active": _l("aktiv"),
    }
    rows = [
        {name: getattr(person, name) for name in fields}
        | {"home_organisation": person.home_organisation.name if person.home_organisation else None}
        for person in _held(user, queries.person_with_home)
    ]
    return Section(key="person", title=_l("Stammdaten"), fields=fields, rows=rows)


@collector
def _pool_shares(user: User) -> Section:
    fields = {"from_week": _l("ab Woche"), "to_week": _l("bis Woche"), "share": _l("Anteil in %")}
    rows = [{name: getattr(row, name) for name in fields} for row in _held(user, queries.pool_shares_of)]
    return Section(key="pool_shares", title=_l("Poolanteile"), fields=fields, rows=rows)


@collector
def _skills(user: User) -> Section:
    fields = {
        "skill": _l("Fähigkeit"),
        "level": _l("Stufe"),
        "valid_from_week": _l("gültig ab Woche"),
        "valid_to_week": _l("gültig bis Woche"),
        "confirmed_on": _l("bestätigt am"),
        "confirmed_by": _l("bestätigt von"),
        "consent": _l("mit meinem Einverständnis"),
        "evidence": _l("Nachweis"),
    }
    held = _held(user, queries.named_skills_of)
    rows = [{name: getattr(row, name) for name in fields} | _names(row) for row in held]
    return Section(key="skills", title=_l("Fähigkeiten"), fields=fields, rows=rows)


def _names(row: PersonSkill) -> dict[str, str | None]:
    return {"skill": row.skill.name, "confirmed_by": row.confirmed_by.name if row.confirmed_by else None}


@collector
def _absences(user: User) -> Section:
    fields = {"from_date": _l("von"), "to_date": _l("bis")}
    rows = [{name: getattr(row, name) for name in fields} for row in _held(user, queries.absences_of)]
    return Section(key="absences", title=_l("Abwesenheiten"), fields=fields, rows=rows)
