"""Organisations: everybody reads, the administration changes."""

from typing import Any

NEW = {"code": "TLRZ", "name": "Landesrechenzentrum", "kind": "higher"}


def test_created_read_and_changed(cast: Any, api: Any) -> None:
    anton = api(cast.anton)
    created = anton.post("organisations", NEW)
    address = created.headers["Location"]
    assert (created.status_code, created.headers["ETag"]) == (201, '"1"')
    assert anton.get(address).get_json() == created.get_json()
    changed = anton.patch(address, {"valid_to": "2027-12-31"}, version=1)
    assert changed.get_json() == created.get_json() | {"valid_to": "2027-12-31", "version": 2}


def test_only_the_administration_changes(cast: Any, api: Any) -> None:
    address = f"organisations/{cast.education.id}"
    for name, user in cast.users.items():
        if name != "anton":
            assert api(user).get(address).status_code == 200, name
            assert api(user).post("organisations", NEW).status_code == 403, name
            assert api(user).patch(address, {"name": "Neu"}, version=1).status_code == 403, name


def test_code_is_used_once(cast: Any, api: Any) -> None:
    answer = api(cast.anton).post("organisations", NEW | {"code": "TFM"})
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "code")


def test_search_ignores_case_and_umlauts(cast: Any, api: Any) -> None:
    found = api(cast.mia).items("organisations?q=BILDUNG ministerium fuer")
    assert [each["code"] for each in found] == ["TMBWK"]
