"""The OpenAPI document says what the routes do, and can be read without a login."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask

METHODS = ("get", "post", "patch", "delete")


@pytest.fixture
def document(app: Flask) -> Any:
    return app.test_client().get("/api/v1/openapi.json").get_json()


def _operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, item in document["paths"].items():
        yield from ((path, method, item[method]) for method in METHODS if method in item)


def _validator(document: Any, name: str) -> Any:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


@pytest.mark.only("sqlite")
def test_every_route_is_described_and_nothing_else(app: Flask, document: Any) -> None:
    routes = {
        (re.sub(r"<int:(\w+)>", r"{\1}", rule.rule).replace("{identity}", "{id}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {("/api/v1" + path, method) for path, method, _operation in _operations(document)} == routes


@pytest.mark.only("sqlite")
def test_every_reference_leads_somewhere(document: Any) -> None:
    for reference in re.findall(r"'\$ref': '#/components/(\w+)/(\w+)'", str(document)):
        kind, name = reference
        assert name in document["components"][kind], reference


@pytest.mark.only("sqlite")
def test_every_link_leads_to_an_operation(document: Any) -> None:
    operations = {operation["operationId"]: (path, operation) for path, _method, operation in _operations(document)}
    assert len(operations) == len(list(_operations(document)))
    for path, _method, operation in _operations(document):
        for answer in operation["responses"].values():
            for link in answer.get("links", {}).values():
                target, _operation = operations[link["operationId"]]
                named = {name.partition(".")[2] for name in link["parameters"] if name.startswith("path.")}
                assert named == set(re.findall(r"{(\w+)}", target)), (path, target)


@pytest.mark.only("sqlite")
def test_created_objects_can_be_read_changed_and_removed_by_links(document: Any) -> None:
    for path in ("/needs", "/assignments", "/projects/{project_id}/milestones", "/persons/{person_id}/absences"):
        links = document["paths"][path]["post"]["responses"]["201"]["links"]
        assert set(links) == {"read", "change", "remove"}, path


@pytest.mark.only("sqlite")
def test_examples_fit_their_schemas(document: Any) -> None:
    for path, method, operation in _operations(document):
        contents = [operation.get("requestBody", {}), *operation["responses"].values()]
        for content in (each for part in contents for each in part.get("content", {}).values()):
            validator = _validator(document, content["schema"]["$ref"].rpartition("/")[2])
            for example in content["examples"].values():
                assert validator.is_valid(example["value"]), (
                    path,
                    method,
                    list(validator.iter_errors(example["value"])),
                )


@pytest.mark.only("sqlite")
def test_every_operation_declares_its_errors(document: Any) -> None:
    for path, method, operation in _operations(document):
        declared = set(operation["responses"])
        expected = {"401", "503"} | ({"428", "412"} if method in ("patch", "delete") else set())
        expected |= {"409", "413", "415", "422"} if method in ("post", "patch") else set()
        expected |= {"404"} if "{" in path else set()
        assert expected <= declared, (path, method)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Organisation", "organisations/{education}"),
        ("Person", "persons/{person}"),
        ("Project", "projects/{project}"),
        ("ProjectPage", "projects"),
        ("AssignmentPage", "assignments"),
        ("ChangePage", "changes?per_page=500"),
        ("Capacity", "capacity"),
    ],
)
def test_answers_fit_their_schemas(cast: Any, api: Any, document: Any, name: str, path: str) -> None:
    ids = {"education": cast.education.id, "person": cast.paul_person.id, "project": cast.project.id}
    answer = api(cast.carla).get(path.format(**ids)).get_json()
    assert list(_validator(document, name).iter_errors(answer)) == []


def test_token_is_declared(document: Any) -> None:
    assert document["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}
    assert document["security"] == [{"token": []}]


def test_page_shows_every_operation(app: Flask, document: Any) -> None:
    page = app.test_client().get("/api/v1/docs")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    for path, method, operation in _operations(document):
        assert f"<code>{method.upper()} /api/v1{path}</code>" in page.text
        assert f'id="{operation["operationId"]}"' in page.text


def test_problem_types_lead_to_the_page(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/api/v1/docs/problems/overbooked").headers["Location"].endswith("/api/v1/docs#overbooked")
    assert client.get("/api/v1/docs/problems/nonsense").status_code == 404
    assert 'id="overbooked"' in client.get("/api/v1/docs").text
