"""`make bench`: pages and capacity data at two sizes, as ratios against a bare floor measured in the same run.

Each round asks everything once, in turn, so that whatever else the machine does falls on all alike; the median of the
rounds counts. One client, in this process: what a request costs, not what a server can take.
"""

import argparse
import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portfolio import create_app
from portfolio.access.models import User
from portfolio.access.services import create_token
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person
from portfolio.staffing.capacity import matrix
from portfolio.web import clock
from tests.bench import data, floor
from tests.bench.report import machine, write_section
from tests.support import run
from tests.support.databases import KINDS
from tests.support.queries import count_queries

TODAY = date(2026, 11, 23)
FIRST = Week.containing(TODAY)
OWN_LIST = "project list"
PAGES = {
    OWN_LIST: "/projekte",
    "person list": "/personen",
    "need list": "/bedarfe",
    "request list": "/anfragen",
    "project page": "/projekte/5",
    "project team": "/projekte/5/team",
    "home": "/",
    "capacity, first window": "/kapazitaet",
    "capacity, 104 weeks": "/kapazitaet?weeks=104",
    "capacity by skill": "/kapazitaet/faehigkeiten",
    "capacity by ministry": "/kapazitaet/ressorts",
}
SIZES = {
    each.name: f"{each.persons:,} persons, {each.projects:,} projects, {each.assignments:,} assignments"
    for each in (data.STATE, data.GERMANY)
}
HEADING = "Pages and capacity data"
HEAD = """Written by `make bench ARGS="--write docs/benchmarks.md"`: {machine}, medians of {rounds} rounds. Absolute
times drift from machine to machine and from day to day; what counts are the ratios, because what they compare is
measured in turn in the same run.

*floor* is the least such a thing can cost: a bare Flask page with one query and 25 rows of the project list; for
capacity the bare driver, numpy and nothing else. *own list* is our project list, with session, rights, layout and
filters. One client, in this process: what a request costs, without a web server around it.

state: {state}. germany: {germany}."""
Action = Callable[[], Any]


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--db", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--size", choices=("state", "germany", "both"), default="both")
    parser.add_argument("--write", type=Path, help="the page to write what was measured to")
    chosen = parser.parse_args()
    clock.today = lambda: TODAY
    run.begin()
    try:
        lines = [line for kind in KINDS if chosen.db in (kind, "both") for line in _compared(kind, chosen)]
    finally:
        run.end()
    if chosen.write:
        write_section(chosen.write, HEADING, "\n".join((_head(chosen.rounds), *lines)))


def _compared(kind: str, chosen: argparse.Namespace) -> Iterator[str]:
    """The report on one kind of database, printed on the way."""
    for size in (data.STATE, data.GERMANY):
        if chosen.size in (size.name, "both"):
            with _filled(size, kind) as app:
                for line in (f"\n### {size.name}, {kind}\n", *_report(app, size, chosen.rounds)):
                    print(line, flush=True)
                    yield line


def _head(rounds: int) -> str:
    return HEAD.format(rounds=rounds, machine=machine(), **SIZES)


@contextmanager
def _filled(size: data.Size, kind: str) -> Iterator[Flask]:
    database = KINDS[kind](f"bench-{size.name}")
    try:
        database.reset()
        app = create_app(run.SETTINGS | {"SQLALCHEMY_DATABASE_URI": database.url, "WTF_CSRF_ENABLED": False})
        with app.app_context():
            data.fill(size, TODAY)
            db.session.remove()
            yield app
            db.session.remove()
            db.engine.dispose()
    finally:
        database.close()


def _report(app: Flask, size: data.Size, rounds: int) -> Iterator[str]:
    bare, client = floor.list_app(db.engine).test_client(), app.test_client()
    client.post("/anmelden", data={"login": data.LOGIN, "password": data.PASSWORD})
    pages = {name: _opening(client, address) for name, address in PAGES.items()}
    found = _measured({"floor": _opening(bare, "/"), **pages}, rounds)
    yield "| page | ms | x floor | x own list | queries | KB gzipped |\n|---|---|---|---|---|---|"
    for name, action in pages.items():
        with count_queries() as queries:
            size_in_kb = len(gzip.compress(action())) / 1024
        ratios = f"{found[name] / found['floor']:.1f} | {found[name] / found[OWN_LIST]:.2f}"
        yield f"| {name} | {found[name] * 1000:.1f} | {ratios} | {len(queries)} | {size_in_kb:.1f} |"
    yield from _matrix_lines(app, client, size, rounds)


def _matrix_lines(app: Flask, client: FlaskClient, size: data.Size, rounds: int) -> Iterator[str]:
    persons = db.session.execute(select(Person.id).order_by(Person.id)).all()
    db.session.rollback()
    weeks = size.weeks

    def arrays() -> Any:
        return floor.capacity(db.engine, size.persons, FIRST, weeks)

    def own() -> None:
        with app.test_request_context():
            matrix(persons, FIRST, weeks)
            db.session.rollback()

    user = db.session.scalars(select(User).where(User.login == data.LOGIN)).one()
    _stored, token = create_token(user, "bench", days=1)
    db.session.commit()
    asked = f"/api/v1/capacity?from_week={FIRST}&weeks={weeks}"
    found = _measured(
        {
            "arrays, floor": arrays,
            "arrays": own,
            "JSON, floor": lambda: floor.as_json(*arrays()),
            "JSON, API": lambda: client.get(asked, headers={"Authorization": f"Bearer {token}"}).data,
        },
        rounds,
    )
    yield f"\n| capacity of {size.persons} persons x {weeks} weeks | ms | x floor |\n|---|---|---|"
    for name in ("arrays", "JSON"):
        measured = found["arrays"] if name == "arrays" else found["JSON, API"]
        yield f"| {name} | {measured * 1000:.1f} | {measured / found[f'{name}, floor']:.2f} |"


def _opening(client: FlaskClient, address: str) -> Action:
    def open_page() -> bytes:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.data

    return open_page


def _measured(actions: Mapping[str, Action], rounds: int) -> dict[str, float]:
    """Seconds of each action; the first time warms up and does not count."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(rounds + 1):
        for name, action in actions.items():
            start = perf_counter()
            action()
            if number:
                taken[name].append(perf_counter() - start)
    return {name: median(times) for name, times in taken.items()}


if __name__ == "__main__":
    main()
