"""Entry point for the web server and the `flask` command."""

import click

from portfolio import create_app
from portfolio.web.startup import check_schema

app = create_app()
if click.get_current_context(silent=True) is None:  # a server; `flask db upgrade` has to start on any schema
    check_schema(app)
