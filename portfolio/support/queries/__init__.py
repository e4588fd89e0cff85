"""Reading requests and what their pages show beside them."""

from portfolio.support.queries.catalogue import (
    known_skill_ids,
    services_found,
    services_named,
    skill_ids_by_code,
    skills,
)
from portfolio.support.queries.requests import (
    SORTS,
    exported_rows,
    listed,
    matching,
    needs_asked,
    ordered,
    organisations_with_requests,
    requests_visible_to,
    to_decide,
    whole,
)
from portfolio.support.queries.supply import Load, Supply, loads, quarter_around, supply_for
from portfolio.support.queries.templates import need_templates, template_named, template_names, template_with_rows

__all__ = [
    "SORTS",
    "Load",
    "Supply",
    "exported_rows",
    "known_skill_ids",
    "listed",
    "loads",
    "matching",
    "need_templates",
    "needs_asked",
    "ordered",
    "organisations_with_requests",
    "quarter_around",
    "requests_visible_to",
    "services_found",
    "services_named",
    "skill_ids_by_code",
    "skills",
    "supply_for",
    "template_named",
    "template_names",
    "template_with_rows",
    "to_decide",
    "whole",
]
