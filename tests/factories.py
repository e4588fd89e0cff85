"""Builders of rows: what a test names matters, the rest is a plausible default. They flush and never commit."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from portfolio.access.models import Coordination, Organisation, OrganisationKind, User
from portfolio.access.policy import Role
from portfolio.access.secrets import hash_password
from portfolio.catalogue.models import Service
from portfolio.extensions import db
from portfolio.planning.lights import Light
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.pool.models import Absence, Person, PersonSkill, PoolShare, Skill
from portfolio.projects.models import Forecast, Milestone, Phase, Project, Risk, RiskLevel, StatusReport, TechnicalBasis
from portfolio.staffing.models import Assignment, AssignmentState, Need
from portfolio.support.models import NeedTemplate, NeedTemplateRow, RequestNeed, RequestState, SupportRequest
from portfolio.web import clock
from portfolio.web.text import fold

PASSWORD = "ein gutes Testkennwort"
PASSWORD_HASH = hash_password(PASSWORD)
FIRST_WEEK = Week.of(2026, 49)
_number = count(1)


def _saved(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def organisation(code: str | None = None, **values: Any) -> Organisation:
    code = code or f"BEH{next(_number)}"
    name = values.pop("name", f"Behörde {code}")
    defaults = {"kind": OrganisationKind.SUPREME}
    return _saved(Organisation(code=code, name=name, sort_key=fold(name), **defaults | values))


def user(login: str, *roles: Role, **values: Any) -> User:
    coordinates = values.pop("coordinates", ())
    defaults = {"name": f"Konto {login}", "password_hash": PASSWORD_HASH}
    account = User(login=login, roles=frozenset(roles), **defaults | values)
    account.coordinations = [Coordination(organisation_id=each.id) for each in coordinates]
    return _saved(account)


def skill(name: str | None = None, **values: Any) -> Skill:
    number = next(_number)
    name = name or f"Fähigkeit {number}"
    return _saved(Skill(**{"code": f"S{number}", "name": name, "area": "Technik", "sort_key": fold(name)} | values))


def person(name: str | None = None, pool_share: int | None = 100, **values: Any) -> Person:
    """A person, in the pool with `pool_share` from FIRST_WEEK on without end; None: not in the pool."""
    name = name or f"Person {next(_number)}"
    skills = values.pop("skills", {})
    row = Person(name=name, sort_key=fold(name), **values)
    if pool_share is not None:
        row.pool_shares = [PoolShare(from_week=FIRST_WEEK, share=pool_share)]
    row.skills = [PersonSkill(skill_id=each.id, level=level) for each, level in skills.items()]
    return _saved(row)


def absence(of: Person, from_date: date, to_date: date) -> Absence:
    return _saved(Absence(person_id=of.id, from_date=from_date, to_date=to_date))


def service(name: str = "Abfallgebühr", **values: Any) -> Service:
    key = values.pop("service_key", f"99{next(_number):012d}")
    texts = {"sort_key": fold(name)[:200], "search_text": fold(name)}
    return _saved(Service(service_key=key, name=name, **texts | values))


def project(title: str | None = None, **values: Any) -> Project:
    number = next(_number)
    title = title or f"Projekt {number}"
    if "organisation_id" not in values:
        values["organisation_id"] = organisation().id
    defaults = {
        "code": f"OZG-2026-{number:03d}",
        "phase": Phase.IMPLEMENTATION,
        "start": FIRST_WEEK.monday,
        "end": FIRST_WEEK.monday + timedelta(days=364),
    }
    return _saved(Project(title=title, sort_key=fold(title), **defaults | values))


def technical_basis(name: str = "ThAVEL") -> TechnicalBasis:
    return _saved(TechnicalBasis(name=name))


def milestone(of: Project, title: str = "Go-live", **values: Any) -> Milestone:
    return _saved(Milestone(project_id=of.id, title=title, **{"planned_date": of.end} | values))


def forecast(of: Milestone, reporting_date: date, expected: date, **values: Any) -> Forecast:
    return _saved(Forecast(milestone_id=of.id, reporting_date=reporting_date, date=expected, **values))


def report(of: Project, light: Light = Light.GREEN, **values: Any) -> StatusReport:
    """A released report with every light the same."""
    lights = dict.fromkeys(("overall", "dates", "cost", "scope", "staff"), light)
    return _saved(
        StatusReport(project_id=of.id, **{"as_of": clock.today(), "released_at": clock.now()} | lights | values)
    )


def risk(of: Project, title: str = "Vergabe dauert", **values: Any) -> Risk:
    defaults = {"likelihood": RiskLevel.MEDIUM, "impact": RiskLevel.HIGH}
    return _saved(Risk(project_id=of.id, title=title, **defaults | values))


def need(of: Project, wanted: Skill, **values: Any) -> Need:
    return _saved(Need(project_id=of.id, skill_id=wanted.id, **_window() | {"level": 2} | values))


def assignment(of: Person, on: Project, **values: Any) -> Assignment:
    defaults = _window(kind=None) | {"state": AssignmentState.CONFIRMED}
    return _saved(Assignment(person_id=of.id, project_id=on.id, **defaults | values))


def support_request(by: Organisation, title: str = "Kita-Antrag online", **values: Any) -> SupportRequest:
    needs = values.pop("needs", ())
    defaults = {
        "description": "Der Antrag soll digital werden.",
        "from_week": FIRST_WEEK,
        "to_week": FIRST_WEEK + 11,
        "state": RequestState.DRAFT,
    }
    row = SupportRequest(title=title, organisation_id=by.id, **defaults | values)
    row.all_needs = [RequestNeed(skill_id=each.id, **_window() | {"level": 2}) for each in needs]
    return _saved(row)


def need_template(name: str = "Standardteam", *skills: Skill) -> NeedTemplate:
    """A template that asks for 40 % of each skill, at level 3."""
    rows = [NeedTemplateRow(position=at, skill_id=each.id, level=3, share=40) for at, each in enumerate(skills, 1)]
    return _saved(NeedTemplate(name=name, sort_key=fold(name), rows=rows))


def _window(kind: NeedKind | None = NeedKind.STEADY) -> dict[str, Any]:
    window: dict[str, Any] = {"share": 40, "from_week": FIRST_WEEK, "to_week": FIRST_WEEK + 11}
    return window | ({"kind": kind} if kind else {})
