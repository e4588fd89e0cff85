"""Who asks: the bearer token says it, and nothing else. A session cookie means nothing here."""

from flask import g, request

from portfolio.access import queries
from portfolio.api.body import MOST_BYTES
from portfolio.api.problems import Unauthorized
from portfolio.audit.record import actor_id
from portfolio.extensions import login_manager


def authenticate() -> None:
    """Take the request as that of the token's user; 401 without a valid token."""
    request.max_content_length = MOST_BYTES
    actor_id.set(None)
    g._login_user = login_manager.anonymous_user()  # whoever a cookie named
    scheme, _separator, token = request.headers.get("Authorization", "").partition(" ")
    # An empty token is looked up like any other: how long a refusal takes says nothing.
    user = queries.user_of_token(token.strip() if scheme.lower() == "bearer" else "")
    if user is None:
        raise Unauthorized
    g._login_user = user  # where Flask-Login keeps the user of a request
    actor_id.set(user.id)
