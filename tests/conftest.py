"""What tests start from: an app on either database, a client, a cast of people, a browser."""

import os
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from playwright.sync_api import Page, expect

from portfolio.access import secrets
from portfolio.extensions import db
from tests.support import browser, client, run
from tests.support.api import Api
from tests.support.databases import KINDS, Database
from tests.support.postgres import PostgresUnavailable
from tests.support.stage import CAST, WORLD, Stage

# Argon2 at full strength takes a tenth of a second a password; factories hash one when they are imported.
secrets._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
secrets._NOBODY = secrets.hash_password("the password of no account")

BROWSER_FIXTURES = {"page", "context", "live_server"}
PATIENCE = 15_000  # milliseconds: a machine that runs other things as well is slow, not wrong
expect.set_options(timeout=PATIENCE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=["both", *KINDS], default="both", help="databases to test on")
    parser.addoption("--reliability", choices=["quick", "full"], default="quick", help="length of fault tests")
    parser.addoption("--write-permissions", action="store_true", help="write the permission table anew, to review it")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        run.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        run.end()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test with a database runs on both, unless it says `only` one; the browser needs but one."""
    if "database" not in metafunc.fixturenames:
        return
    only = metafunc.definition.get_closest_marker("only")
    wanted = [only.args[0]] if only else ["sqlite"] if BROWSER_FIXTURES & set(metafunc.fixturenames) else KINDS
    chosen = metafunc.config.getoption("db")
    metafunc.parametrize("database", [kind for kind in wanted if chosen in ("both", kind)], indirect=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("e2e")


@pytest.fixture(scope="session")
def _stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, _stage: Stage) -> Database:
    """A database as it is after migration; with the cast in it, or the world, where the test asks for them."""
    wanted = [state for state in (WORLD, CAST) if f"_with_{state}" in request.fixturenames]
    try:
        return _stage.database(request.param, *wanted[:1])
    except PostgresUnavailable as reason:
        _without_postgres(str(reason))


def _without_postgres(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"no PostgreSQL to test on: {reason}", pytrace=False)
    warnings.warn(pytest.PytestWarning(f"NOT TESTED ON POSTGRESQL: {reason}"), stacklevel=2)
    pytest.skip(f"no PostgreSQL: {reason}")


@pytest.fixture
def app(database: Database, _stage: Stage) -> Iterator[Flask]:
    """The application on an empty, migrated database, with its context pushed for arranging and asserting.

    A test that holds a transaction open (by reading or flushing) blocks other connections on SQLite. The client
    and the browser therefore commit before each request; a test with threads calls `db.session.commit()` itself.
    """
    app = _stage.app(database)
    with app.app_context():
        yield app
        db.session.remove()
        if database.name == "sqlite":
            db.engine.dispose()  # the file is replaced before the next test


@pytest.fixture
def client_of(app: Flask) -> Callable[[Any], client.Client]:
    """A client logged in as the given member of the cast: `client_of(cast.alice)`."""
    from tests.factories import PASSWORD  # needs all models, which tests of the pure core do not load

    def log_in(user: Any) -> client.Client:
        browser_of_user = app.test_client()
        browser_of_user.log_in(user.login, PASSWORD)
        return browser_of_user

    return log_in


@pytest.fixture(name="client")
def anonymous_client(app: Flask) -> client.Client:
    """A client that is not logged in."""
    return app.test_client()


@pytest.fixture
def api(app: Flask) -> Callable[[Any], Api]:
    """A client of the API with the rights of the given member of the cast: `api(cast.carla)`; None: without a token."""
    from portfolio.access.services import create_token  # as above

    return lambda user: Api(app, create_token(user, "test")[1] if user else None)


@pytest.fixture
def _with_cast() -> None:
    """Tells the database fixture, which comes first, that the cast is wanted (and not one of a test's own)."""


@pytest.fixture
def cast(_with_cast: None, app: Flask, _stage: Stage) -> Any:
    """People with fixed rights, committed; see tests/cast.py."""
    return _stage.cast()


@pytest.fixture
def _with_world() -> None:
    """As above: tells the database fixture that the world is wanted."""


@pytest.fixture
def world(_with_world: None, app: Flask, database: Database, _stage: Stage) -> Iterator[Any]:
    """Something behind every address, and everybody logged in, at one moment; see tests/world.py."""
    from tests.world import MOMENT  # as above

    with time_machine.travel(MOMENT):
        yield _stage.worlds[database.name]


@pytest.fixture
def walk(app: Flask, world: Any, database: Database) -> Any:
    """All pages there are, by everybody who may see them."""
    from tests.support.structure import Walk  # as above

    return Walk(app, world, database)


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often to repeat: `rounds(quick=10, full=200)`."""
    full_length = request.config.getoption("reliability") == "full"

    def choose(quick: int, full: int) -> int:
        return full if full_length else quick

    return choose


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    arguments = ["--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": browser.find_browser(), "args": arguments}


@pytest.fixture(scope="session")
def base_url() -> None:
    """None for the whole run: each test has its own server, and browser_context_args names it."""


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], live_server: str) -> dict[str, Any]:
    german = {"locale": "de-DE", "timezone_id": "Europe/Berlin"}
    return {**browser_context_args, **german, "base_url": live_server}


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The app under a real address."""
    with browser.serving(app) as address:
        yield address


@pytest.fixture
def page(page: Page, live_server: str) -> Iterator[Page]:
    """A browser tab; the test fails when a page did what no page may do (see browser.Watch)."""
    session = db.session()
    session.commit()
    page.context.on("request", lambda _request: session.commit())  # or the server waits for what the test reads
    page.set_default_timeout(PATIENCE)
    watch = browser.Watch(page, live_server)
    yield page
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def sign_in(page: Page) -> Callable[[Any], None]:
    """Log in through the login page: `sign_in(cast.alice)`."""
    from tests.factories import PASSWORD  # as above

    return lambda user: browser.sign_in(page, user.login, PASSWORD)
