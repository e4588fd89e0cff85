"""What the page for changing an account sends."""

from typing import Any

from portfolio.access.models import User
from tests.support.client import Client


def fields(user: User, **changes: Any) -> dict[str, Any]:
    """What the form of `user` sends, with `changes`; None leaves a field out, as an unchecked box does."""
    values = {
        "version": user.version,
        "login": user.login,
        "name": user.name,
        "email": user.email or "",
        "roles": [role.value for role in user.roles],
        "organisation_id": user.organisation_id or "",
        "person_id": user.person_id or "",
        "coordinates": [link.organisation_id for link in user.coordinations],
        "enabled": "y" if user.enabled else None,
    }
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def edit(client: Client, user: User, **changes: Any) -> Any:
    return client.post(f"/benutzer/{user.id}/bearbeiten", data=fields(user, **changes))
