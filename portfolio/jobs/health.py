from flask import Flask

from portfolio.jobs import models  # noqa: F401


def init_app(app: Flask) -> None:
    pass
