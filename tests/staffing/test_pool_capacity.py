"""The pool as a whole: free hours count once, shortages are named."""

from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from portfolio.access.policy import TABLE, Action, Scope
from portfolio.extensions import db
from portfolio.planning.weeks import WeekRange
from portfolio.pool.models import Person, PersonSkill
from portfolio.staffing.capacity import SkillCapacity, skill_capacity
from tests import factories
from tests.factories import FIRST_WEEK
from tests.support.browser import axe_violations
from tests.support.queries import count_queries
from tests.support.tables import page_tables

PAGES = ("/kapazitaet/faehigkeiten", "/kapazitaet/ressorts")
ONE_WEEK = {"from_week": FIRST_WEEK, "to_week": FIRST_WEEK}


@pytest.fixture
def bpmn(cast: Any) -> Any:
    return factories.skill("BPMN", code="BPMN", area="Prozess & Organisation")


def _capacity(*persons: Any) -> SkillCapacity:
    db.session.flush()
    members = select(Person).where(Person.id.in_([person.id for person in persons]))
    return skill_capacity(members, WeekRange(FIRST_WEEK, FIRST_WEEK + 1), FIRST_WEEK)


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
    assert (shortfall.first, shortfall.last, shortfall.person_weeks) == (FIRST_WEEK, FIRST_WEEK, (0.2, 1.2, 1.0))


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


def test_a_volume_waits_for_a_week_in_which_somebody_is_there(cast: Any) -> None:
    window = {"from_week": FIRST_WEEK, "to_week": FIRST_WEEK + 1}
    factories.need(cast.project, cast.fim, kind="volume", person_days=2, share=40, level=3, **window)
    bea = factories.person("Bea", skills={cast.fim: 3})
    factories.absence(bea, FIRST_WEEK.monday, FIRST_WEEK.sunday)
    figures = _capacity(bea)
    assert (figures.missing.sum(), figures.shortfalls) == (0, ())


def test_a_volume_is_worked_with_its_share_at_most(cast: Any) -> None:
    window = {"from_week": FIRST_WEEK, "to_week": FIRST_WEEK + 1}
    factories.need(cast.project, cast.fim, kind="volume", person_days=5, share=40, level=3, **window)
    figures = _capacity(factories.person("Bea", skills={cast.fim: 3}))
    (shortfall,) = figures.shortfalls
    assert (shortfall.missing_hours, shortfall.had_hours, shortfall.last) == (8, 32, FIRST_WEEK + 1)


def test_a_volume_may_be_worked_after_the_weeks_shown(cast: Any) -> None:
    window = {"from_week": FIRST_WEEK, "to_week": FIRST_WEEK + 3}
    factories.need(cast.project, cast.fim, kind="volume", person_days=4, share=50, level=3, **window)
    bea = factories.person("Bea", skills={cast.fim: 3})
    factories.absence(bea, FIRST_WEEK.monday, (FIRST_WEEK + 1).sunday)
    figures = _capacity(bea)
    assert _hours(figures, "open", cast.fim) == [8, 8]
    assert figures.shortfalls == ()


def test_what_lies_behind_is_not_asked_for_any_more(cast: Any) -> None:
    window = {"from_week": FIRST_WEEK - 2, "to_week": FIRST_WEEK + 1}
    factories.need(cast.project, cast.fim, kind="volume", person_days=4, share=50, **window)
    assert _hours(_capacity(cast.paul_person), "open", cast.fim) == [16, 16]


def test_a_skill_held_for_a_time_serves_in_these_weeks(cast: Any, bpmn: Any) -> None:
    bea = factories.person("Bea")
    bea.skills.append(PersonSkill(skill_id=bpmn.id, level=3, valid_from_week=FIRST_WEEK + 1))
    factories.need(cast.project, bpmn, share=50, level=3)
    figures = _capacity(bea)
    assert (_hours(figures, "missing", bpmn), _hours(figures, "supply", bpmn)) == ([20, 0], [0, 40])


def test_a_need_without_a_level_is_for_anybody(cast: Any, bpmn: Any) -> None:
    factories.need(cast.project, bpmn, share=50, level=0, **ONE_WEEK)
    assert _hours(_capacity(factories.person("Bea")), "missing", bpmn) == [0, 0]


def test_who_is_inactive_supplies_nothing(cast: Any) -> None:
    figures = _capacity(factories.person("Ina", active=False, skills={cast.fim: 4}))
    assert figures.supply.sum() == 0


def test_the_sentence_names_skill_weeks_and_what_is_missing(cast: Any, client_of: Any) -> None:
    factories.need(cast.project, cast.fim, share=100, level=3, to_week=FIRST_WEEK + 1)
    page = client_of(cast.carla).get("/kapazitaet/faehigkeiten").text
    assert "Was fehlt, wen auch immer man einsetzt" in page
    assert "FIM-Prozesse ab Stufe 3, KW 49/2026 – KW 50/2026: <strong>1,0 Personenwochen fehlen</strong>" in page
    assert "(gesucht 2,0, zu leisten höchstens 1,0)" in page


def test_under_a_filter_the_sentence_says_of_whom(cast: Any, client_of: Any) -> None:
    factories.need(cast.project, cast.fim, share=100, level=3, **ONE_WEEK)
    page = client_of(cast.carla).get(f"/kapazitaet/faehigkeiten?authority={cast.education.id}").text
    assert "Was fehlt, wen auch immer man von Ministerium für Bildung einsetzt" in page
    assert "1,0 Personenwochen fehlen" in page


def test_nothing_missing_is_said_too(cast: Any, client_of: Any) -> None:
    page = client_of(cast.carla).get("/kapazitaet/faehigkeiten").text
    assert "reichen die freien Stunden" in page


def test_the_file_of_a_skill_and_of_all(cast: Any, client_of: Any, bpmn: Any) -> None:
    client = client_of(cast.carla)
    names = [
        {line.split(";")[0] for line in client.get(f"/kapazitaet/faehigkeiten.csv{query}").text.splitlines()[1:]}
        for query in (f"?skill={bpmn.id}", "")
    ]
    assert names == [{'"BPMN"'}, {'"BPMN"', '"FIM-Prozesse"'}]


def test_only_who_sees_persons_reads_the_pool() -> None:
    """Sums over few people tell of each: who may not see persons is shown none, so no group is too small."""
    assert all(TABLE[Action.READ_PERSONS][role] is Scope.ALL for role in TABLE[Action.READ_POOL_CAPACITY])
    assert all(TABLE[Action.READ_CAPACITY][role] is Scope.ALL for role in TABLE[Action.READ_POOL_CAPACITY])


def test_closed_projects_ask_for_nothing(cast: Any) -> None:
    factories.need(cast.project, cast.fim, share=50, **ONE_WEEK)
    cast.project.phase = "cancelled"
    assert _capacity(cast.paul_person).open.sum() == 0


def test_the_share_of_each_ministry(cast: Any, client_of: Any) -> None:
    """Paul's work counts for the ministry; nothing of it was asked for by a need."""
    factories.need(cast.foreign_project, cast.fim, share=50)
    page = client_of(cast.carla).get(f"/kapazitaet/ressorts?from_week={FIRST_WEEK}&weeks=12").text
    _heads, education, finance = page_tables(page)[0]
    assert education[2:] == [100, None]
    assert finance[1:] == [0, 0, 0]


def test_an_authority_counts_with_its_ministry(cast: Any, client_of: Any) -> None:
    below = factories.organisation("TLVWA", parent_id=cast.finance.id)
    factories.assignment(cast.paul_person, factories.project(organisation_id=below.id), share=50)
    page = client_of(cast.carla).get("/kapazitaet/ressorts").text
    assert [row[2] for row in page_tables(page)[0][1:]] == [50, 50]
    assert "TLVWA" not in page.partition("</form>")[2].partition("<main")[2].partition("<table")[2]


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
        factories.need(cast.project, skill, kind="volume", person_days=2)
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
