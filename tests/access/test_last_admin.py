"""Somebody can always manage accounts."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from portfolio.access import services
from portfolio.access.models import User
from portfolio.access.policy import Role
from portfolio.access.problems import LastAdmin
from portfolio.access.services import UserData
from portfolio.extensions import db
from tests import factories
from tests.access.account_form import edit
from tests.support.client import Client

ClientOf = Callable[[User], Client]


@pytest.mark.parametrize("changes", [{"roles": ["auditor"]}, {"enabled": None}], ids=["role", "disabled"])
def test_last_admin_stays(cast: Any, client_of: ClientOf, changes: dict[str, Any]) -> None:
    factories.user("former-admin", Role.ADMIN, enabled=False)

    answer = edit(client_of(cast.anton), cast.anton, **changes)

    assert answer.status_code == 409
    assert "das letzte aktive Konto der Administration" in answer.text
    assert cast.anton.roles == {Role.ADMIN}
    assert cast.anton.enabled


def test_one_of_two_admins_may_go(cast: Any, client_of: ClientOf) -> None:
    factories.user("zweite", Role.ADMIN, Role.AUDITOR)

    assert edit(client_of(cast.anton), cast.anton, roles=["auditor"]).status_code == 302


def test_two_admins_cannot_remove_each_other_at_the_same_moment(app: Flask) -> None:
    ids = [factories.user(f"admin-{number}", Role.ADMIN).id for number in range(2)]
    db.session.commit()
    together, refused = Barrier(2), []

    def disable(user_id: int) -> None:
        with app.app_context():
            user = db.session.get_one(User, user_id)
            db.session.commit()
            together.wait(timeout=30)
            try:
                services.change_user(user, UserData(**admin(user), enabled=False))
                db.session.commit()
            except LastAdmin:
                db.session.rollback()
                refused.append(user_id)

    threads = [Thread(target=disable, args=(user_id,)) for user_id in reversed(ids)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert len(refused) == 1
    assert db.session.query(User).filter_by(enabled=True).count() == 1


def admin(user: User) -> dict[str, Any]:
    named = {"login": user.login, "name": user.name, "email": None}
    return {**named, "roles": frozenset({Role.ADMIN}), "organisation_id": None, "person_id": None}
