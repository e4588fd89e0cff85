"""Pages of staffing, one file for each use."""

from portfolio.staffing.routes import assignments, bookings, capacity, need, needs  # noqa: F401
from portfolio.staffing.routes.blueprint import bp

__all__ = ["bp"]
