"""Reading accounts, sessions and organisations."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from portfolio.access.models import (
    ApiToken,
    Coordination,
    FailedLogin,
    Organisation,
    User,
    UserSession,
    normal_login,
)
from portfolio.access.secrets import token_hash
from portfolio.extensions import db
from portfolio.web import clock


def user_of_session(token: str) -> User | None:
    """The enabled user whose unexpired session `token` names, in one query."""
    statement = (
        select(UserSession)
        .join(UserSession.user)
        .options(contains_eager(UserSession.user))
        .where(UserSession.token_hash == token_hash(token), UserSession.expires_at > clock.now(), User.enabled)
    )
    found = db.session.scalar(statement)
    if found is None:
        return None
    found.user.session_token = token
    return found.user


def user_by_login(login: str) -> User | None:
    """The account with this login, enabled or not."""
    return db.session.scalar(select(User).where(User.login == normal_login(login)))


def failed_logins(login: str, address: str) -> tuple[int, int, int]:
    """How many attempts are counted against the account, against the address, and overall."""
    counts = select(
        func.count().filter(FailedLogin.login == login),
        func.count().filter(FailedLogin.address == address),
        func.count(),
    ).select_from(FailedLogin)
    of_account, of_address, overall = db.session.execute(counts).one()
    return of_account, of_address, overall


def user_of_token(token: str) -> User | None:
    """The enabled user whose valid API token this is, in one query."""
    statement = (
        select(ApiToken)
        .join(ApiToken.user)
        .options(contains_eager(ApiToken.user))
        .where(
            ApiToken.token_hash == token_hash(token),
            ApiToken.expires_at > clock.now(),
            ApiToken.revoked_at.is_(None),
            User.enabled,
        )
    )
    found = db.session.scalar(statement)
    return found.user if found else None


def organisations() -> Select[Organisation]:
    """All organisations by name; everybody may read them."""
    return select(Organisation).order_by(Organisation.sort_key, Organisation.id)


def coordinating_person_id(organisation_id: int) -> int | None:
    """The person who coordinates an organisation: the first by id, where several do."""
    statement = (
        select(User.person_id)
        .join(Coordination, Coordination.user_id == User.id)
        .where(Coordination.organisation_id == organisation_id, User.person_id.is_not(None), User.enabled)
        .order_by(User.person_id)
    )
    return db.session.scalar(statement.limit(1))
