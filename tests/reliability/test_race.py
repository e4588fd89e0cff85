"""Many hands at once: nobody is over-booked, nothing acknowledged is lost, no request fails.

Requests go to an application as on a server, each with its own session and transaction; 32 of them at a time.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from portfolio import create_app
from portfolio.extensions import db
from portfolio.pool.models import Person, PersonWeek
from portfolio.pool.services import PoolShareData, add_absence, replace_pool_shares
from portfolio.staffing import ledger
from portfolio.staffing.models import Assignment, AssignmentState, Need
from portfolio.web.problems import Problem
from tests import factories
from tests.cast import Cast, assemble
from tests.factories import FIRST_WEEK
from tests.support.databases import Database
from tests.support.run import SETTINGS

pytestmark = pytest.mark.reliability

THREADS = 32
PERSONS = 5
WEEKS = 8
BOOKED, REFUSED, GONE, UNKNOWN = 302, 409, 404, 422


@pytest.fixture
def app(database: Database) -> Iterator[Flask]:
    """The application without CSRF tokens: the requests here come from one session that is shared."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": database.url, "WTF_CSRF_ENABLED": False})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(app: Flask) -> Cast:
    return assemble()


@pytest.fixture
def pool(cast: Cast) -> list[int]:
    ids = [factories.person(pool_share=100).id for _ in range(PERSONS)]
    db.session.commit()
    return ids


@pytest.fixture
def send(app: Flask, cast: Cast) -> Callable[[str, dict[str, Any]], int]:
    """Post as the CIO office; the status is the value. Every call is a client of its own."""
    login = FlaskClient(app, app.response_class)
    login.post("/anmelden", data={"login": cast.carla.login, "password": factories.PASSWORD})
    cookie = login.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None

    def post(address: str, fields: dict[str, Any]) -> int:
        client = FlaskClient(app, app.response_class)
        client.set_cookie(cookie.key, cookie.value)
        return client.post(address, data=fields).status_code

    return post


def _at_once(act: Callable[[int], Any], count: int) -> Counter[Any]:
    db.session.commit()  # a transaction left open here would block the writers on SQLite
    with ThreadPoolExecutor(THREADS) as threads:
        return Counter(threads.map(act, range(count)))


def _booking(random: Random, pool: list[int]) -> dict[str, Any]:
    begin = random.randrange(WEEKS)
    weeks = FIRST_WEEK + begin, FIRST_WEEK + random.randrange(begin, WEEKS)
    share = random.choice((20, 30, 40, 60))
    fields = {"person_id": random.choice(pool), "need_id": "", "share": share}
    return fields | {"from_week": str(weeks[0]), "to_week": str(weeks[1])}


def _overbooked() -> int:
    beyond = PersonWeek.booked > PersonWeek.pool_share
    return db.session.scalar(select(func.count()).select_from(PersonWeek).where(beyond)) or 0


def test_conflicting_bookings(
    cast: Cast, pool: list[int], send: Callable[..., int], rounds: Callable[[int, int], int]
) -> None:
    address = f"/projekte/{cast.project.id}/zuordnungen/neu"
    count = rounds(200, 1000)
    answers = _at_once(lambda number: send(address, _booking(Random(number), pool)), count)
    assert answers.keys() == {BOOKED, REFUSED}
    assert answers.total() == count
    proposed = select(func.count()).where(Assignment.state == AssignmentState.PROPOSED)
    assert db.session.scalar(proposed) == answers[BOOKED]
    assert _overbooked() == 0
    assert ledger.verify().ok


def test_one_place_is_given_once(cast: Cast, pool: list[int], send: Callable[..., int]) -> None:
    address = f"/projekte/{cast.project.id}/zuordnungen/neu"
    fields = {"person_id": pool[0], "need_id": "", "share": 51}
    fields |= {"from_week": str(FIRST_WEEK), "to_week": str(FIRST_WEEK)}
    assert _at_once(lambda _number: send(address, fields), THREADS) == {BOOKED: 1, REFUSED: THREADS - 1}


def test_needs_that_are_removed_while_somebody_is_assigned(
    app: Flask, cast: Cast, pool: list[int], send: Callable[..., int], rounds: Callable[[int, int], int]
) -> None:
    project_id, count = cast.project.id, rounds(20, 100)
    needs = [factories.need(cast.project, cast.fim).id for _ in range(count)]

    def act(number: int) -> int:
        need_id = needs[number % count]
        if number % 7 == 0:
            return send(f"/bedarfe/{need_id}/entfernen", _seen(app, Need, need_id))
        return send(f"/projekte/{project_id}/zuordnungen/neu", _booking(Random(number), pool) | {"need_id": need_id})

    answers = _at_once(act, count * 6)
    assert answers.keys() <= {BOOKED, REFUSED, GONE, UNKNOWN}
    assert ledger.verify().ok


def test_bookings_mixed_with_everything_else(
    app: Flask, cast: Cast, pool: list[int], send: Callable[..., int], rounds: Callable[[int, int], int]
) -> None:
    """Books, moves, hands over, declines and removes assignments, enters absences and changes pool shares."""
    project = cast.project
    persons = [db.session.get_one(Person, person_id) for person_id in pool * 3]
    tentative = {"share": 20, "state": AssignmentState.PROPOSED}
    made = [factories.assignment(person, project, **tentative).id for person in persons]
    new = f"/projekte/{project.id}/zuordnungen/neu"

    def act(number: int) -> int:
        random = Random(number)
        chosen = random.choice(made)
        target, seen = f"/zuordnungen/{chosen}", _seen(app, Assignment, chosen)
        match random.randrange(8):
            case 0:
                return send(f"{target}/stand", seen | {"state": "declined"})
            case 1:
                return send(f"{target}/entfernen", seen) if number % 5 == 0 else BOOKED
            case 2 | 3:
                return send(f"{target}/bearbeiten", seen | _booking(random, pool) | {"form": "matrix"})
            case 4:
                return _change_person(app, random, pool)
            case 5:
                return _hand_over(send, target, seen, random, pool)
            case _:
                return send(new, _booking(random, pool))

    answers = _at_once(act, rounds(200, 1000))
    assert answers.keys() <= {BOOKED, REFUSED, GONE}
    assert ledger.verify().ok


def _hand_over(send: Callable[..., int], target: str, seen: dict[str, Any], random: Random, pool: list[int]) -> int:
    """To whomever, in the middle of whatever it is now: refused where that makes no sense."""
    week, person_id = str(FIRST_WEEK + random.randrange(WEEKS)), str(random.choice(pool))
    fields = seen | {"from_week": week, "person_id": person_id, "share": "20", "seen": f"{week}|{person_id}|20||"}
    answer = send(f"{target}/uebergeben", fields)
    return REFUSED if answer == UNKNOWN else answer


def _seen(app: Flask, model: type[Assignment] | type[Need], identity: int) -> dict[str, Any]:
    """The version that a page opened just now would send."""
    with app.app_context():
        row = db.session.get(model, identity)
        return {"version": row.version if row else 0}


def _change_person(app: Flask, random: Random, pool: list[int]) -> int:
    """What a pool page would do: an absence, or another pool share that may leave an open conflict."""
    with app.app_context():
        person = db.session.get_one(Person, random.choice(pool))
        try:
            if random.random() < 0.5:
                day = FIRST_WEEK.monday + timedelta(days=random.randrange(WEEKS * 7))
                add_absence(person, day, day)
            else:
                share = PoolShareData(from_week=FIRST_WEEK, to_week=None, share=random.choice((50, 80, 100)))
                replace_pool_shares(person, [share], accept_conflict=random.random() < 0.5)
            db.session.commit()
        except Problem as problem:
            db.session.rollback()
            return problem.status
        except StaleDataError:
            db.session.rollback()
            return REFUSED
        return BOOKED
