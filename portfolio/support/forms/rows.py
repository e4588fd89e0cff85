"""Repeated rows that say who is wanted and how much: requests, counter-offers and templates are made of these."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, FieldList, IntegerField
from wtforms.fields.choices import SelectChoice, enum_coerce
from wtforms.validators import NumberRange, Optional

from portfolio.planning.problem import NeedKind
from portfolio.pool.models import Skill
from portfolio.support import labels
from portfolio.support.problems import Incomplete, NeedRefused
from portfolio.support.services.needs import PERSON_DAYS
from portfolio.web.fields import BaseForm, ChoiceField, IdSelectField, ShareField, VersionedForm
from portfolio.web.problems import Problem

MOST_ROWS = 60


def _levels() -> list[SelectChoice]:
    return [SelectChoice(str(level), f"{level} – {words}") for level, words in labels.LEVELS.items()]


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(kind.value, words) for kind, words in labels.NEED_KINDS.items()]


class AmountForm(BaseForm):
    """One row. One in which nothing was entered does not count."""

    class Meta:
        csrf = False  # the form around it carries the token

    skill_id = IdSelectField(_l("Fähigkeit"))
    level = ChoiceField(_l("Mindeststufe"), coerce=int, default=2, choices=_levels)
    kind = ChoiceField(_l("Art"), coerce=enum_coerce(NeedKind), default=NeedKind.STEADY, choices=_kinds)
    share = ShareField(_l("Anteil in %"), [Optional()])
    person_days = IntegerField(
        _l("Personentage"),
        [Optional(), NumberRange(PERSON_DAYS[0], PERSON_DAYS[-1], _l("Bitte mindestens 1 und höchstens 10.000 Tage."))],
    )
    mandatory = BooleanField(_l("zwingend"))

    @property
    def is_blank(self) -> bool:
        """Whether the row is as an added one begins."""
        return not any(_is_touched(field) for field in self if field.type != "HiddenField")

    @property
    def amount(self) -> dict[str, Any]:
        """What was entered, once it is complete."""
        names = ("skill_id", "level", "kind", "share", "person_days")
        return {name: self[name].data for name in names} | {"mandatory": bool(self.mandatory.data)}

    def _demanded(self) -> Iterable[tuple[Field, object, str]]:
        """Fields that must say something: what they say, and the sentence where that is nothing."""
        yield self.skill_id, self.skill_id.data, _("Bitte wählen Sie eine Fähigkeit.")
        yield self.share, self.share.data, _("Bitte geben Sie den Anteil an.")
        days = self.person_days.data if self.kind.data is NeedKind.VOLUME else 0
        yield self.person_days, days, _("Bitte geben Sie die Personentage an.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Days of a volume that has become a steady need are hidden and no longer matter."""
        if self.kind.data is NeedKind.STEADY:
            self.person_days.process_errors = []
            self.person_days.data = None
        return bool(super().validate(extra_validators))

    def complain(self) -> None:
        """Say at its field what the row lacks."""
        for field, value, sentence in self._demanded():
            if value is None and not field.errors:
                field.errors = [sentence]


def _is_touched(field: Field) -> bool:
    nonsense = field.process_errors and any(str(text).strip() for text in field.raw_data or ())
    return bool(field.errors or nonsense) or (field.data or None) != field.default


class AmountRows(VersionedForm):
    """A form with repeated rows in `needs`; buttons add, remove and prefill rows also without JavaScript."""

    needs: FieldList
    row_form: type[AmountForm] = AmountForm
    skill_choices: list[Any] = []
    reworked = False
    """Whether a button has just changed the rows; `notice` says how, where that needs words."""
    notice: str | None = None

    def offer_skills(self, skills: Iterable[Skill]) -> None:
        """Offer the catalogue in every row, by area."""
        catalogue = (SelectChoice(str(skill.id), skill.name, optgroup=skill.area) for skill in skills)
        self.skill_choices = [SelectChoice("", _("– bitte wählen –")), *catalogue]
        for row in self.amounts:
            row.skill_id.choices = self.skill_choices

    @property
    def amounts(self) -> list[AmountForm]:
        return [cast(AmountForm, entry.form) for entry in self.needs.entries]

    @property
    def empty_row(self) -> AmountForm:
        """The row that the browser copies and numbers anew; its number is none of the others'."""
        row = self.row_form(formdata=None, prefix=f"{self.needs.name}-{MOST_ROWS}-")
        row.skill_id.choices = self.skill_choices
        return row

    def add_row(self, **values: Any) -> bool:
        """Add a row, where there is room for it."""
        if len(self.needs.entries) >= MOST_ROWS:
            return False
        entry = self.needs.append_entry(values or None)
        entry.form.skill_id.choices = self.skill_choices
        return True

    def remove_row(self, position: int) -> None:
        """Remove a row; the last one only becomes empty."""
        if 0 <= position < len(self.needs.entries):
            self.needs.pop_entry(position)
        if not self.needs.entries:
            self.add_row()

    def prefill(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add rows behind those in which something stands; how many there was room for."""
        for position in reversed([at for at, row in enumerate(self.amounts) if row.is_blank]):
            self.needs.pop_entry(position)
        added = sum(self.add_row(**row) for row in rows)
        if not self.needs.entries:
            self.add_row()
        return added

    def validate(self, extra_validators: Any = None) -> bool:
        """Every row in which something was entered must be complete; each says what it lacks."""
        shape = super().validate(extra_validators)
        for row in self.amounts:
            if not row.is_blank:
                self.complain_of(row)
        return bool(shape) and not any(row.errors for row in self.amounts)

    def complain_of(self, row: AmountForm) -> None:
        """Say at its fields what a row lacks that is not blank."""
        row.complain()

    def refuse(self, problem: Problem) -> None:
        """Put the sentence at every field concerned: the row at fault, all that is missing."""
        if isinstance(problem, NeedRefused):
            self._refuse_need(problem)
        elif isinstance(problem, Incomplete):
            self._refuse_missing(problem)
        else:
            super().refuse(problem)

    def _refuse_need(self, problem: NeedRefused) -> None:
        entered = [row for row in self.amounts if not row.is_blank]
        field = entered[problem.position - 1][problem.fault.value]
        field.errors = [*field.errors, labels.fault_of_need(problem.fault)]

    def _refuse_missing(self, problem: Incomplete) -> None:
        for name in problem.fields:
            field = self._fields.get(name)
            if field is None:
                super().refuse(problem)
            else:
                field.errors = [*field.errors, labels.missing(name)]
