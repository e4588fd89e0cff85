"""The pool as a whole: free hours count once, shortages are named."""

from typing import Any

import pytest
from playwright.sync_api import Page

from portfolio.extensions import db
from portfolio.staffing.skill_capacity import SkillCapacity, skill_capacity
from tests import factories
from tests.factories import FIRST_WEEK
from tests.support.browser import axe_violations
from tests.support.queries import count_queries

PAGES = ("/kapazitaet/faehigkeiten", "/kapazitaet/ressorts")
ONE_WEEK = {"from_week": FIRST_WEEK, "to_week": FIRST_WEEK}


@pytest.fixture
def bpmn(cast: Any) -> Any:
    return factories.skill("BPMN", code="BPMN", area="Prozess & Organisation")


def _capacity(*persons: Any) -> SkillCapacity:
    db.session.flush()
    return skill_capacity(persons, FIRST_WEEK, 2)


def _hours(figures: SkillCapacity, series: str, skill: Any) -> list[float]:
    row = [each.id for each in figures.skills].index(skill.id)
    return list(getattr(figures, series)[row])


def test_free_hours_of_two_skills_count_once(cast: Any, bpmn: Any) -> None:
    both = factories.person("Bea", skills={cast.fim: 3, bpmn: 3})
    for skill in (cast.fim, bpmn):
        factories.need(cast.project, skill, share=60, **ONE_WEEK)
    figures = _capacity(both)
    assert figures.supply[:, 0].sum() == 40
    assert figures.missing[:, 0].sum() == 8
    (shortfall,) = figures.shortfalls
    assert {wanted.skill_id for wanted in shortfall.wanted} == {cast.fim.id, bpmn.id}
    assert (shortfall.first, shortfall.last, shortfall.person_weeks) == (FIRST_WEEK, FIRST_WEEK, 0.2)


def test_hours_nobody_asks_for_stand_with_the_strongest_skill(cast: Any, bpmn: Any) -> None:
    figures = _capacity(factories.person("Bea", skills={cast.fim: 2, bpmn: 4}))
    assert _hours(figures, "supply", bpmn) == [40, 40]
    assert _hours(figures, "supply", cast.fim) == [0, 0]


def test_a_level_too_low_does_not_help(cast: Any) -> None:
    beginner = factories.person("Bea", skills={cast.fim: 1})
    factories.need(cast.project, cast.fim, share=50, level=3, **ONE_WEEK)
    assert _hours(_capacity(beginner), "missing", cast.fim) == [20, 0]


def test_absence_lowers_what_is_free_and_what_is_booked(cast: Any) -> None:
    need = factories.need(cast.project, cast.fim, share=50, **ONE_WEEK)
    bea = factories.person("Bea", skills={cast.fim: 3})
    factories.assignment(bea, cast.project, need_id=need.id, share=50, **ONE_WEEK)
    factories.absence(bea, FIRST_WEEK.monday, FIRST_WEEK.monday)
    figures = _capacity(bea)
    assert _hours(figures, "booked", cast.fim) == [16, 0]
    assert _hours(figures, "supply", cast.fim) == [16, 40]


def test_a_volume_stands_open_over_its_weeks(cast: Any) -> None:
    window = {"from_week": FIRST_WEEK, "to_week": FIRST_WEEK + 1}
    factories.need(cast.project, cast.fim, kind="volume", person_days=4, share=50, **window)
    assert _hours(_capacity(cast.paul_person), "open", cast.fim) == [16, 16]


def test_closed_projects_ask_for_nothing(cast: Any) -> None:
    factories.need(cast.project, cast.fim, share=50, **ONE_WEEK)
    cast.project.phase = "cancelled"
    assert _capacity(cast.paul_person).open.sum() == 0


def test_the_hours_of_each_ministry(cast: Any, client_of: Any) -> None:
    page = client_of(cast.carla).get(f"/kapazitaet/ressorts?from_week={FIRST_WEEK}&weeks=12").text
    assert "Ministerium für Bildung" in page
    assert "Finanzministerium" not in page.partition("<table")[2].partition("</table>")[0]
    assert "100\u202f%" in page


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("name", "status"),
    [("carla", 200), ("konrad", 200), ("lea", 403), ("paul", 403), ("mia", 403), ("rita", 403), ("anton", 403)],
)
def test_who_sees_the_whole_pool(cast: Any, client_of: Any, address: str, name: str, status: int) -> None:
    client = client_of(cast.users[name])
    assert client.get(address).status_code == status
    assert client.get(f"{address}.csv").status_code == status


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("count", [1, 25])
def test_queries_do_not_depend_on_the_numbers(cast: Any, client_of: Any, address: str, count: int) -> None:
    for number in range(count):
        skill = factories.skill(f"Fähigkeit {number}")
        factories.need(cast.project, skill)
        factories.person(f"Person {number}", skills={skill: 3})
    client = client_of(cast.carla)
    with count_queries() as queries:
        client.get(address)
    assert len(queries) <= 12, queries


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])
def test_the_pages_are_accessible(page: Page, sign_in: Any, cast: Any, address: str, scheme: Any, width: int) -> None:
    factories.need(cast.project, cast.fim)
    db.session.commit()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(cast.carla)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
