"""The pages that read across domains, each in a file of its own."""

from portfolio.dashboard import catalogue, home, legal, notices, persons, projects, reports, search
from portfolio.dashboard.blueprint import bp

__all__ = ["bp", "catalogue", "home", "legal", "notices", "persons", "projects", "reports", "search"]
