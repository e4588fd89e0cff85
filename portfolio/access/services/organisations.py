"""Organisations and their history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portfolio.access import queries
from portfolio.access.models import Organisation, OrganisationKind
from portfolio.access.problems import (
    CodeTaken,
    EndsBeforeItBegins,
    ParentInCircle,
    SuccessorInCircle,
    UnknownOrganisation,
)
from portfolio.access.services.rivals import refuse_rival
from portfolio.extensions import db
from portfolio.web.problems import Problem
from portfolio.web.text import fold

_RIVALS: dict[str, type[Problem]] = {"uq_organisation_code": CodeTaken}


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganisationData:
    """An organisation as it shall be; an empty end means that it still exists."""

    code: str
    name: str
    kind: OrganisationKind
    valid_from: date | None
    valid_to: date | None
    parent_id: int | None
    successor_id: int | None


def create_organisation(data: OrganisationData) -> Organisation:
    _check(data, None)
    organisation = Organisation()
    with refuse_rival(_RIVALS):
        db.session.add(_fill(organisation, data))
    return organisation


def change_organisation(organisation: Organisation, data: OrganisationData) -> None:
    """Change it everywhere it is named. Whoever wants old projects to keep the old name creates a successor."""
    _check(data, organisation.id)
    with refuse_rival(_RIVALS):
        _fill(organisation, data)


def confirm_organisation(organisation: Organisation) -> None:
    """What a file doubted of it is right, or has been put right."""
    organisation.to_confirm = None
    db.session.flush()


def _fill(organisation: Organisation, data: OrganisationData) -> Organisation:
    organisation.code, organisation.name, organisation.kind = data.code.strip(), data.name.strip(), data.kind
    organisation.sort_key = fold(organisation.name)
    organisation.valid_from, organisation.valid_to = data.valid_from, data.valid_to
    organisation.parent_id, organisation.successor_id = data.parent_id, data.successor_id
    return organisation


def _check(data: OrganisationData, own_id: int | None) -> None:
    if queries.another_organisation_with_code(data.code.strip(), own_id):
        raise CodeTaken
    if data.valid_from and data.valid_to and data.valid_to < data.valid_from:
        raise EndsBeforeItBegins
    known = queries.existing_organisations((data.successor_id, data.parent_id))
    if data.successor_id not in {None, *known}:
        raise UnknownOrganisation("successor_id")
    if data.parent_id not in {None, *known}:
        raise UnknownOrganisation("parent_id")
    if own_id is not None and known:
        _refuse_circles(own_id, data)


def _refuse_circles(own_id: int, data: OrganisationData) -> None:
    links = queries.lock_organisation_links()
    if _leads_back(own_id, data.successor_id, {each: link.successor_id for each, link in links.items()}):
        raise SuccessorInCircle
    if _leads_back(own_id, data.parent_id, {each: link.parent_id for each, link in links.items()}):
        raise ParentInCircle


def _leads_back(own_id: int, first: int | None, following: Mapping[int, int | None]) -> bool:
    """Whether the way from `first` arrives at `own_id`; it ends where it meets itself, whatever the data."""
    seen: set[int] = set()
    at = first
    while at is not None and at not in seen:
        if at == own_id:
            return True
        seen.add(at)
        at = following.get(at)
    return False
