"""Notices in a real browser: what is opened is read, and nobody is kept out."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portfolio.extensions import db
from portfolio.support import notices
from portfolio.support.models import RequestState
from portfolio.support.transitions import Verb
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.browser import axe_violations

SignIn = Callable[[Any], None]


@pytest.fixture
def asked(cast: Cast) -> None:
    for title in ("Kita-Antrag online", "Schulanmeldung"):
        request = factories.support_request(
            cast.education, title, state=RequestState.QUESTION, submitted_at=clock.now()
        )
        notices.step_taken(request, Verb.ASK)
    db.session.commit()


def test_what_is_opened_is_read(page: Page, sign_in: SignIn, cast: Cast, asked: None) -> None:
    sign_in(cast.mia)
    page.get_by_role("link", name="2 ungelesene Hinweise").click()
    assert axe_violations(page) == []
    with page.expect_request(lambda sent: sent.method == "POST"):  # its answer comes when the page is left already
        page.get_by_role("link", name="Rückfrage zu Ihrer Anfrage „Schulanmeldung“").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Schulanmeldung")
    page.goto("/hinweise?alle=y")
    expect(page.get_by_role("link", name="1 ungelesener Hinweis")).to_be_visible()
    assert axe_violations(page) == []


def test_a_button_says_that_it_was_read(page: Page, sign_in: SignIn, cast: Cast, asked: None) -> None:
    sign_in(cast.mia)
    page.goto("/hinweise")
    page.get_by_role("button", name="Als gelesen markieren: Das CIO-Büro").first.click()
    page.get_by_role("button", name="Alle als gelesen markieren").click()
    expect(page.get_by_text("Alles gelesen")).to_be_visible()
    assert axe_violations(page) == []
