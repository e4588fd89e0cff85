"""The main navigation: which entries a user sees, by the policy."""

from flask import Flask


def init_app(app: Flask) -> None:
    @app.context_processor
    def navigation() -> dict[str, object]:
        return {"navigation": []}
