"""Rules of projects that no page shows alone: codes under concurrency, texts, who decides."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portfolio.extensions import db
from portfolio.projects import services
from portfolio.projects.models import Forecast, MaturityModel, Phase, Project
from portfolio.projects.problems import (
    ForecastExists,
    MaturityOutOfRange,
    Missing,
    NotText,
    OnlyCioOfficeDecides,
    PersonNotActive,
    PriorityOutOfRange,
    StaysClosed,
    TooLong,
    UnknownOrganisation,
    UnknownService,
)
from portfolio.projects.services import ForecastData, ProjectData, ServiceLinkData
from portfolio.web.problems import Problem
from tests import factories

LARGE = 2**70


@pytest.fixture
def data(cast: Any) -> ProjectData:
    return ProjectData(
        title="Elterngeld online",
        organisation_id=cast.education.id,
        phase=Phase.CONCEPT,
        start=date(2027, 1, 4),
        end=date(2027, 12, 31),
    )


def _link(**values: Any) -> tuple[ServiceLinkData, ...]:
    return (ServiceLinkData(**{"service_id": 1} | values),)


@pytest.mark.parametrize(
    ("wrong", "problem", "field"),
    [
        ({"title": " \n "}, Missing, "title"),
        ({"title": "x" * 301}, TooLong, "title"),
        ({"title": "a\0b"}, NotText, "title"),
        ({"goal": "\ud800"}, NotText, "goal"),
        ({"code": "x" * 41}, TooLong, "code"),
        ({"priority": 5}, PriorityOutOfRange, "priority"),
        ({"organisation_id": LARGE}, UnknownOrganisation, "organisation_id"),
        ({"lead_id": LARGE}, PersonNotActive, "lead_id"),
        ({"coordinator_id": -1}, PersonNotActive, "coordinator_id"),
        ({"service_links": _link(service_id=LARGE)}, UnknownService, "service_links"),
        ({"service_links": _link(maturity_target=5)}, MaturityOutOfRange, "service_links"),
        ({"service_links": _link(maturity_now=8, model=MaturityModel.V2_0)}, MaturityOutOfRange, "service_links"),
        ({"service_links": _link(maturity_now=-1)}, MaturityOutOfRange, "service_links"),
    ],
)
def test_nonsense_is_refused_with_its_field(
    data: ProjectData, wrong: dict[str, Any], problem: type[Problem], field: str
) -> None:
    factories.service()
    with pytest.raises(problem) as refusal:
        services.create_project(replace(data, **wrong))
    assert (refusal.value.field, db.session.query(Project).count()) == (field, 2)


def test_inactive_person_is_refused(cast: Any, data: ProjectData) -> None:
    cast.paul_person.active = False
    with pytest.raises(PersonNotActive):
        services.create_project(replace(data, lead_id=cast.paul_person.id))


def test_refused_change_leaves_the_project_as_it_was(cast: Any, data: ProjectData) -> None:
    with pytest.raises(TooLong):
        services.change_project(cast.project, replace(data, title="Neu", goal="x" * 10_001), cast.carla.actor)
    assert (cast.project.title, db.session.is_modified(cast.project)) == ("Kita-Fachkräfte online", False)


@pytest.mark.parametrize("name", ["lea", None])
def test_without_the_cio_office_nobody_decides(cast: Any, data: ProjectData, name: str | None) -> None:
    actor = cast.users[name].actor if name else None
    kept = replace(data, lead_id=cast.lea_person.id, coordinator_id=cast.konrad_person.id)
    for change in ({"lead_id": cast.paul_person.id}, {"organisation_id": cast.finance.id}, {"code": "OZG-2026-002"}):
        with pytest.raises(OnlyCioOfficeDecides):
            services.change_project(cast.project, replace(kept, **change), actor)
    cast.project.phase = Phase.COMPLETED
    with pytest.raises(StaysClosed):
        services.change_project(cast.project, kept, actor)


def test_search_follows_a_new_title_and_code(cast: Any, data: ProjectData) -> None:
    project = services.create_project(data)
    services.change_project(project, replace(data, title="Bäume fällen", code="Thür-7"), cast.carla.actor)
    assert project.sort_key == "baeume faellen thuer-7"


def test_code_of_an_old_project_is_kept(cast: Any, data: ProjectData) -> None:
    services.change_project(cast.project, data, cast.carla.actor)
    assert cast.project.code == "OZG-2026-001"


@pytest.mark.parametrize(
    ("taken", "following"),
    [
        ("OZG-2031-009", "OZG-2031-010"),
        ("OZG-2031-999", "OZG-2031-1000"),
        ("OZG-2031-x", "OZG-2031-001"),
        ("OZG-2031-99999999999", "OZG-2031-001"),
        ("OZG-2030-009", "OZG-2031-001"),
    ],
)
def test_next_code(cast: Any, taken: str, following: str) -> None:
    cast.project.code = taken
    db.session.flush()
    assert services.next_code(2031) == following


def _in_threads(app: Flask, work: Callable[[int], Any]) -> list[Any]:
    """Run `work` eight times at once, each with a transaction of its own."""

    def one(number: int) -> Any:
        with app.app_context():
            try:
                result = work(number)
                db.session.commit()
                return result
            except Problem as problem:
                return type(problem)

    with ThreadPoolExecutor(8) as pool:
        return [each.result() for each in [pool.submit(Context().run, one, number) for number in range(8)]]


def test_projects_created_at_once_get_different_codes(app: Flask, cast: Any, data: ProjectData) -> None:
    db.session.commit()
    codes = _in_threads(app, lambda _number: services.create_project(data).code)
    assert len(set(codes)) == 8


def test_one_code_wanted_at_once_is_given_once(app: Flask, cast: Any, data: ProjectData) -> None:
    db.session.commit()
    made = _in_threads(app, lambda _number: services.create_project(replace(data, code="EINS")).code)
    assert made.count("EINS") == 1


def test_forecasts_logged_at_once_leave_one(app: Flask, cast: Any) -> None:
    factories.milestone(cast.project)
    db.session.commit()

    def log(number: int) -> None:
        milestone = db.session.get(factories.Milestone, 1)
        forecast = ForecastData(reporting_date=date(2026, 11, 2), date=date(2027, 1, 1 + number))
        services.add_forecast(milestone, forecast)

    refused = _in_threads(app, log)
    assert (refused.count(ForecastExists), db.session.query(Forecast).count()) == (7, 1)
