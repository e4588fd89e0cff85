"""One search over everything somebody may read."""

from portfolio.dashboard.search import routes

__all__ = ["routes"]
