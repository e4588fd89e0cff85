"""What the change log holds after a transaction: each change once, and nothing that was not committed."""

from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from portfolio.access.models import ApiToken, Organisation, User
from portfolio.access.policy import Role
from portfolio.audit.models import AuditDetail, AuditEntry, Verb
from portfolio.audit.record import BypassesAudit, actor_id, record_export
from portfolio.audit.verify import verify
from portfolio.extensions import db
from portfolio.projects.models import Forecast
from portfolio.web import clock
from tests import factories

Logged = tuple[str, str, dict[str, Any]]


def log(after: int = 0) -> list[Logged]:
    """Verb, object type and values of the entries after number `after`."""
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.id > after).order_by(AuditEntry.id)).all()
    return [(entry.verb.value, entry.object_type, db.session.get(AuditDetail, entry.id).values) for entry in entries]


def last() -> int:
    db.session.commit()
    return db.session.scalar(select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1)) or 0


def test_creation_holds_what_was_set_and_nothing_derived(app: Flask) -> None:
    factories.organisation("TFM", name="Finanzministerium")
    db.session.commit()

    assert log() == [
        (
            "created",
            "organisation",
            {"code": [None, "TFM"], "name": [None, "Finanzministerium"], "kind": [None, "supreme"]},
        )
    ]


def test_change_holds_before_and_after_of_what_differs(app: Flask) -> None:
    organisation = factories.organisation(name="Alt")
    before = last()

    organisation.name = "Neu"
    db.session.commit()

    assert log(before) == [("changed", "organisation", {"name": ["Alt", "Neu"]})]


def test_several_flushes_make_one_entry_from_first_to_last(app: Flask) -> None:
    organisation = factories.organisation(name="Eins")
    before = last()
    for name in ("Zwei", "Drei"):
        organisation.name = name
        db.session.flush()
    db.session.commit()

    assert log(before) == [("changed", "organisation", {"name": ["Eins", "Drei"]})]


def test_there_and_back_is_no_change(app: Flask) -> None:
    organisation = factories.organisation(name="Eins")
    before = last()
    for name in ("Zwei", "Eins"):
        organisation.name = name
        db.session.flush()
    db.session.commit()

    assert log(before) == []


def test_created_and_deleted_in_one_transaction_leaves_nothing(app: Flask) -> None:
    db.session.delete(factories.organisation())
    db.session.commit()

    assert log() == []


def test_deletion_holds_what_was_there(app: Flask) -> None:
    organisation = factories.organisation("WEG", name="Weg")
    before = last()  # the commit makes what is loaded stale

    db.session.delete(organisation)
    db.session.commit()

    [(verb, _type, values)] = log(before)
    assert (verb, values["code"], values["name"]) == ("deleted", ["WEG", None], ["Weg", None])


def test_deleted_row_and_the_next_with_its_id_are_two_objects(app: Flask) -> None:
    old = factories.organisation("ALT")
    before = last()
    db.session.delete(old)
    db.session.flush()
    factories.organisation("NEU")  # SQLite gives it the same id
    db.session.commit()

    assert [verb for verb, _type, _values in log(before)] == ["deleted", "created"]


def test_rollback_leaves_nothing_behind(app: Flask) -> None:
    factories.organisation("WEG")
    db.session.rollback()
    factories.organisation("DA")
    db.session.commit()

    assert [values["code"] for _verb, _type, values in log()] == [[None, "DA"]]


def test_savepoint_undone_takes_only_its_own_changes_along(app: Flask) -> None:
    factories.organisation("VORHER")
    savepoint = db.session.begin_nested()
    factories.organisation("DARIN")
    savepoint.rollback()
    factories.organisation("DANACH")
    db.session.commit()

    assert [values["code"][1] for _verb, _type, values in log()] == ["VORHER", "DANACH"]


def test_savepoints_kept_make_one_entry_with_the_rest(app: Flask) -> None:
    organisation = factories.organisation(name="Eins")
    before = last()
    organisation.name = "Zwei"
    with db.session.begin_nested(), db.session.begin_nested():
        organisation.name = "Drei"
    db.session.commit()

    assert log(before) == [("changed", "organisation", {"name": ["Eins", "Drei"]})]


def test_failed_flush_in_a_savepoint_is_forgotten(app: Flask) -> None:
    factories.organisation("EINS")
    savepoint = db.session.begin_nested()
    factories.organisation("ZWEI")
    with pytest.raises(IntegrityError):
        factories.organisation("EINS")
    savepoint.rollback()
    db.session.commit()

    assert [values["code"][1] for _verb, _type, values in log()] == ["EINS"]


def test_what_the_database_deletes_along_is_logged(app: Flask, cast: Any) -> None:
    factories.need(cast.project, cast.fim)
    token = ApiToken(token_hash="0", user_id=cast.mia.id, name="Skript", created_at=clock.now(), expires_at=clock.now())
    db.session.add(token)
    before = last()

    db.session.delete(cast.mia)
    db.session.commit()

    assert {(verb, kind) for verb, kind, _values in log(before)} == {("deleted", "user"), ("deleted", "api_token")}


def test_what_the_database_empties_is_logged(app: Flask, cast: Any) -> None:
    lone = factories.person("Ohne Einsatz", pool_share=None)
    cast.mia.person_id = lone.id
    before = last()

    db.session.delete(lone)
    db.session.commit()

    assert ("changed", "user", {"person_id": [lone_id(before), None]}) in log(before)


def lone_id(before: int) -> int:
    return db.session.scalars(
        select(AuditEntry.object_id).where(AuditEntry.id > before, AuditEntry.object_type == "person")
    ).one()


def test_orphans_are_deleted_objects(app: Flask, cast: Any) -> None:
    before = last()
    cast.paul_person.skills.clear()
    db.session.commit()

    assert [(verb, kind) for verb, kind, _values in log(before)] == [("deleted", "person_skill")]


def test_links_of_an_association_table_are_values_of_their_owner(app: Flask, cast: Any) -> None:
    request = factories.support_request(cast.education)
    service, other = factories.service(), factories.service("Altpapier")
    request.services = [service]
    before = last()

    request.services.append(other)
    db.session.commit()

    assert ("changed", "support_request", {"services": [[service.id], [service.id, other.id]]}) in log(before)


def test_touching_a_row_is_no_change(app: Flask) -> None:
    organisation = factories.organisation()
    before = last()
    assert organisation.name  # loaded
    organisation.touch()
    db.session.commit()

    assert log(before) == []


def test_passwords_are_logged_as_changed_but_never_shown(app: Flask) -> None:
    account = factories.user("carla", Role.CIO_OFFICE)
    before = last()
    account.password_hash = "$argon2id$other"
    db.session.commit()

    assert log(before) == [("changed", "user", {"password_hash": ["•••", "•••"]})]


def test_entry_names_project_and_person_it_concerns(app: Flask, cast: Any) -> None:
    milestone = factories.milestone(cast.project)
    before = last()
    day = milestone.planned_date
    milestone.forecasts.append(Forecast(reporting_date=day, date=day))
    db.session.commit()

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.id > before)).one()
    assert (entry.object_type, entry.project_id) == ("forecast", cast.project.id)


def test_entry_of_something_deleted_with_its_project_names_it(app: Flask) -> None:
    project = factories.project()
    milestone = factories.milestone(project)
    factories.forecast(milestone, milestone.planned_date, milestone.planned_date)
    before, project_id = last(), project.id
    db.session.delete(project)
    db.session.commit()

    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.id > before)).all()
    assert {(each.object_type, each.project_id) for each in entries} == {
        (kind, project_id) for kind in ("project", "milestone", "forecast")
    }


def test_entry_says_who_and_when(app: Flask) -> None:
    token = actor_id.set(42)
    factories.organisation()
    db.session.commit()
    actor_id.reset(token)

    entry = db.session.scalars(select(AuditEntry)).one()
    assert entry.actor_id == 42
    assert abs((clock.now() - entry.at).total_seconds()) < 60


def test_exports_are_logged(app: Flask) -> None:
    record_export(db.session, "assignment", 17)
    db.session.commit()

    assert log() == [(Verb.EXPORTED.value, "assignment", {"rows": [None, 17]})]


@pytest.mark.parametrize(
    "statement",
    [
        update(Organisation).values(name="x"),
        delete(Organisation),
        insert(Organisation).values(code="X", name="x", sort_key="x", kind="other", version=1),
        insert(Organisation.__table__).values(code="X", name="x", sort_key="x", kind="other", version=1),
        text("UPDATE organisation SET name = 'x'"),
    ],
)
def test_bulk_statements_are_refused(app: Flask, statement: Any) -> None:
    with pytest.raises(BypassesAudit):
        db.session.execute(statement)


def test_writers_at_the_same_moment_make_one_chain(app: Flask) -> None:
    def write(number: int) -> None:
        with app.app_context():
            for turn in range(5):
                factories.organisation(f"W{number}-{turn}")
                db.session.commit()

    db.session.commit()
    threads = [Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert verify().entries == 30
    assert verify().intact
    assert db.session.query(User).count() == 0
