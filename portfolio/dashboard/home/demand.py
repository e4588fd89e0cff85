"""Requests and needs that wait for somebody, and what the pool still has for them."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload

from portfolio.access.policy import Action, Actor, Scope, scopes
from portfolio.dashboard.home.section import Card, Section, Window, objects
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person
from portfolio.projects.models import CLOSED_PHASES, Project
from portfolio.staffing import ledger
from portfolio.staffing.capacity import matrix
from portfolio.staffing.ledger import Conflict
from portfolio.staffing.models import Assignment, AssignmentState, Need
from portfolio.staffing.visibility import assignments_visible_to, capacity_persons_visible_to, needs_visible_to
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.queries import requests_visible_to
from portfolio.web import clock

NEEDS_STARTING_WITHIN = 8  # weeks
GLANCE_WEEKS = 12
OPEN_STATES = (RequestState.DRAFT, RequestState.QUESTION, RequestState.SUBMITTED, RequestState.COUNTER_OFFERED)
DECISIONS_SHOWN_FOR = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Glance:
    """The pool's next weeks together: percent of its shares booked in each, and what that leaves."""

    weeks: tuple[Week, ...]
    booked: list[int]
    free_posts: float
    """Full-time posts free, on average over the weeks."""
    full: int
    """Persons with nothing free in any of the weeks."""
    over: int
    """Persons booked too much in one of the weeks."""


def requests_to_decide(actor: Actor, _today: date, window: Window) -> Section:
    waiting = requests_visible_to(actor).where(SupportRequest.state == RequestState.SUBMITTED)
    named = waiting.options(joinedload(SupportRequest.organisation))
    return objects("requests_to_decide", named.order_by(SupportRequest.submitted_at, SupportRequest.id), window)


def own_requests(actor: Actor, _today: date, window: Window) -> Section:
    """The open ones, those first on which an answer is owed, then what was decided lately."""
    owed = SupportRequest.state.in_((RequestState.QUESTION, RequestState.COUNTER_OFFERED))
    is_open = SupportRequest.state.in_(OPEN_STATES)
    lately = SupportRequest.decided_at >= clock.now() - DECISIONS_SHOWN_FOR
    mine = requests_visible_to(actor).where(or_(is_open, lately))
    return objects("own_requests", mine.order_by(owed.desc(), is_open.desc(), SupportRequest.id.desc()), window)


def needs_without_person(actor: Actor, today: date, window: Window) -> Section:
    """Needs that start soon, or have started, and have nobody at all."""
    staffed = exists().where(Assignment.need_id == Need.id, Assignment.state != AssignmentState.DECLINED)
    this_week = Week.containing(today)
    urgent = _needs_ahead(actor, this_week).where(
        Need.open, ~staffed, Need.from_week <= this_week + NEEDS_STARTING_WITHIN
    )
    return objects("needs_without_person", urgent, window)


def gaps(actor: Actor, today: date, window: Window) -> Section:
    """Needs of the actor's projects that lack somebody for a part of their window or all of it."""
    return objects("gaps", _needs_ahead(actor, Week.containing(today)).where(Need.open), window)


def _needs_ahead(actor: Actor, this_week: Week) -> Select[Need]:
    return (
        needs_visible_to(actor)
        .join(Need.project)
        .where(Need.to_week >= this_week, Project.phase.not_in(CLOSED_PHASES))
        .options(joinedload(Need.project), joinedload(Need.skill))
        .order_by(Need.from_week, Need.priority, Need.id)
    )


def conflicts(_actor: Actor, today: date, window: Window) -> Section:
    """Persons booked beyond their pool share; what is past cannot be settled any more."""
    this_week = Week.containing(today)
    ahead = ((each.person, tuple(week for week in each.weeks if week >= this_week)) for each in ledger.open_conflicts())
    found = [Conflict(person, weeks) for person, weeks in ahead if weeks]
    return Section("conflicts", found[window.offset : window.offset + window.size], len(found))


def agreements(actor: Actor, _today: date, window: Window) -> Section:
    outstanding = assignments_visible_to(actor).where(Assignment.state == AssignmentState.REQUESTED)
    if Scope.ALL not in scopes(actor, Action.GIVE_AGREEMENT):
        at_home = Person.home_organisation_id == (actor.organisation_id or 0)
        outstanding = outstanding.where(Assignment.person_id.in_(select(Person.id).where(at_home)))
    named = outstanding.options(joinedload(Assignment.person), joinedload(Assignment.project))
    return objects("agreements", named.order_by(Assignment.from_week, Assignment.id), window)


def pool_at_a_glance(actor: Actor, today: date, _window: Window) -> Card:
    members = capacity_persons_visible_to(actor).where(Person.active).with_only_columns(Person.id)
    figures = matrix(db.session.execute(members).all(), Week.containing(today), GLANCE_WEEKS)
    shares, booked, free = figures.pool_share.sum(axis=0), figures.booked.sum(axis=0), figures.free
    in_pool = figures.pool_share.any(axis=1)
    if not in_pool.any():
        return Card("pool_at_a_glance")
    pairs = zip(booked.tolist(), shares.tolist(), strict=True)
    glance = Glance(
        figures.weeks,
        [round(100 * taken / limit) if limit else 0 for taken, limit in pairs],
        free_posts=float(free.clip(min=0).sum()) / 100 / GLANCE_WEEKS,
        full=int((in_pool & (free <= 0).all(axis=1)).sum()),
        over=int((free < 0).any(axis=1).sum()),
    )
    return Card("pool_at_a_glance", glance)
