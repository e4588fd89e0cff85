"""What each role comes for, in one page: short lists, each item one click from where it is dealt with."""

from collections.abc import Callable, Mapping
from datetime import date

from portfolio.access.policy import Actor, Role
from portfolio.dashboard.home import demand, own, portfolio, system
from portfolio.dashboard.home.section import Section

__all__ = ["Section", "sections"]

READERS: Mapping[str, Callable[[Actor, date], Section]] = {
    "requests_to_decide": demand.requests_to_decide,
    "own_requests": demand.own_requests,
    "needs_without_person": demand.needs_without_person,
    "conflicts": demand.conflicts,
    "agreements": demand.agreements,
    "pool_at_a_glance": demand.pool_at_a_glance,
    "milestones_due": portfolio.milestones_due,
    "slipping": portfolio.slipping,
    "own_projects": portfolio.own_projects,
    "red_projects": portfolio.red_projects,
    "reports_due": portfolio.reports_due,
    "own_team": portfolio.own_team,
    "own_calendar": own.calendar,
    "own_proposals": own.proposals,
    "own_skills": own.skills,
    "system_state": system.state,
    "failed_jobs": system.failed_jobs,
    "accounts": system.accounts,
    "change_log": system.change_log,
    "functions": system.functions,
}

SECTIONS_OF: Mapping[Role, tuple[str, ...]] = {
    Role.CIO_OFFICE: (
        "requests_to_decide",
        "needs_without_person",
        "conflicts",
        "agreements",
        "red_projects",
        "reports_due",
        "pool_at_a_glance",
    ),
    Role.COORDINATOR: ("milestones_due", "slipping", "red_projects", "needs_without_person", "own_projects"),
    Role.PROJECT_LEAD: ("milestones_due", "reports_due", "needs_without_person", "own_projects", "own_team"),
    Role.POOL_MEMBER: ("own_calendar", "own_proposals", "own_skills"),
    Role.MINISTRY: ("own_requests", "own_projects", "agreements"),
    Role.AUDITOR: ("change_log", "functions"),
    Role.ADMIN: ("system_state", "failed_jobs", "accounts"),
}


def sections(actor: Actor, today: date) -> list[Section]:
    """The sections for all roles of `actor`, each once, in the order of urgency."""
    wanted = dict.fromkeys(kind for role in Role if role in actor.roles for kind in SECTIONS_OF[role])
    return [READERS[kind](actor, today) for kind in wanted]
