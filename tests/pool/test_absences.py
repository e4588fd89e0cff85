"""Absences: two days and no reason; entered by the person or the CIO office."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.pool.models import Absence
from tests import factories
from tests.support.client import Client

FIRST, LAST = date(2027, 3, 1), date(2027, 3, 5)
FORM = {"from_date": "01.03.2027", "to_date": "2027-03-05"}


def stored() -> list[tuple[date, date]]:
    rows = db.session.scalars(select(Absence).order_by(Absence.from_date))
    return [(row.from_date, row.to_date) for row in rows]


@pytest.mark.parametrize("name", ["carla", "paul"])
def test_cio_office_and_the_person_enter_absences(client_of: Callable[..., Client], cast: Any, name: str) -> None:
    client, address = client_of(cast.users[name]), f"/personen/{cast.paul_person.id}/abwesenheiten"

    page = client.post(address, data=FORM, follow_redirects=True).text

    assert stored() == [(FIRST, LAST)]
    assert "01.03.2027 – 05.03.2027" in page
    assert "nie der Grund" in page


@pytest.mark.parametrize("name", ["konrad", "lea", "mia", "rita", "anton"])
def test_others_neither_read_nor_enter_days(client_of: Callable[..., Client], cast: Any, name: str) -> None:
    absence = factories.absence(cast.paul_person, FIRST, LAST)
    client = client_of(cast.users[name])

    assert client.get(f"/personen/{cast.paul_person.id}/abwesenheiten").status_code == 403
    assert client.post(f"/personen/{cast.paul_person.id}/abwesenheiten", data=FORM).status_code == 403
    assert client.get(f"/abwesenheiten/{absence.id}/bearbeiten").status_code == 403
    assert client.post(f"/abwesenheiten/{absence.id}/loeschen").status_code == 403
    assert stored() == [(FIRST, LAST)]


def test_of_others_a_pool_member_finds_no_absence(client_of: Callable[..., Client], cast: Any) -> None:
    absence = factories.absence(cast.lea_person, FIRST, LAST)
    client = client_of(cast.paul)

    assert client.post(f"/abwesenheiten/{absence.id}/bearbeiten", data=FORM).status_code == 404
    assert client.post(f"/abwesenheiten/{absence.id}/loeschen").status_code == 404
    assert stored() == [(FIRST, LAST)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"to_date": "2027-02-28"}, "Das Ende liegt vor dem Anfang."),
        ({"to_date": "2027-02-30"}, "Bitte ein Datum eingeben"),
        ({"from_date": ""}, "Bitte geben Sie den ersten Tag an."),
        ({"from_date": "1999-01-01"}, "zwischen 2000 und 2099"),
        ({"from_date": "2027-03-10", "to_date": "2027-03-12"}, "schon eine Abwesenheit eingetragen"),
    ],
)
def test_wrong_days_are_explained_and_kept(
    client_of: Callable[..., Client], cast: Any, change: dict[str, str], sentence: str
) -> None:
    taken = date(2027, 3, 12)
    factories.absence(cast.paul_person, taken, taken + timedelta(days=3))
    data = FORM | change

    answer = client_of(cast.paul).post(f"/personen/{cast.paul_person.id}/abwesenheiten", data=data)

    assert answer.status_code in (409, 422)
    assert answer.text.count(sentence) >= 2
    assert f'value="{data["to_date"]}"' in answer.text
    assert len(stored()) == 1


def test_changing_moves_the_days(client_of: Callable[..., Client], cast: Any) -> None:
    absence = factories.absence(cast.paul_person, FIRST, LAST)
    client, address = client_of(cast.paul), f"/abwesenheiten/{absence.id}/bearbeiten"

    page = client.get(address).text
    client.post(address, data=FORM | {"to_date": "2027-03-06", "version": "1"})

    assert 'value="2027-03-01"' in page
    assert stored() == [(FIRST, date(2027, 3, 6))]


def test_a_stale_change_shows_both(client_of: Callable[..., Client], cast: Any) -> None:
    absence = factories.absence(cast.paul_person, FIRST, LAST)
    client, address = client_of(cast.paul), f"/abwesenheiten/{absence.id}/bearbeiten"
    client.post(address, data=FORM | {"to_date": "2027-03-06", "version": "1"})

    answer = client.post(address, data=FORM | {"to_date": "2027-03-08", "version": "1"})

    assert answer.status_code == 409
    assert "<td>2027-03-06</td><td>2027-03-08</td>" in answer.text


def test_deleting_takes_it_away(client_of: Callable[..., Client], cast: Any) -> None:
    absence = factories.absence(cast.paul_person, FIRST, LAST)

    answer = client_of(cast.paul).post(f"/abwesenheiten/{absence.id}/loeschen", data={"version": absence.version})

    assert answer.location == f"/personen/{cast.paul_person.id}/abwesenheiten"
    assert stored() == []
