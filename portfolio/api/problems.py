"""Answers to what cannot be done: problem documents (RFC 9457), each of a named type."""

from collections.abc import Mapping
from typing import Any

from flask import Response, json
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portfolio.pool.problems import Overbooked
from portfolio.support.problems import Incomplete, NeedRefused
from portfolio.web.problems import Invalid, Problem, describe

MEDIA_TYPE = "application/problem+json"
TYPES = "/api/v1/docs/problems/"
RETRY_AFTER_SECONDS = "5"

NAMES: Mapping[int, str] = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    412: "stale",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid",
    428: "version-required",
    429: "too-many-requests",
    500: "unexpected",
    503: "unavailable",
}
TITLES: Mapping[str, LazyString] = {
    "bad-request": _l("Anfrage nicht verstanden"),
    "unauthorized": _l("Nicht angemeldet"),
    "forbidden": _l("Keine Berechtigung"),
    "not-found": _l("Nicht gefunden"),
    "method-not-allowed": _l("So nicht möglich"),
    "overbooked": _l("Überbuchung"),
    "conflict": _l("Im jetzigen Stand nicht möglich"),
    "stale": _l("Inzwischen geändert"),
    "too-large": _l("Zu groß"),
    "unsupported-media-type": _l("Kein JSON"),
    "invalid": _l("Eingabe nicht gültig"),
    "version-required": _l("Version fehlt"),
    "too-many-requests": _l("Zu viele Anfragen"),
    "unexpected": _l("Unerwarteter Fehler"),
    "unavailable": _l("Gerade nicht erreichbar"),
}
DETAILS: Mapping[str, LazyString] = {
    "bad-request": _l("Die Anfrage war unvollständig oder fehlerhaft aufgebaut."),
    "unauthorized": _l("Es fehlt ein gültiges Zugriffstoken in der Kopfzeile Authorization."),
    "forbidden": _l("Dazu haben Sie keine Berechtigung."),
    "not-found": _l("Das gibt es nicht, oder Sie dürfen es nicht sehen."),
    "method-not-allowed": _l("Dieser Schritt ist über diese Adresse nicht möglich."),
    "overbooked": _l("Der Poolanteil der Person würde in mindestens einer Woche überschritten."),
    "conflict": _l("Der jetzige Stand lässt diesen Schritt nicht zu."),
    "stale": _l("Inzwischen hat jemand anderes diesen Eintrag geändert. Bitte laden Sie ihn neu."),
    "too-large": _l("Die übertragenen Daten sind zu groß."),
    "unsupported-media-type": _l("Bitte senden Sie JSON mit der Kopfzeile Content-Type: application/json."),
    "invalid": _l("Bitte prüfen Sie die genannten Felder."),
    "version-required": _l("Bitte senden Sie die Version, die Sie geändert haben, in der Kopfzeile If-Match."),
    "too-many-requests": _l("Bitte warten Sie einige Minuten und versuchen Sie es dann erneut."),
    "unexpected": _l("Das hätte nicht passieren dürfen. Der Vorfall wurde aufgezeichnet."),
    "unavailable": _l("Die Datenbank antwortet nicht. Bitte versuchen Sie es gleich noch einmal."),
}


class Unauthorized(Problem):
    """No valid bearer token came with the request."""

    status = 401
    name = "unauthorized"


class VersionRequired(Problem):
    """A change must say which version it changes."""

    status = 428
    name = "version-required"


class BadInput(Invalid):
    """The body or the query is not what the OpenAPI document describes: messages by field path."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


class UnknownReference(Invalid):
    """What `field` names does not exist, or the user may not see it: one answer for both."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class KeyUsedOtherwise(Invalid):
    """The Idempotency-Key came before with another request."""

    field = "Idempotency-Key"


@describe.register
def _unauthorized(_problem: Unauthorized) -> str:
    return str(DETAILS["unauthorized"])


@describe.register
def _version_required(_problem: VersionRequired) -> str:
    return str(DETAILS["version-required"])


@describe.register
def _bad_input(_problem: BadInput) -> str:
    return str(DETAILS["invalid"])


@describe.register
def _unknown_reference(_problem: UnknownReference) -> str:
    return _("Diesen Eintrag gibt es nicht, oder Sie dürfen ihn nicht sehen.")


@describe.register
def _key_used_otherwise(_problem: KeyUsedOtherwise) -> str:
    return _("Dieser Idempotency-Key wurde schon für eine andere Anfrage verwendet. Bitte wählen Sie einen neuen.")


def answer_to(problem: Problem) -> Response:
    """The problem document for a refusal."""
    answer = document(problem.name, problem.status, describe(problem), _members(problem))
    if isinstance(problem, Unauthorized):
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Projektpool"'
    return answer


def answer_with(status: int) -> Response:
    """The problem document for a plain HTTP error."""
    name = NAMES.get(status, "unexpected" if status >= 500 else "bad-request")
    return document(name, status, str(DETAILS[name]), {"errors": []} if status == 422 else {})


def document(name: str, status: int, detail: str, members: Mapping[str, Any]) -> Response:
    content = {"type": TYPES + name, "title": str(TITLES[name]), "status": status, "detail": detail, **members}
    return Response(json.dumps(content, ensure_ascii=False), status, mimetype=MEDIA_TYPE)


def _members(problem: Problem) -> dict[str, Any]:
    """What a document says beyond the sentence: the weeks of an over-booking, the fields of bad input."""
    if isinstance(problem, Overbooked):
        return {"weeks": [_week(entry) for entry in problem.weeks]}
    if problem.status == 422:
        return {"errors": [{"field": field, "message": message} for field, message in _errors(problem).items()]}
    return {}


def _week(entry: Any) -> dict[str, Any]:
    return {
        "week": str(entry.week),
        "pool_share": entry.pool_share,
        "booked": entry.booked,
        "requested": entry.requested,
    }


def _errors(problem: Problem) -> Mapping[str, str]:
    if isinstance(problem, BadInput):
        return problem.errors
    if isinstance(problem, NeedRefused):
        return {f"needs.{problem.position - 1}.{problem.fault.value}": describe(problem)}
    sentence = describe(problem)
    fields = problem.fields if isinstance(problem, Incomplete) else (problem.field or "",)
    return dict.fromkeys(fields, sentence)
