"""The HTTP API: the same services and the same rights as the pages, as JSON under /api/v1."""

from flask import Flask, Response, request

from portfolio.api import models  # noqa: F401
from portfolio.api.blueprint import bp
from portfolio.api.docs import bp as docs
from portfolio.api.problems import MEDIA_TYPE, answer_with
from portfolio.extensions import csrf
from portfolio.web.errors import API_PREFIX


def init_app(app: Flask) -> None:
    csrf.exempt(bp)  # a bearer token is never sent by a browser on its own
    app.register_blueprint(bp)
    app.register_blueprint(docs)
    app.after_request(_speak_problems)


def _speak_problems(response: Response) -> Response:
    """Whatever refuses below /api/, the router included, answers with a problem document."""
    if request.path.startswith(API_PREFIX) and response.status_code >= 400 and response.mimetype != MEDIA_TYPE:
        document = answer_with(response.status_code)
        response.data = document.data
        response.mimetype = MEDIA_TYPE
    return response
