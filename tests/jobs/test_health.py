"""What monitoring asks: is the process up, can it work."""

from datetime import timedelta

import time_machine
from flask import Flask

from portfolio.extensions import db
from portfolio.jobs import queue
from portfolio.web import clock
from tests.support.client import Client


def test_the_process_is_up(client: Client) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


def test_not_ready_before_a_worker_was_seen(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["worker"], answer.json["schema"]) == (503, False, True)


def test_ready_while_a_worker_is_alive(app: Flask, client: Client) -> None:
    queue.renew("worker-1")
    db.session.commit()
    assert client.get("/readyz").status_code == 200


def test_not_ready_when_the_worker_fell_silent(app: Flask, client: Client) -> None:
    queue.renew("worker-1")
    db.session.commit()
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        assert client.get("/readyz").status_code == 503
