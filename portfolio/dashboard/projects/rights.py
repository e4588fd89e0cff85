"""What a reader sees and may do on the pages of one project. Pure: asked of the policy."""

from dataclasses import dataclass

from portfolio.access.policy import Action, Actor, Scope, may, scopes
from portfolio.projects.models import Project


@dataclass(frozen=True, slots=True)
class Rights:
    """What the pages of a project offer to their reader."""

    change_project: bool
    change_milestones: bool
    change_reports: bool
    change_risks: bool
    """Also to see them: others read of risks in reports."""
    read_needs: bool
    change_needs: bool
    staff: bool
    see_persons: bool
    """The pages of the team's persons."""
    see_contacts: bool
    """Work e-mail of the team."""
    see_shares: bool
    """Shares, weeks and states of everybody's assignments, and with them how far needs are covered."""
    own_person_id: int | None
    """Whose own assignments are shown whole in any case."""


def rights_on(project: Project, actor: Actor) -> Rights:
    own = Scope.SELF in scopes(actor, Action.READ_ASSIGNMENTS)
    return Rights(
        change_project=may(actor, Action.CHANGE_PROJECTS, project),
        change_milestones=may(actor, Action.CHANGE_MILESTONES, project),
        change_reports=may(actor, Action.CHANGE_REPORTS, project),
        change_risks=may(actor, Action.CHANGE_RISKS, project),
        read_needs=may(actor, Action.READ_NEEDS, project),
        change_needs=may(actor, Action.CHANGE_NEEDS, project),
        staff=may(actor, Action.CHANGE_ASSIGNMENTS, project),
        see_persons=_sees_contacts(project, actor) or _leads_team(project, actor),
        see_contacts=_sees_contacts(project, actor),
        see_shares=_sees_shares(project, actor),
        own_person_id=actor.person_id if own else None,
    )


def _sees_shares(project: Project, actor: Actor) -> bool:
    """A ministry reads the assignments of its projects too, but names only."""
    reach = scopes(actor, Action.READ_ASSIGNMENTS)
    return Scope.ALL in reach or (Scope.LED in reach and _leads(project, actor))


def _sees_contacts(project: Project, actor: Actor) -> bool:
    """A ministry reads the addresses of its projects' teams; a lead reads names and skills alone."""
    reach = scopes(actor, Action.READ_PERSONS)
    own = actor.organisation_id is not None and project.organisation_id == actor.organisation_id
    return Scope.ALL in reach or (Scope.ORGANISATION_TEAM in reach and own)


def _leads_team(project: Project, actor: Actor) -> bool:
    return Scope.LED_TEAM in scopes(actor, Action.READ_PERSONS) and _leads(project, actor)


def _leads(project: Project, actor: Actor) -> bool:
    return actor.person_id is not None and project.lead_id == actor.person_id
