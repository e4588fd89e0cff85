"""What each role comes for, in one page: short lists, each item one click from where it is dealt with."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from portfolio.access.policy import Actor, Role
from portfolio.dashboard.home import demand, own, portfolio, system
from portfolio.dashboard.home.section import Card, Section, SectionPage, Window
from portfolio.web.paging import PER_PAGE

__all__ = ["LISTS", "page_of_list", "roles_of", "sections"]

Reader = Callable[[Actor, date, Window], Section | Card]

READERS: Mapping[str, Reader] = {
    "requests_to_decide": demand.requests_to_decide,
    "own_requests": demand.own_requests,
    "needs_without_person": demand.needs_without_person,
    "gaps": demand.gaps,
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
    Role.COORDINATOR: ("milestones_due", "slipping", "red_projects", "gaps", "own_projects"),
    Role.PROJECT_LEAD: ("milestones_due", "reports_due", "gaps", "own_projects", "own_team"),
    Role.POOL_MEMBER: ("own_calendar", "own_proposals", "own_skills"),
    Role.MINISTRY: ("own_requests", "agreements", "own_projects"),
    Role.AUDITOR: ("change_log", "functions"),
    Role.ADMIN: ("system_state", "failed_jobs", "accounts"),
}

LISTS: Mapping[str, str] = {
    "bedarfe-ohne-person": "needs_without_person",
    "offene-bedarfe": "gaps",
    "konflikte": "conflicts",
    "einvernehmen": "agreements",
    "meilensteine": "milestones_due",
    "verzug": "slipping",
    "statusberichte": "reports_due",
    "team": "own_team",
    "vorgesehen": "own_proposals",
    "faehigkeiten": "own_skills",
    "gescheiterte-aufgaben": "failed_jobs",
}
"""Lists that stand nowhere else as a whole, by the end of their address."""


def roles_of(actor: Actor) -> list[Role]:
    """The roles with a home page of their own, the most urgent first."""
    return [role for role in Role if role in actor.roles]


def sections(actor: Actor, role: Role, today: date) -> list[Section | Card]:
    """What a role comes for, read with the rights of that role alone; what is empty comes last."""
    found = [READERS[kind](_as(actor, role), today, Window()) for kind in SECTIONS_OF[role]]
    return sorted(found, key=lambda section: section.is_empty)


def page_of_list(actor: Actor, role: Role, kind: str, today: date, number: int) -> SectionPage | None:
    """All of a list, page by page; None where it is none of the role's."""
    if role not in actor.roles or kind not in SECTIONS_OF[role]:
        return None
    reader = _as(actor, role)
    return SectionPage(page=number, per_page=PER_PAGE, read=lambda window: READERS[kind](reader, today, window))


def _as(actor: Actor, role: Role) -> Actor:
    return replace(actor, roles=frozenset({role}))
