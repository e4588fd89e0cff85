"""Pages of support."""

from flask import Blueprint

from portfolio.support import models  # noqa: F401

bp = Blueprint("support", __name__)
