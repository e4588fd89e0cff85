from flask import Flask

from portfolio.api import models  # noqa: F401


def init_app(app: Flask) -> None:
    pass
