"""A POST repeated under the same key has one effect and one answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portfolio.access.models import Organisation
from portfolio.api.models import IdempotentAnswer
from portfolio.extensions import db
from portfolio.web import clock

NEW = {"code": "TLRZ", "name": "Landesrechenzentrum", "kind": "higher"}


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_repeat_returns_the_first_answer(cast: Any, api: Any) -> None:
    anton = api(cast.anton)
    first, repeat = (anton.post("organisations", NEW, Idempotency_Key="k1") for _ in range(2))
    assert (repeat.status_code, repeat.data) == (201, first.data)
    for name in ("Location", "ETag", "Content-Type"):
        assert repeat.headers[name] == first.headers[name]
    assert _count() == 3


def test_repeat_returns_the_first_answer_after_a_change(cast: Any, api: Any) -> None:
    anton = api(cast.anton)
    first = anton.post("organisations", NEW, Idempotency_Key="k1")
    anton.patch(first.headers["Location"], {"name": "Neu"}, version=1)
    assert anton.post("organisations", NEW, Idempotency_Key="k1").data == first.data


def test_same_key_with_another_request_is_refused(cast: Any, api: Any) -> None:
    anton = api(cast.anton)
    anton.post("organisations", NEW, Idempotency_Key="k1")
    other = anton.post("organisations", NEW | {"code": "X"}, Idempotency_Key="k1")
    assert (other.status_code, other.get_json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert _count() == 3


def test_keys_of_two_users_are_two_keys(cast: Any, api: Any) -> None:
    api(cast.anton).post("organisations", NEW, Idempotency_Key="k1")
    person = api(cast.carla).post("persons", {"name": "Paula"}, Idempotency_Key="k1")
    assert person.status_code == 201


def test_bad_input_uses_up_no_key(cast: Any, api: Any) -> None:
    anton = api(cast.anton)
    assert anton.post("organisations", {}, Idempotency_Key="k1").status_code == 422
    assert anton.post("organisations", NEW, Idempotency_Key="k1").status_code == 201


def test_repeat_needs_the_right_still(cast: Any, api: Any) -> None:
    anton = api(cast.anton)
    anton.post("organisations", NEW, Idempotency_Key="k1")
    cast.anton.roles = cast.rita.roles
    assert anton.post("organisations", NEW, Idempotency_Key="k1").status_code == 403


@pytest.mark.parametrize("key", ["", "with space", "x" * 201, "ä"])
def test_malformed_key(cast: Any, api: Any, key: str) -> None:
    assert api(cast.anton).post("organisations", NEW, Idempotency_Key=key).status_code == 422


def test_key_is_forgotten_after_a_day(cast: Any, api: Any) -> None:
    anton = api(cast.anton)
    anton.post("organisations", NEW, Idempotency_Key="k1")
    db.session.scalars(select(IdempotentAnswer)).one().at = clock.now() - timedelta(days=2)
    again = anton.post("organisations", NEW | {"code": "X"}, Idempotency_Key="k1")
    assert again.status_code == 201


def test_repeats_at_the_same_moment_have_one_effect(app: Flask, cast: Any, api: Any) -> None:
    clients = [api(cast.anton) for _ in range(8)]
    db.session.commit()

    def post(client: Any) -> Any:
        return client.post("organisations", NEW, Idempotency_Key="k1")

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(post, clients))
    assert {(answer.status_code, answer.data) for answer in answers} == {(201, answers[0].data)}
    assert _count() == 3
