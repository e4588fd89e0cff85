"""What access refuses, as typed facts; the sentences stand in labels.py."""

from portfolio.web.problems import Invalid, Problem

MIN_PASSWORD_LENGTH = 12


class LoginRefused(Invalid):
    """Login or password is wrong, or the account is disabled: one answer for all three."""


class TooManyAttempts(Problem):
    """Too many failed logins of the account, the address or overall."""

    status = 429
    name = "too-many-requests"


class WrongPassword(Invalid):
    """Whoever asks for a new password did not know the old one."""

    field = "old_password"


class PasswordTooShort(Invalid):
    field = "password"


class LoginTaken(Invalid):
    """Another account has this login."""

    field = "login"


class PersonTaken(Invalid):
    """Another account belongs to this person."""

    field = "person_id"


class UnknownPerson(Invalid):
    field = "person_id"


class NoRole(Invalid):
    """An account without a role may do nothing, not even log out."""

    field = "roles"


class LastAdmin(Problem):
    """Without this account nobody could manage accounts any more."""

    field = "roles"


class CodeTaken(Invalid):
    """Another organisation has this code."""

    field = "code"


class EndsBeforeItBegins(Invalid):
    field = "valid_to"


class SuccessorInCircle(Invalid):
    """Following the successors would lead back to the organisation itself."""

    field = "successor_id"


class ParentInCircle(Invalid):
    """Following the superior organisations would lead back to the organisation itself."""

    field = "parent_id"


class UnknownOrganisation(Invalid):
    """No organisation has the id given in `field`."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field
