"""The notices of whoever reads, as a page and as a number in the head of every page."""

from portfolio.dashboard.notices import privacy, routes

__all__ = ["privacy", "routes"]
