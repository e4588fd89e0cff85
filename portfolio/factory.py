"""Puts the application together: configuration, extensions, blueprints, commands."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

import config
from portfolio import api, database, web
from portfolio.access import guard
from portfolio.access.routes import bp as access
from portfolio.audit import record
from portfolio.audit.routes import bp as audit
from portfolio.catalogue.routes import bp as catalogue
from portfolio.cli import commands
from portfolio.dashboard import navigation
from portfolio.dashboard.routes import bp as dashboard
from portfolio.extensions import babel, csrf, db, login_manager, migrate
from portfolio.jobs import health
from portfolio.pool.routes import bp as pool
from portfolio.projects.routes import bp as projects
from portfolio.settings.routes import bp as settings
from portfolio.staffing.routes import bp as staffing
from portfolio.support.routes import bp as support

ROOT = Path(__file__).resolve().parent.parent

BLUEPRINTS = (access, audit, catalogue, dashboard, pool, projects, settings, staffing, support)


def build(overrides: Mapping[str, Any]) -> Flask:
    app = Flask(
        "portfolio",
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(ROOT / "instance"),
    )
    app.config.from_object(config.from_environment())
    app.config.from_mapping(overrides)
    web.prepare(app)
    _init_extensions(app)
    web.init_app(app)
    guard.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    navigation.init_app(app)
    health.init_app(app)
    api.init_app(app)
    commands.init_app(app)
    return app


def _init_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        database.configure(db.engine)
    record.install(db.session)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    login_manager.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=web.select_locale)
