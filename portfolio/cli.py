"""The `flask` commands: each a few lines that call a domain and commit."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portfolio.jobs.worker import Worker


def init_app(app: Flask) -> None:
    app.cli.add_command(worker)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Run background jobs until told to stop."""
    Worker(current_app._get_current_object()).run()  # type: ignore[attr-defined]
