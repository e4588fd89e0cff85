"""Many weeks of many people at once, as arrays: what charts, tables, files and the API show."""

from portfolio.staffing.capacity.matrix import HasId, Matrix, matrix
from portfolio.staffing.capacity.organisations import OrganisationCapacity, organisation_capacity
from portfolio.staffing.capacity.shortfalls import Shortfall
from portfolio.staffing.capacity.skills import SkillCapacity, skill_capacity

__all__ = [
    "HasId",
    "Matrix",
    "OrganisationCapacity",
    "Shortfall",
    "SkillCapacity",
    "matrix",
    "organisation_capacity",
    "skill_capacity",
]
