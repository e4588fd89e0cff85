"""What all blueprints share and no domain owns: errors, formats, fields, headers, assets."""

from flask import Flask

from portfolio.web import assets, errors, formats, fragments, logs, security, startup, transactions
from portfolio.web.locale import select_locale

__all__ = ["init_app", "prepare", "select_locale"]


def prepare(app: Flask) -> None:
    """Settle the configuration before any extension reads it; refuse an unsafe one."""
    startup.settle(app)
    logs.configure(app)


def init_app(app: Flask) -> None:
    """Register the shared parts; transactions come first, so that every later hook reads under them."""
    transactions.init_app(app)
    security.init_app(app)
    errors.init_app(app)
    formats.init_app(app)
    fragments.init_app(app)
    assets.init_app(app)
