"""The pages that read across domains, each in a file of its own."""

from portfolio.dashboard import catalogue, persons, projects, reports, search, start
from portfolio.dashboard.blueprint import bp

__all__ = ["bp", "catalogue", "persons", "projects", "reports", "search", "start"]
