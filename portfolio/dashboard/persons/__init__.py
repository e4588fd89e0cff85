"""The pages on which persons are read: the list with its export, and one person."""

from portfolio.dashboard.persons import routes

__all__ = ["routes"]
