"""Rows of needs: one form for each, as the request and the counter-offer have them."""

from collections.abc import Iterable
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, FieldList, FormField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice, enum_coerce
from wtforms.validators import NumberRange, Optional

from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.pool.models import Skill
from portfolio.support import labels
from portfolio.support.models import RequestNeed
from portfolio.support.problems import Incomplete, NeedRefused
from portfolio.support.services import RequestNeedData
from portfolio.support.services.needs import PERSON_DAYS
from portfolio.support.templates import Row
from portfolio.web.fields import BaseForm, IdSelectField, ShareField, VersionedForm, WeekField
from portfolio.web.problems import Problem

MOST_ROWS = 60


def _levels() -> list[SelectChoice]:
    return [SelectChoice(str(level), f"{level} – {words}") for level, words in labels.LEVELS.items()]


def _priorities() -> list[SelectChoice]:
    return [SelectChoice(str(priority), words) for priority, words in labels.PRIORITIES.items()]


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(kind.value, words) for kind, words in labels.NEED_KINDS.items()]


class NeedForm(BaseForm):
    """One need. A row in which nothing was entered is no need."""

    class Meta:
        csrf = False  # the form around it carries the token

    skill_id = IdSelectField(_l("Fähigkeit"))
    level = SelectField(_l("Mindeststufe"), coerce=int, default=2, choices=_levels)
    kind = SelectField(
        _l("Art"),
        coerce=enum_coerce(NeedKind),
        default=NeedKind.STEADY,
        choices=_kinds,
    )
    share = ShareField(_l("Anteil in %"), [Optional()])
    person_days = IntegerField(
        _l("Personentage"),
        [Optional(), NumberRange(PERSON_DAYS[0], PERSON_DAYS[-1], _l("Bitte mindestens 1 und höchstens 10.000 Tage."))],
    )
    from_week = WeekField(_l("von"))
    to_week = WeekField(_l("bis"))
    priority = SelectField(_l("Priorität"), coerce=int, default=3, choices=_priorities)
    mandatory = BooleanField(_l("zwingend"))

    @property
    def is_blank(self) -> bool:
        typed = (self.skill_id, self.share, self.person_days, self.from_week, self.to_week)
        return not any(field.data or field.errors for field in typed)

    def require(self, first: Week | None, last: Week | None) -> bool:
        """Whether everything is there, the weeks of the request filling in for those of the need."""
        no_week = _("Bitte Woche angeben, hier oder oben bei der Anfrage.")
        demanded: tuple[tuple[Field, object, str], ...] = (
            (self.skill_id, self.skill_id.data, _("Bitte wählen Sie eine Fähigkeit.")),
            (self.share, self.share.data, _("Bitte geben Sie den Anteil an.")),
            (self.from_week, self.from_week.data or first, no_week),
            (self.to_week, self.to_week.data or last, no_week),
        )
        for field, value, sentence in demanded:
            if value is None and not field.errors:
                field.errors = [sentence]
        return not self.errors

    def need_data(self, first: Week | None, last: Week | None) -> RequestNeedData:
        """The need, once it is complete."""
        return RequestNeedData(
            skill_id=cast(int, self.skill_id.data),
            level=self.level.data,
            kind=self.kind.data,
            share=cast(int, self.share.data),
            person_days=self.person_days.data,
            from_week=cast(Week, self.from_week.data or first),
            to_week=cast(Week, self.to_week.data or last),
            priority=self.priority.data,
            mandatory=self.mandatory.data,
        )


class NeedRows(VersionedForm):
    """A form with repeated needs; buttons add, remove and prefill rows also without JavaScript."""

    needs = FieldList(FormField(NeedForm), _l("Bedarfe"), min_entries=1, max_entries=MOST_ROWS)

    skill_choices: list[Any] = []

    def offer_skills(self, skills: Iterable[Skill]) -> None:
        """Offer the catalogue in every row, by area."""
        catalogue = (SelectChoice(str(skill.id), skill.name, optgroup=skill.area) for skill in skills)
        self.skill_choices = [SelectChoice("", _("– bitte wählen –")), *catalogue]
        for row in self.rows:
            row.skill_id.choices = self.skill_choices

    @property
    def usual_weeks(self) -> tuple[Week | None, Week | None]:
        """What a row without weeks of its own means."""
        raise NotImplementedError

    @property
    def rows(self) -> list[NeedForm]:
        return [cast(NeedForm, entry.form) for entry in self.needs.entries]

    @property
    def empty_row(self) -> NeedForm:
        """The row that the browser copies and numbers anew; its number is none of the others'."""
        row = NeedForm(formdata=None, prefix=f"{self.needs.name}-{MOST_ROWS}-")
        row.skill_id.choices = self.skill_choices
        return row

    def add_row(self, **values: Any) -> None:
        if len(self.needs.entries) < MOST_ROWS:
            entry = self.needs.append_entry(values or None)
            entry.form.skill_id.choices = self.skill_choices

    def remove_row(self, position: int) -> None:
        """Remove a row; the last one only becomes empty."""
        if 0 <= position < len(self.needs.entries):
            self.needs.pop_entry(position)
        if not self.needs.entries:
            self.add_row()

    def prefill(self, rows: Iterable[Row], skill_ids: dict[str, int]) -> None:
        """Add the rows of a template whose skills the catalogue knows; empty rows make way."""
        for position in reversed([at for at, row in enumerate(self.rows) if row.is_blank]):
            self.needs.pop_entry(position)
        for row in rows:
            if row.skill_code in skill_ids:
                self.add_row(
                    skill_id=skill_ids[row.skill_code],
                    level=row.level,
                    kind=row.kind,
                    share=row.share,
                    person_days=row.person_days,
                    mandatory=row.mandatory,
                )
        if not self.needs.entries:
            self.add_row()

    def validate(self, extra_validators: Any = None) -> bool:
        """Every row in which something was entered must be complete; each says what it lacks."""
        shape = super().validate(extra_validators)
        complete = [row.require(*self.usual_weeks) for row in self.rows if not row.is_blank]
        self._gather_errors()
        return shape and all(complete)

    def _gather_errors(self) -> None:
        """The list knows of the errors of its rows only what it found itself."""
        if any(row.errors for row in self.rows):
            self.needs.errors = [row.errors for row in self.rows]

    def needs_data(self) -> tuple[RequestNeedData, ...]:
        """The needs entered, once they are complete."""
        return tuple(row.need_data(*self.usual_weeks) for row in self.rows if not row.is_blank)

    def refuse(self, problem: Problem) -> None:
        """Put the sentence at every field concerned: the row at fault, all that is missing."""
        if isinstance(problem, NeedRefused):
            self._refuse_need(problem)
        elif isinstance(problem, Incomplete):
            self._refuse_missing(problem)
        else:
            super().refuse(problem)

    def _refuse_need(self, problem: NeedRefused) -> None:
        entered = [row for row in self.rows if not row.is_blank]
        field = entered[problem.position - 1][problem.fault.value]
        field.errors = [*field.errors, labels.fault_of_need(problem.fault)]
        self._gather_errors()

    def _refuse_missing(self, problem: Incomplete) -> None:
        for name in problem.fields:
            field = self._fields.get(name)
            if field is None:
                super().refuse(problem)
            else:
                field.errors = [*field.errors, labels.missing(name)]


def as_entered(need: RequestNeed, first: Week | None, last: Week | None) -> dict[str, Any]:
    """A stored need as a row; weeks that are those of the request stay empty, so that they follow it."""
    return {
        "skill_id": need.skill_id,
        "level": need.level,
        "kind": need.kind,
        "share": need.share,
        "person_days": need.person_days,
        "from_week": None if need.from_week == first else need.from_week,
        "to_week": None if need.to_week == last else need.to_week,
        "priority": need.priority,
        "mandatory": need.mandatory,
    }
