"""`make bench`: pages and capacity data at two sizes, as ratios against a bare floor measured in the same run.

Each round asks everything in turn, each for about as long, so that whatever else the machine does falls on all alike;
the median of the rounds counts. Both stand behind the same web server, as they are run.
"""

import argparse
import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask
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
from tests.bench.served import CLIENTS, SETTINGS, Server, served
from tests.support import run
from tests.support.databases import KINDS
from tests.support.queries import count_queries

FIRST = Week.containing(data.TODAY)
STRETCH = 0.05  # seconds; what takes less is asked so often in a row, or it would slip between the others' turns
OWN_LIST = "project list"
PAGES = {
    OWN_LIST: "/projekte",
    "person list": "/personen",
    "need list": "/bedarfe",
    "request list": "/anfragen",
    "project page": "/projekte/5",
    "project team": "/projekte/5/team",
    "decision, 60 needs": "/anfragen/1/entscheidung",
    "home": "/",
    "capacity, first window": "/kapazitaet",
    "capacity, 104 weeks": "/kapazitaet?weeks=104",
    "capacity by skill": "/kapazitaet/faehigkeiten",
    "capacity by ministry": "/kapazitaet/ressorts",
}
LISTS = (OWN_LIST, "person list", "need list", "request list")
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
filters. Both are served by gunicorn, two processes of eight threads, on kept connections; one client unless the table
says otherwise.

state: {state}. germany: {germany}."""
Action = Callable[[], Any]


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--db", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--size", choices=("state", "germany", "both"), default="both")
    parser.add_argument("--write", type=Path, help="the page to write what was measured to")
    chosen = parser.parse_args()
    clock.today = lambda: data.TODAY
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
        app = create_app(SETTINGS | {"SQLALCHEMY_DATABASE_URI": database.url})
        with app.app_context():
            data.fill(size, data.TODAY)
            db.session.remove()
            yield app
            db.session.remove()
            db.engine.dispose()
    finally:
        database.close()


def _report(app: Flask, size: data.Size, rounds: int) -> Iterator[str]:
    client, database = app.test_client(), app.config["SQLALCHEMY_DATABASE_URI"]
    client.post("/anmelden", data={"login": data.LOGIN, "password": data.PASSWORD})
    session = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert session is not None
    signed_in = {"Cookie": f"{session.key}={session.value}"}
    with served("bare", database, {}) as bare, served("own", database, signed_in) as own:
        pages = {name: partial(own.get, address) for name, address in PAGES.items()}
        found = _measured({"floor": lambda: bare.get("/"), **pages}, rounds)
        yield "| page | ms | x floor | x own list | queries | KB gzipped |\n|---|---|---|---|---|---|"
        for name, address in PAGES.items():
            with count_queries() as queries:
                size_in_kb = len(gzip.compress(client.get(address).data)) / 1024
            ratios = f"{found[name] / found['floor']:.1f} | {found[name] / found[OWN_LIST]:.2f}"
            yield f"| {name} | {found[name] * 1000:.1f} | {ratios} | {len(queries)} | {size_in_kb:.1f} |"
        yield from _crowd_lines(bare, own)
        yield from _matrix_lines(app, own, size, rounds)


def _crowd_lines(bare: Server, own: Server) -> Iterator[str]:
    actions = {"floor": partial(bare.per_second, "/", 50)}
    actions |= {name: partial(own.per_second, PAGES[name], 10) for name in LISTS}
    found = {name: median(answers) for name, answers in _in_turn(actions, 3).items()}
    yield f"\n| {CLIENTS} clients at once | answers per second | floor, times as many |\n|---|---|---|"
    for name in LISTS:
        yield f"| {name} | {found[name]:.0f} | {found['floor'] / found[name]:.1f} |"


def _matrix_lines(app: Flask, served_own: Server, size: data.Size, rounds: int) -> Iterator[str]:
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
            "JSON, API": lambda: served_own.get(asked, Authorization=f"Bearer {token}"),
        },
        rounds,
    )
    yield f"\n| capacity of {size.persons} persons x {weeks} weeks | ms | x floor |\n|---|---|---|"
    for name in ("arrays", "JSON"):
        measured = found["arrays"] if name == "arrays" else found["JSON, API"]
        yield f"| {name} | {measured * 1000:.1f} | {measured / found[f'{name}, floor']:.2f} |"


def _measured(actions: Mapping[str, Action], rounds: int) -> dict[str, float]:
    """Seconds of each action."""
    times = {name: max(1, round(STRETCH / _taken(action, 3))) for name, action in actions.items()}
    turns = {name: partial(_taken, action, times[name]) for name, action in actions.items()}
    return {name: median(taken) for name, taken in _in_turn(turns, rounds).items()}


def _taken(action: Action, times: int) -> float:
    start = perf_counter()
    for _ in range(times):
        action()
    return (perf_counter() - start) / times


def _in_turn(actions: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """What each returned; the first round warms up and does not count."""
    found = [{name: action() for name, action in actions.items()} for _ in range(rounds + 1)]
    return {name: [each[name] for each in found[1:]] for name in actions}


if __name__ == "__main__":
    main()
