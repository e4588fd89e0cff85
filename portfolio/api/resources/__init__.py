"""The resources of the API, in the order in which the documentation shows them."""

from typing import Any

from portfolio.api.resource import Resource
from portfolio.api.resources.organisations import ORGANISATIONS
from portfolio.api.resources.persons import PERSONS

RESOURCES: tuple[Resource[Any], ...] = (ORGANISATIONS, PERSONS)
