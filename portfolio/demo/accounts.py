"""The demo's accounts: one per role and a second ministry, all with the same published password."""

from collections.abc import Mapping
from typing import Any

from portfolio.access.models import Organisation, User
from portfolio.access.policy import Role
from portfolio.access.services import UserData, create_user
from portfolio.demo.world import People

PASSWORD = "projektpool-demo"  # noqa: S105 - published on purpose, for demo data only
MAIL = "@demo.example"
COORDINATED = ("TMBWK", "TFM", "TMSGAF")


def create(organisations: dict[str, Organisation], people: People) -> dict[str, User]:
    """One account per role; those of people are linked to them and carry their names."""
    lead, member, coordinator = people.leads[0], people.pool[0], people.coordinators[0]
    coordinated = tuple(organisations[code].id for code in COORDINATED)
    education, finance = organisations["TMBWK"], organisations["TFM"]
    accounts: tuple[tuple[str, Role, str, dict[str, Any]], ...] = (
        ("cio-office", Role.CIO_OFFICE, "Rieke Steuermann", {}),
        ("coordinator", Role.COORDINATOR, coordinator.name, {"person_id": coordinator.id, "coordinates": coordinated}),
        ("project-lead", Role.PROJECT_LEAD, lead.name, {"person_id": lead.id}),
        ("pool-member", Role.POOL_MEMBER, member.name, {"person_id": member.id}),
        ("ministry", Role.MINISTRY, "Malte Kitaland", {"organisation_id": education.id}),
        ("ministry-2", Role.MINISTRY, "Frieda Zahlenfels", {"organisation_id": finance.id}),
        ("auditor", Role.AUDITOR, "Konstanze Prüfstein", {}),
        ("admin", Role.ADMIN, "Arvid Kabelbaum", {}),
    )
    return {login: _create(login, role, name, links) for login, role, name, links in accounts}


def _create(login: str, role: Role, name: str, links: Mapping[str, Any]) -> User:
    nothing = {"organisation_id": None, "person_id": None, "coordinates": ()}
    email = login + MAIL
    return create_user(
        UserData(login=login, name=name, email=email, roles=frozenset({role}), **{**nothing, **links}), PASSWORD
    )
