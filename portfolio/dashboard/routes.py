"""The pages that read across domains, each in a file of its own."""

from portfolio.dashboard import persons, projects, reports, search, start
from portfolio.dashboard.blueprint import bp

__all__ = ["bp", "persons", "projects", "reports", "search", "start"]
