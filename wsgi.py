"""Entry point for the web server and the `flask` command."""

from portfolio import create_app

app = create_app()
