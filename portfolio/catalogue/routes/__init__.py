"""Pages of the catalogue, one file each for services and bundles."""

from portfolio.catalogue import labels  # noqa: F401  (words the refusals)
from portfolio.catalogue.routes import bundles, services  # noqa: F401
from portfolio.catalogue.routes.blueprint import bp

__all__ = ["bp"]
