"""The catalogue and the organisations with the projects and requests that rest on them."""

from portfolio.dashboard.catalogue import routes

__all__ = ["routes"]
