"""Pages of staffing, one file for each use."""

from portfolio.staffing import privacy  # noqa: F401  (tells users what is held about them)
from portfolio.staffing.routes import (  # noqa: F401
    absences,
    activation,
    assignments,
    bookings,
    capacity,
    lifecycle,
    need,
    needs,
    pool_capacity,
    pool_shares,
)
from portfolio.staffing.routes.blueprint import bp

__all__ = ["bp"]
