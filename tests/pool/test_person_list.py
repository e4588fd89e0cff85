"""The list of persons: who is on it, what of them is shown, filters, sorting, paging, the file."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from portfolio.access.policy import Role
from portfolio.audit.models import AuditEntry, Verb
from portfolio.extensions import db
from tests import factories
from tests.pool import rows
from tests.pool.rows import NOW
from tests.support.client import Client
from tests.support.queries import count_queries


def names(page: str) -> list[str]:
    """The persons of the table, in their order."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [row.partition("</a>")[0].rpartition(">")[2] for row in body.split('<th scope="row"')[1:]]


def table(page: str) -> str:
    return page.partition("<table")[2].partition("</table>")[0]


@pytest.fixture
def paul_at_work(cast: Any) -> None:
    """Paul with an address, a pool share of 60 % and 20 % booked, now."""
    cast.paul_person.email = "paul@behoerde.example"
    bea = rows.person("Bea Berg", (NOW, None, 60), skills={cast.fim: 4}, email="bea@behoerde.example")
    bea.home_organisation_id = cast.finance.id
    rows.booked(bea, 20, NOW, NOW + 20, on=cast.project)


ALL = ["Bea Berg", "Konrad Kühn", "Lea Lindner", "Paul Pohl"]


@pytest.mark.parametrize(
    ("name", "seen"), [("carla", ALL), ("konrad", ALL), ("lea", ALL), ("mia", ALL), ("anton", ALL), ("otto", [])]
)
def test_who_sees_whom(
    client_of: Callable[..., Client], cast: Any, paul_at_work: None, name: str, seen: list[str]
) -> None:
    assert names(client_of(cast.users[name]).get("/personen").text) == seen


def test_auditors_see_nobody(client_of: Callable[..., Client], cast: Any) -> None:
    assert client_of(cast.rita).get("/personen").status_code == 403


def test_a_pool_member_comes_to_the_own_page(client_of: Callable[..., Client], cast: Any) -> None:
    assert client_of(cast.paul).get("/personen").location == f"/personen/{cast.paul_person.id}"


EMAIL, HOME, SKILL, STRIP = "bea@behoerde.example", ">TFM<", "FIM-Prozesse 4", "im Mittel 40\u202f% frei"


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        ("carla", (HOME, SKILL, STRIP), ()),
        ("konrad", (HOME, SKILL, STRIP), ()),
        ("lea", (SKILL, STRIP), (EMAIL, HOME)),
        ("mia", (EMAIL,), (HOME, SKILL, STRIP, "week-bar")),
        ("anton", (EMAIL, HOME), (SKILL, STRIP, "week-bar")),
    ],
)
def test_columns_by_role(
    client_of: Callable[..., Client],
    cast: Any,
    paul_at_work: None,
    name: str,
    shown: tuple[str, ...],
    hidden: tuple[str, ...],
) -> None:
    page = table(client_of(cast.users[name]).get("/personen").text)

    assert [text for text in shown if text not in page] == []
    assert [text for text in hidden if text in page] == []


def test_two_roles_show_of_each_person_what_the_role_that_reaches_them_may(
    client_of: Callable[..., Client], cast: Any, paul_at_work: None
) -> None:
    """Lea leads the education ministry's project and stands for the finance ministry, whose team is Fritz."""
    fritz = factories.person("Fritz Fern", email="fritz@behoerde.example", skills={cast.fim: 2})
    rows.booked(fritz, 50, NOW + 2, NOW + 4, on=cast.foreign_project)
    cast.lea.roles = frozenset({Role.PROJECT_LEAD, Role.MINISTRY})
    cast.lea.organisation_id = cast.finance.id

    page = table(client_of(cast.lea).get("/personen").text)
    by_skill = client_of(cast.lea).get(f"/personen?skill={cast.fim.id}").text

    assert "Bea Berg" in page
    assert "Fritz Fern" in page
    assert "FIM-Prozesse 4" in page
    assert "FIM-Prozesse 2" not in page
    assert names(by_skill) == ["Bea Berg", "Paul Pohl"]
    assert "fritz@behoerde.example" in client_of(cast.lea).get(f"/personen/{fritz.id}").text


def test_a_lead_does_not_see_the_teams_of_the_own_ministry(
    client_of: Callable[..., Client], cast: Any, paul_at_work: None
) -> None:
    cast.lea.organisation_id = cast.finance.id
    rows.booked(factories.person("Fritz Fern"), 50, NOW + 2, NOW + 4, on=cast.foreign_project)

    assert names(client_of(cast.lea).get("/personen").text) == ALL


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=BER+bea", ["Bea Berg"]),
        ("q=kuehn", ["Konrad Kühn"]),
        ("q=%25", []),
        ("q=%00", ALL),
        ("skill=FIM&level=4", ["Bea Berg"]),
        ("skill=FIM&level=3", ["Bea Berg", "Paul Pohl"]),
        ("skill=99999", ALL),
        ("level=4", ALL),
        ("home=EDU", ["Lea Lindner"]),
        ("show=pool", ["Bea Berg", "Lea Lindner", "Paul Pohl"]),
        ("show=all", [*ALL, "Zoe Zander"]),
        ("show=Unsinn", ALL),
        ("free_from=gestern", ALL),
        ("sort=-name", ALL[::-1]),
        ("sort=home", ["Bea Berg", "Konrad Kühn", "Paul Pohl", "Lea Lindner"]),
        ("sort=Unsinn", ALL),
    ],
)
def test_filters_and_sorting(
    client_of: Callable[..., Client], cast: Any, paul_at_work: None, query: str, found: list[str]
) -> None:
    factories.person("Zoe Zander", active=False)
    ids = query.replace("FIM", str(cast.fim.id)).replace("EDU", str(cast.education.id))

    assert names(client_of(cast.carla).get(f"/personen?{ids}").text) == found


def test_free_from_needs_a_useful_share_in_four_weeks(client_of: Callable[..., Client], cast: Any) -> None:
    for name, share in (("Arne", 80), ("Britt", 81)):
        rows.booked(rows.person(name, (NOW, None, 100)), share, NOW + 3, NOW + 3)
    rows.person("Carlo", (NOW, NOW + 2, 100))
    client = client_of(cast.carla)

    def free(week: Any) -> set[str]:
        return set(names(client.get(f"/personen?free_from={week}").text)) & {"Arne", "Britt", "Carlo"}

    assert free(NOW) == {"Arne"}
    assert free(NOW + 4) == {"Arne", "Britt"}


def test_strip_says_when_too_much_is_booked(client_of: Callable[..., Client], cast: Any) -> None:
    person = rows.person("Bea Berg", (NOW, None, 40))
    rows.allowed_beyond(person, 20, NOW, NOW + 1)
    rows.booked(person, 60, NOW, NOW + 1)
    rows.person("Cem Celik", (NOW, None, 40))
    rows.booked(rows.person("Dora Dahl", (NOW, None, 40)), 40, NOW, NOW + 30)

    page = table(client_of(cast.carla).get("/personen").text)

    for words in ("2 Wochen zu viel", "im Mittel 40\u202f% frei", "voll", "nicht im Pool"):
        assert words in page
    assert "week-bar__value--over" in page


def test_pages_hold_twenty_five_and_typing_answers_the_list_only(client_of: Callable[..., Client], cast: Any) -> None:
    for number in range(30):
        factories.person(f"Test {number:02d}")
    client = client_of(cast.carla)

    assert len(names(client.get("/personen?q=test").text)) == 25
    assert names(client.get("/personen?q=test&page=2").text) == [f"Test {n}" for n in range(25, 30)]
    assert client.get("/personen?q=test&page=3").status_code == 404
    assert "<form" not in client.get("/personen?q=test", headers={"HX-Request": "true"}).text


def test_empty_lists_say_what_to_do(client_of: Callable[..., Client], cast: Any) -> None:
    assert "Noch niemand im Team" in client_of(cast.otto).get("/personen").text
    assert "setzen Sie die Filter zurück" in client_of(cast.carla).get("/personen?q=xyz").text


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "mia", "anton"])
def test_queries_do_not_grow_with_the_pool(client_of: Callable[..., Client], cast: Any, name: str) -> None:
    client, counts = client_of(cast.users[name]), []
    for _round in range(2):
        for _number in range(12):
            person = factories.person(skills={cast.fim: 2, factories.skill(): 3}, home_organisation_id=cast.finance.id)
            rows.booked(person, 20, NOW + 2, NOW + 4, on=cast.project)
        db.session.commit()
        with count_queries() as asked:
            client.get("/personen")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 12


def lines(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_file_has_what_the_reader_sees_of_everybody_and_is_logged(
    client_of: Callable[..., Client], cast: Any, paul_at_work: None
) -> None:
    answer = client_of(cast.carla).get("/personen.csv?q=bea")

    head, bea = lines(answer)
    assert head[-1] == "Fähigkeiten"
    assert bea == ["Bea Berg", "bea@behoerde.example", "TFM", "", "ja", "100", "60", "FIM-P 4"]
    entry = db.session.query(AuditEntry).filter_by(verb=Verb.EXPORTED).one()
    assert (entry.actor_id, entry.object_type) == (cast.carla.id, "person")


def test_file_of_the_administration_has_neither_shares_nor_skills(
    client_of: Callable[..., Client], cast: Any, paul_at_work: None
) -> None:
    head, bea = lines(client_of(cast.anton).get("/personen.csv?q=bea"))

    assert head == ["Name", "E-Mail", "Stammdienststelle", "Dienstort", "aktiv"]
    assert bea == ["Bea Berg", "bea@behoerde.example", "TFM", "", "ja"]


@pytest.mark.parametrize("name", ["lea", "paul", "mia", "rita"])
def test_only_who_reads_all_persons_takes_the_file(client_of: Callable[..., Client], cast: Any, name: str) -> None:
    assert client_of(cast.users[name]).get("/personen.csv").status_code == 403
    assert db.session.query(AuditEntry).filter_by(verb=Verb.EXPORTED).count() == 0


def test_no_cell_of_the_file_acts_as_a_formula(client_of: Callable[..., Client], cast: Any) -> None:
    factories.person("=HYPERLINK(1)")

    answer = client_of(cast.carla).get("/personen.csv?q=hyperlink")

    assert lines(answer)[1][0].startswith("'")
