"""Who hears that somebody is away from their work, is back or has left: in weeks, never with days or reasons."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portfolio.access.services import create_token
from portfolio.extensions import db
from portfolio.notify.models import Notice
from portfolio.planning.weeks import Week
from portfolio.staffing.models import Assignment
from tests import factories
from tests.cast import Cast
from tests.pool.rows import NOW
from tests.support.client import Client
from tests.support.review import read_on

ClientOf = Callable[[Any], Client]


def days(first: Week, last: Week | None = None) -> dict[str, str]:
    return {"from_date": first.monday.isoformat(), "to_date": (last or first).sunday.isoformat()}


@pytest.fixture
def work(cast: Cast) -> int:
    """Paul on Lea's project for the ten weeks from the next but one on; what the cast has planned is gone."""
    for row in list(db.session.query(Assignment)):
        db.session.delete(row)
    db.session.flush()
    return factories.assignment(cast.paul_person, cast.project, from_week=NOW + 2, to_week=NOW + 11, share=40).id


def told(cast: Cast) -> dict[str, tuple[str, str]]:
    """Whom of the cast a notice about the assignment reached: its kind, and the weeks it names."""
    db.session.expire_all()
    names = {user.id: name for name, user in cast.users.items()}
    found = db.session.query(Notice).filter(Notice.kind.startswith("assignment_")).order_by(Notice.id)
    return {names[row.user_id]: (row.kind, f"{row.facts['first']} {row.facts['last']}") for row in found}


def test_lead_and_person_read_the_weeks(cast: Cast, client_of: ClientOf, work: int) -> None:
    read_on(client_of(cast.carla), f"/personen/{cast.paul_person.id}/abwesenheiten", days(NOW + 1, NOW + 3))
    away = ("assignment_short", f"{NOW + 2} {NOW + 3}")
    assert told(cast) == {"lea": away, "paul": away}
    page = client_of(cast.lea).get("/hinweise").text
    assert "Paul Pohl kann bei „Kita-Fachkräfte online“ weniger leisten als zugeordnet" in page
    assert (NOW + 2).monday.strftime("%d.%m.%Y") not in page


def test_whoever_enters_it_knows(cast: Cast, client_of: ClientOf, work: int) -> None:
    read_on(client_of(cast.paul), f"/personen/{cast.paul_person.id}/abwesenheiten", days(NOW + 2))
    assert set(told(cast)) == {"lea"}


def test_a_weekend_is_told_to_nobody(cast: Cast, client_of: ClientOf, work: int) -> None:
    saturday = ((NOW + 3).sunday - timedelta(days=1)).isoformat()
    form = {"from_date": saturday, "to_date": saturday}
    assert read_on(client_of(cast.carla), f"/personen/{cast.paul_person.id}/abwesenheiten", form).status_code == 302
    assert told(cast) == {}


def test_coming_back_takes_the_place_of_going(cast: Cast, client_of: ClientOf, work: int) -> None:
    client = client_of(cast.carla)
    read_on(client, f"/personen/{cast.paul_person.id}/abwesenheiten", days(NOW + 2))
    absence = cast.paul_person.absences[0]
    read_on(client, f"/abwesenheiten/{absence.id}/loeschen", {"version": absence.version})
    back = ("assignment_back", f"{NOW + 2} {NOW + 2}")
    assert told(cast) == {"lea": back, "paul": back}
    assert db.session.query(Notice).filter_by(kind="assignment_short").count() == 0


def test_programs_tell_too(cast: Cast, client: Client, work: int) -> None:
    token = create_token(cast.carla, "test")[1]
    address, sent = f"/api/v1/persons/{cast.paul_person.id}/absences", {"Authorization": f"Bearer {token}"}
    made = client.post(address, json=days(NOW + 2), headers=sent).json
    assert set(told(cast)) == {"lea", "paul"}
    moved = days(NOW + 30)
    client.patch(f"{address}/{made['id']}", json=moved, headers=sent | {"If-Match": f'"{made["version"]}"'})
    assert told(cast)["lea"] == ("assignment_back", f"{NOW + 2} {NOW + 2}")


@pytest.mark.parametrize("by_program", [False, True])
def test_the_office_reads_of_work_planned_with_somebody_who_left(
    cast: Cast, client: Client, client_of: ClientOf, work: int, by_program: bool
) -> None:
    person = cast.paul_person
    if by_program:
        sent = {"Authorization": f"Bearer {create_token(cast.anton, 'test')[1]}", "If-Match": f'"{person.version}"'}
        client.patch(f"/api/v1/persons/{person.id}", json={"active": False}, headers=sent)
    else:
        client_of(cast.anton).post(f"/personen/{person.id}/deaktivieren", data={"version": person.version})
    notice = db.session.query(Notice).filter_by(kind="person_left").one()
    assert (notice.user_id, notice.facts) == (cast.carla.id, {"first": str(NOW + 2), "last": str(NOW + 11)})
    assert "Paul Pohl ist deaktiviert, aber noch eingeplant" in client_of(cast.carla).get("/hinweise").text


def test_nobody_reads_of_somebody_who_left_without_work(cast: Cast, client_of: ClientOf) -> None:
    person = factories.person("Bea")
    client_of(cast.anton).post(f"/personen/{person.id}/deaktivieren", data={"version": person.version})
    assert db.session.query(Notice).count() == 0
