"""Reading requests and what their pages show beside them."""

from portfolio.support.queries.catalogue import (
    known_skill_ids,
    services_found,
    services_named,
    skill_ids_by_code,
    skills,
)
from portfolio.support.queries.decisions import decisions_taken_by, decisions_visible_to
from portfolio.support.queries.grounds import Weighing, facts_about, weigh
from portfolio.support.queries.loads import Load, loads
from portfolio.support.queries.requests import (
    SORTS,
    exported_rows,
    listed,
    matching,
    needs_asked,
    open_requests,
    ordered,
    organisations_with_requests,
    requests_visible_to,
    to_decide,
    whole,
)
from portfolio.support.queries.served import Answer, answers_to, period, served_by_organisation
from portfolio.support.queries.similar import Similar, similar_projects
from portfolio.support.queries.supply import Supply, promised, supplies, supply_for
from portfolio.support.queries.templates import need_templates, template_named, template_names, template_with_rows

__all__ = [
    "SORTS",
    "Answer",
    "Load",
    "Similar",
    "Supply",
    "Weighing",
    "answers_to",
    "decisions_taken_by",
    "decisions_visible_to",
    "exported_rows",
    "facts_about",
    "known_skill_ids",
    "listed",
    "loads",
    "matching",
    "need_templates",
    "needs_asked",
    "open_requests",
    "ordered",
    "organisations_with_requests",
    "period",
    "promised",
    "requests_visible_to",
    "served_by_organisation",
    "services_found",
    "services_named",
    "similar_projects",
    "skill_ids_by_code",
    "skills",
    "supplies",
    "supply_for",
    "template_named",
    "template_names",
    "template_with_rows",
    "to_decide",
    "weigh",
    "whole",
]
