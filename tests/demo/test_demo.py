"""The demo keeps what it promises to whoever plays with it, and to the tests outside the project."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from portfolio.access.models import User
from portfolio.access.secrets import password_matches
from portfolio.demo import load
from portfolio.extensions import db
from portfolio.planning.weeks import Week, weeks_from
from portfolio.pool.models import Person, PersonWeek, PoolShare
from portfolio.projects.models import Phase, Project
from portfolio.staffing import verification
from portfolio.support.models import RequestState, SupportRequest

TODAY = date(2026, 11, 23)
LOGINS = ["admin", "auditor", "cio-office", "coordinator", "ministry", "ministry-2", "pool-member", "project-lead"]


@pytest.fixture
def demo(app: Flask) -> None:
    load.load(TODAY)
    db.session.commit()


@pytest.mark.usefixtures("demo")
def test_the_demo_keeps_its_promises() -> None:
    """One load, many looks: loading takes seconds."""
    accounts = {user.login: user for user in db.session.scalars(select(User))}
    assert sorted(accounts) == LOGINS
    assert all(password_matches(user.password_hash, "projektpool-demo") for user in accounts.values())
    assert accounts["ministry"].organisation_id != accounts["ministry-2"].organisation_id
    assert set(db.session.scalars(select(Project.phase))) == set(Phase)
    assert set(db.session.scalars(select(SupportRequest.state))) == set(RequestState)
    assert any("Fachkräfteinitiative Kita" in title for title in db.session.scalars(select(SupportRequest.title)))
    assert _with_endless_share() >= 20
    assert min(_half_free(week) for week in weeks_from(Week.containing(TODAY) + 8, 97)) >= 5
    assert verification.verify().ok


@pytest.mark.usefixtures("demo")
def test_demo_data_are_refused_where_there_are_accounts() -> None:
    with pytest.raises(load.NotEmpty):
        load.load(TODAY)


@pytest.mark.only("sqlite")  # the content does not depend on the database
def test_the_same_day_gives_the_same_demo(app: Flask) -> None:
    load.load(TODAY)
    first = _picture()
    db.session.rollback()
    load.load(TODAY)
    assert _picture() == first


def _with_endless_share() -> int:
    return db.session.scalar(select(func.count(PoolShare.person_id.distinct())).where(PoolShare.to_week.is_(None))) or 0


def _half_free(week: Week) -> int:
    """How many people have at least half a post free in `week`."""
    shares = dict(
        db.session.execute(
            select(PoolShare.person_id, PoolShare.share).where(
                PoolShare.from_week <= week, (PoolShare.to_week.is_(None)) | (PoolShare.to_week >= week)
            )
        ).all()
    )
    booked = dict(
        db.session.execute(select(PersonWeek.person_id, PersonWeek.booked).where(PersonWeek.week == week)).all()
    )
    return sum(share - booked.get(person, 0) >= 50 for person, share in shares.items())


def _picture() -> list[tuple[object, ...]]:
    people = db.session.execute(select(Person.name, Person.email).order_by(Person.name)).all()
    weeks = db.session.execute(
        select(Person.name, PersonWeek.week, PersonWeek.booked).join(Person).order_by(Person.name, PersonWeek.week)
    ).all()
    return [tuple(row) for row in (*people, *weeks)]
