"""The services of a project with their maturity: checked, and replaced as a whole."""

from dataclasses import dataclass
from datetime import date

from portfolio.projects import checks, queries
from portfolio.projects.models import MaturityModel, Project, ServiceLink
from portfolio.projects.problems import MaturityInFuture, MaturityOutOfRange, ServiceTwice, UnknownService
from portfolio.web import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLinkData:
    """A service the project works on, with its maturity now and as aimed at, by one of the two models.

    Without `as_of` a maturity that is new or different holds as of today.
    """

    service_id: int
    maturity_now: int | None = None
    maturity_target: int | None = None
    model: MaturityModel = MaturityModel.V1_1
    as_of: date | None = None


def check_links(project: Project, links: tuple[ServiceLinkData, ...]) -> None:
    ids = [link.service_id for link in links]
    if len(set(ids)) < len(ids):
        raise ServiceTwice
    if set(ids) - queries.services_by_id(ids).keys() - {link.service_id for link in project.service_links}:
        raise UnknownService
    for link in links:
        _check_maturity(link)


def _check_maturity(link: ServiceLinkData) -> None:
    highest = checks.HIGHEST_MATURITY[link.model]
    levels = (level for level in (link.maturity_now, link.maturity_target) if level is not None)
    if any(not 0 <= level <= highest for level in levels):
        raise MaturityOutOfRange(link.model, highest)
    if link.as_of is not None:
        checks.sensible_day(link.as_of, "service_links")
        if link.as_of > clock.today():
            raise MaturityInFuture


def replace_links(project: Project, links: tuple[ServiceLinkData, ...]) -> None:
    before = {link.service_id: link for link in project.service_links}
    kept = [before.get(link.service_id) or ServiceLink(service_id=link.service_id) for link in links]
    changed = len(kept) != len(before)
    for row, link in zip(kept, links, strict=True):
        changed = _fill(row, link) or changed
    if changed:
        project.service_links = kept
        if project.id is not None:
            project.touch()  # the links are part of the project: a stale form must not overwrite them


def _fill(row: ServiceLink, link: ServiceLinkData) -> bool:
    """Whether that changed the row."""
    now = (row.maturity_now, row.maturity_target, row.model)
    wanted = (link.maturity_now, link.maturity_target, link.model)
    as_of = link.as_of or (row.as_of if now == wanted else _today_of(link))
    if row.id is not None and (*now, row.as_of) == (*wanted, as_of):
        return False
    row.maturity_now, row.maturity_target, row.model = wanted
    row.as_of = as_of
    return True


def _today_of(link: ServiceLinkData) -> date | None:
    return clock.today() if link.maturity_now is not None else None
