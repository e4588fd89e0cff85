"""Home: what each role comes for."""

from portfolio.dashboard.home import routes

__all__ = ["routes"]
