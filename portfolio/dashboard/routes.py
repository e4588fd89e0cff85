"""The pages that read across domains, each in a file of its own."""

from portfolio.dashboard import catalogue, notices, persons, projects, reports, search, start
from portfolio.dashboard.blueprint import bp

__all__ = ["bp", "catalogue", "notices", "persons", "projects", "reports", "search", "start"]
