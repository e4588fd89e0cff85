"""Status reports over the API: drafted, released, frozen."""

from typing import Any

import pytest

from portfolio.planning.lights import Light
from tests import factories

GREEN = dict.fromkeys(("overall", "dates", "cost", "scope", "staff"), "green")
NEW = {"as_of": "2026-11-23", "lights": GREEN}


def test_drafted_changed_and_released(cast: Any, api: Any) -> None:
    lea = api(cast.lea)
    created = lea.post(f"projects/{cast.project.id}/reports", NEW | {"achieved": "Konzept"})
    address, report = created.headers["Location"], created.get_json()
    assert (created.status_code, report["lights"], report["released_at"]) == (201, GREEN, None)
    changed = lea.patch(address, {"next": "Pilot"}, version=report["version"]).get_json()
    assert (changed["achieved"], changed["next"]) == ("Konzept", "Pilot")
    assert lea.post(f"{address}/release", {}).get_json()["released_at"]
    assert lea.post(f"{address}/release", {}).status_code == 409


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"lights": GREEN | {"dates": "yellow", "overall": "yellow"}}, "reason"),
        ({"lights": GREEN | {"dates": "yellow", "overall": "yellow"}, "risks": "x"}, "measures"),
        ({"lights": GREEN | {"dates": "red", "overall": "red"}, "risks": "x", "measures": "y"}, "decisions_needed"),
        ({"lights": GREEN | {"dates": "yellow"}, "risks": "x", "measures": "y"}, "overall"),
        ({"lights": {"overall": "green"}}, "lights.dates"),
        ({"lights": GREEN | {"staff": "blue"}}, "lights.staff"),
        ({"lights": "green"}, "lights"),
    ],
)
def test_bad_field(cast: Any, api: Any, values: dict[str, Any], field: str) -> None:
    answer = api(cast.lea).post(f"projects/{cast.project.id}/reports", NEW | values)
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.get_json()["errors"]}


def test_a_ministry_reads_released_reports_only(cast: Any, api: Any) -> None:
    released, draft = factories.report(cast.project), factories.report(cast.project, released_at=None)
    mia, address = api(cast.mia), f"projects/{cast.project.id}/reports"
    assert [item["id"] for item in mia.items(address)] == [released.id]
    assert mia.get(f"{address}/{draft.id}").status_code == 404
    assert mia.post(address, NEW).status_code == 403
    assert api(cast.otto).get(f"{address}/{released.id}").status_code == 404


def test_projects_by_light(cast: Any, api: Any) -> None:
    factories.report(cast.project, Light.RED)
    carla = api(cast.carla)
    assert [item["id"] for item in carla.items("projects?light=red")] == [cast.project.id]
    assert carla.items("projects?light=green") == []
    assert carla.get("projects?light=blue").status_code == 422
