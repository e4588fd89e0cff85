"""Pages of pool."""

from flask import Blueprint

from portfolio.pool import models  # noqa: F401

bp = Blueprint("pool", __name__)
