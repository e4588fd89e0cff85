"""Error pages: one template, a clear sentence each, nothing of the inside. The API answers with problem documents."""

import logging
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound, SecurityError, ServiceUnavailable

from portfolio.extensions import db
from portfolio.web.problems import Problem, Stale, describe

logger = logging.getLogger("portfolio.web")
API_PREFIX = "/api/"
RETRY_AFTER_SECONDS = 5


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(StaleDataError, lambda _error: _problem(Stale()))
    app.register_error_handler(ObjectDeletedError, _removed_meanwhile)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _unexpected)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if request.path.startswith(API_PREFIX):
        return error
    if isinstance(error, SecurityError):  # an untrusted Host: there is no address that a page could link to
        return Response(error.description, 400, content_type="text/plain; charset=utf-8")
    code = error.code or 500
    if error.response is not None or code < 400:
        return error
    title, text = _words(code)
    response = error.get_response()
    response.data = _page(code, title, text)
    response.content_type = "text/html; charset=utf-8"
    return response


def _problem(problem: Problem) -> ResponseReturnValue:
    db.session.rollback()
    status = 409 if isinstance(problem, Stale) else problem.status
    return _page(status, _words(status)[0], describe(problem), _came_from()), status


def _came_from() -> str | None:
    """The page of ours on which a button was pressed: asked for again it shows how things stand now."""
    referrer = urlsplit(request.referrer or "")
    if request.method == "GET" or referrer.netloc != request.host:
        return None
    return urlunsplit(("", "", "/" + referrer.path.lstrip("/"), referrer.query, ""))


def _removed_meanwhile(_error: ObjectDeletedError) -> ResponseReturnValue:
    """Somebody else removed what the page is about between its reading and its writing."""
    db.session.rollback()
    return _http_error(NotFound())


def _database_away(error: OperationalError) -> ResponseReturnValue:
    logger.error("database not reachable", exc_info=error)
    db.session.rollback()
    return _http_error(ServiceUnavailable(retry_after=RETRY_AFTER_SECONDS))


def _unexpected(error: Exception) -> ResponseReturnValue:
    logger.error("unexpected error", exc_info=error)
    db.session.rollback()
    return _http_error(InternalServerError())


def _page(code: int, title: str, text: str, back: str | None = None) -> str:
    """The error page; without navigation where even the session cannot be read."""
    words = {"code": code, "title": title, "text": text, "back": back}
    return render_template("errors/error.html", request_id=g.get("request_id", ""), bare=code >= 500, **words)


def _words(code: int) -> tuple[str, str]:
    known = {
        400: (
            _("Anfrage nicht verstanden"),
            _("Die Anfrage war unvollständig oder abgelaufen. Bitte laden Sie die Seite neu."),
        ),
        403: (_("Kein Zugriff"), _("Für diese Seite oder diesen Schritt haben Sie keine Berechtigung.")),
        404: (_("Seite nicht gefunden"), _("Diese Seite gibt es nicht, oder Sie dürfen sie nicht sehen.")),
        405: (_("So nicht möglich"), _("Dieser Schritt ist über diese Adresse nicht möglich.")),
        409: (_("Im jetzigen Stand nicht möglich"), _("Der Stand hat sich geändert. Bitte laden Sie die Seite neu.")),
        412: (
            _("Inzwischen geändert"),
            _("Jemand anderes hat diesen Eintrag geändert. Bitte laden Sie die Seite neu."),
        ),
        413: (_("Zu groß"), _("Die übertragenen Daten sind zu groß.")),
        422: (_("Eingabe unvollständig"), _("Bitte prüfen Sie Ihre Eingabe.")),
        429: (_("Zu viele Versuche"), _("Bitte warten Sie einige Minuten und versuchen Sie es dann erneut.")),
        503: (
            _("Gerade nicht erreichbar"),
            _("Die Datenbank antwortet nicht. Bitte versuchen Sie es gleich noch einmal."),
        ),
    }
    fallback = (_("Unerwarteter Fehler"), _("Das hätte nicht passieren dürfen. Der Vorfall wurde aufgezeichnet."))
    return known.get(code, known[400] if code < 500 else fallback)
