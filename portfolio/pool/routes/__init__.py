"""Pages of the pool, one file each for what is edited."""

from portfolio.pool import labels, privacy  # noqa: F401  (words the refusals; tells users what is held about them)
from portfolio.pool.routes import confirmations, levels, persons, skills  # noqa: F401
from portfolio.pool.routes.blueprint import bp

__all__ = ["bp"]
