"""`make run`, as an operator meets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.processes import MadeServer, wait_until

GRACE_SECONDS = 8


@pytest.fixture
def two_servers(tmp_path: Path) -> Iterator[tuple[MadeServer, MadeServer]]:
    """Two servers from one tree at once, on their own ports and databases."""
    first, second = (
        MadeServer(f"sqlite:///{tmp_path}/{name}.db", log=tmp_path / f"{name}.log") for name in ("one", "two")
    )
    for server in (first, second):
        server.start()
    yield first, second
    for server in (first, second):
        server.kill()


@pytest.mark.reliability
def test_two_servers_run_side_by_side_and_leave_nothing_behind(two_servers: tuple[MadeServer, MadeServer]) -> None:
    first, second = two_servers
    for server in two_servers:
        server.wait_until_ready()

    first.process.terminate()  # make alone
    wait_until(lambda: not first.processes(), GRACE_SECONDS, "every process ended after SIGTERM")
    assert second.status("/healthz") == 200
    second.press_ctrl_c()
    wait_until(lambda: not second.processes(), GRACE_SECONDS, "every process ended after Ctrl-C")
