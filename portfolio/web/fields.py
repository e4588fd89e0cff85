"""Form fields of our own: an ISO week, a share, a service key; and the base form that words refusals."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import DateField, HiddenField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange
from wtforms.widgets import CheckboxInput, ListWidget, Select

from portfolio.planning.weeks import Week
from portfolio.web.problems import Problem, describe

DATE_FORMATS = ["%d.%m.%Y", "%Y-%m-%d"]


class BaseForm(FlaskForm):
    """A form that can carry a version and shows typed refusals next to the field they concern."""

    def validate(self, extra_validators: Any = None) -> bool:
        """What cannot be read is said once: whether it keeps to limits is then no question."""
        valid = bool(super().validate(extra_validators))
        for field in self:
            unreadable = list(field.process_errors)
            if unreadable and list(field.errors)[: len(unreadable)] == unreadable:
                field.errors = unreadable
        return valid

    def refuse(self, problem: Problem) -> None:
        """Put the sentence for `problem` at its field, or on top of the form."""
        field = self._fields.get(problem.field or "")
        sentence = describe(problem)
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


class VersionedForm(BaseForm):
    """A form for something two people may edit: it remembers the version it was opened with."""

    version = HiddenField()

    def is_stale(self, version: int) -> bool:
        """Whether the thing has moved on since this form was opened; who does not say when that was is late too."""
        return bool(self.version.raw_data != [str(version)])


class StepForm(VersionedForm):
    """A button: a step that says nothing more than that it is taken."""


class GermanDateField(DateField):
    """Takes 23.11.2026 and 2026-11-23; renders the native date picker."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_l("Bitte ein Datum eingeben, zum Beispiel 23.11.2026.")) from error


class WeekField(StringField):
    """An ISO week typed as 2026-W49 or KW 49/2026; `data` is a Week or None."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"KW {self.data.number:02d}/{self.data.year}"

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = Week.parse(text)
            except ValueError as error:
                raise ValueError(_l("Bitte eine Kalenderwoche eingeben, zum Beispiel KW 49/2026.")) from error


class ShareField(IntegerField):
    """A whole percentage of a full-time post, 1 to 100."""

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        limits = NumberRange(1, 100, _l("Der Anteil muss zwischen 1 und 100 Prozent liegen."))
        super().__init__(label, [*validators, limits], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip().removesuffix("%").strip() if valuelist else ""
        super().process_formdata([text] if text else [])


class CheckboxesField(SelectMultipleField):
    """Several of a few, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        # WTForms has no German for several choices.
        super().__init__(label, validators, invalid_choice_message=_l("Bitte wählen Sie aus der Liste."), **kwargs)


class PlainSelect(Select):
    """Written by hand: WTForms takes longer over an option than the database over the row it names."""

    @classmethod
    def render_option(cls, choice: SelectChoice, **kwargs: Any) -> Markup:
        if kwargs or choice.render_kw:
            return Markup(super().render_option(choice, **kwargs))  # noqa: S704 - it is markup
        chosen, value, label = "selected " * choice.selected, escape(choice.value), escape(choice.label or choice.value)
        return Markup(f'<option {chosen}value="{value}">{label}</option>')  # noqa: S704 - both are escaped


class ChoiceField(SelectField):
    """A choice among a few words."""

    widget = PlainSelect()


class IdSelectField(ChoiceField):
    """A choice among rows: `data` is an id or None; the empty choice stands first."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, coerce=_id_or_none, **kwargs)

    def offer(self, rows: list[tuple[int, str]], empty: Any = "") -> None:
        """Offer `rows` (id, label) after the empty choice."""
        self.choices = [("", empty), *rows]


def _id_or_none(value: Any) -> int | None:
    return None if value in (None, "", "None") else int(value)
