"""Logs: one JSON line per event with the request id; of people only the user id."""

import logging
import sys
import uuid
from contextvars import ContextVar

import structlog
from flask import Flask, Response, g, request

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


def configure(app: Flask) -> None:
    """Send the logs of the application and its libraries through one formatter."""
    _install_formatter(logging.INFO if app.config["ENVIRONMENT"] == "production" else logging.WARNING)
    app.before_request(_name_request)
    app.after_request(_answer_request_id)


def _install_formatter(level: int) -> None:
    processors: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request_id,
        structlog.processors.format_exc_info,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=processors,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logger = logging.getLogger("portfolio")
    logger.handlers = [handler]
    logger.setLevel(level)
    logger.propagate = False


def _add_request_id(_logger: object, _name: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    if current := request_id.get():
        event["request_id"] = current
    return event


def _name_request() -> None:
    g.request_id = uuid.uuid4().hex
    request_id.set(g.request_id)


def _answer_request_id(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", request.headers.get("X-Request-Id", ""))
    return response
