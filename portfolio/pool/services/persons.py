"""Persons: creating and changing their master data."""

from dataclasses import dataclass

from portfolio.access.models import Organisation
from portfolio.extensions import db
from portfolio.pool.models import Person
from portfolio.pool.problems import (
    ContractBelowPoolShare,
    ContractShareOutOfRange,
    TooManyParallel,
    UnknownOrganisation,
)
from portfolio.web import clock
from portfolio.web.text import fold

MOST_PARALLEL = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonData:
    """What is known of a person; shares in percent of full time."""

    name: str
    email: str | None = None
    home_organisation_id: int | None = None
    location: str | None = None
    contract_share: int = 100
    max_parallel: int = 2
    active: bool = True


def create_person(data: PersonData) -> Person:
    person = Person()
    _fill(person, data)
    db.session.add(person)
    db.session.flush()
    return person


def change_person(person: Person, data: PersonData) -> None:
    """Change the master data; a contract cannot shrink below what the pool plans with from this week on."""
    this_week = clock.this_week()
    if any(row.share > data.contract_share and not row.ended_before(this_week) for row in person.pool_shares):
        raise ContractBelowPoolShare(data.contract_share)
    _fill(person, data)
    db.session.flush()


def set_active(person: Person, active: bool) -> None:
    """Whether somebody can be named and planned. What is planned already stays."""
    person.active = active
    db.session.flush()


def _fill(person: Person, data: PersonData) -> None:
    if data.home_organisation_id is not None and db.session.get(Organisation, data.home_organisation_id) is None:
        raise UnknownOrganisation
    if not 1 <= data.contract_share <= 100:
        raise ContractShareOutOfRange
    if not 1 <= data.max_parallel <= MOST_PARALLEL:
        raise TooManyParallel
    person.name = data.name
    person.sort_key = fold(data.name)
    person.email = data.email
    person.home_organisation_id = data.home_organisation_id
    person.location = data.location
    person.contract_share = data.contract_share
    person.max_parallel = data.max_parallel
    person.active = data.active
