"""The risk register of a project: kept by lead and coordinator, seen by nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from portfolio.audit.models import AuditEntry
from portfolio.extensions import db
from portfolio.projects.models import Risk, RiskLevel
from portfolio.web import clock
from tests import factories
from tests.support.client import Client

ClientOf = Callable[[Any], Client]
NEW = "/projekte/1/risiken/neu"
TYPED = {"title": "Vergabe dauert", "likelihood": "medium", "impact": "high"}
KEEPERS = ["carla", "konrad", "lea"]


def _stored() -> list[str]:
    db.session.expire_all()
    return [risk.title for risk in db.session.query(Risk).order_by(Risk.id)]


@pytest.mark.parametrize("name", KEEPERS)
def test_added_and_listed(cast: Any, client_of: ClientOf, name: str) -> None:
    client = client_of(cast.users[name])
    answer = client.post(NEW, data=TYPED | {"measure": "Früh beginnen", "owner": "Fachreferat", "due": "29.01.2027"})
    assert answer.headers["Location"] == "/projekte/1#risiken"
    page = client.get("/projekte/1").text
    assert [words for words in (*TYPED.values(), "Früh beginnen", "Fachreferat", "29.01.2027") if words in page] == [
        "Vergabe dauert",
        "Früh beginnen",
        "Fachreferat",
        "29.01.2027",
    ]
    assert ("mittel" in page, "hoch" in page) == (True, True)


@pytest.mark.parametrize(
    ("name", "status"), [("paul", 403), ("mia", 403), ("otto", 403), ("rita", 403), ("anton", 403)]
)
def test_nobody_else_keeps_or_sees_them(cast: Any, client_of: ClientOf, name: str, status: int) -> None:
    risk, client = factories.risk(cast.project, "Nur für uns"), client_of(cast.users[name])
    answers = client.get(NEW), client.post(NEW, data=TYPED), client.get(f"/risiken/{risk.id}")
    assert ([answer.status_code for answer in answers], _stored()) == ([403, 403, 403], ["Nur für uns"])
    assert "Nur für uns" not in client.get("/projekte/1").text


def test_a_lead_does_not_find_the_risks_of_others(cast: Any, client_of: ClientOf) -> None:
    risk, client = factories.risk(cast.foreign_project), client_of(cast.lea)
    answers = client.get(f"/risiken/{risk.id}"), client.get("/risiken/999"), client.get("/projekte/2/risiken/neu")
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_who_also_reads_the_project_in_another_role_does_not_see_them(cast: Any, client_of: ClientOf) -> None:
    risk = factories.risk(cast.foreign_project, "Nur für jene")
    cast.lea.roles, cast.lea.organisation_id = cast.lea.roles | {factories.Role.MINISTRY}, cast.finance.id
    client = client_of(cast.lea)
    assert (client.get(f"/risiken/{risk.id}").status_code, client.get("/projekte/2/risiken/neu").status_code) == (
        404,
        403,
    )
    assert "Nur für jene" not in client.get("/projekte/2").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Bitte benennen Sie das Risiko."),
        ({"title": "x" * 301}, "Bitte höchstens 300 Zeichen eingeben."),
        ({"impact": "fatal"}, "Ungültige Auswahl"),
        ({"due": "bald"}, "Bitte ein Datum eingeben"),
        ({"due": "1999-12-31"}, "Bitte ein Datum zwischen 2000 und 2099 eingeben."),
        ({"owner": "x" * 201}, "Bitte höchstens 200 Zeichen eingeben."),
    ],
)
def test_bad_input_is_explained_and_kept(cast: Any, client_of: ClientOf, wrong: dict[str, str], sentence: str) -> None:
    answer = client_of(cast.lea).post(NEW, data=TYPED | {"measure": "Früh beginnen"} | wrong)
    assert (answer.status_code, sentence in answer.text, "Früh beginnen" in answer.text) == (422, True, True)
    assert _stored() == []


def test_closed_ones_are_folded_away(cast: Any, client_of: ClientOf) -> None:
    risk, client = factories.risk(cast.project), client_of(cast.lea)
    client.post(f"/risiken/{risk.id}", data=TYPED | {"state": "closed", "version": risk.version})
    page = client.get("/projekte/1").text
    assert ("1 erledigtes Risiko" in page, "Kein offenes Risiko" in page) == (True, True)


def test_the_heaviest_stands_first(cast: Any, client_of: ClientOf) -> None:
    factories.risk(cast.project, "Leicht", likelihood=RiskLevel.LOW, impact=RiskLevel.LOW)
    factories.risk(cast.project, "Bald fällig", due=date(2027, 1, 1))
    factories.risk(cast.project, "Schwer", likelihood=RiskLevel.HIGH)
    factories.risk(cast.project, "Irgendwann fällig")
    page = client_of(cast.lea).get("/projekte/1").text
    places = [page.index(title) for title in ("Schwer", "Bald fällig", "Irgendwann fällig", "Leicht")]
    assert places == sorted(places)


def test_what_is_overdue_says_so(cast: Any, client_of: ClientOf) -> None:
    factories.risk(cast.project, due=clock.today() - timedelta(days=3))
    assert "überfällig seit 3 Tagen" in client_of(cast.lea).get("/projekte/1").text


def test_stale_form_shows_both(cast: Any, client_of: ClientOf) -> None:
    risk = factories.risk(cast.project, "Von Konrad")
    answer = client_of(cast.lea).post(f"/risiken/{risk.id}", data=TYPED | {"state": "open", "version": "0"})
    assert (answer.status_code, "<td>Von Konrad</td>" in answer.text, _stored()) == (409, True, ["Von Konrad"])


@pytest.mark.parametrize(("version", "left"), [(1, []), (0, ["Vergabe dauert"])])
def test_removed_by_whoever_saw_it(cast: Any, client_of: ClientOf, version: int, left: list[str]) -> None:
    risk = factories.risk(cast.project)
    client_of(cast.lea).post(f"/risiken/{risk.id}/loeschen", data={"version": version})
    assert _stored() == left


def test_change_is_logged_in_words(cast: Any, client_of: ClientOf) -> None:
    risk, client = factories.risk(cast.project), client_of(cast.lea)
    client.post(f"/risiken/{risk.id}", data=TYPED | {"likelihood": "low", "state": "open", "version": risk.version})
    entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert (entry.object_type, entry.project_id) == ("risk", 1)
    assert "niedrig" in client_of(cast.carla).get("/aenderungen").text
