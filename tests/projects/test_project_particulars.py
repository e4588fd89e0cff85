"""What a project can say beyond what it must: all optional, kept, shown, checked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portfolio.audit.models import AuditEntry
from portfolio.extensions import db
from portfolio.projects.models import Project
from portfolio.web import clock
from tests import factories
from tests.support.client import Client

ClientOf = Callable[[Any], Client]
EDIT = "/projekte/1/bearbeiten"


def _filled(project: Project, **values: Any) -> dict[str, Any]:
    """The form of `project` as it stands, with `values` typed over."""
    names = ("title", "organisation_id", "phase", "start", "end", "code", "priority", "lead_id", "coordinator_id")
    return {name: getattr(project, name) for name in names} | {"version": project.version} | values


PARTICULARS = {
    "delivery_model": "efa_reuse_secured",
    "implementing_state": "HH",
    "sdg_relevant": "yes",
    "sdg_code": "R1",
    "fim_service": "released",
    "fim_process": "in_progress",
    "fim_data": "not_planned",
    "legal_basis": "§ 1 Mustergesetz",
    "file_reference": "1040/2026",
    "mandated_on": "2026-11-02",
}


@pytest.mark.parametrize("name", ["carla", "lea"])
def test_particulars_are_kept_and_shown(cast: Any, client_of: ClientOf, name: str) -> None:
    basis, client = factories.technical_basis("ThAVEL"), client_of(cast.users[name])
    client.post(EDIT, data=_filled(cast.project, technical_basis_ids=basis.id) | PARTICULARS)
    pages = [client_of(cast.mia).get(page).text for page in ("/projekte/1", "/projekte/1/steckbrief")]
    shown = ("Hamburg", "ja, Code R1", "freigegeben", "in Arbeit", "nicht vorgesehen", "§ 1 Mustergesetz", "1040/2026")
    for page in pages:
        assert [words for words in (*shown, "02.11.2026", "ThAVEL") if words not in page] == []


def test_form_shows_the_particulars_that_are_stored(cast: Any, client_of: ClientOf) -> None:
    basis, client = factories.technical_basis("ThAVEL"), client_of(cast.carla)
    client.post(EDIT, data=_filled(cast.project, technical_basis_ids=basis.id) | PARTICULARS)
    page = client.get(EDIT).text
    chosen = [part.partition(">")[2].partition("<")[0] for part in page.split("<option selected ")[1:]]
    assert {"Hamburg", "ja", "freigegeben", "in Arbeit", "nicht vorgesehen"} <= set(chosen)
    assert "checked" in page.partition("Technische Basis")[2]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sdg_relevant": "no"}, "Einen SDG-Code haben nur SDG-relevante Leistungen."),
        ({"delivery_model": "own"}, "Ein umsetzendes Land gibt es nur bei EfA."),
        ({"fim_data": "done"}, "Ungültige Auswahl"),
        ({"sdg_relevant": "maybe"}, "Ungültige Auswahl"),
        ({"technical_basis_ids": "999"}, "Bitte wählen Sie aus der Liste."),
        ({"mandated_on": "1999-12-31"}, "Bitte ein Datum zwischen 2000 und 2099 eingeben."),
        ({"legal_basis": "x" * 1001}, "Bitte höchstens 1.000 Zeichen eingeben."),
    ],
)
def test_particulars_that_make_no_sense(cast: Any, client_of: ClientOf, wrong: dict[str, str], sentence: str) -> None:
    answer = client_of(cast.carla).post(EDIT, data=_filled(cast.project) | PARTICULARS | wrong)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert '<details class="disclosure" open' in answer.text


def test_change_of_technical_bases_is_logged_and_makes_other_forms_stale(cast: Any, client_of: ClientOf) -> None:
    basis, client, opened = factories.technical_basis("ThAVEL"), client_of(cast.carla), _filled(cast.project)
    client.post(EDIT, data=opened | {"technical_basis_ids": basis.id})
    entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert (entry.object_type, client.post(EDIT, data=opened).status_code) == ("project", 409)
    assert "ThAVEL" in client.get("/aenderungen").text


def _as_of_after(cast: Any, client_of: ClientOf, **typed: str) -> list[Any]:
    """The maturity's day after saving a service with a level, and after saving again with `typed`."""
    client, found = client_of(cast.carla), []
    row = {"service": str(factories.service().id), "maturity_now": "1", "model": "1.1", "as_of": "2026-11-02"}
    for each in (row, row | typed):
        data = {f"service_links-0-{name}": value for name, value in each.items()}
        assert client.post(EDIT, data=_filled(cast.project) | data).status_code == 302
        found.append(cast.project.service_links[0].as_of)
    return found


@pytest.mark.parametrize(("typed", "moves"), [({"as_of": ""}, False), ({"maturity_now": "2", "as_of": ""}, True)])
def test_maturity_holds_as_of_the_day_it_changed(
    cast: Any, client_of: ClientOf, typed: dict[str, str], moves: bool
) -> None:
    before, after = _as_of_after(cast, client_of, **typed)
    assert (before.isoformat(), after) == ("2026-11-02", clock.today() if moves else before)


def test_maturity_is_not_known_of_days_to_come(cast: Any, client_of: ClientOf) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    row = {"service_links-0-service": factories.service().id, "service_links-0-as_of": tomorrow.isoformat()}
    answer = client_of(cast.carla).post(EDIT, data=_filled(cast.project) | row | {"service_links-0-model": "1.1"})
    assert (answer.status_code, "liegt in der Zukunft" in answer.text) == (422, True)
