"""The heatmap, its table and its file: who sees whom, and that all three say the same."""

import re
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from portfolio.audit.models import AuditEntry, Verb
from portfolio.extensions import db
from tests import factories
from tests.factories import FIRST_WEEK
from tests.staffing.booking import assign
from tests.support.queries import count_queries
from tests.support.tables import cells, figure


def _figure(page: str) -> Any:
    return figure(page, "kapazitaet")


def _table(page: str) -> dict[str, list[str]]:
    """By person all cells, however many tables the weeks fill."""
    found: dict[str, list[str]] = {}
    for name, tds in re.findall(r'<tr><th scope="row"><a [^>]*>([^<]*)</a></th>(.*?)</tr>', page):
        found.setdefault(name, []).extend(re.findall(r"<td[^>]*>([^<]*)</td>", tds))
    return found


def test_table_says_it_in_words(cast: Any, client_of: Any) -> None:
    assign(cast.lea_person, cast.project, cast.carla, share=100, to_week=FIRST_WEEK)
    assign(cast.paul_person, cast.project, cast.carla, "Frist", share=70, from_week=FIRST_WEEK + 1)
    table = _table(client_of(cast.carla).get("/kapazitaet?weeks=12").text)
    assert table["Lea Lindner"][:2] == ["voll", "100\u202f% frei"]
    assert table["Paul Pohl"][:2] == ["50\u202f% frei", "20\u202f% zu viel"]


def test_chart_has_a_layer_for_each_word(cast: Any, client_of: Any) -> None:
    assign(cast.lea_person, cast.project, cast.carla, share=100, to_week=FIRST_WEEK)
    assign(cast.paul_person, cast.project, cast.carla, "Frist", share=70, from_week=FIRST_WEEK + 1)
    free, full, over, signs, _away = _figure(client_of(cast.carla).get("/kapazitaet?weeks=12").text)["data"]
    assert free["y"] == ["Lea Lindner", "Paul Pohl"]
    assert [cells(free["z"])[1][0], cells(full["z"])[0][0], cells(over["z"])[1][1]] == [50, 100, 20]
    assert free["hovertemplate"] == "%{y}<br>%{x}<br>%{z:d} % frei<br>%{customdata:d} von 5 Tagen da<extra></extra>"
    assert (signs["x"][0], signs["y"][0], signs["text"]) == ("KW 50/2026", "Paul Pohl", "!")
    taken = sum(~np.isnan(cells(layer["z"])) for layer in (free, full, over))
    assert taken.max() == 1


def test_who_is_away_has_the_days_beside_and_a_sign(cast: Any, client_of: Any) -> None:
    monday = FIRST_WEEK.monday
    factories.absence(cast.paul_person, monday + timedelta(days=2), monday + timedelta(days=2))
    factories.absence(cast.lea_person, monday, monday + timedelta(days=6))
    page = client_of(cast.carla).get("/kapazitaet?weeks=12").text
    table = _table(page)
    assert table["Paul Pohl"][0] == "50\u202f% frei (4 Tage da)"
    assert table["Lea Lindner"][:2] == ["100\u202f% frei (nicht da)", "100\u202f% frei"]
    free, _full, _over, _signs, away = _figure(page)["data"]
    assert cells(free["customdata"])[:, 0].tolist() == [0, 4]
    assert (away["x"], away["y"], away["text"]) == (["KW 49/2026"], ["Lea Lindner"], "–")
    assert '<th scope="col">KW 52/2026<br><span class="muted">3 Arbeitstage</span></th>' in page


def test_who_is_inactive_is_shown_while_booked(cast: Any, client_of: Any) -> None:
    factories.person("Ina Frei", active=False)
    factories.assignment(factories.person("Ina Gebucht", active=False), cast.project)
    names = set(_table(client_of(cast.carla).get("/kapazitaet").text))
    assert "Ina Gebucht" in names
    assert "Ina Frei" not in names


def test_a_skill_held_at_another_time_does_not_count(cast: Any, client_of: Any) -> None:
    cast.paul_person.skills[0].valid_to_week = FIRST_WEEK - 1
    assert "Hier ist niemand im Pool" in client_of(cast.carla).get(f"/kapazitaet?skill={cast.fim.id}").text


def test_people_of_one_name_keep_their_own_rows(cast: Any, client_of: Any) -> None:
    factories.person("Paul Pohl")
    page = client_of(cast.carla).get("/kapazitaet").text
    assert _figure(page)["data"][0]["y"] == ["Lea Lindner", "Paul Pohl", "Paul Pohl (2)"]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("carla", {"Lea Lindner", "Paul Pohl", "Ferdinand Fern"}),
        ("konrad", {"Lea Lindner", "Paul Pohl", "Ferdinand Fern"}),
        ("lea", {"Lea Lindner", "Paul Pohl"}),
        ("paul", {"Paul Pohl"}),
    ],
)
def test_everybody_sees_theirs(cast: Any, client_of: Any, who: str, expected: set[str]) -> None:
    factories.assignment(factories.person("Ferdinand Fern"), cast.foreign_project)
    client = client_of(cast.users[who])
    assert set(_table(client.get("/kapazitaet").text)) == expected
    lines = client.get("/kapazitaet.csv").text.splitlines()[1:]
    assert {line.split(";")[0].strip('"') for line in lines} == expected


@pytest.mark.parametrize("who", ["mia", "otto", "rita", "anton"])
def test_who_may_see_no_weeks(cast: Any, client_of: Any, who: str) -> None:
    client = client_of(cast.users[who])
    assert client.get("/kapazitaet").status_code == client.get("/kapazitaet.csv").status_code == 403


def test_who_is_neither_in_the_pool_nor_booked_is_left_out(cast: Any, client_of: Any) -> None:
    assert "Konrad Kühn" not in _table(client_of(cast.carla).get("/kapazitaet").text)


@pytest.mark.parametrize(
    ("query", "weeks"), [("", 26), ("weeks=104", 104), ("weeks=7", 26), ("weeks=x&skill=y&authority=-1", 26)]
)
def test_horizon(cast: Any, client_of: Any, query: str, weeks: int) -> None:
    table = _table(client_of(cast.carla).get(f"/kapazitaet?{query}").text)
    assert {len(cells) for cells in table.values()} == {weeks}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("KW 01/2027", "KW 01/2027"),
        ("quatsch", "KW 49/2026"),
        ("KW 52/2099", "KW 42/2099"),
        ("KW 53/1999", "KW 49/2026"),
    ],
)
def test_first_week(cast: Any, client_of: Any, typed: str, first: str) -> None:
    factories.person().pool_shares[0].from_week = FIRST_WEEK - 1000
    page = client_of(cast.carla).get("/kapazitaet", query_string={"from_week": typed, "weeks": 12}).text
    assert _figure(page)["data"][0]["x"][0] == first


def test_filters(cast: Any, client_of: Any) -> None:
    client = client_of(cast.carla)
    by_skill = _table(client.get(f"/kapazitaet?skill={cast.fim.id}").text)
    by_authority = _table(client.get(f"/kapazitaet?authority={cast.education.id}").text)
    assert (list(by_skill), list(by_authority)) == (["Paul Pohl"], ["Lea Lindner"])


def test_nobody_is_explained(cast: Any, client_of: Any) -> None:
    other = factories.organisation()
    assert "Hier ist niemand im Pool" in client_of(cast.carla).get(f"/kapazitaet?authority={other.id}").text


def test_fifty_persons_a_page(cast: Any, client_of: Any) -> None:
    for _ in range(60):
        factories.person()
    client = client_of(cast.carla)
    pages = [len(_table(client.get(f"/kapazitaet?weeks=12&page={number}").text)) for number in (1, 2)]
    assert pages == [50, 12]


def test_file_holds_the_figures(cast: Any, client_of: Any) -> None:
    answer = client_of(cast.carla).get(f"/kapazitaet.csv?skill={cast.fim.id}&weeks=12")
    titles, first, *others = answer.text.removeprefix("\ufeff").splitlines()
    assert titles.startswith('"Person";"Woche";"Poolanteil in %"')
    assert first == '"Paul Pohl";"KW 49/2026";100;50;50;"50\u202f% frei";5;20'
    assert len(others) == 11


def test_link_to_the_file_keeps_the_filters(cast: Any, client_of: Any) -> None:
    page = client_of(cast.carla).get(f"/kapazitaet?weeks=52&skill={cast.fim.id}&_external=1").text
    assert f'href="/kapazitaet.csv?from_week=2026-W49&amp;weeks=52&amp;skill={cast.fim.id}"' in page


def test_export_is_logged(cast: Any, client_of: Any) -> None:
    client_of(cast.konrad).get("/kapazitaet.csv")
    entry = db.session.query(AuditEntry).filter_by(verb=Verb.EXPORTED).one()
    assert (entry.object_type, entry.actor_id) == ("capacity", cast.konrad.id)


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_depend_on_the_number_of_persons(cast: Any, client_of: Any, count: int) -> None:
    for _ in range(count):
        factories.assignment(factories.person(), cast.project)
    client = client_of(cast.konrad)
    db.session.commit()
    with count_queries() as queries:
        client.get("/kapazitaet")
    assert len(queries) <= 12
