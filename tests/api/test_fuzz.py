"""Random requests, good and bad, made from the OpenAPI document: no error of ours, and every answer as described."""

from collections.abc import Callable, Iterator
from contextvars import Context
from typing import Any

import hypothesis
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, Verbosity
from schemathesis import GenerationMode
from schemathesis.config import PositiveDataAcceptanceConfig, SchemathesisConfig
from schemathesis.core.failures import FailureGroup

from portfolio.access.policy import Role
from portfolio.access.services import create_token
from portfolio.extensions import db
from tests import factories

MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def test_random_requests(app: Flask, cast: Any, rounds: Callable[[int, int], int]) -> None:
    token = _token_of_everybody(cast)
    failures = Context().run(_fuzz, app, token, rounds(4, 70))
    assert failures == []


def _token_of_everybody(cast: Any) -> str:
    """Somebody with all roles at once, and at least one row of everything."""
    roles = frozenset(Role) - {Role.AUDITOR}
    user = factories.user("all", *roles, organisation_id=cast.education.id, person_id=None)
    factories.service()
    factories.milestone(cast.project)
    factories.need(cast.project, cast.fim)
    factories.support_request(cast.education, needs=[cast.fim])
    token = create_token(user, "fuzz")[1]
    db.session.commit()
    return token


def _fuzz(app: Flask, token: str, examples: int) -> list[str]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=_config())
    failures: list[str] = []
    for result in schema.get_all_operations():
        for mode in MODES:
            failures += _fuzz_operation(result.ok(), mode, token, examples)
    return failures


def _config() -> SchemathesisConfig:
    config = SchemathesisConfig()
    config.projects.default.generation.with_security_parameters = False  # the token stays; test_auth varies it
    # What the document cannot say (an id that names nothing, an end before its start) is 422; random versions are 412.
    statuses = ["2xx", "401", "403", "404", "409", "412", "422"]
    config.projects.default.checks.positive_data_acceptance = PositiveDataAcceptanceConfig(expected_statuses=statuses)
    return config


def _fuzz_operation(operation: Any, mode: GenerationMode, token: str, examples: int) -> Iterator[str]:
    found: dict[str, str] = {}

    @hypothesis.seed(20261123)
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @hypothesis.given(operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            _aim(case)
        try:
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
        except FailureGroup as group:
            for failure in group.exceptions:
                found[f"{operation.label} {mode.value} {type(failure).__name__}"] = str(failure)

    send()
    return (f"{where}: {what}" for where, what in found.items())


def _aim(case: Any) -> None:
    """Let ids name rows that exist, now and then."""
    for name, value in (case.path_parameters or {}).items():
        case.path_parameters[name] = value % 4 + 1
    if case.method in ("PATCH", "DELETE"):
        case.headers["If-Match"] = "*"
    case.body = _aimed(case.body)


def _aimed(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: int(inner) % 4 + 1 if name.endswith("_id") and isinstance(inner, int | float) else _aimed(inner)
            for name, inner in value.items()
        }
    return [_aimed(each) for each in value] if isinstance(value, list) else value
