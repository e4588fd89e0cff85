"""The blueprint of the catalogue."""

from flask import Blueprint

from portfolio.access.guard import current_actor
from portfolio.access.policy import Action, allowed

bp = Blueprint("catalogue", __name__)


def changeable() -> bool:
    """Whether the current user may change the catalogue: their pages then offer it."""
    return allowed(current_actor(), Action.CHANGE_CATALOGUE)
