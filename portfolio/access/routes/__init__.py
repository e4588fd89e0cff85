"""Pages of access, one file for each use."""

from portfolio.access import labels  # noqa: F401  (words the refusals)
from portfolio.access.routes import account, preferences, session  # noqa: F401
from portfolio.access.routes.blueprint import bp

__all__ = ["bp"]
