"""Pages of access, one file for each use."""

from portfolio.access.routes import (  # noqa: F401
    account,
    changes,
    organisations,
    preferences,
    privacy,
    session,
    users,
)
from portfolio.access.routes.blueprint import bp

__all__ = ["bp"]
