"""How much of a person may be planned: rows of weeks, and what a smaller share leaves open."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from portfolio.planning.weeks import Week
from portfolio.pool import services
from portfolio.pool.services import PoolShareData
from tests.pool import rows
from tests.pool.rows import NOW, conflicts, shares_form, stored_shares
from tests.support.client import Client


def test_rows_replace_what_was_there(client_of: Callable[..., Client], cast: Any) -> None:
    person = rows.person("Bea", (NOW, None, 100))
    form = shares_form(person, (NOW, NOW + 9, 50), (NOW + 10, "", 80))

    answer = client_of(cast.carla).post(f"/personen/{person.id}/poolanteile", data=form)

    assert answer.location == f"/personen/{person.id}"
    assert stored_shares(person) == [(NOW, NOW + 9, 50), (NOW + 10, None, 80)]


def test_page_shows_the_rows_and_empty_ones_do_not_count(client_of: Callable[..., Client], cast: Any) -> None:
    person = rows.person("Bea", (NOW, NOW + 9, 50), (NOW + 10, None, 80))
    client, address = client_of(cast.carla), f"/personen/{person.id}/poolanteile"

    page = client.get(address).text
    client.post(address, data=shares_form(person, ("", "", ""), (NOW, NOW + 9, 50), (" ", "", "")))

    assert f'value="KW {NOW.number:02d}/{NOW.year}"' in page
    assert 'value="80"' in page
    assert stored_shares(person) == [(NOW, NOW + 9, 50)]


def test_server_adds_and_removes_rows_and_keeps_what_was_typed(client_of: Callable[..., Client], cast: Any) -> None:
    person = rows.person("Bea")
    client, address = client_of(cast.carla), f"/personen/{person.id}/poolanteile"
    typed = (("KW 5/2027", "", "x"), ("KW 9/2027", "", "70"))

    more = client.post(address, data=shares_form(person, *typed, step="add"))
    less = client.post(address, data=shares_form(person, *typed, step="remove:0"))

    assert more.status_code == 200
    assert 'name="pool_shares-2-from_week"' in more.text
    assert 'value="KW 5/2027"' in more.text
    assert 'value="KW 5/2027"' not in less.text
    assert 'value="KW 9/2027"' in less.text
    assert stored_shares(person) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([(NOW, "", 101)], "zwischen 0 und 100"),
        ([(NOW, "", 90)], "nicht größer sein als der Vertragsanteil von 80"),
        ([(NOW, "", "")], "Bitte geben Sie den Anteil an."),
        ([("", "", 50)], "Bitte geben Sie die erste Woche an"),
        ([("KW 60/2026", "", 50)], "Bitte eine Kalenderwoche eingeben"),
        ([(NOW + 5, NOW, 50)], "Die letzte Woche liegt vor der ersten."),
        ([(NOW, "", 50), (NOW + 5, "", 50)], "dürfen sich nicht überschneiden"),
        ([(NOW, NOW + 5, 50), (NOW + 5, "", 50)], "gibt es zwei Poolanteile"),
    ],
)
def test_wrong_rows_are_explained_and_kept(
    client_of: Callable[..., Client], cast: Any, given: list[Any], sentence: str
) -> None:
    person = rows.person("Bea", (NOW, None, 70), contract_share=80)

    answer = client_of(cast.carla).post(f"/personen/{person.id}/poolanteile", data=shares_form(person, *given))

    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2  # on top and at the rows
    assert f'value="{given[0][2]}"' in answer.text
    assert stored_shares(person) == [(NOW, None, 70)]


def test_what_a_former_contract_allowed_stays(client_of: Callable[..., Client], cast: Any) -> None:
    person = rows.person("Bea", (NOW - 20, NOW - 10, 100), contract_share=50)
    form = shares_form(person, (NOW - 20, NOW - 10, 100), (NOW, "", 50))

    assert client_of(cast.carla).post(f"/personen/{person.id}/poolanteile", data=form).status_code == 302


def test_shrinking_below_what_is_booked_lists_the_weeks_and_saves_nothing(
    client_of: Callable[..., Client], cast: Any
) -> None:
    person = rows.person("Bea", (NOW, None, 100))
    rows.booked(person, 60, NOW + 1, NOW + 3)
    rows.booked(person, 20, NOW + 3, NOW + 4)

    answer = client_of(cast.carla).post(f"/personen/{person.id}/poolanteile", data=shares_form(person, (NOW, "", 50)))

    assert answer.status_code == 409
    table = answer.text.split("<caption")[1].split("</table>")[0]
    assert table.count('<th scope="row">') == 2  # the first two weeks say the same, the fourth is not too much
    assert "30\u202f%" in table
    assert 'name="accept_conflict"' in answer.text
    assert stored_shares(person) == [(NOW, None, 100)]


def test_accepting_the_conflict_keeps_it_open_until_the_share_grows(
    client_of: Callable[..., Client], cast: Any
) -> None:
    person = rows.person("Bea", (NOW, None, 100))
    rows.booked(person, 60, NOW + 1, NOW + 2)
    client, address = client_of(cast.carla), f"/personen/{person.id}/poolanteile"

    client.post(address, data=shares_form(person, (NOW, "", 50), accept_conflict="y"))
    assert stored_shares(person) == [(NOW, None, 50)]
    assert conflicts(person) == {NOW + 1: 10, NOW + 2: 10}

    client.post(address, data=shares_form(person, (NOW, "", 60)))
    assert conflicts(person) == {}


def test_leaving_the_pool_leaves_what_is_booked_as_a_conflict(client_of: Callable[..., Client], cast: Any) -> None:
    person = rows.person("Bea", (NOW, None, 100))
    rows.booked(person, 40, NOW, NOW)
    client, address = client_of(cast.carla), f"/personen/{person.id}/poolanteile"

    assert client.post(address, data=shares_form(person, ("", "", ""))).status_code == 409
    client.post(address, data=shares_form(person, ("", "", ""), accept_conflict="y"))

    assert stored_shares(person) == []
    assert conflicts(person) == {NOW: 40}


def test_a_logged_override_elsewhere_is_no_conflict(client_of: Callable[..., Client], cast: Any) -> None:
    person = rows.person("Bea", (NOW, NOW + 9, 100))
    rows.allowed_beyond(person, 50, NOW + 20, NOW + 21)
    rows.booked(person, 50, NOW + 20, NOW + 21)

    answer = client_of(cast.carla).post(
        f"/personen/{person.id}/poolanteile", data=shares_form(person, (NOW, NOW + 5, 80))
    )

    assert answer.status_code == 302
    assert conflicts(person) == {}


def test_a_row_that_stays_the_same_stays_the_same_row(app: Any) -> None:
    person = rows.person("Bea", (NOW, NOW + 9, 100), (NOW + 10, None, 80))
    first = person.pool_shares[0].id
    wanted = [(NOW, NOW + 9, 100), (NOW + 10, None, 60)]

    services.replace_pool_shares(person, [PoolShareData(from_week=a, to_week=b, share=c) for a, b, c in wanted])

    assert stored_shares(person) == wanted
    assert person.pool_shares[0].id == first


def test_a_stale_form_shows_both(client_of: Callable[..., Client], cast: Any) -> None:
    person = rows.person("Bea", (NOW, None, 100))
    client, address = client_of(cast.carla), f"/personen/{person.id}/poolanteile"
    version = str(person.version)
    client.post(address, data=shares_form(person, (NOW, "", 90), version=version))

    answer = client.post(address, data=shares_form(person, (NOW, "", 70), version=version))

    assert answer.status_code == 409
    week = f"KW {NOW.number:02d}/{NOW.year}"
    assert f"<td>{week}, 90</td><td>{NOW}, 70</td>" in answer.text
    assert stored_shares(person) == [(NOW, None, 90)]


def test_weeks_are_read_as_people_write_them(client_of: Callable[..., Client], cast: Any) -> None:
    person = rows.person("Bea")
    form = shares_form(person, ("kw49/2026", "2026-W53", 50))

    client_of(cast.carla).post(f"/personen/{person.id}/poolanteile", data=form)

    assert stored_shares(person) == [(Week.of(2026, 49), Week.of(2026, 53), 50)]


def test_an_override_lets_one_booking_pass_the_pool_share(app: Any) -> None:
    person = rows.person("Bea", (NOW, None, 50))
    rows.allowed_beyond(person, 20, NOW, NOW + 2)

    rows.booked(person, 70, NOW, NOW + 2)

    with pytest.raises(IntegrityError, match="not_overbooked"):
        rows.booked(person, 1, NOW + 2, NOW + 2)
