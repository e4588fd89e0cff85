"""Requests and needs that wait for somebody, and what the pool still has for them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portfolio.access.policy import Action, Actor, Scope, scopes
from portfolio.dashboard.home.section import SHOWN, Section, first
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person
from portfolio.projects.models import CLOSED_PHASES, Project
from portfolio.staffing import ledger
from portfolio.staffing.capacity import matrix
from portfolio.staffing.models import Assignment, AssignmentState, Need
from portfolio.staffing.visibility import assignments_visible_to, capacity_persons_visible_to, needs_visible_to
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.queries import requests_visible_to

NEEDS_STARTING_WITHIN = 8  # weeks
GLANCE_WEEKS = 12
OPEN_STATES = (RequestState.DRAFT, RequestState.QUESTION, RequestState.SUBMITTED, RequestState.COUNTER_OFFERED)


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


def requests_to_decide(actor: Actor, _today: date) -> Section:
    waiting = requests_visible_to(actor).where(SupportRequest.state == RequestState.SUBMITTED)
    named = waiting.options(joinedload(SupportRequest.organisation))
    return first("requests_to_decide", named.order_by(SupportRequest.submitted_at, SupportRequest.id))


def own_requests(actor: Actor, _today: date) -> Section:
    # An answer is owed where the office asked or offered something: these stand first.
    owed = SupportRequest.state.in_((RequestState.QUESTION, RequestState.COUNTER_OFFERED))
    open_ones = requests_visible_to(actor).where(SupportRequest.state.in_(OPEN_STATES))
    return first("own_requests", open_ones.order_by(owed.desc(), SupportRequest.id.desc()))


def needs_without_person(actor: Actor, today: date) -> Section:
    this_week = Week.containing(today)
    staffed = select(Assignment.need_id).where(
        Assignment.need_id.is_not(None), Assignment.state != AssignmentState.DECLINED
    )
    urgent = (
        needs_visible_to(actor)
        .join(Need.project)
        .where(
            Need.id.not_in(staffed),
            Need.from_week <= this_week + NEEDS_STARTING_WITHIN,
            Need.to_week >= this_week,
            Project.phase.not_in(CLOSED_PHASES),
        )
        .options(joinedload(Need.project), joinedload(Need.skill))
    )
    return first("needs_without_person", urgent.order_by(Need.from_week, Need.priority, Need.id))


def conflicts(_actor: Actor, _today: date) -> Section:
    found = ledger.open_conflicts()
    return Section("conflicts", found[:SHOWN], len(found))


def agreements(actor: Actor, _today: date) -> Section:
    outstanding = assignments_visible_to(actor).where(Assignment.state == AssignmentState.REQUESTED)
    if Scope.ALL not in scopes(actor, Action.GIVE_AGREEMENT):
        at_home = Person.home_organisation_id == (actor.organisation_id or 0)
        outstanding = outstanding.where(Assignment.person_id.in_(select(Person.id).where(at_home)))
    named = outstanding.options(joinedload(Assignment.person), joinedload(Assignment.project))
    return first("agreements", named.order_by(Assignment.from_week, Assignment.id))


def pool_at_a_glance(actor: Actor, today: date) -> Section:
    members = capacity_persons_visible_to(actor).where(Person.active).with_only_columns(Person.id)
    figures = matrix(db.session.execute(members).all(), Week.containing(today), GLANCE_WEEKS)
    shares, booked, free = figures.pool_share.sum(axis=0), figures.booked.sum(axis=0), figures.free
    in_pool = figures.pool_share.any(axis=1)
    if not in_pool.any():
        return Section("pool_at_a_glance")
    pairs = zip(booked.tolist(), shares.tolist(), strict=True)
    glance = Glance(
        figures.weeks,
        [round(100 * taken / limit) if limit else 0 for taken, limit in pairs],
        free_posts=float(free.clip(min=0).sum()) / 100 / GLANCE_WEEKS,
        full=int((in_pool & (free <= 0).all(axis=1)).sum()),
        over=int((free < 0).any(axis=1).sum()),
    )
    return Section("pool_at_a_glance", [glance], 1)
