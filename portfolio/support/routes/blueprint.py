"""The blueprint of requests for support."""

from flask import Blueprint

bp = Blueprint("support", __name__)
