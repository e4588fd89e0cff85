"""The profile of a project: one sheet of A4, however much there is to say."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from portfolio.extensions import db
from portfolio.planning.lights import Light
from portfolio.projects.models import DeliveryModel, FimStatus, MaturityModel, Project, ServiceLink
from portfolio.web.models import FederalState
from tests import factories
from tests.cast import Cast
from tests.support.browser import axe_violations
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]
START = date(2026, 11, 30)
SENTENCE = "Die Fachverfahren der Landkreise müssen vor dem Pilotbetrieb einzeln abgenommen und angebunden werden. "


def fill(project: Project, cast: Cast, many: int, words: str) -> None:
    """Of everything `many`, with names and texts as long as `words`."""
    project.goal = words * 4
    for number in range(many):
        service = factories.service(f"Leistung {number} {words}"[:200])
        db.session.add(link_to(project, service.id))
        milestone = factories.milestone(
            project, f"Schritt {number} {words}"[:200], planned_date=START + timedelta(days=14 * number)
        )
        factories.forecast(milestone, START, milestone.planned_date + timedelta(days=9), cause=words[:200] or None)
        factories.need(project, factories.skill(f"Fähigkeit {number} {words}"[:80]))
        factories.assignment(factories.person(f"Person {number} {words}"[:80]), project, share=20)
        factories.risk(project, f"Risiko {number} {words}"[:200], measure=words)
    texts = dict.fromkeys(("achieved", "next", "reason", "measures", "decisions_needed"), words * 3)
    factories.report(project, Light.RED, **texts)
    db.session.commit()


def link_to(project: Project, service_id: int) -> ServiceLink:
    levels = {"maturity_now": 1, "maturity_target": 3, "model": MaturityModel.V1_1, "as_of": START}
    return ServiceLink(project_id=project.id, service_id=service_id, **levels)


def describe_at_length(project: Project) -> None:
    project.title, project.legal_basis = (SENTENCE * 3)[:300], (SENTENCE * 10)[:1000]
    project.organisation.name = f"Ministerium: {SENTENCE}"
    project.delivery_model, project.implementing_state = DeliveryModel.EFA_REUSE_SECURED, FederalState.HE
    project.file_reference = (SENTENCE * 2)[:200]
    project.fim_service = project.fim_process = project.fim_data = FimStatus.NOT_PLANNED
    project.sdg_relevant, project.sdg_code, project.mandated_on = True, "R1", START
    project.technical_bases = [factories.technical_basis(f"Technische Basis {number}") for number in range(6)]


def pages_of(paper: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", paper))


@pytest.mark.parametrize("many", [4, 20])
def test_one_sheet_of_paper(cast: Cast, page: Page, sign_in: Callable[[Any], None], many: int) -> None:
    if many > 4:
        describe_at_length(cast.project)
    fill(cast.project, cast, many, SENTENCE * 5 if many > 4 else "kurz ")
    sign_in(cast.carla)
    page.goto(f"/projekte/{cast.project.id}/steckbrief")
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
    assert axe_violations(page) == []


def test_what_is_left_out_is_counted(cast: Cast, client_of: ClientOf) -> None:
    fill(cast.project, cast, 20, "")
    page = client_of(cast.carla).get(f"/projekte/{cast.project.id}/steckbrief").text
    left = re.findall(r"und (\d+) weitere", page)
    assert left == ["15", "15", "16", "17", "18"]  # milestones, team (with Paul), services, needs, risks


def test_milestones_show_where_the_project_stands(cast: Cast, client_of: ClientOf) -> None:
    for number in range(10):
        day = START + timedelta(days=number)
        factories.milestone(cast.project, f"Schritt {number}", planned_date=day, reached_on=day if number < 4 else None)
    db.session.commit()
    page = client_of(cast.carla).get(f"/projekte/{cast.project.id}/steckbrief").text
    assert re.findall(r"Schritt \d", page) == [f"Schritt {number}" for number in range(3, 8)]


def test_a_ministry_reads_names_without_shares(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.mia).get(f"/projekte/{cast.project.id}/steckbrief").text
    assert "Paul Pohl" in page
    assert "50 %" not in page.replace("\xa0", " ").replace("\u202f", " ")


def test_few_queries_at_any_size(cast: Cast, client_of: ClientOf) -> None:
    carla, address = client_of(cast.carla), f"/projekte/{cast.project.id}/steckbrief"
    carla.get(address)
    with count_queries() as few:
        carla.get(address)
    fill(cast.project, cast, 20, "")
    with count_queries() as many:
        carla.get(address)
    assert len(many) <= len(few) + 4  # risks, needs and absences ask once more where there are some
