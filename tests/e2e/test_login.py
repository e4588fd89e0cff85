"""The way in, in a real browser."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.support.browser import axe_violations


def test_login_page_is_accessible(page: Page) -> None:
    page.goto("/")
    assert axe_violations(page) == []


def test_login_by_keyboard_leads_home(cast: Cast, page: Page, sign_in: Callable[[Any], None]) -> None:
    sign_in(cast.carla)
    expect(page).to_have_title("Start – Projektpool")
