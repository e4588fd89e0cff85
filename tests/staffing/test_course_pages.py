"""The pages that end, shorten, extend, share out or hand over: they tell first, and do it when told again."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portfolio.audit.models import AuditEntry
from portfolio.extensions import db
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.web import clock
from tests import factories
from tests.factories import FIRST_WEEK
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]
WAYS = ("uebergeben", "anteil", "verlaengern", "verkuerzen", "beenden")


@pytest.fixture
def made(cast: Any) -> Assignment:
    """Lea works ten weeks, KW 49/2026 to KW 05/2027, 40 percent for a need that this covers."""
    need = factories.need(cast.project, cast.fim, to_week=FIRST_WEEK + 9)
    return factories.assignment(cast.lea_person, cast.project, need_id=need.id, to_week=FIRST_WEEK + 9)


def _send(client: Client, made: Assignment, way: str, **fields: Any) -> Any:
    return client.post(f"/zuordnungen/{made.id}/{way}", data={"version": made.version} | fields)


def _do(client: Client, made: Assignment, way: str, **fields: Any) -> Any:
    """As the page does it: the second time with what the first one has shown."""
    shown = _send(client, made, way, **fields)
    assert shown.status_code == 200, shown.text
    seen = shown.text.split('name="seen" value="')[1].split('"')[0]
    return _send(client, made, way, seen=seen, **fields)


def test_ending_says_first_what_it_leads_to(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    page = _send(client_of(cast.carla), made, "beenden", to_week="KW 52/2026").text
    for words in (
        "Lea Lindner arbeitet bis KW 52/2026; danach ist die Zuordnung beendet.",
        "Bei Lea Lindner werden 40\u202f% frei, KW 53/2026 – KW 05/2027.",
        "Ein Einvernehmen ist dafür nicht nötig.",
        "Bedarf „FIM-Prozesse ab Stufe 2“ (Kita-Fachkräfte online): KW 53/2026 – KW 05/2027 0 h statt",
        "KW 53/2026 – KW 05/2027: 40\u202f% offen.",
    ):
        assert words in page
    assert (made.state, made.to_week) == (AssignmentState.CONFIRMED, FIRST_WEEK + 9)


def test_ending(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    answer = _do(client_of(cast.carla), made, "beenden", to_week="KW 52/2026")
    assert answer.location == f"/zuordnungen/{made.id}"
    assert (made.state, made.to_week) == (AssignmentState.ENDED, FIRST_WEEK + 3)
    logged = db.session.scalars(select(AuditEntry).where(AuditEntry.actor_id == cast.carla.id)).all()
    assert [(entry.object_type, entry.object_id) for entry in logged] == [("assignment", made.id)]


@pytest.mark.parametrize(
    ("way", "fields", "to_week"),
    [("verkuerzen", {"to_week": "KW 51/2026"}, 2), ("verlaengern", {"to_week": "KW 08/2027"}, 12)],
)
def test_shorter_and_longer(
    cast: Any, client_of: ClientOf, made: Assignment, way: str, fields: dict[str, str], to_week: int
) -> None:
    assert _do(client_of(cast.carla), made, way, **fields).status_code == 302
    assert (made.to_week, made.state) == (FIRST_WEEK + to_week, AssignmentState.CONFIRMED)


def test_another_share_splits(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    answer = _do(client_of(cast.carla), made, "anteil", from_week="KW 53/2026", share="20")
    rest = db.session.get_one(Assignment, int(answer.location.rpartition("/")[2]))
    assert (made.to_week, rest.from_week, rest.share, rest.need_id) == (
        FIRST_WEEK + 3,
        FIRST_WEEK + 4,
        20,
        made.need_id,
    )


def test_handing_over(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    carla, fields = client_of(cast.carla), {"from_week": "KW 53/2026", "person_id": cast.paul_person.id, "share": "40"}
    page = _send(carla, made, "uebergeben", **fields).text
    assert "Paul Pohl übernimmt KW 53/2026 – KW 05/2027 mit 40\u202f%, zunächst als „vorgeschlagen“." in page
    assert "neues Einvernehmen der Stammdienststelle nötig: Finanzministerium." in page
    assert "Am Bedarf ändert sich nichts" in page
    answer = _do(carla, made, "uebergeben", **fields)
    successor = db.session.get_one(Assignment, int(answer.location.rpartition("/")[2]))
    assert (successor.person_id, successor.state) == (cast.paul_person.id, AssignmentState.PROPOSED)


def test_successors_are_offered_with_reasons(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    page = client_of(cast.carla).get(f"/zuordnungen/{made.id}/uebergeben").text
    assert "Stufe 3, mehr als gefordert" in page
    assert f'name="chosen" value="{cast.paul_person.id}"' in page
    assert "Lea Lindner auswählen" not in page


def test_a_candidate_is_chosen_with_what_was_typed(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    fields = {"from_week": "KW 53/2026", "person_id": "", "share": "30", "chosen": cast.paul_person.id}
    page = _send(client_of(cast.carla), made, "uebergeben", **fields).text
    assert "Paul Pohl übernimmt KW 53/2026 – KW 05/2027 mit 30\u202f%" in page


def test_address_chooses_the_successor(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    address = f"/zuordnungen/{made.id}/uebergeben?week=2026-W50&person={cast.paul_person.id}"
    page = client_of(cast.carla).get(address).text
    assert "Paul Pohl übernimmt KW 50/2026 – KW 05/2027 mit 40\u202f%" in page


@pytest.mark.parametrize("query", ["week=gestern&person=x", "week=2050-W01&person=99", "person=-1&week=2026-W50"])
def test_nonsense_in_the_address_is_explained(cast: Any, client_of: ClientOf, made: Assignment, query: str) -> None:
    assert client_of(cast.carla).get(f"/zuordnungen/{made.id}/uebergeben?{query}").status_code == 200


def test_without_a_person_nothing_is_handed_over(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    carla = client_of(cast.carla)
    answer = _send(carla, made, "uebergeben", from_week="KW 53/2026")
    assert (answer.status_code, "Bitte wählen Sie eine Person." in answer.text) == (422, True)
    looked = _send(carla, made, "uebergeben", from_week="KW 53/2026", step="preview")
    assert (looked.status_code, "Gesucht ab der Übergabe: 40\u202f% in KW 53/2026" in looked.text) == (200, True)


def _too_much(cast: Any, client: Client, made: Assignment, **fields: Any) -> Any:
    """Paul is booked half from KW 49/2026 to KW 08/2027, and is to take over more than the other half."""
    typed = {"from_week": "KW 53/2026", "person_id": cast.paul_person.id, "share": "60"} | fields
    return _send(client, made, "uebergeben", **typed)


def test_too_much_names_weeks_and_ways_out(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    answer = _too_much(cast, client_of(cast.carla), made)
    assert answer.status_code == 409
    for words in ("Paul Pohl hat nicht genug frei.", "In 6 Wochen", "Mit 50\u202f% über alle Wochen"):
        assert words in answer.text
    assert made.to_week == FIRST_WEEK + 9


def test_a_reason_goes_beyond_the_pool_share(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    carla = client_of(cast.carla)
    shown = _too_much(cast, carla, made, override_reason="Frist des OZG")
    assert shown.status_code == 200
    seen = shown.text.split('name="seen" value="')[1].split('"')[0]
    assert _too_much(cast, carla, made, override_reason="Frist des OZG", seen=seen).status_code == 302
    assert made.to_week == FIRST_WEEK + 3


def test_as_far_as_it_fits_is_offered(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    factories.assignment(
        cast.lea_person, cast.foreign_project, share=80, from_week=FIRST_WEEK + 12, to_week=FIRST_WEEK + 14
    )
    carla = client_of(cast.carla)
    longer = _send(carla, made, "verlaengern", to_week="KW 20/2027")
    more = _send(carla, made, "anteil", from_week="KW 50/2026", share="100")
    assert (longer.status_code, "Nur bis KW 07/2027 verlängern" in longer.text) == (409, True)
    assert more.status_code == 200


@pytest.mark.parametrize(
    ("way", "fields", "sentence"),
    [
        ("beenden", {"to_week": ""}, "Bitte geben Sie die letzte Woche an."),
        ("beenden", {"to_week": "KW 06/2027"}, "Möglich ist KW 49/2026 – KW 05/2027."),
        ("verkuerzen", {"to_week": "KW 05/2027"}, "Möglich ist KW 49/2026 – KW 04/2027."),
        ("verlaengern", {"to_week": "KW 05/2027"}, "Möglich ist ab KW 06/2027."),
        ("anteil", {"from_week": "KW 53/2026", "share": "40"}, "Das ist der Anteil, den die Zuordnung schon hat."),
        ("anteil", {"from_week": "KW 53/2026", "share": "101"}, "zwischen 1 und 100"),
        ("uebergeben", {"from_week": "KW 53/2026", "person_id": "1"}, "Diese Person hat die Zuordnung schon."),
        ("uebergeben", {"from_week": "KW 53/2026", "person_id": "999"}, "Bitte wählen Sie eine aktive Person."),
    ],
)
def test_bad_input_is_explained(
    cast: Any, client_of: ClientOf, made: Assignment, way: str, fields: dict[str, str], sentence: str
) -> None:
    answer = _send(client_of(cast.carla), made, way, **fields)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert (made.to_week, made.share, made.state) == (FIRST_WEEK + 9, 40, AssignmentState.CONFIRMED)


@pytest.mark.parametrize("version", [{"version": ""}, {"version": "0"}])
@pytest.mark.parametrize("way", ["beenden", "verkuerzen"])
def test_a_late_form_shows_both_states(
    cast: Any, client_of: ClientOf, made: Assignment, way: str, version: dict[str, str]
) -> None:
    answer = _send(client_of(cast.carla), made, way, to_week="KW 52/2026", seen="2026-W52", **version)
    assert (answer.status_code, made.to_week) == (409, FIRST_WEEK + 9)
    assert "<td>KW 05/2027</td><td>KW 52/2026</td>" in answer.text


def test_the_same_form_sent_twice_acts_once(cast: Any, client_of: ClientOf) -> None:
    agreed = {"state": AssignmentState.CONFIRMED, "agreed_on": clock.today(), "share": 20}
    made = factories.assignment(cast.paul_person, cast.project, **agreed)
    carla, fields = client_of(cast.carla), {"version": made.version, "to_week": "KW 10/2027", "seen": "2027-W10"}
    address, count = f"/zuordnungen/{made.id}/verlaengern", db.session.query(Assignment).count()
    assert [carla.post(address, data=fields).status_code for _ in range(2)] == [302, 409]
    assert db.session.query(Assignment).count() == count + 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("who", "status"),
    [("konrad", 403), ("lea", 403), ("paul", 403), ("mia", 403), ("otto", 403), ("rita", 403), ("anton", 403)],
)
def test_nobody_else_does(cast: Any, client_of: ClientOf, made: Assignment, way: str, who: str, status: int) -> None:
    client = client_of(cast.users[who])
    fields = {"to_week": "KW 52/2026", "from_week": "KW 52/2026", "share": "20", "person_id": cast.paul_person.id}
    assert client.get(f"/zuordnungen/{made.id}/{way}").status_code == status
    assert _send(client, made, way, **fields).status_code == status


@pytest.mark.parametrize("way", WAYS)
def test_unknown_assignment_is_not_found(cast: Any, client_of: ClientOf, way: str) -> None:
    assert client_of(cast.carla).get(f"/zuordnungen/999/{way}").status_code == 404


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("state", [AssignmentState.ENDED, AssignmentState.DECLINED])
def test_what_is_over_offers_and_takes_nothing(
    cast: Any, client_of: ClientOf, made: Assignment, way: str, state: AssignmentState
) -> None:
    made.state = state
    carla = client_of(cast.carla)
    assert f"/zuordnungen/{made.id}/{way}" not in carla.get(f"/zuordnungen/{made.id}").text
    answer = carla.get(f"/zuordnungen/{made.id}/{way}")
    assert (answer.status_code, "ändert sich nicht mehr" in answer.text) == (409, True)


@pytest.mark.parametrize("way", ["", *(f"/{way}" for way in WAYS), "/uebergeben?week=2026-W50&person=3"])
def test_query_budget(cast: Any, client_of: ClientOf, made: Assignment, way: str) -> None:
    client = client_of(cast.carla)
    db.session.commit()
    with count_queries() as queries:
        assert client.get(f"/zuordnungen/{made.id}{way}").status_code == 200
    assert len(queries) <= 12
