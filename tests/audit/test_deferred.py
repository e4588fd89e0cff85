"""What autosave changes is logged once, net, under the name of whoever typed it; nothing of it is lost."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portfolio.access.models import Organisation
from portfolio.audit.deferred import bring_up, defer
from portfolio.audit.models import AuditDetail, AuditEntry, DeferredChanges
from portfolio.audit.record import actor_id
from portfolio.audit.verify import verify
from portfolio.extensions import db
from tests import factories

MIA, MAX = 7, 8


@pytest.fixture
def organisation(app: Flask) -> Any:
    row = factories.organisation("EINS", name="Eins")
    db.session.commit()
    yield row
    actor_id.set(None)


def autosave(organisation: Organisation, by: int, **values: Any) -> None:
    actor_id.set(by)
    for name, value in values.items():
        setattr(organisation, name, value)
    defer(db.session, ("organisation", organisation.id))
    db.session.commit()


def save(organisation: Organisation, by: int, **values: Any) -> None:
    actor_id.set(by)
    bring_up(db.session, ("organisation", organisation.id))
    for name, value in values.items():
        setattr(organisation, name, value)
    db.session.commit()


def log() -> list[tuple[int | None, dict[str, Any]]]:
    """Who changed what, after the creation."""
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.id > 1).order_by(AuditEntry.id))
    return [(entry.actor_id, db.session.get_one(AuditDetail, entry.id).values) for entry in entries]


def test_many_autosaves_and_a_step_are_two_entries(organisation: Organisation) -> None:
    for name in ("Zw", "Zwe", "Zwei"):
        autosave(organisation, MIA, name=name)
    assert log() == []

    save(organisation, MIA, code="ZWEI")

    assert log() == [(MIA, {"name": ["Eins", "Zwei"]}), (MIA, {"code": ["EINS", "ZWEI"]})]
    assert verify().intact


def test_typed_and_taken_back_is_no_entry(organisation: Organisation) -> None:
    autosave(organisation, MIA, name="Zwei")
    autosave(organisation, MIA, name="Eins")

    save(organisation, MIA)

    assert log() == []


def test_each_has_typed_what_they_typed(organisation: Organisation) -> None:
    autosave(organisation, MIA, name="Von Mia")
    autosave(organisation, MAX, name="Von Max")

    save(organisation, MIA, name="Beschlossen")

    assert log() == [
        (MIA, {"name": ["Eins", "Von Mia"]}),
        (MAX, {"name": ["Von Mia", "Von Max"]}),
        (MIA, {"name": ["Von Max", "Beschlossen"]}),
    ]


def test_another_sitting_is_another_entry(organisation: Organisation) -> None:
    autosave(organisation, MIA, name="Gestern")
    waiting = db.session.scalars(select(DeferredChanges)).one()
    yesterday = waiting.at = waiting.at - timedelta(days=1)

    autosave(organisation, MIA, name="Heute")

    assert log() == [(MIA, {"name": ["Eins", "Gestern"]})]
    assert db.session.get_one(AuditEntry, 2).at == yesterday.replace(microsecond=0)
    assert verify().intact


def test_what_is_rolled_back_does_not_wait(organisation: Organisation) -> None:
    organisation.name = "Zwei"
    defer(db.session, ("organisation", organisation.id))
    db.session.rollback()

    save(organisation, MIA)

    assert log() == []


def test_nothing_waits_after_it_was_logged(organisation: Organisation) -> None:
    autosave(organisation, MIA, name="Zwei")
    save(organisation, MIA)
    save(organisation, MIA)

    assert log() == [(MIA, {"name": ["Eins", "Zwei"]})]
