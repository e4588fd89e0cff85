"""Logging in and out. A session lives on the server; the cookie only names it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, text

from portfolio.access import queries
from portfolio.access.models import FailedLogin, User, UserSession, normal_login
from portfolio.access.problems import LoginRefused, TooManyAttempts
from portfolio.access.secrets import new_token, password_matches, token_hash
from portfolio.extensions import db
from portfolio.web import clock

WINDOW = timedelta(minutes=5)
RETRY_AFTER = str(int(WINDOW.total_seconds()))
PER_ACCOUNT, PER_ADDRESS, OVERALL = 10, 200, 1_000
_ATTEMPTS_LOCK = 7_302_003
_UNAUDITED = {"unaudited": True}  # attempts and sessions are no facts of the field


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """A login that counts as failed until it succeeds, with what is needed to check it without the database."""

    id: int
    user_id: int | None
    password_hash: str | None


def note_attempt(login: str, address: str) -> Attempt:
    """Count one more attempt, or raise TooManyAttempts.

    To be committed before `sign_in`: attempts at the same moment then see each other, and hashing holds no lock.
    """
    _wait_for_other_attempts()
    now = clock.now()
    db.session.execute(delete(FailedLogin).where(FailedLogin.at < now - WINDOW), execution_options=_UNAUDITED)
    account = normal_login(login)[:200]
    of_account, of_address, overall = queries.failed_logins(account, address)
    if of_account >= PER_ACCOUNT or of_address >= PER_ADDRESS or overall >= OVERALL:
        raise TooManyAttempts
    failed = FailedLogin(login=account, address=address, at=now)
    db.session.add(failed)
    db.session.flush()
    user = queries.user_by_login(account)
    if user is None or not user.enabled:
        return Attempt(id=failed.id, user_id=None, password_hash=None)
    return Attempt(id=failed.id, user_id=user.id, password_hash=user.password_hash)


def sign_in(attempt: Attempt, password: str, lifetime: timedelta) -> User:
    """Open a session for whoever knows the password; raises LoginRefused and leaves the attempt counted."""
    user = succeed(attempt, password)
    user.session_token = _open_session(user, lifetime)
    return user


def succeed(attempt: Attempt, password: str) -> User:
    """The user who knows the password; the attempt counts no more. Raises LoginRefused."""
    if not password_matches(attempt.password_hash, password):
        raise LoginRefused
    # The lock makes a simultaneous change of the password wait, and then end the session opened here.
    user = queries.lock_user(attempt.user_id)
    if user is None or not user.enabled or user.password_hash != attempt.password_hash:
        raise LoginRefused
    db.session.execute(delete(FailedLogin).where(FailedLogin.id == attempt.id), execution_options=_UNAUDITED)
    return user


def _open_session(user: User, lifetime: timedelta) -> str:
    token, now = new_token(), clock.now()
    _delete_sessions(UserSession.expires_at < now)
    db.session.add(
        UserSession(token_hash=token_hash(token), user_id=user.id, created_at=now, expires_at=now + lifetime)
    )
    db.session.flush()
    return token


def sign_out(token: str) -> None:
    """End the session that `token` names."""
    _delete_sessions(UserSession.token_hash == token_hash(token))


def end_session(session: UserSession) -> None:
    """End one session, from the list of one's own."""
    db.session.delete(session)
    db.session.flush()


def end_sessions(user: User, keep: str | None = None) -> None:
    """End every session of `user`, but for the one whose token is `keep`."""
    others = UserSession.user_id == user.id
    _delete_sessions(others if keep is None else others & (UserSession.token_hash != token_hash(keep)))


def _delete_sessions(condition: ColumnElement[bool]) -> None:
    db.session.execute(delete(UserSession).where(condition), execution_options=_UNAUDITED)


def _wait_for_other_attempts() -> None:
    """Count one after another, so that none slips past the limit; SQLite's writers are alone anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ATTEMPTS_LOCK})
