"""Every page there is, as everybody who may see it: accessible in light and dark, and fit for a telephone.

The pages come from the URL map and the world in tests/world.py. Of pages with the same parts one is looked at, so that
seven roles do not cost seven times as much; at full length all of them are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PatienceLost

from portfolio.factory import BLUEPRINTS
from tests.support.browser import Watch, axe_violations
from tests.support.structure import Novelty, Sight, Walk
from tests.world import Seat

NAMES = ["api_docs", *sorted(each.name for each in BLUEPRINTS)]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 900}
SETTLING = 3_000  # milliseconds for charts to follow the width of the window
COMPLETE = """() => !document.querySelector("[hx-trigger=load]")
    && [...document.querySelectorAll("[data-module~=chart]")].every((chart) => chart.matches(".js-plotly-plot"))"""
OPEN_ALL = "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
FITS = "() => document.documentElement.scrollWidth <= innerWidth"
WIDEST = """() => {
    const scrolls = (each) => each !== document.body && getComputedStyle(each).overflowX !== "visible";
    const inScroller = (each) => { for (; each; each = each.parentElement) if (scrolls(each)) return true; };
    return [...document.querySelectorAll("body *")]
        .filter((each) => each.scrollWidth + each.getBoundingClientRect().left > innerWidth + 1
            && !inScroller(each.parentElement))
        .map((each) => each.outerHTML.slice(0, 90).replaceAll(/\\s+/g, " ")).slice(-4).join("\\n    ");
}"""


@pytest.mark.reliability
@pytest.mark.parametrize("blueprint", NAMES)
def test_pages_are_accessible_and_fit(
    walk: Walk, page: Page, live_server: str, blueprint: str, rounds: Callable[[int, int], int]
) -> None:
    eye, novelty, all_of_them = Eye(page, live_server), Novelty(), rounds(0, 1)
    faults: list[str] = []
    for sights in (walk.pages(blueprint), walk.refusals(blueprint)):
        for sight in sights:
            if sight.is_page and (novelty.is_new(sight) or all_of_them):
                faults += [f"{sight}: {fault}" for fault in eye.look(sight)]
    assert not faults, "\n".join(faults)


def test_every_address_belongs_to_a_blueprint_that_is_looked_at(app: Flask) -> None:
    names = {rule.endpoint.partition(".")[0] for rule in app.url_map.iter_rules()}
    assert names - set(NAMES) == {"api", "health"}


@dataclass
class Eye:
    """A browser that anybody can sit down at."""

    page: Page
    origin: str

    def look(self, sight: Sight) -> Iterator[str]:
        self._sit_down(sight.seat)
        self._open(sight)
        yield from self._width()
        yield from axe_violations(self.page)
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        yield from (f"dark, {found}" for found in axe_violations(self.page, rules=["color-contrast"]))
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(NARROW)
        yield from self._width()
        yield from Watch.of[self.page].take_faults()

    def _width(self) -> Iterator[str]:
        try:
            self.page.wait_for_function(FITS, timeout=SETTLING)
        except PatienceLost:
            yield f"wider than {self.page.evaluate('innerWidth')} pixels:\n    {self.page.evaluate(WIDEST)}"

    def _sit_down(self, seat: Seat) -> None:
        name, _, value = seat.browser["Cookie"].partition("=")
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.origin}])

    def _open(self, sight: Sight) -> None:
        """As it is now; an answer to a form is shown once more, for sending it again may do something else."""
        self.page.set_viewport_size(WIDE)
        if sight.sent:
            given: Any = {"status": 200, "body": sight.answer.text, "headers": dict(sight.answer.headers)}
            self.page.route(self.origin + sight.address, lambda route: route.fulfill(**given), times=1)
        self.page.goto(sight.address)
        self.page.wait_for_function(COMPLETE)
        self.page.evaluate(OPEN_ALL)
