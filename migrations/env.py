"""Alembic's entry: migrations run in one transaction, under a lock, with the application's own engine."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import TypeDecorator, text

MIGRATION_LOCK = 7_302_002


def _without_empty(_context: object, _revision: object, directives: list[Any]) -> None:
    """`flask db migrate` writes no file where nothing changed."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def _plain_types(kind: str, thing: Any, _context: object) -> str | bool:
    """Write our own column types as the plain ones they store: a migration must not change when they do."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


def run() -> None:
    extension = current_app.extensions["migrate"]
    with extension.db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            process_revision_directives=_without_empty,
            render_item=_plain_types,
            **extension.configure_args,
        )
        context.run_migrations()


run()
