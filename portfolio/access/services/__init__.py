"""What can be done with accounts, sessions, tokens and organisations."""

from portfolio.access.services.organisations import (
    OrganisationData,
    change_organisation,
    confirm_organisation,
    create_organisation,
)
from portfolio.access.services.sessions import (
    RETRY_AFTER,
    Attempt,
    end_session,
    end_sessions,
    note_attempt,
    sign_in,
    sign_out,
)
from portfolio.access.services.tokens import DAYS_VALID, create_token, revoke_token, revoke_tokens
from portfolio.access.services.users import (
    UserData,
    change_contact,
    change_password,
    change_user,
    create_user,
    set_password,
)

__all__ = [
    "DAYS_VALID",
    "RETRY_AFTER",
    "Attempt",
    "OrganisationData",
    "UserData",
    "change_contact",
    "change_organisation",
    "change_password",
    "change_user",
    "confirm_organisation",
    "create_organisation",
    "create_token",
    "create_user",
    "end_session",
    "end_sessions",
    "note_attempt",
    "revoke_token",
    "revoke_tokens",
    "set_password",
    "sign_in",
    "sign_out",
]
