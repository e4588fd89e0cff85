"""Filters of the change log."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional, ValidationError

from portfolio.access.forms.filters import FilterForm
from portfolio.access.guard import LARGEST_ID
from portfolio.access.queries import ChangeFilter
from portfolio.audit.labels import TYPES
from portfolio.web.fields import ChoiceField, GermanDateField, IdSelectField


def _imaginable(_form: Any, field: Any) -> None:
    """A year near the ends of the calendar has no moment in another time zone."""
    if field.data and not 1900 <= field.data.year <= 2199:
        raise ValidationError(_("Bitte ein Datum zwischen 1900 und 2199 eingeben."))


class ChangeFilterForm(FilterForm):
    """What cannot be read filters nothing, and says so at its field."""

    object_type = ChoiceField(_l("Objekt"), validate_choice=False)
    object_id = IntegerField(
        _l("Nummer des Objekts"),
        [Optional(), NumberRange(1, LARGEST_ID, _l("Bitte geben Sie eine positive Zahl ein."))],
        render_kw={"inputmode": "numeric"},
    )
    actor = IdSelectField(_l("Wer"))
    first = GermanDateField(_l("Von"), [Optional(), _imaginable])
    last = GermanDateField(_l("Bis"), [Optional(), _imaginable])

    def __init__(self, arguments: Any, changers: list[tuple[int, str]]) -> None:
        super().__init__(arguments)
        types = sorted(((name, str(label)) for name, label in TYPES.items()), key=lambda each: each[1])
        self.object_type.choices = [("", _("Alle")), *types]
        self.actor.offer(changers, _("Alle"))
        self.validate()

    def wanted(self) -> ChangeFilter:
        """What the fields without an error ask for."""
        valid = {field.name: field.data or None for field in self if not field.errors}
        return ChangeFilter(
            object_type=valid["object_type"] if valid["object_type"] in TYPES else None,
            object_id=valid.get("object_id"),
            actor_id=valid.get("actor"),
            first=valid.get("first"),
            last=valid.get("last"),
        )
