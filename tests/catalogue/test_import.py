"""Importing the catalogue: all or nothing, the same file twice changes nothing, every finding names its place."""

from typing import Any

from sqlalchemy import select

from portfolio.catalogue.models import Service, ServiceBundle, TopicArea
from portfolio.exchange.report import Finding, Outcome, ReasonCode
from portfolio.extensions import db
from tests.catalogue import builders
from tests.catalogue.builders import bundles_file, services_file

WASTE = "99001001000000;Abfallgebühr;5;10110;Abfallgesetz"


def places(findings: list[Finding]) -> list[tuple[int, str | None, ReasonCode]]:
    return [(finding.line, finding.column, finding.reason.code) for finding in findings]


def figures(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.created, outcome.changed, outcome.unchanged


def test_a_service_comes_in_with_all_its_columns(app: Any) -> None:
    bundle = builders.bundle("10110")

    outcome = services_file("99001001000000;Abfallgebühr;2a, 2b;10110;Abfallgesetz")

    service = db.session.scalars(select(Service)).one()
    assert figures(outcome) == (1, 0, 0)
    assert (service.service_key, service.name, service.typing) == ("99001001000000", "Abfallgebühr", ["2a", "2b"])
    assert (service.bundle_id, service.legal_basis) == (bundle.id, "Abfallgesetz")


def test_the_same_file_twice_changes_nothing(app: Any) -> None:
    builders.bundle("10110")
    lines = (WASTE, ";Altkleider;;10110;")
    services_file(*lines)
    db.session.commit()

    outcome = services_file(*lines)

    assert figures(outcome) == (0, 0, 2)
    assert not db.session.dirty
    assert db.session.query(Service).count() == 2


def test_the_key_identifies_a_service_however_it_is_written(app: Any) -> None:
    services_file("99 001.001 000 000;Abfallgebühr;;;")

    outcome = services_file("99001001000000;Abfallgebühren;;;")

    assert figures(outcome) == (0, 1, 0)
    assert db.session.scalars(select(Service.name)).all() == ["Abfallgebühren"]


def test_without_a_key_name_and_bundle_identify_a_service(app: Any) -> None:
    builders.bundle("10110")
    builders.bundle("10111")
    services_file(";Beratung;;10110;", ";Beratung;;10111;")

    outcome = services_file(";Beratung;3;10110;", ";Beratung;;10111;")

    assert figures(outcome) == (0, 1, 1)
    assert db.session.query(Service).count() == 2


def test_a_row_without_key_is_noticed_and_imported(app: Any) -> None:
    outcome = services_file(";Beratung;;;")

    assert outcome.created == 1
    assert places(outcome.report.notices) == [(2, "leistungsschluessel", ReasonCode.WITHOUT_KEY)]


def test_a_repeated_row_counts_as_unchanged(app: Any) -> None:
    builders.bundle("10110")

    outcome = services_file(WASTE, WASTE)

    assert figures(outcome) == (1, 0, 1)
    assert places(outcome.report.notices) == [(3, None, ReasonCode.DUPLICATE)]


def test_one_key_with_two_contents_is_an_error(app: Any) -> None:
    outcome = services_file("99001001000000;Abfallgebühr;;;", "99001001000000;Müllgebühr;;;")

    assert places(outcome.report.errors) == [(3, "leistungsschluessel", ReasonCode.DUPLICATE)]
    assert db.session.query(Service).count() == 0


def test_an_error_in_one_row_imports_nothing_and_names_line_and_column(app: Any) -> None:
    outcome = services_file("99001001000000;Abfallgebühr;;;", "1234;Altpapier;;;", "99001002000000;;;;")

    assert places(outcome.report.errors) == [
        (3, "leistungsschluessel", ReasonCode.NOT_A_KEY),
        (4, "bezeichnung", ReasonCode.REQUIRED),
    ]
    assert figures(outcome) == (0, 0, 0)
    assert db.session.query(Service).count() == 0


def test_a_service_of_an_unknown_bundle_is_an_error(app: Any) -> None:
    outcome = services_file(WASTE)

    (error,) = outcome.report.errors
    assert (error.line, error.column, error.reason.code) == (2, "ozg_id", ReasonCode.UNKNOWN_REFERENCE)
    assert error.reason.parameters["value"] == "10110"


def test_texts_go_to_a_thousand_characters_and_no_further(app: Any) -> None:
    assert services_file(f"99001001000000;{'ß' * 1000};;;{'§' * 1000}").created == 1

    outcome = services_file(f"99001002000000;{'x' * 1001};;;")

    assert places(outcome.report.errors) == [(2, "bezeichnung", ReasonCode.TOO_LONG)]


def test_a_file_of_titles_alone_imports_nothing_without_complaint(app: Any) -> None:
    assert services_file().report.ok
    assert bundles_file().report.ok
    assert db.session.query(Service).count() == 0


def test_a_missing_column_is_an_error_and_a_strange_one_a_notice(app: Any) -> None:
    missing = services_file("99001001000000", title="leistungsschluessel")
    strange = services_file("99001001000000;Abfallgebühr;x", title="leistungsschluessel;bezeichnung;farbe")

    assert places(missing.report.errors) == [(1, "bezeichnung", ReasonCode.MISSING_COLUMN)]
    assert places(strange.report.notices) == [(1, "farbe", ReasonCode.UNKNOWN_COLUMN)]
    assert strange.created == 1


def test_bundles_bring_their_topic_areas_along(app: Any) -> None:
    outcome = bundles_file("10110;Abfall;Umzug;umwelt;Umwelt", "10111;Luft;;umwelt;Umwelt")

    first = db.session.scalars(select(ServiceBundle).order_by(ServiceBundle.ozg_id)).first()
    assert figures(outcome) == (2, 0, 0)
    assert (first.name, first.situation, first.topic_area.name) == ("Abfall", "Umzug", "Umwelt")
    assert db.session.query(TopicArea).count() == 1


def test_bundles_are_known_by_their_id(app: Any) -> None:
    bundles_file("10110;Abfall;;umwelt;Umwelt", "10111;Luft;;;")

    outcome = bundles_file("10110;Abfallentsorgung;;umwelt;Umwelt", "10111;Luft;;;")

    assert figures(outcome) == (0, 1, 1)


def test_a_wrong_id_of_a_bundle_imports_nothing(app: Any) -> None:
    outcome = bundles_file("10110;Abfall;;;", "101;Luft;;;", "10110;Wasser;;;")

    assert places(outcome.report.errors) == [
        (3, "ozg_id", ReasonCode.NOT_A_NUMBER),
        (4, "ozg_id", ReasonCode.DUPLICATE),
    ]
    assert db.session.query(ServiceBundle).count() == 0
    assert db.session.query(TopicArea).count() == 0
