"""What access refuses, as typed facts; the sentences stand in labels.py."""

from portfolio.web.problems import Invalid, Problem


class LoginRefused(Invalid):
    """Login or password is wrong, or the account is disabled: one answer for all three."""


class TooManyAttempts(Problem):
    """Too many failed logins of the account, the address or overall."""

    status = 429
    name = "too-many-requests"
