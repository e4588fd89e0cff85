"""What the tests of one process share: a database and an app of each kind; the cast and the world, assembled once."""

from dataclasses import dataclass, field
from typing import Any

import time_machine
from flask import Flask

from portfolio import create_app
from portfolio.extensions import db
from tests.support import client
from tests.support.databases import KINDS, MIGRATED, Database
from tests.support.run import SETTINGS

CAST, WORLD = "cast", "world"


@dataclass
class Stage:
    databases: dict[str, Database] = field(default_factory=dict)
    apps: dict[str, Flask] = field(default_factory=dict)
    cast_rows: dict[str, tuple[type[Any], int]] = field(default_factory=dict)
    worlds: dict[str, Any] = field(default_factory=dict)

    def database(self, kind: str, state: str = MIGRATED) -> Database:
        """The database as it is after migration, or with the cast in it, or with the world around the cast."""
        if kind not in self.databases:
            self.databases[kind] = KINDS[kind]("tests")
        database = self.databases[kind]
        if state not in database.states:
            self._assemble_on(database, state)
        database.reset(state)
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

    def _assemble_on(self, database: Database, state: str) -> None:
        """Once for each database: it takes ten times as long as bringing the rows back."""
        from tests import cast, world  # as above

        database.reset()
        with self.app(database).app_context():
            there = cast.assemble()
            self.cast_rows = {name: (type(row), row.id) for name, row in vars(there).items()}
            if state == WORLD:
                with time_machine.travel(world.MOMENT, tick=False):
                    self.worlds[database.name] = world.assemble(self.app(database), there)
            db.session.remove()
            db.engine.dispose()
        database.remember(state)
