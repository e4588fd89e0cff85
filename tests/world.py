"""A world in which every address has something to show: rows around the cast's project, and rows of somebody else.

Mia and the people around her project own the first thing of each pair; the second belongs to the finance ministry,
where somebody of a third authority works. Whoever adds a route with a new parameter gives it a pair here, and every
test that walks the URL map finds it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from html import unescape
from typing import Any

from flask import Flask
from sqlalchemy import select

from portfolio.access.models import User, UserSession
from portfolio.access.policy import Role
from portfolio.access.services import create_token
from portfolio.audit.models import AuditEntry
from portfolio.catalogue.models import ServiceBundle, TopicArea
from portfolio.extensions import db
from portfolio.jobs.models import Job, JobState
from portfolio.notify.models import Notice
from portfolio.planning.lights import Light
from portfolio.pool.models import Person
from portfolio.projects.models import Project, ServiceLink
from portfolio.staffing.models import AssignmentState
from portfolio.support import services
from portfolio.support.models import Comment, CommentKind, RequestNeed, RequestState, SupportRequest
from portfolio.web import clock
from portfolio.web.text import fold
from tests import factories
from tests.cast import Cast
from tests.factories import FIRST_WEEK

MOMENT = datetime.combine(FIRST_WEEK.monday, time(9), UTC)
"""When all of it happens: tests in this world travel to here."""
MISSING = 987_654
LONG = "Verwaltungsverfahrensbeschleunigungsdokumentation"  # as long as words of the field get
_CSRF = re.compile(r'"X-CSRFToken": "([^"]+)"')


@dataclass(frozen=True)
class Seat:
    """Somebody at a browser, or a script with a token: the headers that say who it is."""

    name: str
    user_id: int | None
    browser: Mapping[str, str]
    script: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    things: Mapping[str, tuple[int, int]]
    of_user: Mapping[str, Mapping[int, int]]
    seats: Mapping[str, Seat]

    def id_of(self, name: str, *, foreign: bool = False, actor: int | None = None) -> int:
        """What `name` names: with the actor, around the cast's project, or elsewhere."""
        if name in self.of_user:
            ids = self.of_user[name]
            return next(ids[user] for user in ids if (user == actor) is not foreign or actor is None)
        if name not in self.things:
            raise LookupError(f"{name}: tests/world.py does not know what this parameter of an address names")
        return self.things[name][foreign]


def assemble(app: Flask, cast: Cast) -> World:
    """Fill the database around the cast and commit it; everybody is logged in and has a token."""
    things = _things(cast)
    loose = (Role.PROJECT_LEAD, Role.POOL_MEMBER, Role.MINISTRY)
    disabled = factories.user("dora", *Role, organisation_id=cast.education.id)
    users = {**cast.users, "una": factories.user("una", *loose), "dora": disabled}
    db.session.commit()
    browsers = {name: _log_in(app, user) for name, user in {"anonymous": None, **users}.items()}
    tokens = {name: create_token(user, "Skript") for name, user in users.items()}
    of_user = {
        "own_token": {token.user_id: token.id for token, _text in tokens.values()},
        "own_session": {row.user_id: row.id for row in db.session.scalars(select(UserSession))},
        "own_notice": {user.id: _notice(user, things["milestone_id"][0]) for user in users.values()},
    }
    things["token_id"] = (of_user["own_token"][cast.mia.id], of_user["own_token"][cast.otto.id])
    seats = {
        name: Seat(name, user.id, browsers[name], {"Authorization": f"Bearer {tokens[name][1]}"})
        for name, user in users.items()
    }
    disabled.enabled = False
    db.session.commit()
    return World(things, of_user, {"anonymous": Seat("anonymous", None, browsers["anonymous"]), **seats})


def _log_in(app: Flask, user: User | None) -> Mapping[str, str]:
    browser = app.test_client()
    if user is not None:
        browser.log_in(user.login, factories.PASSWORD)
    token = _CSRF.search(unescape(browser.get("/anmelden" if user is None else "/konto").text))
    cookie = browser.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert token
    assert cookie
    return {"Cookie": f"{cookie.key}={cookie.value}", "X-CSRFToken": token[1]}


def _notice(user: User, milestone_id: int) -> int:
    facts = {"before": "2026-12-01", "expected": "2027-02-01"}
    slipped = Notice(user_id=user.id, kind="milestone_slipped", object_id=milestone_id, facts=facts, at=clock.now())
    return int(_saved(slipped).id)


def _things(cast: Cast) -> dict[str, tuple[int, int]]:
    elsewhere = factories.organisation("TMDI", name=f"Ministerium für {LONG}")
    other_skill = factories.skill("BPMN 2.0", code="BPMN")
    cast.paul_person.email = "paul.pohl@example.org"
    stranger = factories.person("Stefan Stranger", home_organisation_id=elsewhere.id, skills={other_skill: 4})
    cast.foreign_project.lead_id = stranger.id
    things: dict[str, Any] = {
        "organisation_id": (cast.education.id, cast.finance.id),
        "user_id": (cast.mia.id, cast.otto.id),
        "skill_id": (cast.fim.id, other_skill.id),
        "person_id": (cast.paul_person.id, stranger.id),
        "lead_id": (cast.lea_person.id, stranger.id),
        "home_organisation_id": (cast.education.id, elsewhere.id),
        "project_id": (cast.project.id, cast.foreign_project.id),
        "template_id": tuple(factories.need_template(name, cast.fim).id for name in ("Standardteam", "Kleines Team")),
        "basis_id": tuple(factories.technical_basis(name).id for name in ("ThAVEL", "Form-Solutions")),
        "job_id": (_failed_job().id, _failed_job().id),
        **_catalogue(),
    }
    own = _around(cast.project, cast.paul_person, cast, "")
    foreign = _around(cast.foreign_project, stranger, cast, f" {LONG}")
    things |= {name: (own[name], foreign[name]) for name in own}
    db.session.add(ServiceLink(project_id=cast.project.id, service_id=things["service_id"][0], maturity_now=1))
    db.session.flush()
    things["change_id"] = (_latest_change(cast.project), _latest_change(cast.foreign_project))
    return things


def _failed_job() -> Job:
    return _saved(
        Job(kind="forget_notices", state=JobState.FAILED, tries=3, run_at=clock.now(), error="Zeit abgelaufen")
    )


def _catalogue() -> dict[str, tuple[int, int]]:
    pairs = {}
    for number, name in enumerate(("Familie & Kind", "Steuern & Zoll")):
        area = _saved(TopicArea(code=f"area-{number}", name=name))
        bundle = _saved(
            ServiceBundle(
                ozg_id=f"1011{number}",
                name=f"{name} ({LONG})",
                search_text=fold(name),
                situation="Kinderbetreuung",
                topic_area_id=area.id,
            )
        )
        service = factories.service(f"{name}: Bewilligung", bundle_id=bundle.id, legal_basis="§ 1 Beispielgesetz")
        pairs[number] = {"area_id": area.id, "bundle_id": bundle.id, "service_id": service.id}
    return {name: (pairs[0][name], pairs[1][name]) for name in pairs[0]}


def _around(project: Project, person: Person, cast: Cast, mark: str) -> dict[str, int]:
    """What hangs on a project, and what on a person of its team: each row once, and the requests by state."""
    today, level = clock.today(), person.skills[0]
    milestone = factories.milestone(project, f"Go-live{mark}")
    forecast = factories.forecast(
        milestone, today, milestone.planned_date + timedelta(days=21), cause=f"Lieferung{mark}"
    )
    released = factories.report(
        project, Light.YELLOW, as_of=today - timedelta(days=14), reason=f"Grund{mark}", measures="Maßnahme"
    )
    draft = factories.report(
        project, Light.RED, released_at=None, reason="Grund", measures="Maßnahme", decisions_needed="Mehr Leute"
    )
    need = factories.need(project, level.skill)
    free = factories.need(project, level.skill, level=4, share=60, mandatory=True)
    absence = factories.absence(person, FIRST_WEEK.monday + timedelta(days=7), FIRST_WEEK.monday + timedelta(days=9))
    window = {"from_week": FIRST_WEEK + 20, "to_week": FIRST_WEEK + 30}
    proposed = factories.assignment(
        person, project, share=20, need_id=need.id, state=AssignmentState.PROPOSED, **window
    )
    requested = factories.assignment(person, project, share=20, state=AssignmentState.REQUESTED, **window)
    return {
        "milestone_id": milestone.id,
        "forecast_id": forecast.id,
        "risk_id": factories.risk(project, f"Vergabe{mark}").id,
        "report_id": draft.id,
        "released_report": released.id,
        "need_id": need.id,
        "open_need": free.id,
        "absence_id": absence.id,
        "row_id": level.id,
        "assignment_id": proposed.id,
        "requested_assignment": requested.id,
        **_requests(project, cast, mark),
    }


def _requests(project: Project, cast: Cast, mark: str) -> dict[str, int]:
    author = cast.mia if project is cast.project else cast.otto

    def request(state: RequestState, **values: Any) -> SupportRequest:
        submitted = None if state is RequestState.DRAFT else clock.now()
        row = factories.support_request(
            project.organisation,
            f"Antrag{mark} {state}",
            state=state,
            needs=[cast.fim],
            submitted_at=submitted,
            **values,
        )
        row.created_by_id = author.id
        return row

    submitted, asked = request(RequestState.SUBMITTED), request(RequestState.QUESTION)
    offered, draft = request(RequestState.COUNTER_OFFERED), request(RequestState.DRAFT)
    request(RequestState.ACCEPTED, project_id=project.id, decided_at=clock.now(), decided_by_id=cast.carla.id)
    decided = request(RequestState.SUBMITTED)
    services.reject(decided, f"Zu spät{mark}", cast.carla.actor)
    offered.all_needs += [_offered(offered)]
    submitted.comments = [Comment(text=f"Kommentar{mark}", author_id=author.id, at=clock.now())]
    asked.comments = [Comment(text="Bis wann?", kind=CommentKind.QUESTION, author_id=cast.carla.id, at=clock.now())]
    db.session.flush()
    return {
        "request_id": submitted.id,
        "comment_id": submitted.comments[0].id,
        "asked_request": asked.id,
        "offered_request": offered.id,
        "draft_request": draft.id,
        "decision_id": decided.decisions[0].id,
    }


def _offered(request: SupportRequest) -> Any:
    asked = request.all_needs[0]
    later = {"from_week": asked.from_week + 8, "to_week": asked.to_week + 8}
    return RequestNeed(skill_id=asked.skill_id, level=asked.level, share=30, offered=True, **later)


def _latest_change(project: Project) -> int:
    found = select(AuditEntry.id).where(AuditEntry.project_id == project.id).order_by(AuditEntry.id.desc()).limit(1)
    return db.session.scalars(found).one()


def _saved(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
