"""The blueprint of the pool."""

from flask import Blueprint

bp = Blueprint("pool", __name__)
