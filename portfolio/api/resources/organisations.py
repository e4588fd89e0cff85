"""Organisations: everybody reads them, the administration changes them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select

from portfolio.access import queries, services
from portfolio.access.models import Organisation, OrganisationKind
from portfolio.access.policy import Action, Actor
from portfolio.access.services import OrganisationData
from portfolio.api.fields import Choice, Day, Id, Text
from portfolio.api.removal import remove_unused
from portfolio.api.resource import Change, Creation, Removal, Resource, Values, merged, whoever
from portfolio.api.schema import StoredSchema
from portfolio.api.search import SearchQuery, searching


class OrganisationSchema(StoredSchema):
    code = Text(40, required=True)
    name = Text(200, required=True)
    kind = Choice(OrganisationKind, required=True)
    valid_from = Day(historic=True, load_default=None)
    valid_to = Day(historic=True, load_default=None)
    parent_id = Id(load_default=None)
    successor_id = Id(load_default=None)

    example = {"code": "TMBWK", "name": "Ministerium für Bildung", "kind": "supreme", "valid_from": "2024-12-13"}


def _rows(_actor: Actor) -> Select[Organisation]:
    return queries.organisations()


def _create(values: Values, _actor: Actor, _parent: Any) -> Organisation:
    return services.create_organisation(OrganisationData(**values))


def _change(organisation: Organisation, values: Values, _actor: Actor) -> None:
    services.change_organisation(organisation, merged(OrganisationData, organisation, values))


ORGANISATIONS = Resource(
    address="organisations",
    title=_l("Organisationen"),
    schema=OrganisationSchema(),
    model=Organisation,
    read=Action.READ_ORGANISATIONS,
    rows=_rows,
    query=SearchQuery(),
    narrow=searching(Organisation.sort_key, Organisation.code),
    creation=Creation(permits=whoever(Action.CHANGE_ORGANISATIONS), do=_create),
    change=Change(permits=whoever(Action.CHANGE_ORGANISATIONS), do=_change),
    removal=Removal(permits=whoever(Action.CHANGE_ORGANISATIONS), do=remove_unused),
)
