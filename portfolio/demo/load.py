"""Loads the demo: organisations, catalogue, people, accounts, projects with staffing, requests in every state."""

from datetime import date
from random import Random

from sqlalchemy import select

from portfolio import standards
from portfolio.access.models import User
from portfolio.access.policy import Role
from portfolio.demo import accounts, installation, notices, particulars, portfolio, reports, requests, risks, world
from portfolio.demo.accounts import PASSWORD
from portfolio.extensions import db

__all__ = ["PASSWORD", "NotEmpty", "is_empty", "load", "logins"]


class NotEmpty(Exception):
    """There are accounts already: demo data belong into an empty database."""


def is_empty() -> bool:
    """Whether this is a first start: the database has no user."""
    return db.session.scalar(select(User.id).limit(1)) is None


def logins() -> list[str]:
    """The demo's accounts, as far as they are there: none in a database with real users."""
    demo_accounts = select(User.login).where(User.email == User.login + accounts.MAIL).order_by(User.id)
    return list(db.session.scalars(demo_accounts))


def load(today: date) -> None:
    """Fill an empty database; the same day always gives the same data."""
    if not is_empty():
        raise NotEmpty
    chance = Random(today.toordinal())  # noqa: S311 - plausible data, no secrets
    installation.create(today)
    organisations = world.create_organisations()
    services = world.create_catalogue()
    skills = standards.load()
    people = world.create_people(organisations, skills, today, chance)
    users = accounts.create(organisations, people)
    office = next(user for user in users.values() if Role.CIO_OFFICE in user.roles).actor
    world.confirm_skills(people, office, today)
    setting = portfolio.Setting(
        organisations, services, skills, people, particulars.create_technical_bases(), office, today, chance
    )
    portfolio.create(setting)
    reports.create(setting)
    risks.create(setting)
    requests.create(requests.Setting(organisations, services, skills, people, users, today))
    notices.thin_out()
