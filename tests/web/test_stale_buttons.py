"""A button acts on what its page showed: without its version, or with an older one, nothing happens."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.web import clock
from tests import factories
from tests.support.client import Client

MADE: dict[str, Callable[[Any], Any]] = {
    "abwesenheiten/{}/loeschen": lambda cast: factories.absence(cast.paul_person, clock.today(), clock.today()),
    "bedarfe/{}/entfernen": lambda cast: factories.need(cast.project, cast.fim),
    "berichte/{}/freigeben": lambda cast: factories.report(cast.project, released_at=None),
    "berichte/{}/verwerfen": lambda cast: factories.report(cast.project, released_at=None),
    "meilensteine/{}/loeschen": lambda cast: factories.milestone(cast.project),
    "personen/{}/aktivieren": lambda cast: cast.paul_person,
    "personen/{}/deaktivieren": lambda cast: cast.paul_person,
    "personen/{}/faehigkeiten/1/bestaetigung-zuruecknehmen": lambda cast: cast.paul_person,
    "prognosen/{}/loeschen": lambda cast: factories.forecast(
        factories.milestone(cast.project), clock.today(), cast.project.end
    ),
    "zuordnungen/{}/entfernen": lambda cast: factories.assignment(cast.lea_person, cast.project),
    "zuordnungen/{}/stand": lambda cast: factories.assignment(cast.lea_person, cast.project),
}


@pytest.mark.parametrize("version", [{}, {"version": ""}, {"version": "0"}])
@pytest.mark.parametrize("address", MADE)
def test_late_button_is_refused(
    cast: Any, client_of: Callable[..., Client], address: str, version: dict[str, str]
) -> None:
    thing = MADE[address](cast)
    before = thing.version
    answer = client_of(cast.carla).post("/" + address.format(thing.id), data={"state": "ended"} | version)
    assert (answer.status_code, "Inzwischen hat jemand anderes" in answer.text) == (409, True)
    assert db.session.get_one(type(thing), thing.id).version == before


def test_refusal_leads_back_to_the_page(cast: Any, client_of: Callable[..., Client]) -> None:
    need = factories.need(cast.project, cast.fim)
    pages = {"http://localhost/bedarfe/1?a=b": 'href="/bedarfe/1?a=b"', "http://anderswo/x": None}
    for page, link in pages.items():
        answer = client_of(cast.carla).post(f"/bedarfe/{need.id}/entfernen", headers={"Referer": page})
        assert ("Den jetzigen Stand zeigen" in answer.text) is (link is not None)
        assert link is None or link in answer.text
