"""Pages of projects."""

from flask import Blueprint

from portfolio.projects import models  # noqa: F401

bp = Blueprint("projects", __name__)
