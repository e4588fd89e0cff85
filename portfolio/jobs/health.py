"""Health: /healthz says the process is up, /readyz that database, schema and worker are."""

from datetime import timedelta

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from portfolio.database import schema_is_current
from portfolio.extensions import db
from portfolio.jobs.models import WorkerBeat
from portfolio.web import clock

WORKER_SEEN_WITHIN = timedelta(seconds=60)

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    return {"status": "ok"}


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    checks = {"database": False, "schema": False, "worker": False}
    try:
        checks["schema"] = schema_is_current(db.session.connection())
        checks["database"] = True
        if checks["schema"]:
            checks["worker"] = worker_seen()
    except OperationalError:
        db.session.rollback()
    ready = all(checks.values())
    return {"status": "ok" if ready else "unavailable", **checks}, 200 if ready else 503


def worker_seen() -> bool:
    """Whether a worker was alive a moment ago."""
    seen = db.session.scalar(select(func.max(WorkerBeat.at)))
    return seen is not None and seen > clock.now() - WORKER_SEEN_WITHIN


for view in (healthz, readyz):
    view.public = True  # type: ignore[attr-defined]


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
