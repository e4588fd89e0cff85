"""The blueprint of accounts and organisations."""

from flask import Blueprint

bp = Blueprint("access", __name__)
