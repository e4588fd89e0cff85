"""Who may do what: one table, asked by routes, row filters, API and templates. Pure: values in, answers out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    CIO_OFFICE = "cio_office"
    COORDINATOR = "coordinator"
    PROJECT_LEAD = "project_lead"
    POOL_MEMBER = "pool_member"
    MINISTRY = "ministry"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Scope(StrEnum):
    """Which rows a right reaches."""

    ALL = "all"
    ORGANISATION = "organisation"  # belongs to the actor's own organisation
    COORDINATED = "coordinated"  # belongs to an organisation the actor coordinates, or names them as coordinator
    LED = "led"  # the actor leads the project
    TEAM = "team"  # the actor works on the project
    LED_TEAM = "led_team"  # the person is on a project the actor leads
    ORGANISATION_TEAM = "organisation_team"  # the person is on a project of the actor's own organisation
    SELF = "self"  # the thing is about the actor's own person
    HOME = "home"  # the person's home authority is the actor's organisation
    PLANNING = "planning"  # entries of the change log on projects, requests and persons
    TECHNICAL = "technical"  # entries of the change log on accounts, organisations and catalogues
    MASKED = "masked"  # all entries of the change log, without the values about persons


class Action(StrEnum):
    USE_OWN_ACCOUNT = "use_own_account"
    READ_REQUESTS = "read_requests"
    FILE_REQUESTS = "file_requests"
    TRIAGE_REQUESTS = "triage_requests"
    READ_DECISIONS = "read_decisions"
    READ_PROJECTS = "read_projects"
    CREATE_PROJECTS = "create_projects"
    CHANGE_PROJECTS = "change_projects"
    CHANGE_MILESTONES = "change_milestones"
    CHANGE_REPORTS = "change_reports"
    CHANGE_RISKS = "change_risks"
    READ_NEEDS = "read_needs"
    CHANGE_NEEDS = "change_needs"
    READ_PERSONS = "read_persons"
    CREATE_PERSONS = "create_persons"
    CHANGE_PERSONS = "change_persons"
    CHANGE_SKILL_LEVELS = "change_skill_levels"
    READ_ABSENCES = "read_absences"
    CHANGE_ABSENCES = "change_absences"
    READ_ASSIGNMENTS = "read_assignments"
    CHANGE_ASSIGNMENTS = "change_assignments"
    GIVE_AGREEMENT = "give_agreement"
    READ_CAPACITY = "read_capacity"
    READ_POOL_CAPACITY = "read_pool_capacity"
    READ_ORGANISATIONS = "read_organisations"
    CHANGE_ORGANISATIONS = "change_organisations"
    READ_CATALOGUE = "read_catalogue"
    CHANGE_CATALOGUE = "change_catalogue"
    CHANGE_SKILLS = "change_skills"
    READ_SETTINGS = "read_settings"
    CHANGE_SETTINGS = "change_settings"
    CHANGE_NEED_TEMPLATES = "change_need_templates"
    CHANGE_TECHNICAL_BASES = "change_technical_bases"
    MANAGE_USERS = "manage_users"
    READ_AUDIT_LOG = "read_audit_log"


@dataclass(frozen=True, slots=True)
class Actor:
    """A user as the policy sees them."""

    user_id: int
    roles: frozenset[Role]
    organisation_id: int | None = None
    person_id: int | None = None
    coordinated: frozenset[int] = frozenset()


_EVERYONE = dict.fromkeys(Role, Scope.ALL)
_CIO, _COORDINATOR, _LEAD, _MEMBER, _MINISTRY, _AUDITOR, _ADMIN = Role

TABLE: Mapping[Action, Mapping[Role, Scope]] = {
    Action.USE_OWN_ACCOUNT: _EVERYONE,
    Action.READ_REQUESTS: {_CIO: Scope.ALL, _COORDINATOR: Scope.COORDINATED, _MINISTRY: Scope.ORGANISATION},
    Action.FILE_REQUESTS: {_MINISTRY: Scope.ORGANISATION},
    Action.TRIAGE_REQUESTS: {_CIO: Scope.ALL},
    Action.READ_DECISIONS: {_CIO: Scope.ALL, _COORDINATOR: Scope.COORDINATED},
    Action.READ_PROJECTS: {
        _CIO: Scope.ALL,
        _COORDINATOR: Scope.COORDINATED,
        _LEAD: Scope.LED,
        _MEMBER: Scope.TEAM,
        _MINISTRY: Scope.ORGANISATION,
    },
    Action.CREATE_PROJECTS: {_CIO: Scope.ALL},
    Action.CHANGE_PROJECTS: {_CIO: Scope.ALL, _LEAD: Scope.LED},
    Action.CHANGE_MILESTONES: {_CIO: Scope.ALL, _COORDINATOR: Scope.COORDINATED, _LEAD: Scope.LED},
    Action.CHANGE_REPORTS: {_CIO: Scope.ALL, _COORDINATOR: Scope.COORDINATED, _LEAD: Scope.LED},
    Action.CHANGE_RISKS: {_CIO: Scope.ALL, _COORDINATOR: Scope.COORDINATED, _LEAD: Scope.LED},
    Action.READ_NEEDS: {
        _CIO: Scope.ALL,
        _COORDINATOR: Scope.COORDINATED,
        _LEAD: Scope.LED,
        _MINISTRY: Scope.ORGANISATION,
    },
    Action.CHANGE_NEEDS: {_CIO: Scope.ALL, _COORDINATOR: Scope.COORDINATED, _LEAD: Scope.LED},
    Action.READ_PERSONS: {
        _CIO: Scope.ALL,
        _COORDINATOR: Scope.ALL,
        _LEAD: Scope.LED_TEAM,
        _MEMBER: Scope.SELF,
        _MINISTRY: Scope.ORGANISATION_TEAM,
        _ADMIN: Scope.ALL,
    },
    Action.CREATE_PERSONS: {_CIO: Scope.ALL, _ADMIN: Scope.ALL},
    Action.CHANGE_PERSONS: {_CIO: Scope.ALL},
    Action.CHANGE_SKILL_LEVELS: {_CIO: Scope.ALL, _MEMBER: Scope.SELF},
    Action.READ_ABSENCES: {_CIO: Scope.ALL, _MEMBER: Scope.SELF},
    Action.CHANGE_ABSENCES: {_CIO: Scope.ALL, _MEMBER: Scope.SELF},
    Action.READ_ASSIGNMENTS: {
        _CIO: Scope.ALL,
        _COORDINATOR: Scope.ALL,
        _LEAD: Scope.LED,
        _MEMBER: Scope.SELF,
        _MINISTRY: Scope.ORGANISATION,
    },
    Action.CHANGE_ASSIGNMENTS: {_CIO: Scope.ALL},
    Action.GIVE_AGREEMENT: {_CIO: Scope.ALL, _MINISTRY: Scope.HOME},
    Action.READ_CAPACITY: {_CIO: Scope.ALL, _COORDINATOR: Scope.ALL, _LEAD: Scope.LED_TEAM, _MEMBER: Scope.SELF},
    Action.READ_POOL_CAPACITY: {_CIO: Scope.ALL, _COORDINATOR: Scope.ALL},
    Action.READ_ORGANISATIONS: _EVERYONE,
    Action.CHANGE_ORGANISATIONS: {_ADMIN: Scope.ALL},
    Action.READ_CATALOGUE: _EVERYONE,
    Action.CHANGE_CATALOGUE: {_ADMIN: Scope.ALL},
    Action.CHANGE_SKILLS: {_CIO: Scope.ALL, _ADMIN: Scope.ALL},
    Action.READ_SETTINGS: _EVERYONE,
    Action.CHANGE_SETTINGS: {_ADMIN: Scope.ALL},
    Action.CHANGE_NEED_TEMPLATES: {_CIO: Scope.ALL, _ADMIN: Scope.ALL},
    Action.CHANGE_TECHNICAL_BASES: {_CIO: Scope.ALL, _ADMIN: Scope.ALL},
    Action.MANAGE_USERS: {_ADMIN: Scope.ALL},
    Action.READ_AUDIT_LOG: {
        _CIO: Scope.PLANNING,
        _COORDINATOR: Scope.COORDINATED,
        _LEAD: Scope.LED,
        _MEMBER: Scope.SELF,
        _AUDITOR: Scope.MASKED,
        _ADMIN: Scope.TECHNICAL,
    },
}


def scopes(actor: Actor, action: Action) -> frozenset[Scope]:
    """The reaches of `action` for `actor`, over all their roles; empty where the action is not theirs at all."""
    row = TABLE[action]
    return frozenset(row[role] for role in actor.roles if role in row)


def allowed(actor: Actor, action: Action) -> bool:
    """Whether `actor` may do `action` to anything at all: the gate in front of a route."""
    return bool(scopes(actor, action))


def may(actor: Actor, action: Action, thing: Any) -> bool:
    """Whether `actor` may do `action` to `thing`, judged by the ids the thing carries.

    Team membership needs other rows, so TEAM is left to the row filters and never grants a change here; the change
    log is read through its row filter alone.
    """
    return any(_reaches(actor, scope, thing) for scope in scopes(actor, action))


def _reaches(actor: Actor, scope: Scope, thing: Any) -> bool:
    match scope:
        case Scope.ALL:
            return True
        case Scope.ORGANISATION:
            return _same(actor.organisation_id, thing, "organisation_id")
        case Scope.COORDINATED:
            named = _same(actor.person_id, thing, "coordinator_id")
            return named or getattr(thing, "organisation_id", None) in actor.coordinated
        case Scope.LED:
            return _same(actor.person_id, thing, "lead_id")
        case Scope.SELF:
            return _same(actor.person_id, thing, "person_id")
        case Scope.HOME:
            return _same(actor.organisation_id, thing, "home_organisation_id")
        case _:  # teams need other rows, the rest is asked of the log alone
            return False


def _same(own: int | None, thing: Any, attribute: str) -> bool:
    return own is not None and getattr(thing, attribute, None) == own
