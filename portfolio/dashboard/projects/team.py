"""Needs and team of a project as their reader may see them: what must not be shown is not in the rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portfolio.access.policy import Actor
from portfolio.dashboard.projects.rights import Rights
from portfolio.extensions import db
from portfolio.planning import problem as planning
from portfolio.planning.coverage import Coverage, coverages, open_shares, remaining, together
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.pool import calendar
from portfolio.pool.models import Absence
from portfolio.projects.models import Project
from portfolio.staffing import queries
from portfolio.staffing.models import Assignment, AssignmentState, Need
from portfolio.staffing.snapshot import as_assignment, as_need
from portfolio.staffing.visibility import assignments_visible_to, needs_visible_to
from portfolio.web import settings


@dataclass(frozen=True, slots=True)
class Gap:
    """Weeks in a row in which the same share lacks somebody."""

    first: Week
    last: Week
    share: int


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need; how far it is covered and what it still lacks only where shares may be seen."""

    need: Need
    coverage: Coverage | None = None
    gaps: tuple[Gap, ...] = ()
    """For a steady need: when which share lacks somebody."""
    person_days_left: int = 0
    """For a volume: what is not delivered yet."""


@dataclass(frozen=True, slots=True)
class Work:
    """What an assignment takes of a person, for those who may see it."""

    assignment_id: int
    share: int
    from_week: Week
    to_week: Week
    state: AssignmentState


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the team; without `work` only the name, and the work e-mail where it may be seen."""

    person_id: int
    name: str
    email: str | None
    skill: str | None
    work: Work | None


@dataclass(frozen=True, slots=True)
class Staffing:
    needs: tuple[NeedRow, ...]
    team: tuple[Member, ...]
    coverage: Coverage | None
    """All needs together; None without needs or where shares may not be seen."""


def staffing_of(project: Project, actor: Actor, rights: Rights) -> Staffing:
    """Three queries at most, however many needs and assignments there are."""
    assignments = _assignments(project, actor)
    needs = _needs(project, actor) if rights.read_needs else []
    rows = _covered(needs, assignments) if rights.see_shares else [NeedRow(need) for need in needs]
    covered = [row.coverage for row in rows if row.coverage is not None]
    return Staffing(tuple(rows), _team(assignments, rights), together(covered) if covered else None)


def _needs(project: Project, actor: Actor) -> Sequence[Need]:
    statement = needs_visible_to(actor).where(Need.project_id == project.id).options(joinedload(Need.skill))
    return db.session.scalars(statement.order_by(Need.from_week, Need.priority, Need.id)).all()


def _assignments(project: Project, actor: Actor) -> Sequence[Assignment]:
    booked = Assignment.state != AssignmentState.DECLINED
    statement = assignments_visible_to(actor).where(Assignment.project_id == project.id, booked)
    ordered = queries.with_names(statement).order_by(Assignment.from_week, Assignment.id)
    return db.session.scalars(ordered).all()


def _covered(needs: Sequence[Need], assignments: Sequence[Assignment]) -> list[NeedRow]:
    if not needs:
        return []
    wanted = [as_need(need) for need in needs]
    booked = [as_assignment(assignment) for assignment in assignments]
    first, last = min(need.first for need in wanted), max(need.last for need in wanted)
    persons = _present(first, last, {assignment.person_id for assignment in booked})
    days_off = calendar.days_off(first, last)
    found = coverages(wanted, booked, persons, days_off, settings.full_time_hours())
    return [_row(*row, booked) for row in zip(needs, wanted, found, strict=True)]


def _row(need: Need, wanted: planning.Need, covered: Coverage, booked: Sequence[planning.Assignment]) -> NeedRow:
    if need.kind is NeedKind.VOLUME:
        left = remaining(wanted, booked, covered)
        return NeedRow(need, covered, person_days_left=left.person_days if left else 0)
    return NeedRow(need, covered, tuple(_gaps(wanted, open_shares(wanted, booked))))


def _present(first: Week, last: Week, person_ids: set[int]) -> dict[int, planning.Person]:
    """These persons with their absences: all that coverage asks of them. One query."""
    statement = select(Absence.person_id, Absence.from_date, Absence.to_date).where(
        Absence.person_id.in_(person_ids), Absence.from_date <= last.sunday, Absence.to_date >= first.monday
    )
    away: dict[int, list[planning.Absence]] = {person_id: [] for person_id in person_ids}
    for person_id, from_date, to_date in db.session.execute(statement) if person_ids else ():
        away[person_id].append(planning.Absence(from_date, to_date))
    hours = settings.full_time_hours()
    return {
        person_id: planning.Person(person_id, (), tuple(absences), full_time_hours=hours)
        for person_id, absences in away.items()
    }


def _gaps(need: planning.Need, shares: Iterable[int]) -> Iterator[Gap]:
    for share, pairs in groupby(zip(need.weeks, shares, strict=True), key=lambda pair: pair[1]):
        weeks = [week for week, _share in pairs]
        if share:
            yield Gap(weeks[0], weeks[-1], share)


def _team(assignments: Sequence[Assignment], rights: Rights) -> tuple[Member, ...]:
    """One row for each assignment; one for each person where assignments are not shown."""
    members = [_member(assignment, rights) for assignment in assignments]
    named = {member.person_id: member for member in members if member.work is None}
    whole = [member for member in members if member.work is not None]
    return (*whole, *sorted(named.values(), key=lambda member: member.name))


def _member(assignment: Assignment, rights: Rights) -> Member:
    person = assignment.person
    whole = rights.see_shares or person.id == rights.own_person_id
    skill = assignment.need.skill.name if whole and assignment.need else None
    work = (
        Work(
            assignment_id=assignment.id,
            share=assignment.share,
            from_week=assignment.from_week,
            to_week=assignment.to_week,
            state=assignment.state,
        )
        if whole
        else None
    )
    return Member(person.id, person.name, person.email if rights.see_contacts else None, skill, work)
