"""Home in a real browser: nobody is kept out, and all roles of a user come together on one page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portfolio.access.policy import Role
from portfolio.extensions import db
from portfolio.planning.lights import Light
from portfolio.staffing.models import AssignmentState
from portfolio.support.models import RequestState
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.browser import axe_violations

SignIn = Callable[[Any], None]


@pytest.fixture
def busy(cast: Cast) -> None:
    """Something on every list."""
    today, now = clock.today(), clock.this_week()
    milestone = factories.milestone(cast.project, planned_date=today + timedelta(days=9))
    factories.forecast(milestone, today, today + timedelta(days=30))
    factories.report(cast.project, Light.RED, decisions_needed="Budget")
    factories.need(cast.project, cast.fim, from_week=now, to_week=now + 9)
    factories.assignment(
        cast.paul_person, cast.project, state=AssignmentState.REQUESTED, from_week=now + 20, to_week=now + 22
    )
    factories.absence(cast.paul_person, today, today + timedelta(days=20))
    for state in (RequestState.SUBMITTED, RequestState.QUESTION):
        factories.support_request(cast.education, state=state, submitted_at=clock.now())
    db.session.commit()


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia", "otto", "rita", "anton"])
def test_no_home_page_keeps_anybody_out(page: Page, sign_in: SignIn, cast: Cast, busy: None, name: str) -> None:
    sign_in(cast.users[name])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Guten Tag")
    assert axe_violations(page) == []


def test_all_roles_come_together(page: Page, sign_in: SignIn, cast: Cast, busy: None) -> None:
    cast.lea.roles = frozenset({Role.PROJECT_LEAD, Role.POOL_MEMBER, Role.AUDITOR})
    db.session.commit()
    sign_in(cast.lea)
    for heading in ("Offene Bedarfe", "Ihr Kalender", "Funktionsliste"):
        expect(page.get_by_role("heading", name=heading, level=3)).to_be_visible()
    assert axe_violations(page) == []
