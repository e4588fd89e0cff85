"""The resources of the API, in the order in which the documentation shows them."""

from typing import Any

from portfolio.api.resource import Resource
from portfolio.api.resources.absences import ABSENCES
from portfolio.api.resources.assignments import ASSIGNMENTS
from portfolio.api.resources.catalogue import BUNDLES, SERVICES
from portfolio.api.resources.changes import CHANGES
from portfolio.api.resources.milestones import FORECASTS, MILESTONES
from portfolio.api.resources.needs import NEEDS
from portfolio.api.resources.organisations import ORGANISATIONS
from portfolio.api.resources.persons import PERSONS
from portfolio.api.resources.projects import PROJECTS
from portfolio.api.resources.reports import REPORTS
from portfolio.api.resources.requests import COMMENTS, REQUESTS
from portfolio.api.resources.risks import RISKS
from portfolio.api.resources.skills import SKILLS
from portfolio.api.resources.technical_bases import TECHNICAL_BASES

RESOURCES: tuple[Resource[Any], ...] = (
    ORGANISATIONS,
    BUNDLES,
    SERVICES,
    SKILLS,
    TECHNICAL_BASES,
    PERSONS,
    ABSENCES,
    REQUESTS,
    COMMENTS,
    PROJECTS,
    MILESTONES,
    FORECASTS,
    REPORTS,
    RISKS,
    NEEDS,
    ASSIGNMENTS,
    CHANGES,
)
