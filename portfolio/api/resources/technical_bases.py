"""The list of what projects can be built with."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from portfolio.access.policy import Action, Actor
from portfolio.api.fields import Text
from portfolio.api.resource import Change, Creation, Removal, Resource, Values, whoever
from portfolio.api.schema import StoredSchema
from portfolio.api.search import SearchQuery, searching
from portfolio.projects import services
from portfolio.projects.models import TechnicalBasis


class TechnicalBasisSchema(StoredSchema):
    name = Text(200, required=True)

    example = {"name": "FIT-Connect"}


def _rows(_actor: Actor) -> Select[TechnicalBasis]:
    return select(TechnicalBasis)


def _create(values: Values, _actor: Actor, _parent: Any) -> TechnicalBasis:
    return services.add_technical_basis(values["name"])


def _change(basis: TechnicalBasis, values: Values, _actor: Actor) -> None:
    services.rename_technical_basis(basis, values.get("name", basis.name))


def _remove(basis: TechnicalBasis, _actor: Actor) -> None:
    services.remove_technical_basis(basis)


TECHNICAL_BASES = Resource(
    address="technical-bases",
    title=_l("Technische Basis"),
    schema=TechnicalBasisSchema(),
    model=TechnicalBasis,
    read=Action.READ_CATALOGUE,
    rows=_rows,
    query=SearchQuery(),
    narrow=searching(TechnicalBasis.sort_key),
    creation=Creation(permits=whoever(Action.CHANGE_TECHNICAL_BASES), do=_create),
    change=Change(permits=whoever(Action.CHANGE_TECHNICAL_BASES), do=_change),
    removal=Removal(permits=whoever(Action.CHANGE_TECHNICAL_BASES), do=_remove),
)
