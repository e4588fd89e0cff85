"""The main navigation: what leads where for whom."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from portfolio.access.policy import Role
from tests.cast import Cast
from tests.support.client import Client

ClientOf = Callable[[Any], Client]


def entries(page: str) -> dict[str, bool]:
    """The labels of the navigation, and whether each is marked as the present page."""
    (menu,) = re.findall(r'<nav class="app-nav".*?</nav>', page, re.DOTALL)
    found = re.findall(r'<li><a href="[^"]*"( aria-current="page")?>([^<]*)</a></li>', menu)
    return {label: bool(current) for current, label in found}


def test_a_pool_member_goes_straight_to_the_own_week(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.paul).get(f"/personen/{cast.paul_person.id}").text
    assert entries(page)["Meine Woche"]
    assert "Personen" not in entries(page)
    assert "Diese Woche, KW" in page


def test_who_also_reads_others_finds_both(cast: Cast, client_of: ClientOf) -> None:
    cast.paul.roles = frozenset({Role.CIO_OFFICE, Role.POOL_MEMBER})
    own = entries(client_of(cast.paul).get(f"/personen/{cast.paul_person.id}").text)
    assert (own["Meine Woche"], own["Personen"]) == (True, False)
    other = entries(client_of(cast.paul).get(f"/personen/{cast.lea_person.id}").text)
    assert (other["Meine Woche"], other["Personen"]) == (False, True)


@pytest.mark.parametrize(
    ("name", "label", "there"), [("anton", "Einstellungen", True), ("carla", "Einstellungen", False)]
)
def test_settings_are_for_the_administration(
    cast: Cast, client_of: ClientOf, name: str, label: str, there: bool
) -> None:
    assert (label in entries(client_of(cast.users[name]).get("/").text)) is there
