"""Entries of the change log in words: names instead of ids, dates and weeks as people write them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeAlias, cast

from flask_babel import gettext as _
from sqlalchemy import Boolean, Column, Date, Enum, Table, literal, select, union_all
from sqlalchemy.orm import Mapper

from portfolio.audit.changes import HIDDEN, Key, Values
from portfolio.audit.labels import field_label, type_label
from portfolio.audit.models import AuditEntry
from portfolio.extensions import Base, UtcDateTime, WeekType, db
from portfolio.planning.days_off import DayOff
from portfolio.planning.weeks import Week
from portfolio.web.formats import format_day, format_day_off, format_moment, format_share, format_week
from portfolio.web.models import DaysOff

Names: TypeAlias = Mapping[Key, str]
"""What to call an object, by table and id."""

_NAMED_BY = ("name", "title")
_SHARES = frozenset({"share", "contract_share", "covered_red", "covered_yellow"})
_ALONE = frozenset({"settings"})
"""Tables of one row, which needs no number."""
_WORDS: dict[type, Mapping[Any, Any]] = {}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of an entry in words; `before` and `after` are None where there was no value."""

    field: str
    before: str | None
    after: str | None


def name_values(kind: type, words: Mapping[Any, Any]) -> None:
    """Let a domain say what the log calls the values of its enumeration (or of its own type of column)."""
    _WORDS[kind] = words


def differences(object_type: str, values: Values, names: Names) -> list[Difference]:
    """The values of an entry in words."""
    return [
        Difference(field_label(name), *(_words(object_type, name, value, names) for value in pair))
        for name, pair in values.items()
    ]


def object_words(key: Key, names: Names) -> str:
    """Projekt „Kita-Antrag online“; Bedarf Nr. 5 for what has no name; the kind alone for an export."""
    kind, name = type_label(key[0]), names.get(key)
    if name:
        return _("%(kind)s „%(name)s“", kind=kind, name=name)
    return _("%(kind)s Nr. %(id)s", kind=kind, id=key[1]) if key[1] and key[0] not in _ALONE else kind


def load_names(entries: Iterable[AuditEntry], readable: Mapping[int, Values]) -> dict[Key, str]:
    """The names of all that `entries` and their readable values (by entry id) mention, in one query."""
    mentioned: set[Key] = set()
    for entry in entries:
        mentioned.add((entry.object_type, entry.object_id))
        if entry.project_id is not None:
            mentioned.add(("project", entry.project_id))
        for name, pair in readable.get(entry.id, {}).items():
            if table := referenced_table(entry.object_type, name):
                mentioned.update((table, each) for value in pair for each in _ids(value))
    return _names_of(mentioned)


def referenced_table(object_type: str, name: str) -> str | None:
    """The table whose ids a field holds."""
    mapper = _mappers().get(object_type)
    if mapper is None:
        return None
    if name in mapper.relationships:
        return _table_of(mapper.relationships[name].mapper)
    column = _column(object_type, name)
    return None if column is None else next((key.column.table.name for key in column.foreign_keys), None)


@cache
def _mappers() -> dict[str, Mapper[Any]]:
    return {_table_of(mapper): mapper for mapper in Base.registry.mappers}


def _table_of(mapper: Mapper[Any]) -> str:
    return str(cast(Table, mapper.local_table).name)


def _column(object_type: str, name: str) -> Column[Any] | None:
    table = Base.metadata.tables.get(object_type)
    return None if table is None else table.c.get(name)


def _ids(value: Any) -> Iterator[int]:
    yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, int))


def _names_of(mentioned: set[Key]) -> dict[Key, str]:
    """One SELECT over all the tables that give their rows a name."""
    parts = []
    for name in sorted({table for table, _id in mentioned}):
        column = next((found for by in _NAMED_BY if (found := _column(name, by)) is not None), None)
        if column is not None:
            ids = [identity for table, identity in mentioned if table == name]
            rows = column.table.c.id
            parts.append(select(literal(name).label("kind"), rows, column.label("name")).where(rows.in_(ids)))
    if not parts:
        return {}
    return {(row.kind, row.id): row.name for row in db.session.execute(union_all(*parts))}


def _words(object_type: str, name: str, value: Any, names: Names) -> str | None:
    if value is None:
        return None
    if value == HIDDEN:
        return HIDDEN
    if isinstance(value, list):
        return ", ".join(str(_words(object_type, name, each, names)) for each in value) or None
    table = referenced_table(object_type, name)
    if table is not None:
        return names.get((table, value)) or _("Nr. %(id)s", id=value)
    try:
        return _typed(_column(object_type, name), value)
    except ValueError:  # written when the field still held something else
        return str(value)


def _typed(column: Column[Any] | None, value: Any) -> str:
    kind = None if column is None else column.type
    words = _WORDS.get((kind.enum_class or str) if isinstance(kind, Enum) else type(kind), {})
    if value in words:
        return str(words[value])
    if isinstance(kind, Boolean):
        return _("ja") if value else _("nein")
    if isinstance(kind, Date):
        return format_day(date.fromisoformat(value))
    if isinstance(kind, UtcDateTime):
        return format_moment(datetime.fromisoformat(value))
    if isinstance(kind, WeekType):
        return format_week(Week.parse(value))
    if isinstance(kind, DaysOff):
        day, _space, name = value.partition(" ")
        return f"{format_day_off(DayOff.parse(day, name))} {name}"
    return format_share(value) if column is not None and column.name in _SHARES else str(value)
