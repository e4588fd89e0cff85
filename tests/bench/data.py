"""Seeded data of two sizes: a state, and all sixteen of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from portfolio.access.models import Organisation, User
from portfolio.access.policy import Role
from portfolio.access.secrets import hash_password
from portfolio.extensions import Model, db
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.pool.models import Absence, Person, PersonSkill, PoolShare, Skill
from portfolio.projects.models import Forecast, Milestone, Phase, Project
from portfolio.staffing.models import Assignment, AssignmentState, Need
from portfolio.support.forms.rows import MOST_ROWS
from portfolio.support.models import RequestNeed, RequestState, SupportRequest
from portfolio.web.text import fold

TODAY = date(2026, 11, 23)
LOGIN, PASSWORD = "bench", "ein Kennwort zum Messen"
SKILLS = 40
CHUNK = 5_000
SHARES = (20, 20, 20, 30, 40, 50)


@dataclass(frozen=True, slots=True)
class Size:
    name: str
    organisations: int
    persons: int
    projects: int
    assignments: int
    weeks: int
    milestones: int
    requests: int


STATE = Size("state", 9, 60, 120, 600, 52, 900, 200)
GERMANY = Size("germany", 16, 2_000, 4_000, 40_000, 104, 60_000, 3_000)


def fill(size: Size, today: date) -> None:
    """Write the data into an empty, migrated database; the same day always gives the same."""
    world = _World(size, today, Random(size.name))
    for model, rows in (
        (Organisation, world.organisations()),
        (Skill, world.skills()),
        (Person, world.persons()),
        (PoolShare, world.pool_shares()),
        (PersonSkill, world.person_skills()),
        (Absence, world.absences()),
        (Project, world.projects()),
        (Milestone, world.milestones()),
        (Forecast, world.forecasts()),
        (Need, world.needs()),
        (Assignment, world.assignments()),
        (SupportRequest, world.requests()),
        (RequestNeed, world.request_needs()),
        (User, world.users()),
    ):
        _write(model, list(rows))
    db.session.commit()


def _write(model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), CHUNK):
        statement = insert(model).execution_options(unaudited=True)  # data to measure with, nobody's change
        db.session.execute(statement, rows[start : start + CHUNK])


class _World:
    """Rows of each table; ids count from 1."""

    def __init__(self, size: Size, today: date, chance: Random) -> None:
        self.size, self.today, self.chance = size, today, chance
        self.first = Week.containing(today)
        self.windows: list[tuple[int, Week, Week]] = []  # of the needs, with their project

    def organisations(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.size.organisations + 1):
            name = f"Ministerium {number:02d}"
            yield {"id": number, "code": f"M{number:02d}", "name": name, "sort_key": fold(name), "kind": "supreme"}

    def skills(self) -> Iterator[dict[str, Any]]:
        for number in range(1, SKILLS + 1):
            name, area = f"Fähigkeit {number:02d}", f"Bereich {number % 6}"
            yield {"id": number, "code": f"F{number:02d}", "name": name, "sort_key": fold(name), "area": area}

    def persons(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.size.persons + 1):
            name = f"Vorname{number:04d} Nachname{self.chance.randint(1, 999):03d}"
            home = self.chance.randint(1, self.size.organisations)
            yield {"id": number, "name": name, "sort_key": fold(name), "home_organisation_id": home}

    def pool_shares(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.size.persons + 1):
            yield {"person_id": number, "from_week": self.first - 20, "share": 100, "to_week": None}

    def person_skills(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.size.persons + 1):
            for skill in self.chance.sample(range(1, SKILLS + 1), 4):
                yield {"person_id": number, "skill_id": skill, "level": self.chance.randint(1, 4)}

    def absences(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.size.persons + 1):
            for _ in range(self.size.weeks // 13):
                start = self.first.monday + timedelta(days=self.chance.randint(0, 7 * self.size.weeks))
                until = start + timedelta(days=self.chance.randint(0, 14))
                yield {"person_id": number, "from_date": start, "to_date": until}

    def projects(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.size.projects + 1):
            title, code = f"Onlinedienst {number:04d}", f"OZG-2026-{number:04d}"
            start = self.today + timedelta(weeks=self.chance.randint(-10, self.size.weeks - 20))
            lead = self.chance.randint(1, self.size.persons)
            yield {
                "id": number,
                "code": code,
                "title": title,
                "sort_key": fold(f"{title} {code}"),
                "organisation_id": 1 + number % self.size.organisations,
                "phase": self.chance.choice((Phase.CONCEPT, Phase.IMPLEMENTATION, Phase.PILOT)),
                "start": start,
                "end": start + timedelta(weeks=self.chance.randint(12, 60)),
                "lead_id": lead,
                "coordinator_id": 1 + lead % self.size.persons,
            }

    def milestones(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.size.milestones + 1):
            planned = self.today + timedelta(weeks=self.chance.randint(-10, self.size.weeks))
            reached = planned if planned < self.today else None
            project = 1 + number % self.size.projects
            titled = {"id": number, "project_id": project, "title": f"Meilenstein {number}"}
            yield titled | {"planned_date": planned, "reached_on": reached}

    def forecasts(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.size.milestones + 1):
            for back in (8, 4):
                reported = self.today - timedelta(weeks=back)
                expected = self.today + timedelta(weeks=self.chance.randint(0, self.size.weeks))
                yield {"milestone_id": number, "reporting_date": reported, "date": expected}

    def needs(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.size.assignments * 3 // 5 + 1):
            begin = self.first + self.chance.randint(-4, self.size.weeks - 8)
            until = begin + self.chance.randint(3, 20)
            project = 1 + number % self.size.projects
            self.windows.append((project, begin, until))
            volume = number % 7 == 0
            yield {
                "id": number,
                "project_id": project,
                "skill_id": self.chance.randint(1, SKILLS),
                "level": self.chance.randint(1, 3),
                "share": self.chance.choice(SHARES),
                "kind": NeedKind.VOLUME if volume else NeedKind.STEADY,
                "person_days": 10 if volume else None,
                "from_week": begin,
                "to_week": until,
                "priority": self.chance.randint(1, 4),
            }

    def assignments(self) -> Iterator[dict[str, Any]]:
        """For four in five needs in turn; nobody is over-booked: who has no place is passed over."""
        booked = [[0] * (self.size.weeks + 60) for _ in range(self.size.persons)]
        made = 0
        while made < self.size.assignments:
            need = self.chance.randrange(len(self.windows) * 4 // 5)
            project, begin, until = self.windows[need]
            person, share = self.chance.randrange(self.size.persons), self.chance.choice(SHARES[:4])
            until = min(until, begin + self.chance.randint(1, 12))
            weeks = range(begin - self.first + 10, until - self.first + 11)
            if any(booked[person][week] + share > 100 for week in weeks):
                continue
            for week in weeks:
                booked[person][week] += share
            made += 1
            yield {
                "person_id": person + 1,
                "project_id": project,
                "need_id": need + 1 if made % 4 else None,
                "share": share,
                "from_week": begin,
                "to_week": until,
                "state": AssignmentState.CONFIRMED if made % 5 else AssignmentState.PROPOSED,
            }

    def requests(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.size.requests + 1):
            title = f"Anfrage {number:04d}"
            yield {
                "title": title,
                "sort_key": fold(title),
                "search_text": fold(title),
                "description": "Der Antrag soll digital werden.",
                "organisation_id": 1 + number % self.size.organisations,
                "from_week": self.first + number % 20,
                "to_week": self.first + number % 20 + 12,
                "state": RequestState.SUBMITTED if number % 3 else RequestState.DRAFT,
                "submitted_at": datetime(2026, 11, 1, tzinfo=UTC) if number % 3 else None,
            }

    def request_needs(self) -> Iterator[dict[str, Any]]:
        """All of the first request: as many as one may ask for."""
        for number in range(1, MOST_ROWS + 1):
            yield {
                "id": number,
                "request_id": 1,
                "skill_id": self.chance.randint(1, SKILLS),
                "level": self.chance.randint(1, 3),
                "share": self.chance.choice(SHARES),
                "kind": NeedKind.STEADY,
                "from_week": self.first + 1 + number % 5,
                "to_week": self.first + 10 + number % 7,
                "priority": 1,
            }

    def users(self) -> Iterator[dict[str, Any]]:
        name, roles = "Konto zum Messen", frozenset({Role.CIO_OFFICE})
        account = {"login": LOGIN, "name": name, "sort_key": fold(name), "roles": roles}
        yield account | {"password_hash": hash_password(PASSWORD)}
