"""A real browser on a real server: where they are, and what no page may do."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from flask import Flask
from playwright.sync_api import ConsoleMessage, Page, Request, Response
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe-core-4.14.1"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_browser() -> str:
    """The Chromium that scripts/browser.sh found or installed."""
    given = os.environ.get("CHROMIUM_PATH")
    found = [given] if given else [path for name in NAMES if (path := shutil.which(name))]
    found += map(str, Path.home().glob(".cache/ms-playwright/chromium*/chrome-linux*/chrome"))
    if not found:
        raise FileNotFoundError("no Chromium for the browser tests: run `make browser`")
    return found[0]


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: object, **_options: object) -> None:
        """Nothing: a failing test shows the page, not the list of requests."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve `app` on a free port of 127.0.0.1; the address is the value."""
    server = make_server("127.0.0.1", 0, _at_once(app), threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(timeout=5)
        server.server_close()


def _at_once(app: Flask) -> "WSGIApplication":
    """Whole answers only: a page that goes away while a file is sent would leave it open."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            getattr(parts, "close", lambda: None)()

    return answer


class Watch:
    """Collects what a page must never do: script errors, blocked content, foreign addresses, missing parts."""

    of: ClassVar["WeakKeyDictionary[Page, Watch]"] = WeakKeyDictionary()

    def __init__(self, page: Page, origin: str) -> None:
        self.of[page] = self
        self.faults: list[str] = []
        self._origin = origin
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def take_faults(self) -> list[str]:
        """What was found so far, for a test that looks at many pages and can say which one it was."""
        found, self.faults = self.faults, []
        return found

    def _console(self, message: ConsoleMessage) -> None:
        # A failed load is judged by its response: a form that answers 422 is none.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._origin, "data:", "blob:", "about:")):
            self.faults.append(f"foreign address: {request.url}")

    def _response(self, response: Response) -> None:
        part = response.request.resource_type != "document"
        if response.status >= 500 or (response.status == 404 and part):
            self.faults.append(f"{response.status} for {response.url}")


def sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(password)
    with page.expect_navigation():
        page.locator("input[name=password]").press("Enter")


def axe_violations(page: Page, *, context: str = "document", rules: Sequence[str] = ()) -> list[str]:
    """What axe finds against WCAG 2.0 to 2.2, A and AA, or these rules, in German: a text per rule, with its places."""
    before = list(Watch.of[page].faults)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    found: dict[str, Any] = page.evaluate(
        "([root, only]) => axe.run(root === 'document' ? document : root,"
        " { runOnly: only, resultTypes: ['violations'] })",
        [context, only],
    )
    Watch.of[page].faults = before  # axe measures with inline styles of its own
    return [_describe(violation) for violation in found["violations"]]


@cache
def _axe() -> str:
    script = (AXE / "axe.min.js").read_text(encoding="utf-8")
    return f"{script}; axe.configure({{ locale: {(AXE / 'locales' / 'de.json').read_text(encoding='utf-8')} }});"


def _describe(violation: dict[str, Any]) -> str:
    places = "\n".join(f"    {node['html'][:160]}" for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']}\n{places}"
