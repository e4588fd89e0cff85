"""The blueprint of pages that need several domains."""

from flask import Blueprint

bp = Blueprint("dashboard", __name__)
