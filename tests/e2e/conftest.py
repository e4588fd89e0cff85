"""Journeys: what people come for, in both languages."""

import pytest
from playwright.sync_api import Page

from portfolio.extensions import db
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.support.journey import Journey


@pytest.fixture(params=["de", "en"])
def journey(request: pytest.FixtureRequest, cast: Cast, page: Page) -> Journey:
    """The whole cast speaks the language."""
    for user in cast.users.values():
        user.locale = request.param
    db.session.commit()
    return Journey(page, request.param, PASSWORD)
