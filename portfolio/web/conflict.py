"""Two people changed the same thing: what is stored now beside what was typed."""

from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import gettext as _

from portfolio.web.fields import StepForm, VersionedForm
from portfolio.web.problems import Stale

NOT_SHOWN = frozenset({"CSRFTokenField", "HiddenField", "SubmitField"})


class HasVersion(Protocol):
    version: Any


def refuse_stale(thing: HasVersion) -> None:
    """Refuse a button pressed on a page that does not show, or does not say that it shows, `thing` as it is now."""
    if StepForm().is_stale(thing.version):
        raise Stale


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose stored value is not the typed one, both as text."""

    label: str
    stored: str
    typed: str


def differences(stored: VersionedForm, typed: VersionedForm) -> list[Difference]:
    """What `typed`, filled in by the user, would change of `stored`, filled from the record as it is now."""
    pairs = ((field, _words(stored[field.name]), _words(field)) for field in typed if field.type not in NOT_SHOWN)
    return [Difference(str(field.label.text), old, new) for field, old, new in pairs if old != new]


def _words(field: Any) -> str:
    """The value of a field as the user reads it in the form."""
    if hasattr(field, "entries"):
        return "; ".join(filter(None, map(_words, field.entries)))
    if hasattr(field, "form"):
        return ", ".join(filter(None, map(_words, field.form)))
    if field.type in NOT_SHOWN:
        return ""
    if hasattr(field, "iter_choices"):
        return ", ".join(str(choice.label) for choice in field.iter_choices() if choice.selected and choice.value != "")
    if field.type == "BooleanField":
        return _("ja") if field.data else _("nein")
    return str(field._value()).strip()
