"""The catalogue of skills: everybody reads it, the CIO office and the administration change it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.pool.models import Skill
from portfolio.web import clock
from tests import factories
from tests.support.client import Client
from tests.support.queries import count_queries

FORM = {"name": "Prozessmodellierung", "code": "BPMN", "area": "Prozess & Organisation"}


def codes() -> list[str]:
    return list(db.session.scalars(select(Skill.code).order_by(Skill.code)))


def test_everybody_reads_it_by_area(client_of: Callable[..., Client], cast: Any) -> None:
    factories.skill("Architektur", code="ARCH", area="Technik")

    for user in cast.users.values():
        page = client_of(user).get("/faehigkeiten").text
        assert page.index("FIM &amp; Recht") < page.index("FIM-Prozesse") < page.index("Architektur")


@pytest.mark.parametrize("name", ["carla", "konrad"])
def test_planners_see_how_many_hold_a_skill_from_each_level_on(
    client_of: Callable[..., Client], cast: Any, name: str
) -> None:
    factories.person("Ina", active=False, skills={cast.fim: 4})
    factories.person("Ida", skills={cast.fim: 1})

    page = client_of(cast.users[name]).get("/faehigkeiten").text

    counts = [page.count(f"FIM-Prozesse ab Stufe {level}") for level in (1, 2, 3, 4)]
    assert counts == [1, 1, 1, 0]
    assert 'aria-label="2 Personen mit FIM-Prozesse ab Stufe 1">2</a>' in page
    assert 'aria-label="1 Person mit FIM-Prozesse ab Stufe 3">1</a>' in page


@pytest.mark.parametrize("name", ["lea", "paul", "mia", "rita", "anton"])
def test_others_learn_no_number_that_could_mean_somebody(
    client_of: Callable[..., Client], cast: Any, name: str
) -> None:
    many = factories.skill("Architektur")
    for _ in range(5):
        factories.person(skills={many: 2})

    rows = dict(
        re.findall(r'<th scope="row">([^<]*)</th>.*?--numeric">([^<]*)<', page(client_of, cast.users[name]), re.DOTALL)
    )

    assert (rows["FIM-Prozesse"], rows["Architektur"]) == ("unter 5", "5")


def test_what_has_ended_is_not_counted(client_of: Callable[..., Client], cast: Any) -> None:
    cast.paul_person.skills[0].valid_to_week = clock.this_week() - 1

    assert "Person mit FIM-Prozesse" not in page(client_of, cast.carla)


def page(client_of: Callable[..., Client], user: Any) -> str:
    return client_of(user).get("/faehigkeiten").text


@pytest.mark.parametrize(
    ("search", "found"),
    [("q=prozess", True), ("q=fim-p", True), ("q=datenbank", False), ("area=FIM+%26+Recht", True), ("area=x", True)],
)
def test_search(client_of: Callable[..., Client], cast: Any, search: str, found: bool) -> None:
    page = client_of(cast.mia).get(f"/faehigkeiten?{search}").text

    assert ("FIM-Prozesse" in page) is found
    assert ("Keine Fähigkeit gefunden" in page) is not found


@pytest.mark.parametrize("name", ["carla", "anton"])
def test_creating_and_changing(client_of: Callable[..., Client], cast: Any, name: str) -> None:
    client = client_of(cast.users[name])

    client.post("/faehigkeiten/neu", data=FORM)
    skill = db.session.scalar(select(Skill).where(Skill.code == "BPMN"))
    client.post(f"/faehigkeiten/{skill.id}/bearbeiten", data=FORM | {"name": "Ältere BPMN", "version": "1"})

    assert (skill.name, skill.sort_key, skill.area) == ("Ältere BPMN", "aeltere bpmn", "Prozess & Organisation")


@pytest.mark.parametrize("name", ["konrad", "lea", "paul", "mia", "rita"])
def test_others_do_not(client_of: Callable[..., Client], cast: Any, name: str) -> None:
    client = client_of(cast.users[name])

    assert client.get("/faehigkeiten/neu").status_code == 403
    assert client.post("/faehigkeiten/neu", data=FORM).status_code == 403
    assert client.post(f"/faehigkeiten/{cast.fim.id}/bearbeiten", data=FORM).status_code == 403
    assert codes() == ["FIM-P"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "FIM-P"}, "Dieses Kürzel hat schon eine andere Fähigkeit."),
        ({"code": ""}, "Bitte geben Sie ein Kürzel ein."),
        ({"name": " "}, "Bitte geben Sie einen Namen ein."),
        ({"area": ""}, "Bitte geben Sie einen Bereich an."),
    ],
)
def test_wrong_input_is_explained(
    client_of: Callable[..., Client], cast: Any, change: dict[str, str], sentence: str
) -> None:
    answer = client_of(cast.carla).post("/faehigkeiten/neu", data=FORM | change)

    assert answer.status_code in (409, 422)
    assert answer.text.count(sentence) >= 2
    assert codes() == ["FIM-P"]


def test_a_stale_form_shows_both(client_of: Callable[..., Client], cast: Any) -> None:
    client, address = client_of(cast.carla), f"/faehigkeiten/{cast.fim.id}/bearbeiten"
    client.post(address, data=FORM | {"version": "1"})

    answer = client.post(address, data=FORM | {"name": "Anders", "version": "1"})

    assert answer.status_code == 409
    assert "<td>Prozessmodellierung</td><td>Anders</td>" in answer.text


def test_queries_do_not_grow_with_the_catalogue(client_of: Callable[..., Client], cast: Any) -> None:
    client, counts = client_of(cast.carla), []
    for _round in range(2):
        for _number in range(20):
            factories.skill()
        db.session.commit()
        with count_queries() as asked:
            client.get("/faehigkeiten")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 5
