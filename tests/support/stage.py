"""What the tests of one process share: a database and an app of each kind, and the cast, assembled once."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from portfolio import create_app
from portfolio.extensions import db
from tests.support import client
from tests.support.databases import KINDS, Database
from tests.support.run import SETTINGS

CAST = "cast"


@dataclass
class Stage:
    databases: dict[str, Database] = field(default_factory=dict)
    apps: dict[str, Flask] = field(default_factory=dict)
    cast_rows: dict[str, tuple[type[Any], int]] = field(default_factory=dict)

    def database(self, kind: str, *, with_cast: bool) -> Database:
        """The database as it is after migration, or with the cast in it."""
        if kind not in self.databases:
            self.databases[kind] = KINDS[kind]("tests")
        database = self.databases[kind]
        if not with_cast:
            database.reset()
            return database
        if CAST not in database.states:
            database.reset()
            self._assemble_on(database)
        database.reset(CAST)
        return database

    def app(self, database: Database) -> Flask:
        if database.name not in self.apps:
            self.apps[database.name] = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": database.url})
            client.watch(self.apps[database.name])
        return self.apps[database.name]

    def cast(self) -> Any:
        """The cast, read from the database it was brought back to."""
        from tests.cast import Cast  # needs all models, which tests of the pure core do not load

        cast = Cast(**{name: db.session.get(kind, number) for name, (kind, number) in self.cast_rows.items()})
        db.session.commit()
        return cast

    def close(self) -> None:
        for app in self.apps.values():
            with app.app_context():
                db.engine.dispose()
        for database in self.databases.values():
            database.close()

    def _assemble_on(self, database: Database) -> None:
        """Once for each database: it takes ten times as long as bringing the rows back."""
        from tests.cast import assemble  # as above

        with self.app(database).app_context():
            self.cast_rows = {name: (type(row), row.id) for name, row in vars(assemble()).items()}
            db.session.remove()
            db.engine.dispose()
        database.remember(CAST)
