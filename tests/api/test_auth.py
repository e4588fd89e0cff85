"""The bearer token, and nothing else, says who asks."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portfolio.access.models import ApiToken
from portfolio.access.policy import Role
from portfolio.audit.models import AuditEntry
from portfolio.extensions import db
from portfolio.web import clock


def _problem(answer: Any) -> tuple[int, str]:
    assert answer.mimetype == "application/problem+json"
    return answer.status_code, answer.get_json()["type"].rpartition("/")[2]


def test_without_a_token_nothing_is_answered(cast: Any, api: Any) -> None:
    answer = api(None).get("persons")
    assert _problem(answer) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "Bearer ä"])
def test_anything_but_a_valid_token_is_refused(cast: Any, api: Any, header: str) -> None:
    assert _problem(api(None).get("persons", Authorization=header)) == (401, "unauthorized")


def test_session_cookie_means_nothing(cast: Any, client_of: Any) -> None:
    browser = client_of(cast.carla)
    assert _problem(browser.get("/api/v1/persons")) == (401, "unauthorized")


def test_cookie_lends_no_rights_to_a_token(app: Flask, cast: Any, client_of: Any, api: Any) -> None:
    browser = client_of(cast.carla)
    answer = browser.get("/api/v1/capacity-of-nobody", headers={"Authorization": f"Bearer {api(cast.rita)._token}"})
    assert _problem(answer) == (404, "not-found")
    answer = browser.get("/api/v1/persons", headers={"Authorization": f"Bearer {api(cast.rita)._token}"})
    assert _problem(answer) == (403, "forbidden")


@pytest.mark.parametrize("end", ["revoked", "expired", "disabled"])
def test_token_ends_at_once(cast: Any, api: Any, end: str) -> None:
    carla = api(cast.carla)
    assert carla.get("persons").status_code == 200
    token = db.session.scalars(select(ApiToken)).one()
    if end == "revoked":
        token.revoked_at = clock.now()
    elif end == "expired":
        token.expires_at = clock.now() - timedelta(seconds=1)
    else:
        cast.carla.enabled = False
    assert _problem(carla.get("persons")) == (401, "unauthorized")


def test_change_of_roles_holds_for_the_next_request(cast: Any, api: Any) -> None:
    carla = api(cast.carla)
    assert carla.get("persons").status_code == 200
    cast.carla.roles = frozenset({Role.AUDITOR})
    assert _problem(carla.get("persons")) == (403, "forbidden")


def test_change_log_names_the_user_of_the_token(cast: Any, api: Any) -> None:
    created = api(cast.anton).post("organisations", {"code": "X", "name": "X", "kind": "other"})
    logged = select(AuditEntry).where(AuditEntry.object_type == "organisation").order_by(AuditEntry.id.desc())
    entry = db.session.scalars(logged).first()
    assert (entry.object_id, entry.actor_id) == (created.get_json()["id"], cast.anton.id)


def test_no_cookie_is_set(cast: Any, api: Any) -> None:
    assert "Set-Cookie" not in api(cast.carla).get("persons").headers
