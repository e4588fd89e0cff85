"""Static files: served compressed and cached for ever, so every address carries the file's content hash."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from portfolio.web.security import HEADERS, ONE_YEAR

ROOT = Path(__file__).resolve().parents[2] / "static"


@cache
def static_url(path: str) -> str:
    """The address of `path` below static/, with a hash that changes when the file does."""
    digest = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["static_url"] = static_url

    def headers(response_headers: object, _path: str, _url: str) -> None:
        for name, value in HEADERS.items():
            response_headers[name] = value  # type: ignore[index]

    files = WhiteNoise(app.wsgi_app, root=str(ROOT), prefix="static/", max_age=ONE_YEAR, add_headers_function=headers)
    app.wsgi_app = files  # type: ignore[method-assign]
