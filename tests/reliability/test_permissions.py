"""Who may do what, asked of every address, against permissions.txt beside this file, which people review.

`pytest tests/reliability/test_permissions.py --db sqlite --write-permissions` writes the table anew.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portfolio.extensions import db
from tests.support.addresses import parameters_of
from tests.support.databases import Database
from tests.support.permissions import CHANGING, OBJECTS, REFUSED, Interview, Question
from tests.support.stage import WORLD
from tests.world import Seat, World

TABLE = Path(__file__).with_name("permissions.txt")
COUNTED_ATTEMPTS = {"failed_login"}
COLUMNS = {
    "anonymous": "anon",
    "carla": "cio",
    "konrad": "coor",
    "lea": "lead",
    "paul": "pool",
    "mia": "mini",
    "rita": "audi",
    "anton": "admi",
    "otto": "othr",
    "una": "unre",
    "dora": "disa",
}
HEADING = " ".join(f"{short:<4}" for short in COLUMNS.values())
WIDTH, METHOD = len(HEADING) + 1, len("DELETE ")
LEGEND = f"""\
# Who may do what: one line for each method of each address, written by
#   .venv/bin/pytest tests/reliability/test_permissions.py --db sqlite --write-permissions
# and reviewed by people. In each column the answer about a thing of one's own world, one of somebody else's, and one
# that does not exist; a single letter where the address is about no thing in particular.
#
#   anon nobody logged in   cio CIO office   coor coordinator of the ministry   lead of the project   pool member on it
#   mini the ministry   audi auditor   admi administrator   othr another ministry, home of the pool member
#   unre lead, pool member and ministry at once, but of no project, person, organisation   disa all roles, disabled
#
#   + done or shown   > done, leads on   may, but not so:   i input (422)   c state (409)   v version (428)
#   L to the login   U unauthorized (401)   F forbidden (403)   N not found (404)   d something is down (503)
#
{HEADING}""".splitlines()


@pytest.fixture
def interview(app: Flask, world: World) -> Interview:
    return Interview(app, world)


@pytest.mark.reliability
def test_everybody_may_do_what_the_table_says(
    interview: Interview, database: Database, request: pytest.FixtureRequest
) -> None:
    briefly = database.name == "postgresql"  # answers the same; what a refusal leaves in it is its own
    asked = Asked(interview, database, OBJECTS[:1] if briefly else OBJECTS)
    questions = sorted(interview.questions(), key=lambda question: (question.writes, question.title))
    if briefly:
        questions = asked.only_writes(questions)
    found = {question.title: asked.line(question) for question in questions}
    if request.config.getoption("write_permissions") and not briefly:
        TABLE.write_text("\n".join([*LEGEND, *(found[title] for title in sorted(found, key=_place)), ""]), "utf-8")
    table = {line for line in TABLE.read_text("utf-8").splitlines() if not briefly or line[WIDTH:] in found}
    expected = {own_alone(line) if briefly else line for line in table - set(LEGEND)}
    assert asked.traces == []
    assert sorted(set(found.values()) ^ expected, key=lambda line: line[WIDTH:]) == []


def own_alone(line: str) -> str:
    """The line without what is said of things that are foreign or missing."""
    cells = line[: WIDTH - 1].split()
    return f"{' '.join(f'{cell[0]:<4}' for cell in cells)} {line[WIDTH:]}"


@pytest.mark.reliability
@pytest.mark.only("sqlite")
def test_a_thing_is_found_below_what_it_belongs_to_alone(interview: Interview) -> None:
    """An address that names two things answers nobody about one's own and a stranger's together."""
    found = {
        f"{question.title} as {seat.name}": answer
        for question in interview.questions()
        if len(parameters_of(question.rule)) > 1
        for seat in interview.world.seats.values()
        if (answer := interview.answer(seat, question, "mixed")) not in REFUSED
    }
    assert found == {}


@pytest.mark.reliability
@pytest.mark.only("sqlite")
def test_no_page_writes_without_the_token_of_its_form(interview: Interview, database: Database) -> None:
    carla = interview.world.seats["carla"]
    cookie_alone = Seat("carla", carla.user_id, {"Cookie": carla.browser["Cookie"]})
    before = database.pulse()
    writes = [question for question in interview.questions() if question.writes and not question.is_api]
    assert {interview.answer(cookie_alone, question, "own") for question in writes} == {"b"}
    assert database.pulse() == before


def _place(title: str) -> tuple[str, str]:
    method, address = title[:METHOD], title[METHOD:]
    return address, method


class Asked:
    """One question after another, each on the same rows; what a refusal leaves behind is kept in `traces`."""

    def __init__(self, interview: Interview, database: Database, things: tuple[str, ...]) -> None:
        self.interview = interview
        self.database = database
        self.things = things
        self.traces: list[str] = []
        self.rows = rows()
        self.pulse = database.pulse()

    def only_writes(self, questions: list[Question]) -> list[Question]:
        """Look at the pages of those who may change something, for their forms, and leave the rest."""
        seats = [self.interview.world.seats[name] for name in CHANGING]
        for question in questions:
            if not question.writes and not question.is_api:
                for seat in seats:
                    self.interview.answer(seat, question, "own")
        return [question for question in questions if question.writes]

    def line(self, question: Question) -> str:
        seats = (self.interview.world.seats[name] for name in COLUMNS)
        answers = ("".join(self._answers(question, seat)) for seat in seats)
        return f"{' '.join(f'{answer:<4}' for answer in answers)} {question.title}".rstrip()

    def _answers(self, question: Question, seat: Seat) -> Iterator[str]:
        for thing in (each for each in question.objects if each in self.things):
            if question.writes and self.database.pulse() != self.pulse:  # pages wrote that files were taken
                self._restore()
            found = self.interview.answer(seat, question, thing)
            if question.writes:
                self._look_for_traces(found in REFUSED, f"{question.title} as {seat.name}, {thing}")
            yield found

    def _look_for_traces(self, refused: bool, title: str) -> None:
        if self.database.pulse() == self.pulse:
            return
        if refused and (left := differences(self.rows, rows())):
            self.traces.append(f"{title}: refused, but changed {left}")
        self._restore()

    def _restore(self) -> None:
        db.session.remove()
        db.engine.dispose()
        self.database.reset(WORLD)
        self.pulse = self.database.pulse()


def rows() -> dict[str, list[Any]]:
    """All that is stored, by table."""
    db.session.commit()  # or the connection below waits for what the test reads
    with db.engine.connect() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in db.metadata.sorted_tables}


def differences(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> list[str]:
    return [name for name in before if before[name] != after[name] and name not in COUNTED_ATTEMPTS]
