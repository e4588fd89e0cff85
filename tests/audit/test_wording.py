"""Everything that the log can tell has a word and a reader."""

from sqlalchemy import Enum

from portfolio import factory  # noqa: F401  (loads all domains: their tables, and their words for values)
from portfolio.audit import subjects, wording
from portfolio.audit.labels import FIELDS, TYPES
from portfolio.audit.parts import _columns
from portfolio.extensions import Base, Unaudited
from tests.support.source import expect_none


def logged() -> list[tuple[str, list[str]]]:
    """Tables of which changes are logged, with the fields of an entry."""
    mappers = [mapper for mapper in Base.registry.mappers if not issubclass(mapper.class_, Unaudited)]
    return [
        (
            mapper.local_table.name,
            _columns(mapper) + [each.key for each in mapper.relationships if each.secondary is not None],
        )
        for mapper in mappers
    ]


def test_every_logged_table_has_a_word() -> None:
    expect_none(sorted({table for table, _fields in logged()} ^ set(TYPES)))


def test_every_logged_field_has_a_word() -> None:
    expect_none(f"{table}.{name}" for table, fields in logged() for name in fields if name not in FIELDS)


def test_every_value_of_a_choice_has_a_word() -> None:
    columns = [column for table, _fields in logged() for column in Base.metadata.tables[table].c]
    expect_none(
        f"{column}: {value.value}"
        for column in columns
        if isinstance(column.type, Enum)
        for value in column.type.enum_class or ()
        if value.value not in wording._WORDS.get(column.type.enum_class, {})
    )


def test_every_logged_table_has_readers() -> None:
    expect_none(sorted({table for table, _fields in logged()} ^ (subjects.PLANNING | subjects.TECHNICAL)))
