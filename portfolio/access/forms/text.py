"""Text from people: what must not reach the database."""

from typing import Any

from flask_babel import gettext as _
from wtforms.validators import ValidationError

NUL = "\0"


def printable(_form: Any, field: Any) -> None:
    """Refuse the NUL character, which neither PostgreSQL nor HTML can carry; the rest of the text is kept."""
    if NUL in (field.data or ""):
        field.data = field.data.replace(NUL, "")
        raise ValidationError(_("Dieser Text enthält ein unzulässiges Zeichen; es wurde entfernt."))
