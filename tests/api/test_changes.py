"""The change log: read only, each entry for those who may read it, values about persons masked for auditors."""

from typing import Any


def test_change_is_logged(cast: Any, api: Any) -> None:
    api(cast.carla).patch(f"projects/{cast.project.id}", {"priority": 1}, version=1)
    entry = api(cast.carla).items(f"changes?object_type=project&object_id={cast.project.id}")[-1]
    assert (entry["verb"], entry["actor_id"], entry["version"]) == ("changed", cast.carla.id, 1)
    assert entry["values"] == {"priority": [3, 1]}
    assert api(cast.carla).get(f"changes/{entry['id']}").get_json() == entry


def test_auditor_reads_no_values_about_persons(cast: Any, api: Any) -> None:
    api(cast.carla).patch(f"persons/{cast.paul_person.id}", {"location": "Gera"}, version=1)
    last = "changes?object_type=person"
    assert api(cast.carla).items(last)[-1]["values"] == {"location": [None, "Gera"]}
    masked = api(cast.rita).items(last)[-1]["values"]
    assert list(masked) == ["location"]
    assert "Gera" not in str(masked)


def test_rows_by_role(cast: Any, api: Any) -> None:
    assert {each["object_type"] for each in api(cast.anton).items("changes?per_page=500")} <= {
        *("organisation", "skill", "user", "coordination", "api_token")
    }
    assert {each["person_id"] for each in api(cast.paul).items("changes?per_page=500")} == {cast.paul_person.id}
    assert {each["project_id"] for each in api(cast.lea).items("changes")} == {cast.project.id}


def test_not_for_ministries(cast: Any, api: Any) -> None:
    assert api(cast.mia).get("changes").status_code == 403
    assert api(cast.mia).get("changes/1").status_code == 404


def test_read_only(cast: Any, api: Any) -> None:
    assert api(cast.carla).post("changes", {}).status_code == 405
    assert api(cast.carla).delete("changes/1", version=1).status_code == 405
