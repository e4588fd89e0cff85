"""One search over what somebody may read: one query for each kind of thing, whatever is found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, null, select
from sqlalchemy.orm import InstrumentedAttribute

from portfolio.access.models import Organisation
from portfolio.access.policy import Action, Actor, allowed
from portfolio.access.queries import organisation_holds
from portfolio.catalogue.models import Service
from portfolio.catalogue.queries import service_holds
from portfolio.dashboard.persons import sight
from portfolio.extensions import db
from portfolio.pool.models import Person
from portfolio.projects.models import Project
from portfolio.staffing.visibility import projects_visible_to
from portfolio.support.models import SupportRequest
from portfolio.support.queries import requests_visible_to
from portfolio.web.text import like, pieces


class Kind(StrEnum):
    """What can be found, in the order it is shown."""

    PROJECTS = "projects"
    REQUESTS = "requests"
    PERSONS = "persons"
    SERVICES = "services"
    ORGANISATIONS = "organisations"


@dataclass(frozen=True, slots=True)
class Group:
    """The first hits of one kind, each with id, title and hint, and how many there are."""

    kind: Kind
    total: int
    hits: Sequence[Row[Any]]


def search(actor: Actor, text: str, most: int) -> list[Group]:
    """What `actor` may read and `text` is found in, at most so many of a kind; kinds without a hit are left out."""
    if not pieces(text):
        return []
    groups = []
    for kind, (action, find) in _KINDS.items():
        hits = db.session.execute(find(actor, text).limit(most)).all() if allowed(actor, action) else []
        if hits:
            groups.append(Group(kind, hits[0].total, hits))
    return groups


def _projects(actor: Actor, text: str) -> Select[Any]:
    found = projects_visible_to(actor).where(*_holds(Project.sort_key, text))
    return _hits(found, (Project.id, Project.title, Project.code), Project.sort_key, text)


def _requests(actor: Actor, text: str) -> Select[Any]:
    found = requests_visible_to(actor).where(*_holds(SupportRequest.search_text, text))
    shown = (SupportRequest.id, SupportRequest.title, Organisation.code)
    hits = _hits(found, shown, SupportRequest.sort_key, text)
    return hits.join(Organisation, Organisation.id == SupportRequest.organisation_id)


def _persons(actor: Actor, text: str) -> Select[Any]:
    found = sight.visible_to(actor).where(*_holds(Person.sort_key, text))
    return _hits(found, (Person.id, Person.name, null()), Person.sort_key, text)


def _services(_actor: Actor, text: str) -> Select[Any]:
    found = select(Service).where(service_holds(text))
    return _hits(found, (Service.id, Service.name, Service.service_key), Service.sort_key, text)


def _organisations(_actor: Actor, text: str) -> Select[Any]:
    found = select(Organisation).where(*organisation_holds(text))
    return _hits(found, (Organisation.id, Organisation.name, Organisation.code), Organisation.sort_key, text)


_KINDS: Mapping[Kind, tuple[Action, Callable[[Actor, str], Select[Any]]]] = {
    Kind.PROJECTS: (Action.READ_PROJECTS, _projects),
    Kind.REQUESTS: (Action.READ_REQUESTS, _requests),
    Kind.PERSONS: (Action.READ_PERSONS, _persons),
    Kind.SERVICES: (Action.READ_CATALOGUE, _services),
    Kind.ORGANISATIONS: (Action.READ_ORGANISATIONS, _organisations),
}


def _holds(column: InstrumentedAttribute[str], text: str) -> list[ColumnElement[bool]]:
    return [column.like(like(piece), escape="/") for piece in pieces(text)]


def _hits(
    found: Select[Any], shown: tuple[Any, Any, Any], sort_key: InstrumentedAttribute[str], text: str
) -> Select[Any]:
    """What begins with the first piece stands first; the number of all hits stands in every row."""
    identity, title, hint = shown
    begins = sort_key.startswith(pieces(text)[0], autoescape=True)
    columns = (identity, title.label("title"), hint.label("hint"), func.count().over().label("total"))
    return found.with_only_columns(*columns).order_by(begins.desc(), sort_key, identity)
