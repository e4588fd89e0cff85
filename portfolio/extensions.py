"""Extensions and the typed declarative base; everything above imports from here."""

import enum
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Dialect, Enum, Integer, MetaData, TypeDecorator, event, inspect
from sqlalchemy.orm import (
    ColumnProperty,
    DeclarativeBase,
    Mapped,
    QueryableAttribute,
    declared_attr,
    mapped_column,
    object_mapper,
    registry,
)
from sqlalchemy.orm.attributes import flag_modified

from portfolio.planning.weeks import Week

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class WeekType(TypeDecorator[Week]):
    """An ISO week, stored as its linear index so that ranges and sums work in SQL."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Week | None, dialect: Dialect) -> int | None:
        return None if value is None else value.index

    def process_result_value(self, value: int | None, dialect: Dialect) -> Week | None:
        return None if value is None else Week.from_index(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC on both databases (SQLite keeps no zone)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def _values(members: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in members]


class Base(DeclarativeBase):
    """Base of all models: names for every constraint, our own types by annotation."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            Week: WeekType,
            datetime: UtcDateTime,
            enum.StrEnum: Enum(enum.StrEnum, native_enum=False, length=40, values_callable=_values),
        },
    )


class Versioned:
    """Mixin for whatever two people may edit: a stale write fails instead of overwriting."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    def touch(self) -> None:
        """Count a change of rows that belong to this one as a change of it: its version moves on.

        To be called last: a column that is flagged has forgotten what it was before.
        """
        state = inspect(self)
        columns = (column.key for column in object_mapper(self).column_attrs if not column.columns[0].primary_key)
        own = [key for key in columns if key != "version"]
        if any(state.attrs[key].history.has_changes() for key in own):
            return  # it moves on of itself
        getattr(self, own[0])  # an expired row has nothing yet that could be flagged
        flag_modified(self, own[0])


class Unaudited:
    """Mixin for tables that are no facts of the field: sessions, attempts, jobs, the change log itself."""


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True, compare_type=True)
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()

if TYPE_CHECKING:
    Model = Base
else:
    Model: Any = db.Model


@event.listens_for(Model, "attribute_instrument", propagate=True)
def _keep_old_value(_class: type, _key: str, attribute: QueryableAttribute[Any]) -> None:
    """Load an old value before it is replaced: after a commit the change log would otherwise not know it.

    Not that of a deferred column: those are derived and not logged, and loading one while another attribute is being
    set would flush that one's change half made, so that the log missed it.
    """
    if isinstance(attribute.property, ColumnProperty) and not attribute.property.deferred:
        event.listen(attribute, "set", lambda target, value, old, initiator: None, active_history=True)
