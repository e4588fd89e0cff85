"""Text from people: what must not reach the database."""

from typing import Any

from flask_babel import gettext as _
from wtforms.validators import ValidationError


def printable(_form: Any, field: Any) -> None:
    """Refuse the NUL character, which PostgreSQL cannot keep."""
    if "\0" in (field.data or ""):
        raise ValidationError(_("Bitte verwenden Sie nur druckbare Zeichen."))
