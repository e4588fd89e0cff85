"""One need: its coverage, its people, and who could take it."""

import re
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.staffing.models import AssignmentState
from tests import factories
from tests.factories import FIRST_WEEK
from tests.support.queries import count_queries


def _offered(page: str) -> list[str]:
    """The names of those who can be assigned at once, in their order."""
    return re.findall(r'aria-label="([^"]*) zuordnen"', page)


def test_candidates_are_ranked(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    factories.person("Vera Viel", skills={cast.fim: 4})
    factories.person("Genau Richtig", skills={cast.fim: 2})
    factories.person("Wenig Zeit", pool_share=20, skills={cast.fim: 2})
    page = client_of(cast.carla).get(f"/bedarfe/{need.id}").text
    assert _offered(page) == ["Genau Richtig", "Paul Pohl", "Vera Viel", "Wenig Zeit"]


def test_reasons_stand_in_words(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    page = client_of(cast.carla).get(f"/bedarfe/{need.id}").text
    for words in ("Stufe 3, mehr als gefordert", "40\u202f% frei in allen Wochen", "kennt das Projekt schon"):
        assert words in page


def test_weeks_with_too_little_are_named(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim, share=60)
    assert "in KW 49/2026 – KW 07/2027 nur 50\u202f% frei" in client_of(cast.carla).get(f"/bedarfe/{need.id}").text


def test_form_offers_what_is_open_from_this_week_on(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim, from_week=FIRST_WEEK - 4)
    page = client_of(cast.carla).get(f"/bedarfe/{need.id}").text
    values = re.findall(rf'id="(?:share|from_week|to_week)-{cast.paul_person.id}"[^>]* value="([^"]*)"', page)
    assert values == ["40", "KW 49/2026", "KW 07/2027"]


def test_why_nobody_can(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim, level=4)
    page = client_of(cast.carla).get(f"/bedarfe/{need.id}").text
    assert "Niemand hat FIM-Prozesse ab Stufe 4 über alle Wochen." in page
    assert "1 Person liegt eine Stufe darunter." in page
    assert "nur Stufe 3" in page


def test_what_is_lacking_whomever_one_takes(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim, share=100)
    page = client_of(cast.carla).get(f"/bedarfe/{need.id}").text
    assert "FIM-Prozesse ab Stufe 2, KW 49/2026 – KW 07/2027: 6 Personenwochen fehlen" in page


def test_nobody_has_the_skill(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, factories.skill("ThAVEL"))
    page = client_of(cast.carla).get(f"/bedarfe/{need.id}").text
    assert "Niemand im Pool hat in diesen Wochen die Fähigkeit „ThAVEL“." in page


def test_staffed_need_asks_for_nobody(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    factories.assignment(factories.person("Frieda Fertig"), cast.project, need_id=need.id)
    page = client_of(cast.carla).get(f"/bedarfe/{need.id}").text
    assert "Hier ist nichts mehr zu besetzen." in page
    assert "Frieda Fertig" in page


def test_more_than_is_wanted_is_no_over_booking(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim, share=40)
    factories.assignment(factories.person("Frieda Fertig"), cast.project, need_id=need.id, share=60)
    page = client_of(cast.carla).get(f"/bedarfe/{need.id}").text
    assert "week-bar__value--full" in page
    assert "week-bar__value--over" not in page


def test_volume_is_shown_in_person_days(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim, kind=NeedKind.VOLUME, person_days=12)
    page = client_of(cast.carla).get(f"/bedarfe/{need.id}").text
    assert "12 Personentage, höchstens 40\u202f% (16 h/Woche)" in page


@pytest.mark.parametrize(("who", "shown"), [("carla", True), ("konrad", True), ("lea", True), ("mia", False)])
def test_weeks_that_deliver_less_are_told(cast: Any, client_of: Any, who: str, shown: bool) -> None:
    need = factories.need(cast.project, cast.fim, to_week=FIRST_WEEK)
    factories.assignment(cast.paul_person, cast.project, need_id=need.id, to_week=FIRST_WEEK)
    factories.absence(cast.paul_person, FIRST_WEEK.monday, FIRST_WEEK.monday)
    page = client_of(cast.users[who]).get(f"/bedarfe/{need.id}").text
    assert ("In 1 Woche wird weniger geliefert" in page) is shown
    assert ("12,8 h statt 16 h" in page) is shown


def test_who_has_left_is_no_candidate(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    cast.paul_person.active = False
    assert _offered(client_of(cast.carla).get(f"/bedarfe/{need.id}").text) == []


def test_coordination_reads_candidates_but_books_nobody(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    page = client_of(cast.konrad).get(f"/bedarfe/{need.id}").text
    assert "Paul Pohl" in page
    assert "/zuordnungen/neu" not in page


@pytest.mark.parametrize("who", ["lea", "mia"])
def test_others_see_no_candidates(cast: Any, client_of: Any, who: str) -> None:
    need = factories.need(cast.project, cast.fim)
    assert "Paul Pohl" not in client_of(cast.users[who]).get(f"/bedarfe/{need.id}").text


def test_ministry_sees_names_without_shares(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim, share=40)
    factories.assignment(factories.person("Frieda Fern"), cast.project, need_id=need.id, share=23)
    page = client_of(cast.mia).get(f"/bedarfe/{need.id}").text
    assert "Frieda Fern" in page
    assert "23" not in re.sub(r"\d{2}\.\d{2}", "", page.split("<main")[1])


@pytest.mark.parametrize(("who", "status"), [("otto", 404), ("lea", 200), ("paul", 403), ("rita", 403), ("anton", 403)])
def test_who_may_look(cast: Any, client_of: Any, who: str, status: int) -> None:
    need = factories.need(cast.project, cast.fim)
    assert client_of(cast.users[who]).get(f"/bedarfe/{need.id}").status_code == status


def test_unknown_need_is_not_found(cast: Any, client_of: Any) -> None:
    assert client_of(cast.carla).get("/bedarfe/99999999999").status_code == 404


def test_lead_is_offered_changes_until_it_is_staffed(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    address = f"/bedarfe/{need.id}/bearbeiten"
    before = client_of(cast.lea).get(f"/bedarfe/{need.id}").text
    factories.assignment(cast.lea_person, cast.project, need_id=need.id, share=10)
    after = client_of(cast.lea).get(f"/bedarfe/{need.id}").text
    assert (address in before, address in after) == (True, False)


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_depend_on_the_number_of_candidates(cast: Any, client_of: Any, count: int) -> None:
    need = factories.need(cast.project, cast.fim)
    for number in range(count):
        person = factories.person(skills={cast.fim: number % 4})
        factories.assignment(person, cast.project, need_id=need.id, share=1, state=AssignmentState.PROPOSED)
    client = client_of(cast.carla)
    db.session.commit()
    with count_queries() as queries:
        client.get(f"/bedarfe/{need.id}")
    assert len(queries) <= 12
