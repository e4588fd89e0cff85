"""Accepting and rejecting. Accepting makes a project with lead, coordinator and the accepted needs; it books nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from portfolio.access.policy import Actor
from portfolio.access.queries import coordinating_person_id
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.projects.models import Phase, Project
from portfolio.projects.problems import PersonNotActive
from portfolio.projects.queries import person_is_active
from portfolio.projects.services import ProjectData, ServiceLinkData, create_project
from portfolio.staffing.services import NeedData, create_need
from portfolio.support import notices, queries
from portfolio.support.facts import Facts
from portfolio.support.models import CommentKind, Outcome, RequestNeed, Rule, SupportRequest
from portfolio.support.problems import (
    Incomplete,
    NothingAccepted,
    ShareOutOfRange,
    SkillNotInCatalogue,
    UnknownNeed,
)
from portfolio.support.services.records import Judgement, record
from portfolio.support.services.steps import decide, ready, required, say
from portfolio.support.templates import COORDINATION, LEADING, Row
from portfolio.support.transitions import Verb

NO_WORDS = Judgement()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Who leads and coordinates, and which needs are accepted (all, where none are named).

    A share above 0 for lead or coordinator makes a need for them.
    """

    lead_id: int
    coordinator_id: int | None = None
    need_ids: tuple[int, ...] | None = None
    lead_share: int = 0
    coordinator_share: int = 0


def accept(request: SupportRequest, acceptance: Acceptance, actor: Actor, judgement: Judgement = NO_WORDS) -> Project:
    """Accept all needs or some of them; the project it becomes. The decision is kept with what was known."""
    accepted = _accepted(request, acceptance.need_ids)
    coordinator_id = _coordinator(request, acceptance)
    steering = list(_steering(acceptance))
    whole = len(accepted) == len(request.needs)
    verb = Verb.ACCEPT if whole else Verb.ACCEPT_PARTLY
    state = ready(request, verb)
    facts = queries.facts_about(request, accepted)
    request.state = state
    project = create_project(_project(request, acceptance.lead_id, coordinator_id))
    for need in accepted:
        create_need(_need(need, project))
    for skill_id, row, share in steering:
        create_need(_steering_need(skill_id, row, share, project))
    for need in request.needs:
        need.accepted = need in accepted
    request.project = project
    decide(request, actor)
    outcome = Outcome.ACCEPTED if whole else Outcome.PARTLY_ACCEPTED
    record(request, outcome, judgement, _with_project(facts, acceptance, project), actor)
    db.session.flush()
    notices.step_taken(request, verb)
    return project


def reject(request: SupportRequest, text: str, actor: Actor, rule: Rule = Rule.NONE) -> None:
    """Reject as a whole, with the reason."""
    text = required(text)
    state = ready(request, Verb.REJECT)
    facts = queries.facts_about(request)
    request.state = state
    say(request, CommentKind.REJECTION, text, actor)
    decide(request, actor)
    record(request, Outcome.REJECTED, Judgement(rule=rule, reason=text), facts, actor)
    db.session.flush()
    notices.step_taken(request, Verb.REJECT)


def _with_project(facts: Facts, acceptance: Acceptance, project: Project) -> Facts:
    return replace(
        facts,
        lead_share=acceptance.lead_share,
        coordinator_share=acceptance.coordinator_share,
        project=project.code,
    )


def _accepted(request: SupportRequest, need_ids: tuple[int, ...] | None) -> list[RequestNeed]:
    if need_ids is None:
        return request.needs
    if set(need_ids) - {need.id for need in request.needs}:
        raise UnknownNeed
    if not need_ids:
        raise NothingAccepted
    return [need for need in request.needs if need.id in need_ids]


def _coordinator(request: SupportRequest, acceptance: Acceptance) -> int | None:
    """The coordinator named, else whoever coordinates the ministry; lead and coordinator must be active."""
    if not person_is_active(acceptance.lead_id):
        raise PersonNotActive("lead_id")
    if acceptance.coordinator_id is None:
        usual = coordinating_person_id(request.organisation_id)
        return usual if usual is not None and person_is_active(usual) else None
    if not person_is_active(acceptance.coordinator_id):
        raise PersonNotActive("coordinator_id")
    return acceptance.coordinator_id


def _steering(acceptance: Acceptance) -> Iterator[tuple[int, Row, int]]:
    """What lead and coordinator themselves need: skill, level and share."""
    wanted = (
        ("lead_share", LEADING, acceptance.lead_share),
        ("coordinator_share", COORDINATION, acceptance.coordinator_share),
    )
    for field, row, share in wanted:
        if not 0 <= share <= 100:
            raise ShareOutOfRange(field)
        if share:
            skill_id = queries.skill_ids_by_code([row.skill_code]).get(row.skill_code)
            if skill_id is None:
                raise SkillNotInCatalogue(field, row.skill_code)
            yield skill_id, row, share


def _project(request: SupportRequest, lead_id: int, coordinator_id: int | None) -> ProjectData:
    first, last = _window(request)
    return ProjectData(
        title=request.title,
        goal=request.description,
        organisation_id=request.organisation_id,
        phase=Phase.PREPARATION,
        start=first.monday,
        end=_end(last, request.deadline),
        lead_id=lead_id,
        coordinator_id=coordinator_id,
        service_links=tuple(ServiceLinkData(service_id=service.id) for service in request.services),
    )


def _window(request: SupportRequest) -> tuple[Week, Week]:
    if request.from_week is None or request.to_week is None:
        raise Incomplete("from_week", "to_week")
    return request.from_week, request.to_week


def _end(last: Week, deadline: date | None) -> date:
    return last.sunday if deadline is None else max(last.sunday, deadline)


def _need(need: RequestNeed, project: Project) -> NeedData:
    return NeedData(
        project_id=project.id,
        skill_id=need.skill_id,
        level=need.level,
        kind=need.kind,
        share=need.share,
        person_days=need.person_days,
        from_week=need.from_week,
        to_week=need.to_week,
        priority=need.priority,
        mandatory=need.mandatory,
    )


def _steering_need(skill_id: int, row: Row, share: int, project: Project) -> NeedData:
    return NeedData(
        project_id=project.id,
        skill_id=skill_id,
        level=row.level,
        share=share,
        from_week=Week.containing(project.start),
        to_week=Week.containing(project.end),
    )
