"""Importing organisations: all or nothing, and the same file twice changes nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portfolio.access.imports import import_organisations
from portfolio.access.models import Organisation, OrganisationKind
from portfolio.audit.models import AuditEntry
from portfolio.exchange.read import read_table
from portfolio.exchange.report import Outcome
from portfolio.extensions import db
from tests import factories
from tests.support.client import Client

TITLES = "kuerzel;name;behoerdenart;nachfolger;gueltig_ab;gueltig_bis;beleg"
MINISTRIES = (
    "TMBJS;Ministerium für Bildung, Jugend und Sport;oberste Landesbehörde;TMBWK;2014-12-05;12.12.2024;",
    "TMBWK;Ministerium für Bildung;Oberste Landesbehörde;;2024-12-13;;sicher",
    "TLRZ;Landesrechenzentrum;Landesbehörde;;;;",
)


def run(*rows: str, titles: str = TITLES) -> Outcome:
    outcome = import_organisations(read_table("\n".join([titles, *rows]).encode()))
    db.session.commit()
    return outcome


def find(code: str) -> Organisation:
    return db.session.query(Organisation).filter_by(code=code).one()


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.created, outcome.changed, outcome.unchanged


def test_rows_become_organisations_with_their_history(app: Flask) -> None:
    outcome = run(*MINISTRIES)

    former = find("TMBJS")
    assert counts(outcome) == (3, 0, 0)
    assert former.successor is find("TMBWK")
    assert (former.kind, former.valid_to) == (OrganisationKind.SUPREME, date(2024, 12, 12))
    assert find("TLRZ").kind is OrganisationKind.STATE_AUTHORITY


def test_the_same_file_twice_changes_nothing(app: Flask) -> None:
    run(*MINISTRIES)
    entries = db.session.query(AuditEntry).count()

    assert counts(run(*MINISTRIES)) == (0, 0, 3)
    assert db.session.query(AuditEntry).count() == entries


def test_changed_rows_change_what_differs(app: Flask) -> None:
    run(*MINISTRIES)

    outcome = run("TLRZ;Rechenzentrum des Landes;Landesbehörde;TMBWK;;;")

    assert counts(outcome) == (0, 1, 0)
    assert find("TLRZ").successor is find("TMBWK")


def test_columns_left_out_leave_what_is_stored(app: Flask) -> None:
    run(*MINISTRIES)

    run("TMBJS;Anders;Einrichtung", titles="kuerzel;name;behoerdenart")

    assert find("TMBJS").valid_from == date(2014, 12, 5)
    assert find("TMBJS").successor is find("TMBWK")
    assert find("TMBJS").kind is OrganisationKind.INSTITUTION


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (";Ohne Kürzel;Kommune;;;;", "kuerzel"),
        ("NEU;;Kommune;;;;", "name"),
        ("NEU;Name;Verein;;;;", "behoerdenart"),
        ("NEU;Name;Kommune;FEHLT;;;", "nachfolger"),
        ("NEU;Name;Kommune;NEU;;;", "nachfolger"),
        ("TMBWK;Ministerium;Kommune;TMBJS;;;", "nachfolger"),
        ("NEU;Name;Kommune;;2024-01-02;2024-01-01;", "gueltig_bis"),
        ("NEU;Name;Kommune;;31.02.2024;;", "gueltig_ab"),
        ("TMBJS;Zweimal;Kommune;;;;", "kuerzel"),
    ],
)
def test_one_wrong_row_imports_nothing(app: Flask, row: str, column: str) -> None:
    factories.organisation("TMBWK")

    outcome = run(MINISTRIES[0], row)

    assert column in {finding.column for finding in outcome.report.errors}
    assert 3 in {finding.line for finding in outcome.report.errors}
    assert db.session.query(Organisation).count() == 1


def test_missing_column_is_an_error_and_unknown_one_a_notice(app: Flask) -> None:
    missing = run("TFM;Finanzministerium", titles="kuerzel;name")
    noted = run("TFM;Finanzministerium;oberste Landesbehörde;grün", titles="kuerzel;name;behoerdenart;farbe")

    assert not missing.report.ok
    assert [finding.column for finding in noted.report.notices] == ["farbe"]


def test_what_the_file_doubts_is_to_be_confirmed_until_the_administration_has(
    cast: Any, client_of: Callable[[Any], Client]
) -> None:
    row = "TLKA;Landeskriminalamt;Landesbehörde;;;;Name belegt; Kürzel Allgemeinwissen".replace("; K", ", K")
    outcome = run(*MINISTRIES, row)
    imported, anton = find("TLKA"), client_of(cast.anton)
    address = f"/organisationen/{imported.id}"
    assert [(finding.line, finding.column) for finding in outcome.report.notices] == [(5, "beleg")]
    assert "Name belegt, Kürzel Allgemeinwissen" in anton.get(address).text
    assert anton.get("/organisationen").text.count("zu bestätigen") == 1
    assert "zu bestätigen" not in client_of(cast.mia).get(address).text

    assert anton.post(f"{address}/bestaetigen", data={"version": "0"}).status_code == 409
    anton.post(f"{address}/bestaetigen", data={"version": imported.version})
    assert imported.to_confirm is None
    assert counts(run(*MINISTRIES, row)) == (0, 0, 4)
    assert imported.to_confirm is None


@pytest.mark.parametrize("name", ["carla", "mia", "rita"])
def test_only_the_administration_confirms(cast: Any, client_of: Callable[[Any], Client], name: str) -> None:
    client = client_of(cast.users[name])
    assert client.post(f"/organisationen/{cast.finance.id}/bestaetigen", data={"version": "1"}).status_code == 403
