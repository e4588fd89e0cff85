"""The application and the floor as they are run: gunicorn with two processes of eight threads each."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Barrier, Thread
from time import perf_counter

from flask import Flask
from sqlalchemy import create_engine

from portfolio import create_app
from portfolio.web import clock
from tests.bench import data, floor
from tests.support import run
from tests.support.processes import ROOT, end_with_parent, free_port, wait_until

WORKERS = ("--worker-class", "gthread", "--workers", "2", "--threads", "8", "--keep-alive", "600")
CLIENTS = 16
SETTINGS = run.SETTINGS | {"WTF_CSRF_ENABLED": False}


def own() -> Flask:
    clock.today = lambda: data.TODAY
    return create_app(SETTINGS | {"SQLALCHEMY_DATABASE_URI": os.environ["DATABASE_URL"]})


def bare() -> Flask:
    return floor.list_app(create_engine(os.environ["DATABASE_URL"]))


class Server:
    """Asked over connections that are kept, as browsers and the proxy keep theirs."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port, self._headers = port, headers
        self._connection = self._connected()

    def get(self, address: str, **headers: str) -> bytes:
        return self._asked(self._connection, address, **headers)

    def per_second(self, address: str, times: int) -> float:
        """Answers in a second to sixteen clients that each ask so many times."""
        barrier = Barrier(CLIENTS + 1)

        def ask() -> None:
            connection = self._connected()
            self._asked(connection, address)
            barrier.wait()
            for _ in range(times):
                self._asked(connection, address)
            connection.close()

        clients = [Thread(target=ask) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        barrier.wait()
        start = perf_counter()
        for client in clients:
            client.join()
        return CLIENTS * times / (perf_counter() - start)

    def _connected(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self._port, timeout=60)

    def _asked(self, connection: HTTPConnection, address: str, **headers: str) -> bytes:
        connection.request("GET", address, headers=self._headers | headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (address, answer.status)
        return body


@contextmanager
def served(factory: str, database: str, headers: dict[str, str]) -> Iterator[Server]:
    """One of the two above, until the block ends."""
    port = free_port()
    command = (sys.executable, "-m", "gunicorn", "--no-control-socket", *WORKERS, "--bind", f"127.0.0.1:{port}")
    process = subprocess.Popen(
        (*command, f"tests.bench.served:{factory}()"),
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database},
        stderr=subprocess.DEVNULL,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - it calls nothing that a thread could hold
    )
    try:
        wait_until(lambda: _answers(port), 60, f"gunicorn with {factory}")
        yield Server(port, headers)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 400
    except OSError:
        return False
    finally:
        connection.close()
