"""Bundles, services and skills: everybody reads, few change; a search finds pieces of words and beginnings of keys."""

from typing import Any

import pytest

from tests import factories

BUNDLE = {"ozg_id": "10127", "name": "Kinderbetreuung", "situation": "Familie", "topic_area": "Familie & Kind"}
SERVICE = {"service_key": "99 001 001 001 000", "name": "Abfallgebühr", "typing": ["5"], "legal_basis": "KrWG"}
SKILL = {"code": "BPMN", "name": "Prozesse", "area": "FIM & Recht"}


@pytest.mark.parametrize(
    ("path", "body", "change"),
    [
        ("catalogue/bundles", BUNDLE, {"topic_area": None, "name": "Kita"}),
        ("catalogue/services", SERVICE | {"service_key": "99001001001000"}, {"typing": [], "legal_basis": None}),
        ("skills", SKILL, {"area": "Technik"}),
    ],
)
def test_created_read_and_changed(cast: Any, api: Any, path: str, body: Any, change: Any) -> None:
    anton = api(cast.anton)
    created = anton.post(path, body)
    thing = created.get_json()
    assert (created.status_code, {key: thing[key] for key in body}) == (201, body)
    assert api(cast.mia).get(created.headers["Location"]).get_json() == thing
    changed = anton.patch(created.headers["Location"], change, version=1).get_json()
    assert changed == thing | change | {"version": 2}


@pytest.mark.parametrize(("path", "body"), [("catalogue/bundles", BUNDLE), ("catalogue/services", SERVICE)])
def test_only_the_administration_changes_the_catalogue(cast: Any, api: Any, path: str, body: Any) -> None:
    for name, user in cast.users.items():
        assert api(user).post(path, body).status_code == (201 if name == "anton" else 403), name


def test_skills_are_changed_by_cio_office_and_administration(cast: Any, api: Any) -> None:
    for name, user in cast.users.items():
        answer = api(user).post("skills", SKILL | {"code": name})
        assert answer.status_code == (201 if name in ("anton", "carla") else 403), name


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        ("catalogue/bundles", "ozg_id", "1234"),
        ("catalogue/bundles", "ozg_id", "١٢٣٤٥"),
        ("catalogue/services", "service_key", "123"),
        ("catalogue/services", "service_key", "99 001 001 001 00a"),
        ("catalogue/services", "bundle_id", 999),
        ("catalogue/services", "kind", "LO"),
        ("catalogue/services", "typing", "5"),
        ("skills", "code", "x" * 41),
    ],
)
def test_bad_field(cast: Any, api: Any, path: str, field: str, value: Any) -> None:
    body = {"catalogue/bundles": BUNDLE, "catalogue/services": SERVICE, "skills": SKILL}[path]
    answer = api(cast.anton).post(path, body | {field: value})
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize(("path", "body"), [("catalogue/services", SERVICE), ("skills", SKILL)])
def test_twice_the_same_is_a_conflict(cast: Any, api: Any, path: str, body: Any) -> None:
    api(cast.anton).post(path, body)
    again = api(cast.anton).post(path, body)
    assert (again.status_code, again.get_json()["type"].rpartition("/")[2]) == (409, "conflict")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gebuehr abfall", ["Abfallgebühr"]),
        ("ABFALL", ["Abfallgebühr"]),
        ("strassen", ["Straßenreinigung"]),
        ("99 001", ["Abfallgebühr"]),
        ("99001001001000", ["Abfallgebühr"]),
        ("%", []),
        ("", ["Abfallgebühr", "Straßenreinigung"]),
    ],
)
def test_search(cast: Any, api: Any, typed: str, found: list[str]) -> None:
    factories.service("Abfallgebühr", service_key="99001001001000")
    factories.service("Straßenreinigung", service_key="99002001001000")
    answer = api(cast.mia)._client.get(
        "/api/v1/catalogue/services",
        query_string={"q": typed},
        headers={"Authorization": f"Bearer {api(cast.mia)._token}"},
    )
    assert [service["name"] for service in answer.get_json()["items"]] == found


def test_kind_follows_from_the_key(cast: Any, api: Any) -> None:
    for key in ("99001000000000", "99001001000000", "99001001001000", "99001001001001"):
        factories.service(key, service_key=key)
    kinds = [service["kind"] for service in api(cast.mia).items("catalogue/services")]
    assert kinds == ["LO", "LO", "LOV", "LOVD"]


def test_removed_as_long_as_nothing_names_it(cast: Any, api: Any) -> None:
    bundle = api(cast.anton).post("catalogue/bundles", BUNDLE)
    service = api(cast.anton).post("catalogue/services", SERVICE | {"bundle_id": bundle.get_json()["id"]})
    used = api(cast.anton).delete(bundle.headers["Location"], version=1)
    assert (used.status_code, used.get_json()["type"].rpartition("/")[2]) == (409, "conflict")
    assert api(cast.anton).get(service.headers["Location"]).get_json()["bundle_id"] == bundle.get_json()["id"]
    for created in (service, bundle):
        assert api(cast.anton).delete(created.headers["Location"], version=1).status_code == 204
        assert api(cast.anton).get(created.headers["Location"]).status_code == 404


@pytest.mark.parametrize("path", ["organisations/{education}", "skills/{fim}"])
def test_what_is_named_elsewhere_stays(cast: Any, api: Any, path: str) -> None:
    address = path.format(education=cast.education.id, fim=cast.fim.id)
    assert api(cast.mia).delete(address, version=1).status_code == 403
    assert api(cast.anton).delete(address).status_code == 428
    assert api(cast.anton).delete(address, version=1).status_code == 409
