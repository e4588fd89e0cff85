"""Accounts: creating, changing, passwords. Whatever takes rights away holds from the next request on."""

from dataclasses import dataclass

from portfolio.access import queries
from portfolio.access.models import Coordination, User, normal_login
from portfolio.access.policy import Role
from portfolio.access.problems import (
    MIN_PASSWORD_LENGTH,
    LastAdmin,
    LoginRefused,
    LoginTaken,
    NoRole,
    PasswordTooShort,
    PersonTaken,
    UnknownOrganisation,
    UnknownPerson,
    WrongPassword,
)
from portfolio.access.secrets import hash_password
from portfolio.access.services.rivals import refuse_rival
from portfolio.access.services.sessions import Attempt, end_sessions, succeed
from portfolio.access.services.tokens import revoke_tokens
from portfolio.extensions import db
from portfolio.web.problems import Problem

_RIVALS: dict[str, type[Problem]] = {"uq_user_login": LoginTaken, "uq_user_person_id": PersonTaken}


@dataclass(frozen=True, kw_only=True, slots=True)
class UserData:
    """An account as it shall be. `coordinates` are ids of organisations."""

    login: str
    name: str
    email: str | None
    roles: frozenset[Role]
    organisation_id: int | None
    person_id: int | None
    coordinates: tuple[int, ...] = ()
    enabled: bool = True


def create_user(data: UserData, password: str | None = None) -> User:
    """A new account; without a password nobody can log in to it yet."""
    _check(data, None)
    user = User(roles=data.roles)
    if password is not None:
        user.password_hash = _hashed(password)
    with refuse_rival(_RIVALS):
        db.session.add(_fill(user, data))
    return user


def change_user(user: User, data: UserData) -> None:
    """Change an account. Other roles or disabling end its sessions and its tokens."""
    _check(data, user)
    _keep_an_admin(user, data)
    revoked = user.roles != data.roles or (user.enabled and not data.enabled)
    with refuse_rival(_RIVALS):
        _fill(user, data)
    if revoked:
        _revoke(user)


def set_password(user: User, password: str) -> None:
    """Give an account a new password; its sessions and tokens end."""
    user.password_hash = _hashed(password)
    db.session.flush()
    _revoke(user)


def change_password(attempt: Attempt, old: str, new: str, keep: str) -> None:
    """Change the own password, knowing the old one; all sessions but `keep` and all tokens end."""
    if len(new) < MIN_PASSWORD_LENGTH:
        raise PasswordTooShort
    try:
        user = succeed(attempt, old)
    except LoginRefused as refusal:
        raise WrongPassword from refusal
    user.password_hash = _hashed(new)
    db.session.flush()
    _revoke(user, keep)


def change_contact(user: User, name: str, email: str | None) -> None:
    """What people may change of their own account."""
    user.name, user.email = name, email or None
    db.session.flush()


def _fill(user: User, data: UserData) -> User:
    user.login = normal_login(data.login)
    user.name, user.email = data.name.strip(), data.email or None
    user.roles, user.enabled = data.roles, data.enabled
    user.organisation_id, user.person_id = data.organisation_id, data.person_id
    _coordinate(user, data.coordinates)
    return user


def _coordinate(user: User, organisation_ids: tuple[int, ...]) -> None:
    present = {link.organisation_id: link for link in user.coordinations}
    wanted = dict.fromkeys(organisation_ids)
    if present.keys() == wanted.keys():
        return
    user.coordinations = [present.get(each) or Coordination(organisation_id=each) for each in wanted]
    if user.id is not None:
        user.touch()


def _check(data: UserData, user: User | None) -> None:
    own_id = user.id if user else None
    if not data.roles:
        raise NoRole
    if queries.another_user_with(own_id, login=normal_login(data.login)):
        raise LoginTaken
    if data.person_id is not None:
        if not queries.person_exists(data.person_id):
            raise UnknownPerson
        if queries.another_user_with(own_id, person_id=data.person_id):
            raise PersonTaken
    known = queries.existing_organisations((data.organisation_id, *data.coordinates))
    if data.organisation_id not in {None, *known}:
        raise UnknownOrganisation("organisation_id")
    if not known.issuperset(data.coordinates):
        raise UnknownOrganisation("coordinates")


def _keep_an_admin(user: User, data: UserData) -> None:
    """Two admins who disable each other at the same moment wait for one another here; the second is refused."""
    was = user.enabled and Role.ADMIN in user.roles
    stays = data.enabled and Role.ADMIN in data.roles
    if was and not stays and not queries.lock_enabled_admins() - {user.id}:
        raise LastAdmin


def _hashed(password: str) -> str:
    if len(password) < MIN_PASSWORD_LENGTH:
        raise PasswordTooShort
    return hash_password(password)


def _revoke(user: User, keep: str | None = None) -> None:
    end_sessions(user, keep)
    revoke_tokens(user)
