"""Text from people: what must not reach the database, and what is left of it."""

from typing import Any

from flask_babel import gettext as _
from wtforms.validators import ValidationError

NUL = "\0"
LONGEST_SEARCH = 200


def printable(_form: Any, field: Any) -> None:
    """Refuse the NUL character, which neither PostgreSQL nor HTML can carry; the rest of the text is kept."""
    if NUL in (field.data or ""):
        field.data = field.data.replace(NUL, "")
        raise ValidationError(_("Dieser Text enthält ein unzulässiges Zeichen; es wurde entfernt."))


def stripped(text: str | None) -> str | None:
    """The text without white space around it, None when nothing is left."""
    return (text or "").strip() or None


def searchable(text: str | None) -> str:
    """A search text as the database takes it."""
    return (text or "").replace(NUL, "")[:LONGEST_SEARCH]
