"""Exporting what can be imported: a round trip changes nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portfolio.access.exports import export_organisations
from portfolio.access.imports import import_organisations
from portfolio.access.models import OrganisationKind
from portfolio.catalogue.exports import export_bundles, export_services
from portfolio.catalogue.imports import import_bundles, import_services
from portfolio.exchange.read import read_table
from portfolio.exchange.write import write_table
from portfolio.extensions import db
from tests import factories
from tests.cast import Cast
from tests.catalogue import builders
from tests.support.client import Client

ClientOf = Callable[[Any], Client]
ROUND_TRIPS = [
    (export_organisations, import_organisations),
    (export_bundles, import_bundles),
    (export_services, import_services),
]


@pytest.fixture
def things(app: Flask) -> None:
    """Of each kind one row with everything and one with the least."""
    bundle = builders.bundle("10110", "Abfall; „Entsorgung“", builders.topic_area("Umwelt"))
    bundle.situation = "=Umzug"
    builders.bundle("10111", "Wohnen")
    factories.service("Abfallgebühr", typing=["2a", "2/3"], bundle_id=bundle.id, legal_basis="§ 1\nKrWG, § 2")
    factories.service("Altkleider", service_key=None, bundle_id=bundle.id)
    factories.service("-Lärm", service_key=None)
    now = factories.organisation("TMDI", valid_from=date(2024, 12, 13))
    factories.organisation("TFM", kind=OrganisationKind.OTHER, successor_id=now.id, valid_to=date(2024, 12, 12))
    db.session.commit()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(("export", "read"), ROUND_TRIPS)
def test_a_round_trip_changes_nothing(things: None, export: Any, read: Any, ending: str) -> None:
    table = export()

    outcome = read(read_table(write_table(table, ending), f"table.{ending}"))

    assert outcome.report.ok
    assert (outcome.created, outcome.changed, outcome.unchanged) == (0, 0, len(table.rows))
    assert len(table.rows) >= 2


@pytest.mark.parametrize("kind", ["organisations", "bundles", "services"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_command_writes_what_the_command_reads(
    app: Flask, things: None, tmp_path: Path, kind: str, ending: str
) -> None:
    file, run = str(tmp_path / f"table.{ending}"), app.test_cli_runner().invoke

    written = run(args=["export", kind, file])
    read = run(args=["import", kind, file])

    assert (written.exit_code, read.exit_code) == (0, 0)
    assert "rows written" in written.output
    assert "0 created, 0 changed" in read.output


@pytest.mark.parametrize("name", ["table.txt", "table", "missing/table.csv"])
def test_the_command_says_what_is_wrong_with_the_file(app: Flask, things: None, tmp_path: Path, name: str) -> None:
    result = app.test_cli_runner().invoke(args=["export", "bundles", str(tmp_path / name)])

    assert result.exit_code == 1
    assert Path(name).name in result.output


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("/leistungen.csv", 4),
        ("/leistungen.csv?q=altkleider", 2),
        ("/leistungen.csv?kind=LOVD&sort=-key", 2),
        ("/leistungen/buendel.csv", 3),
        ("/leistungen/buendel.csv?q=wohn", 2),
    ],
)
def test_everybody_takes_along_what_the_filter_shows(client_of: ClientOf, cast: Cast, address: str, lines: int) -> None:
    bundle = builders.bundle("10110")
    builders.bundle("10111", "Wohnen")
    factories.service("Abfallgebühr", service_key="99001001002003", bundle_id=bundle.id)
    factories.service("Altkleider", service_key=None)
    factories.service("Lärm", service_key="99001001002000")

    for user in (cast.mia, cast.rita):
        answer = client_of(user).get(address)
        assert answer.text.count("\r\n") == lines
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


@pytest.mark.parametrize("address", ["/leistungen.xlsx", "/leistungen/buendel.xlsx"])
def test_a_workbook_and_who_took_it(client_of: ClientOf, cast: Cast, address: str) -> None:
    builders.bundle()
    factories.service()

    assert client_of(cast.mia).get(address).data.startswith(b"PK")
    assert "exportiert" in client_of(cast.anton).get("/aenderungen").text
    assert client_of(cast.mia).get("/leistungen.pdf").status_code == 404
