"""The list of what projects can be built with: added to, renamed, shortened."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.projects.models import TechnicalBasis
from tests import factories
from tests.support.client import Client

ClientOf = Callable[[Any], Client]
LIST = "/technische-basis"


def _names() -> list[str]:
    return [basis.name for basis in db.session.query(TechnicalBasis).order_by(TechnicalBasis.id)]


@pytest.mark.parametrize("name", ["carla", "anton"])
def test_added_and_offered(cast: Any, client_of: ClientOf, name: str) -> None:
    client_of(cast.users[name]).post(LIST, data={"name": " FIT-Connect "})
    assert _names() == ["FIT-Connect"]
    assert "FIT-Connect" in client_of(cast.carla).get("/projekte/neu").text


@pytest.mark.parametrize("name", ["konrad", "lea", "paul", "mia", "rita"])
def test_others_do_not(cast: Any, client_of: ClientOf, name: str) -> None:
    basis, client = factories.technical_basis(), client_of(cast.users[name])
    answers = client.get(LIST), client.post(LIST, data={"name": "X"}), client.post(f"{LIST}/{basis.id}/loeschen")
    assert ([answer.status_code for answer in answers], _names()) == ([403, 403, 403], ["ThAVEL"])


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        (" ", 422, "Bitte geben Sie einen Namen ein."),
        ("thavel", 409, "Diesen Eintrag gibt es schon."),
        ("x" * 201, 422, "Bitte höchstens 200 Zeichen eingeben."),
    ],
)
def test_bad_names_are_explained(cast: Any, client_of: ClientOf, typed: str, status: int, sentence: str) -> None:
    factories.technical_basis("ThAVEL")
    answer = client_of(cast.carla).post(LIST, data={"name": typed})
    assert (answer.status_code, sentence in answer.text, _names()) == (status, True, ["ThAVEL"])


def test_renamed_in_all_projects(cast: Any, client_of: ClientOf) -> None:
    basis = factories.technical_basis("Thavel")
    cast.project.technical_bases = [basis]
    client_of(cast.carla).post(f"{LIST}/{basis.id}", data={"name": "ThAVEL", "version": basis.version})
    assert "ThAVEL" in client_of(cast.mia).get("/projekte/1").text


def test_stale_form_shows_both(cast: Any, client_of: ClientOf) -> None:
    basis = factories.technical_basis("ThAVEL")
    answer = client_of(cast.carla).post(f"{LIST}/{basis.id}", data={"name": "Anders", "version": "0"})
    assert (answer.status_code, "<td>ThAVEL</td>" in answer.text, _names()) == (409, True, ["ThAVEL"])


@pytest.mark.parametrize(("used", "left"), [(False, []), (True, ["ThAVEL"])])
def test_only_what_nobody_uses_is_removed(cast: Any, client_of: ClientOf, used: bool, left: list[str]) -> None:
    basis, client = factories.technical_basis("ThAVEL"), client_of(cast.carla)
    cast.project.technical_bases = [basis] if used else []
    shown = {"version": basis.version}
    text = client.post(f"{LIST}/{basis.id}/loeschen", data=shown, follow_redirects=True).text
    assert (_names(), "Diesen Eintrag verwendet ein Projekt." in text) == (left, used)
