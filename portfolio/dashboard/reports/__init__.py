"""Status reports of a project and its profile: they look at milestones, needs and team together."""

from portfolio.dashboard.reports import profile, routes

__all__ = ["profile", "routes"]
