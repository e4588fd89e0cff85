"""Entry point for the web server and the `flask` command."""

import sys

import click

from portfolio import create_app

command = click.get_current_context(silent=True)
if command is not None and sys.argv[1:2] == ["plan"]:
    from portfolio.cli.plan import app_for_plans

    app = app_for_plans()
else:
    app = create_app()
if command is None:  # a server; `flask db upgrade` has to start on any schema
    from portfolio.web.startup import check_schema  # here: it imports all that has to do with the web

    check_schema(app)
