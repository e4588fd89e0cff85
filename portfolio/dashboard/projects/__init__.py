"""The pages on which projects are read: the list, one project, its team, its milestones."""

from portfolio.dashboard.projects import routes

__all__ = ["routes"]
