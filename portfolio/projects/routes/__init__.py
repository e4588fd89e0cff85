"""Pages that change projects, one file for each use; those for reading need teams and stand in `dashboard`."""

from portfolio.projects.routes import forecasts, milestones, projects, risks, technical_bases  # noqa: F401
from portfolio.projects.routes.blueprint import bp

__all__ = ["bp"]
