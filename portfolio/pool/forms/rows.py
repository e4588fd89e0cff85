"""Repeated rows in a form: a row left empty does not count, so that clearing one removes it."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import FieldList
from wtforms.validators import StopValidation

MOST_ROWS = 200


class Row(FlaskForm):
    """One row of a FieldList; the form around it carries the token."""

    class Meta:
        csrf = False

    @property
    def is_blank(self) -> bool:
        return not any(str(text).strip() for field in self for text in field.raw_data or ())


def needed(message: Any) -> Callable[[Row, Any], None]:
    """Required, unless the whole row was left empty."""

    def check(form: Row, field: Any) -> None:
        missing = not any(str(text).strip() for text in field.raw_data or ())
        if missing and not form.is_blank:
            field.errors = []
            raise StopValidation(str(message))

    return check


def filled(rows: FieldList) -> list[Any]:
    """The forms of the rows that say something."""
    return [entry.form for entry in rows.entries if not entry.form.is_blank]


def take_step(rows: FieldList, step: str) -> bool:
    """Add or remove a row for those whose browser cannot: "add", "remove:2". Whether that was asked for."""
    verb, _separator, place = step.partition(":")
    if verb == "add" and len(rows.entries) < MOST_ROWS:
        rows.append_entry()
    elif verb == "remove" and place.isdecimal() and int(place) < len(rows.entries):
        rows.entries.pop(int(place))
    return bool(step)


def spare_prefix(rows: FieldList) -> str:
    """The prefix of a row behind all others, from which the browser makes new ones."""
    return f"{rows.name}-{MOST_ROWS}-"
