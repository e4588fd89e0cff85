"""Pages of catalogue."""

from flask import Blueprint

from portfolio.catalogue import models  # noqa: F401

bp = Blueprint("catalogue", __name__)
