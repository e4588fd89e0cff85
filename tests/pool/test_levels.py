"""What persons can do: their own levels."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.pool import services
from portfolio.pool.models import Person, PersonSkill
from portfolio.pool.services import SkillLevelData
from tests import factories
from tests.pool.rows import NOW, levels_form
from tests.support.client import Client


def stored(of: Person) -> list[tuple[int, int]]:
    rows = db.session.scalars(select(PersonSkill).where(PersonSkill.person_id == of.id).order_by(PersonSkill.id))
    return [(row.skill_id, row.level) for row in rows]


@pytest.mark.parametrize("name", ["carla", "paul"])
def test_cio_office_and_the_person_change_levels(client_of: Callable[..., Client], cast: Any, name: str) -> None:
    bpmn = factories.skill("BPMN 2.0")
    form = levels_form(cast.paul_person, (cast.fim.id, 4, "", "", ""), (bpmn.id, 0, NOW, NOW + 52, "Schulung 2025"))

    answer = client_of(cast.users[name]).post(f"/personen/{cast.paul_person.id}/faehigkeiten", data=form)

    assert answer.status_code == 302
    assert stored(cast.paul_person) == [(cast.fim.id, 4), (bpmn.id, 0)]
    second = cast.paul_person.skills[1]
    assert (second.valid_from_week, second.valid_to_week, second.evidence) == (NOW, NOW + 52, "Schulung 2025")


@pytest.mark.parametrize("name", ["konrad", "lea", "mia", "anton"])
def test_others_do_not(client_of: Callable[..., Client], cast: Any, name: str) -> None:
    address = f"/personen/{cast.paul_person.id}/faehigkeiten"

    assert (
        client_of(cast.users[name]).post(address, data=levels_form(cast.paul_person, (cast.fim.id, 1))).status_code
        == 403
    )
    assert stored(cast.paul_person) == [(cast.fim.id, 3)]


def test_of_others_a_pool_member_finds_nothing(client_of: Callable[..., Client], cast: Any) -> None:
    client = client_of(cast.paul)
    address = f"/personen/{cast.lea_person.id}"

    assert client.get(f"{address}/faehigkeiten").status_code == 404
    assert (
        client.post(f"{address}/faehigkeiten", data=levels_form(cast.paul_person, (cast.fim.id, 1))).status_code == 404
    )
    assert client.get(f"{address}/abwesenheiten").status_code == 404


def test_page_offers_levels_in_words_and_skills_by_area(client_of: Callable[..., Client], cast: Any) -> None:
    page = client_of(cast.paul).get(f"/personen/{cast.paul_person.id}/faehigkeiten").text

    assert '<option selected value="3">3 – Fortgeschritten</option>' in page
    assert '<optgroup label="FIM &amp; Recht">' in page
    assert "keine Gesundheits- oder Personalaktendaten" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("1", "7"), "zwischen 0 und 4"),
        (("1", "hoch"), "zwischen 0 und 4"),
        (("1", ""), "Bitte wählen Sie eine Stufe."),
        (("", "3"), "Bitte wählen Sie eine Fähigkeit."),
        (("99999", "3"), "Fähigkeit aus der Liste"),
        (("1", "3", "2027-W10", "2027-W09"), "Die letzte Woche liegt vor der ersten."),
        (("1", "3", "gestern"), "Bitte eine Kalenderwoche eingeben"),
        (("1", "3", "", "", "x" * 1001), "1000"),
    ],
)
def test_wrong_rows_are_explained(
    client_of: Callable[..., Client], cast: Any, given: tuple[str, ...], sentence: str
) -> None:
    known = {"1": str(cast.fim.id)}
    row = (known.get(given[0], given[0]), *given[1:])

    answer = client_of(cast.paul).post(
        f"/personen/{cast.paul_person.id}/faehigkeiten", data=levels_form(cast.paul_person, row)
    )

    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    assert stored(cast.paul_person) == [(cast.fim.id, 3)]


def test_the_same_skill_twice_from_one_week_on_is_refused(client_of: Callable[..., Client], cast: Any) -> None:
    form = levels_form(cast.paul_person, (cast.fim.id, 3), (cast.fim.id, 2))

    answer = client_of(cast.paul).post(f"/personen/{cast.paul_person.id}/faehigkeiten", data=form)

    assert answer.status_code == 422
    assert "zweimal" in answer.text


def test_one_level_in_two_spans_of_weeks_is_two_rows(app: Any) -> None:
    person, fim = factories.person(), factories.skill()
    spans = [
        SkillLevelData(skill_id=fim.id, level=3, valid_from_week=NOW + gap, valid_to_week=NOW + gap + 9)
        for gap in (0, 20)
    ]
    services.replace_skills(person, spans)

    services.replace_skills(person, spans)

    assert [row.valid_from_week for row in person.skills] == [NOW, NOW + 20]


def test_evidence_is_kept_where_nothing_is_said_about_it(app: Any) -> None:
    fim = factories.skill()
    person = factories.person(skills={fim: 2})
    services.replace_skills(person, [SkillLevelData(skill_id=fim.id, level=2, evidence="Zeugnis")])

    services.replace_skills(person, [SkillLevelData(skill_id=fim.id, level=2)])
    assert person.skills[0].evidence == "Zeugnis"

    services.replace_skills(person, [SkillLevelData(skill_id=fim.id, level=2, evidence="")])
    assert person.skills[0].evidence is None


def test_server_adds_rows(client_of: Callable[..., Client], cast: Any) -> None:
    form = levels_form(cast.paul_person, (cast.fim.id, 2), step="add")

    page = client_of(cast.paul).post(f"/personen/{cast.paul_person.id}/faehigkeiten", data=form).text

    assert 'name="skills-1-level"' in page
    assert '<option selected value="2">' in page


def test_a_stale_form_shows_both(client_of: Callable[..., Client], cast: Any) -> None:
    client, address = client_of(cast.paul), f"/personen/{cast.paul_person.id}/faehigkeiten"
    version = str(cast.paul_person.version)
    client.post(address, data=levels_form(cast.paul_person, (cast.fim.id, 2), version=version))

    answer = client.post(address, data=levels_form(cast.paul_person, (cast.fim.id, 4), version=version))

    assert answer.status_code == 409
    assert "<td>FIM-Prozesse, 2 – Anwendung</td><td>FIM-Prozesse, 4 – Expertin/Experte</td>" in answer.text
    assert stored(cast.paul_person) == [(cast.fim.id, 2)]
