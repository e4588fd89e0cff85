"""Organisations as a table with the columns of the import: what was exported and comes back changes nothing."""

from collections.abc import Sequence

from sqlalchemy import Select

from portfolio.access.imports import KINDS, OPTIONAL, REQUIRED
from portfolio.access.models import Organisation
from portfolio.access.queries import organisations_matching
from portfolio.exchange.write import Cell, Table
from portfolio.extensions import db

_KIND_NAMES = {kind: name for name, kind in KINDS.items()}


def export_organisations(statement: Select[Organisation] | None = None) -> Table:
    """The organisations of `statement`, all there ever were without one."""
    found = organisations_matching() if statement is None else statement
    return Table("Organisationen", (*REQUIRED, *OPTIONAL), [_row(each) for each in db.session.scalars(found)])


def _row(organisation: Organisation) -> Sequence[Cell]:
    return (
        organisation.code,
        organisation.name,
        _KIND_NAMES[organisation.kind],
        organisation.successor.code if organisation.successor else None,
        organisation.valid_from,
        organisation.valid_to,
    )
