"""A ministry finds nothing of another's by any address, and cannot even tell that it is there.

Two worlds with the same ids and codes differ only in what belongs to the finance ministry and in people who are not
on the education ministry's projects. For Mia of the education ministry they give byte-identical answers.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.routing import Rule

from portfolio.access.services import create_token
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Absence, Person
from portfolio.projects.models import Forecast, Milestone, Project
from portfolio.staffing.models import Assignment, Need
from portfolio.support.models import Comment, RequestState, SupportRequest
from portfolio.web import clock
from portfolio.web.text import fold
from tests import factories
from tests.support.client import Client

SECRET = "Geheimsache"
HIGHEST_ID = 5  # of the few rows below, in any table
FOREIGN_DAY = date(2027, 2, 1)
CHANGING = re.compile(rb'(name="csrf_token"[^>]*value="[^"]*"|X-CSRFToken[^}]*|[0-9a-f]{32}|/sitzungen/\d+)')
QUERIES = ("", f"?q={SECRET}", "?organisation_id=2")
OWN_LOG = "/konto/meine-daten"  # tells of Mia's own downloads, and these tests download
NOT_ASKED = frozenset({"access.logout", "health.healthz", "health.readyz"})


@pytest.fixture
def foreign(cast: Any) -> dict[type, int]:
    """What the finance ministry has: a request with a conversation, a staffed project, people of its own."""
    stranger = factories.person(f"{SECRET} Stranger", home_organisation_id=cast.finance.id, skills={cast.fim: 4})
    factories.absence(stranger, FOREIGN_DAY, FOREIGN_DAY)
    request = factories.support_request(
        cast.finance, f"{SECRET} Anfrage", state=RequestState.SUBMITTED, needs=[cast.fim]
    )
    request.comments = [Comment(text=f"{SECRET} Kommentar", author_id=cast.otto.id, at=clock.now())]
    cast.foreign_project.title = f"{SECRET} Projekt"
    cast.foreign_project.lead_id = stranger.id
    milestone = factories.milestone(cast.foreign_project, f"{SECRET} Meilenstein")
    forecast = factories.forecast(milestone, FOREIGN_DAY, FOREIGN_DAY, cause=f"{SECRET} Ursache")
    need = factories.need(cast.foreign_project, cast.fim)
    assignment = factories.assignment(stranger, cast.foreign_project, need_id=need.id, share=30)
    factories.support_request(cast.education, "Eigene Anfrage", state=RequestState.SUBMITTED, needs=[cast.fim])
    factories.milestone(cast.project, "Eigener Meilenstein")
    rows = (stranger, request, milestone, forecast, need, assignment)
    return {type(row): row.id for row in rows} | {Project: cast.foreign_project.id}


@pytest.fixture
def mia(app: Flask, cast: Any, foreign: dict[type, int], client_of: Callable[..., Client]) -> Callable[[str], Any]:
    """Mia's answers, on pages and in the API alike."""
    client = client_of(cast.mia)
    token = create_token(cast.mia, "test")[1]
    db.session.commit()

    def get(address: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if address.startswith("/api/") else {}
        return client.get(address, headers=headers)

    return get


@pytest.mark.reliability
def test_no_address_shows_anything_of_another_ministry(app: Flask, mia: Callable[[str], Any]) -> None:
    for address in addresses(app):
        answer = mia(address)
        assert answer.status_code < 500, address
        searched = answer.data.replace(f"q={SECRET}".encode(), b"").replace(f'value="{SECRET}"'.encode(), b"")
        assert SECRET.encode() not in searched, address


@pytest.mark.reliability
def test_two_worlds_that_differ_elsewhere_look_the_same(
    app: Flask, mia: Callable[[str], Any], foreign: dict[type, int]
) -> None:
    first = picture(app, mia)
    change_what_is_foreign(foreign)
    second = picture(app, mia)
    differing = [address for address in first if first[address] != second[address]]
    assert [address for address in differing if not address.startswith(OWN_LOG)] == []


def picture(app: Flask, get: Callable[[str], Any]) -> dict[str, tuple[int, bytes, str | None]]:
    found = {}
    for address in addresses(app):
        answer = get(address)
        found[address] = (answer.status_code, CHANGING.sub(b"", answer.data), answer.headers.get("ETag"))
    return found


def addresses(app: Flask) -> Iterator[str]:
    """Every address a GET may go to, with each id there is, and lists with what may be asked of them."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_ASKED:
            continue
        if not rule.arguments:
            yield from (f"{rule.rule}{query}" for query in QUERIES)
        else:
            yield from filled(rule)


def filled(rule: Rule) -> Iterator[str]:
    for identity in range(1, HIGHEST_ID + 1):
        yield re.sub(r"<[^>]+>", str(identity), rule.rule)


def change_what_is_foreign(foreign: dict[type, int]) -> None:
    """The other world: other texts, dates, shares and states, the same ids."""
    other = "Ganz anders"
    later = Week.containing(FOREIGN_DAY) + 3
    changes: tuple[tuple[type, dict[str, Any]], ...] = (
        (Person, {"name": other, "sort_key": fold(other), "email": "a@b.example", "contract_share": 50}),
        (
            SupportRequest,
            {"title": other, "description": other, "state": RequestState.QUESTION, "from_week": later - 9},
        ),
        (Project, {"title": other, "sort_key": fold(other), "goal": other, "priority": 1}),
        (Milestone, {"title": other, "planned_date": FOREIGN_DAY}),
        (Forecast, {"cause": other, "date": date(2027, 3, 1)}),
        (Need, {"level": 4, "share": 70, "priority": 1}),
        (Assignment, {"share": 60, "to_week": later + 20}),
    )
    for model, values in changes:
        statement = update(model).where(model.id == foreign[model]).values(**values)  # type: ignore[attr-defined]
        db.session.execute(statement, execution_options={"unaudited": True, "synchronize_session": False})
    db.session.execute(
        update(Comment).values(text=other), execution_options={"unaudited": True, "synchronize_session": False}
    )
    absences = update(Absence).where(Absence.person_id == foreign[Person]).values(to_date=date(2027, 2, 20))
    db.session.execute(absences, execution_options={"unaudited": True, "synchronize_session": False})
    db.session.commit()
