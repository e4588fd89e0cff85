"""Pages of staffing, one file for each use."""

from portfolio.staffing import privacy  # noqa: F401  (tells users what is held about them)
from portfolio.staffing.routes import assignments, bookings, capacity, lifecycle, need, needs, pool_capacity  # noqa: F401
from portfolio.staffing.routes.blueprint import bp

__all__ = ["bp"]
