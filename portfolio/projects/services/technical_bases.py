"""The editable list of what projects can be built with."""

from portfolio.extensions import db
from portfolio.projects import checks, queries
from portfolio.projects.models import TechnicalBasis
from portfolio.projects.problems import BasisStillUsed, NameTaken

LONGEST_NAME = 200


def add_technical_basis(name: str) -> TechnicalBasis:
    basis = TechnicalBasis(name=_free_name(name))
    db.session.add(basis)
    db.session.flush()
    return basis


def rename_technical_basis(basis: TechnicalBasis, name: str) -> None:
    """Also for the projects that use it."""
    basis.name = _free_name(name, basis.id)
    db.session.flush()


def remove_technical_basis(basis: TechnicalBasis) -> None:
    if queries.technical_basis_is_used(basis.id):
        raise BasisStillUsed
    db.session.delete(basis)
    db.session.flush()


def _free_name(name: str, except_id: int | None = None) -> str:
    name = checks.one_line(name, "name", LONGEST_NAME)
    with db.session.no_autoflush:
        if queries.technical_basis_named(name, except_id):
            raise NameTaken
    return name
