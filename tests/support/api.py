"""A client of the API."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse


class Api:
    """Sends JSON with a bearer token; `version` becomes If-Match."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self._client = app.test_client()
        self._token = token

    def get(self, path: str, **headers: str) -> TestResponse:
        return self._send("GET", path, None, None, headers)

    def post(self, path: str, body: Any = None, version: int | None = None, **headers: str) -> TestResponse:
        return self._send("POST", path, body, version, headers)

    def patch(self, path: str, body: Any, version: int | None = None, **headers: str) -> TestResponse:
        return self._send("PATCH", path, body, version, headers)

    def delete(self, path: str, version: int | None = None, **headers: str) -> TestResponse:
        return self._send("DELETE", path, None, version, headers)

    def items(self, path: str) -> list[Any]:
        """What a list holds."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        found: list[Any] = answer.get_json()["items"]
        return found

    def _send(self, method: str, path: str, body: Any, version: int | None, headers: dict[str, str]) -> TestResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._token is not None:
            sent["Authorization"] = f"Bearer {self._token}"
        if version is not None:
            sent["If-Match"] = f'"{version}"'
        address = path if path.startswith("/api/") else f"/api/v1/{path}"
        if isinstance(body, str | bytes):
            return self._client.open(address, method=method, headers=sent, data=body, content_type="application/json")
        return self._client.open(address, method=method, headers=sent, json=body)
