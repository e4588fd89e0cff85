"""What a project can say beyond what it must: all of it optional."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from portfolio.access.forms.text import printable, stripped
from portfolio.projects import labels
from portfolio.projects.models import FimStatus
from portfolio.settings.labels import STATES
from portfolio.web.fields import CheckboxesField, ChoiceField, GermanDateField, VersionedForm
from portfolio.web.models import FederalState

E = TypeVar("E", bound=StrEnum)
_YES_NO = {"yes": True, "no": False, True: True, False: False}
_YES_NO_CHOICES = [SelectChoice("", "–"), SelectChoice("yes", _l("ja")), SelectChoice("no", _l("nein"))]


def optional_choice(label: Any, kind: type[E], words: Mapping[E, Any], **rest: Any) -> ChoiceField:
    """One of the values of an enumeration, or none."""
    return ChoiceField(
        label,
        coerce=_or_none(kind),
        choices=[SelectChoice("", "–"), *(SelectChoice(each.value, word) for each, word in words.items())],
        **rest,
    )


def _or_none(kind: type[E]) -> Callable[[Any], E | None]:
    return lambda value: kind(value) if value not in (None, "", "None") else None


def _yes_no(value: Any) -> bool | None:
    if value in (None, "", "None"):
        return None
    if value not in _YES_NO:
        raise ValueError(value)
    return _YES_NO[value]


def _most(limit: int, words: Any) -> list[Any]:
    return [Length(max=limit, message=words), printable]


def _fim(part: Any) -> ChoiceField:
    return optional_choice(part, FimStatus, labels.FIM_STATUSES)


class ParticularsForm(VersionedForm):
    implementing_state = optional_choice(
        _l("Umsetzendes Land"),
        FederalState,
        STATES,
        description=_l("Bei EfA: das Land, das die Leistung baut"),
    )
    technical_basis_ids = CheckboxesField(_l("Technische Basis"), coerce=int, choices=[])
    sdg_relevant = ChoiceField(
        _l("SDG-relevant"),
        coerce=_yes_no,
        choices=_YES_NO_CHOICES,
        description=_l("Ob die Leistung zum Single Digital Gateway der EU gehört"),
    )
    sdg_code = StringField(_l("SDG-Code"), _most(40, _l("Bitte höchstens 40 Zeichen eingeben.")), filters=[stripped])
    fim_service = _fim(_l("FIM-Leistung"))
    fim_process = _fim(_l("FIM-Prozess"))
    fim_data = _fim(_l("FIM-Datenfelder"))
    legal_basis = TextAreaField(
        _l("Rechtsgrundlage"), _most(1000, _l("Bitte höchstens 1.000 Zeichen eingeben.")), filters=[stripped]
    )
    file_reference = StringField(
        _l("Aktenzeichen"), _most(200, _l("Bitte höchstens 200 Zeichen eingeben.")), filters=[stripped]
    )
    mandated_on = GermanDateField(_l("Projektauftrag erteilt am"), [Optional()])

    @property
    def particulars(self) -> dict[str, Any]:
        return {name: _value(self._fields[name]) for name in PARTICULARS}


PARTICULARS = (
    *("implementing_state", "technical_basis_ids", "sdg_relevant", "sdg_code", "fim_service", "fim_process"),
    *("fim_data", "legal_basis", "file_reference", "mandated_on"),
)


def _value(field: Field) -> Any:
    return tuple(field.data or ()) if isinstance(field, CheckboxesField) else field.data
