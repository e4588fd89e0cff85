"""The chain shows whatever somebody with access to the database changed in the log."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, text
from sqlalchemy.exc import DatabaseError

from portfolio.audit.models import AuditDetail
from portfolio.audit.verify import Verification, verify
from portfolio.extensions import db
from tests import factories

ENTRIES = 4


@pytest.fixture
def log(app: Flask) -> Iterator[None]:
    """A log of four entries; nothing of this test is committed where the triggers were taken away."""
    for number in range(ENTRIES):
        factories.organisation(f"O{number}")
        db.session.commit()
    yield
    db.session.rollback()


def disarm() -> None:
    """What only the owner of the database can do, for the length of a transaction."""
    if db.engine.dialect.name == "sqlite":
        for name in ("audit_entry_update", "audit_entry_delete", "audit_detail_update"):
            run(f"DROP TRIGGER {name}")
    else:
        run("SET LOCAL session_replication_role = replica")


def run(statement: str) -> None:
    db.session.connection().execute(text(statement))


def test_untouched_log_is_intact(log: None) -> None:
    assert verify() == Verification(entries=ENTRIES, erased=0, first_broken=None)


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE audit_entry SET actor_id = 99 WHERE id = 2",
        "UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE id = 2",
        "UPDATE audit_entry SET digest = previous WHERE id = 2",
        "UPDATE audit_detail SET \"values\" = '{}' WHERE entry_id = 2",
        "DELETE FROM audit_detail WHERE entry_id = 2; DELETE FROM audit_entry WHERE id = 2",
    ],
)
def test_first_forged_entry_is_named(log: None, forgery: str) -> None:
    disarm()
    for statement in forgery.split(";"):
        run(statement)

    assert verify().first_broken == 2


def test_rehashed_entry_breaks_the_next_link(log: None) -> None:
    disarm()
    run("UPDATE audit_entry SET digest = (SELECT digest FROM audit_entry WHERE id = 1) WHERE id = 4")
    assert verify().first_broken == 4


def test_erased_values_are_counted_and_break_nothing(log: None) -> None:
    db.session.execute(delete(AuditDetail).where(AuditDetail.entry_id == 3), execution_options={"unaudited": True})

    assert verify() == Verification(entries=ENTRIES, erased=1, first_broken=None)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET actor_id = 1", "DELETE FROM audit_entry", "UPDATE audit_detail SET \"values\" = '{}'"],
)
def test_database_refuses_to_alter_the_log(log: None, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement)
