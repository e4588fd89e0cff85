"""Accounts, their sessions and tokens."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, column, func, literal, or_, select, table, type_coerce
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portfolio.access.models import (
    ApiToken,
    Coordination,
    FailedLogin,
    Organisation,
    User,
    UserSession,
    normal_login,
)
from portfolio.access.policy import Role
from portfolio.access.queries.organisations import organisations
from portfolio.access.secrets import token_hash
from portfolio.extensions import db
from portfolio.notify.queries import unread_count
from portfolio.web import clock, settings
from portfolio.web.text import like, pieces

_USER_ORDER = {
    "-name": (User.sort_key.desc(),),
    "login": (User.login,),
    "-login": (User.login.desc(),),
}

# Persons belong to a domain above this one: known here by their table alone, to link an account to one.
_PERSON = table("person", column("id"), column("name"), column("sort_key"), column("active"))


def user_of_session(token: str) -> User | None:
    """The enabled user whose unexpired session `token` names, with what the head of a page says, in one query."""
    statement = (
        select(UserSession, unread_count(UserSession.user_id))
        .join(UserSession.user)
        .outerjoin(User.coordinations)
        .options(contains_eager(UserSession.user).contains_eager(User.coordinations))
        .where(UserSession.token_hash == token_hash(token), UserSession.expires_at > clock.now(), User.enabled)
    )
    found = _first_with_settings(statement)
    if found is None:
        return None
    user: User = found[0].user
    user.session_token, user.unread_notices = token, found[1]
    return user


def user_of_token(token: str) -> User | None:
    """The enabled user whose valid API token this is, in one query."""
    statement = (
        select(ApiToken)
        .join(ApiToken.user)
        .outerjoin(User.coordinations)
        .options(contains_eager(ApiToken.user).contains_eager(User.coordinations))
        .where(
            ApiToken.token_hash == token_hash(token),
            ApiToken.expires_at > clock.now(),
            ApiToken.revoked_at.is_(None),
            User.enabled,
        )
    )
    found = _first_with_settings(statement)
    user: User | None = found[0].user if found else None
    return user


def _first_with_settings(statement: Select[*tuple[Any, ...]]) -> Row[*tuple[Any, ...]] | None:
    """The first row of the statement; what is set comes along, since every request begins here."""
    row = db.session.execute(settings.beside(statement)).unique().first()
    if row is not None:
        settings.remember(row[-len(settings.COLUMNS) :])
    return row


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


def users(text: str = "", role: Role | None = None, sort: str = "") -> Select[User]:
    """Accounts with their organisations; `text` is looked for in name, login and e-mail address."""
    statement = select(User).options(joinedload(User.organisation), selectinload(User.coordinations))
    for piece in pieces(text):
        columns = (User.sort_key, User.login, func.lower(User.email))
        statement = statement.where(or_(*(each.like(like(piece), escape="/") for each in columns)))
    if role is not None:
        statement = statement.where(has_role(role))
    return statement.order_by(*_USER_ORDER.get(sort, (User.sort_key,)), User.id)


def lock_user(user_id: int | None) -> User | None:
    """The account as it is now; until the transaction ends nobody else changes it."""
    if user_id is None:
        return None
    return db.session.get(User, user_id, with_for_update={"key_share": True}, populate_existing=True)


def lock_enabled_admins() -> set[int]:
    """Ids of the enabled administrators; whoever asks at the same moment waits for this transaction to end."""
    admins = select(User.id).where(User.enabled, has_role(Role.ADMIN)).order_by(User.id)
    return set(db.session.scalars(admins.with_for_update(key_share=True)))


def another_user_with(own_id: int | None, **values: Any) -> bool:
    """Whether an account other than `own_id` has these values."""
    statement = select(User.id).filter_by(**values)
    if own_id is not None:
        statement = statement.where(User.id != own_id)
    return db.session.scalar(statement.limit(1)) is not None


def sessions_of(user_id: int) -> Select[UserSession]:
    """The sessions of a user that have not run out, newest first."""
    valid = UserSession.expires_at > clock.now()
    return select(UserSession).where(UserSession.user_id == user_id, valid).order_by(UserSession.id.desc())


def tokens_of(user_id: int) -> Select[ApiToken]:
    """The tokens of a user, newest first, revoked and expired ones included."""
    return select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.id.desc())


def coordinated_by(user: User) -> list[Organisation]:
    """The organisations that `user` looks after."""
    ids = [link.organisation_id for link in user.coordinations]
    return list(db.session.scalars(organisations().where(Organisation.id.in_(ids)))) if ids else []


def coordinating_person_id(organisation_id: int) -> int | None:
    """The person who coordinates an organisation: the first by id, where several do."""
    statement = (
        select(User.person_id)
        .join(Coordination, Coordination.user_id == User.id)
        .where(Coordination.organisation_id == organisation_id, User.person_id.is_not(None), User.enabled)
        .order_by(User.person_id)
    )
    return db.session.scalar(statement.limit(1))


def person_exists(person_id: int) -> bool:
    return db.session.scalar(select(_PERSON.c.id).where(_PERSON.c.id == person_id)) is not None


def person_name(person_id: int | None) -> str | None:
    """The name of the person an account is linked to."""
    return None if person_id is None else db.session.scalar(select(_PERSON.c.name).where(_PERSON.c.id == person_id))


def person_names(also: int | None = None) -> list[tuple[int, str]]:
    """Id and name of the active persons, and of the person `also`, by name."""
    wanted = or_(_PERSON.c.active, _PERSON.c.id == also)
    statement = select(_PERSON.c.id, _PERSON.c.name).where(wanted).order_by(_PERSON.c.sort_key, _PERSON.c.id)
    return [(row.id, row.name) for row in db.session.execute(statement)]


def has_role(role: Role) -> ColumnElement[bool]:
    """Roles stand in one column, separated by spaces."""
    return (literal(" ") + type_coerce(User.roles, String) + " ").contains(f" {role.value} ", autoescape=True)
