"""API tokens: shown once, stored hashed, revoked for good."""

from datetime import timedelta

from portfolio.access import queries
from portfolio.access.models import ApiToken, User
from portfolio.access.secrets import new_token, token_hash
from portfolio.extensions import db
from portfolio.web import clock

DAYS_VALID = 365


def create_token(user: User, name: str, days: int = DAYS_VALID) -> tuple[ApiToken, str]:
    """A token with the rights of `user`, and its text, which nobody can read again."""
    text, now = new_token(), clock.now()
    token = ApiToken(
        token_hash=token_hash(text),
        user_id=user.id,
        name=name,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    db.session.add(token)
    db.session.flush()
    return token, text


def revoke_token(token: ApiToken) -> None:
    """From the next request on the token is worth nothing; revoking twice changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        db.session.flush()


def revoke_tokens(user: User) -> None:
    """Revoke every token of `user`."""
    for token in db.session.scalars(queries.tokens_of(user.id).with_for_update()):
        revoke_token(token)
