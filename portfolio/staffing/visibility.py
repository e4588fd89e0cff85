"""The third gate: which rows a user sees, as statements that every list and every load starts from.

Team membership rests on assignments, so the filters for persons and projects stand here, above both.
"""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from portfolio.access.policy import Action, Actor, Scope, may, scopes
from portfolio.pool.models import Person
from portfolio.projects.models import Project, StatusReport
from portfolio.staffing.models import Assignment, AssignmentState, Need

Condition = ColumnElement[bool]


def projects_visible_to(actor: Actor, action: Action = Action.READ_PROJECTS) -> Select[Project]:
    """Projects that `actor` may read (or reach by another project `action`)."""
    return select(Project).where(_any(_project_reached(actor, scope) for scope in scopes(actor, action)))


def persons_visible_to(actor: Actor, action: Action = Action.READ_PERSONS) -> Select[Person]:
    """Persons that `actor` may read: all, themselves, or the teams of their projects."""
    return select(Person).where(_any(_person_reached(actor, scope) for scope in scopes(actor, action)))


def capacity_persons_visible_to(actor: Actor) -> Select[Person]:
    """Persons whose weeks `actor` may see."""
    return persons_visible_to(actor, Action.READ_CAPACITY)


def reports_visible_to(actor: Actor) -> Select[StatusReport]:
    """Released reports of the projects `actor` reads, and the drafts of those they report on."""
    read = projects_visible_to(actor).with_only_columns(Project.id)
    own = projects_visible_to(actor, Action.CHANGE_REPORTS).with_only_columns(Project.id)
    released = and_(StatusReport.released_at.is_not(None), StatusReport.project_id.in_(read))
    return select(StatusReport).where(or_(released, StatusReport.project_id.in_(own)))


def needs_visible_to(actor: Actor) -> Select[Need]:
    """Needs of the projects whose needs `actor` may read."""
    if Scope.ALL in scopes(actor, Action.READ_NEEDS):
        return select(Need)
    reached = projects_visible_to(actor, Action.READ_NEEDS).with_only_columns(Project.id)
    return select(Need).where(Need.project_id.in_(reached))


def assignments_visible_to(actor: Actor) -> Select[Assignment]:
    """Assignments that `actor` may read: all, their own, those of their projects, those they are asked to agree to."""
    return select(Assignment).where(
        or_(
            _any(_assignment_reached(actor, scope) for scope in scopes(actor, Action.READ_ASSIGNMENTS)),
            _needs_agreement_of(actor),
        )
    )


def shares_visible_to(actor: Actor, project: Project) -> bool:
    """Whether `actor` may see with what share people work on `project`; its ministry sees their names only."""
    reached = scopes(actor, Action.READ_ASSIGNMENTS)
    leads = actor.person_id is not None and project.lead_id == actor.person_id
    return Scope.ALL in reached or (Scope.LED in reached and leads)


def share_visible_to(actor: Actor, assignment: Assignment) -> bool:
    """Whether `actor` may see the share of this assignment: as above, their own, or one they are asked to agree to."""
    if shares_visible_to(actor, assignment.project):
        return True
    reached = scopes(actor, Action.READ_ASSIGNMENTS)
    if Scope.SELF in reached and actor.person_id == assignment.person_id:
        return True
    asked_or_agreed = assignment.state is AssignmentState.REQUESTED or assignment.agreed_on is not None
    return asked_or_agreed and may(actor, Action.GIVE_AGREEMENT, assignment.person)


def presence_visible_to(actor: Actor, assignment: Assignment) -> bool:
    """Whether `actor` may see in which weeks of this assignment less is delivered, and so who is away when."""
    reached = scopes(actor, Action.READ_CAPACITY)
    if Scope.ALL in reached:
        return True
    known = {Scope.SELF: assignment.person_id, Scope.LED_TEAM: assignment.project.lead_id}
    return actor.person_id is not None and actor.person_id in (known[scope] for scope in reached & known.keys())


def _any(conditions: object) -> Condition:
    return or_(false(), *conditions)  # type: ignore[misc]


def _project_reached(actor: Actor, scope: Scope) -> Condition:
    match scope:
        case Scope.ALL:
            return true()
        case Scope.ORGANISATION:
            return _is(Project.organisation_id, actor.organisation_id)
        case Scope.COORDINATED:
            named = _is(Project.coordinator_id, actor.person_id)
            return or_(named, Project.organisation_id.in_(actor.coordinated))
        case Scope.LED:
            return _is(Project.lead_id, actor.person_id)
        case Scope.TEAM:
            return Project.id.in_(_assigned(Assignment.project_id).where(_is(Assignment.person_id, actor.person_id)))
        case _:
            return false()


def _person_reached(actor: Actor, scope: Scope) -> Condition:
    match scope:
        case Scope.ALL:
            return true()
        case Scope.SELF:
            return _is(Person.id, actor.person_id)
        case Scope.LED_TEAM:
            return _on_projects(_is(Project.lead_id, actor.person_id))
        case Scope.ORGANISATION_TEAM:
            return _on_projects(_is(Project.organisation_id, actor.organisation_id))
        case _:
            return false()


def _on_projects(own: Condition) -> Condition:
    """Persons who work on, lead or coordinate the projects that are the actor's `own`."""
    team = _assigned(Assignment.person_id).where(Assignment.project_id.in_(select(Project.id).where(own)))
    leads = select(Project.lead_id).where(own, Project.lead_id.is_not(None))
    coordinators = select(Project.coordinator_id).where(own, Project.coordinator_id.is_not(None))
    return or_(Person.id.in_(team), Person.id.in_(leads), Person.id.in_(coordinators))


def _assignment_reached(actor: Actor, scope: Scope) -> Condition:
    if scope is Scope.SELF:
        return _is(Assignment.person_id, actor.person_id)
    if scope is Scope.ALL:
        return true()
    return Assignment.project_id.in_(select(Project.id).where(_project_reached(actor, scope)))


def _needs_agreement_of(actor: Actor) -> Condition:
    if Scope.HOME not in scopes(actor, Action.GIVE_AGREEMENT):
        return false()
    at_home = select(Person.id).where(_is(Person.home_organisation_id, actor.organisation_id))
    asked_or_agreed = or_(Assignment.state == AssignmentState.REQUESTED, Assignment.agreed_on.is_not(None))
    return and_(Assignment.person_id.in_(at_home), asked_or_agreed)


def _assigned(column: InstrumentedAttribute[int]) -> Select[int]:
    return select(column).where(Assignment.state != AssignmentState.DECLINED)


def _is(column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], own: int | None) -> Condition:
    return false() if own is None else column == own
