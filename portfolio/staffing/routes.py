"""Pages of staffing."""

from flask import Blueprint

from portfolio.staffing import models  # noqa: F401

bp = Blueprint("staffing", __name__)
