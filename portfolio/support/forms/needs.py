"""Rows of needs with their weeks, as the request and the counter-offer have them."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FieldList, FormField, HiddenField
from wtforms.fields.choices import SelectChoice

from portfolio.planning.weeks import Week
from portfolio.support import labels
from portfolio.support.forms.rows import MOST_ROWS, AmountForm, AmountRows
from portfolio.support.models import RequestNeed
from portfolio.support.problems import NeedFault
from portfolio.support.schedule import Schedule, asked, schedule
from portfolio.support.services import RequestNeedData
from portfolio.support.services.needs import faults
from portfolio.web.fields import ChoiceField, WeekField
from portfolio.web.text import number_in


def _priorities() -> list[SelectChoice]:
    return [SelectChoice(str(priority), words) for priority, words in labels.PRIORITIES.items()]


class NeedForm(AmountForm):
    """One need. Weeks left empty are those of the request."""

    need_id = HiddenField()
    from_week = WeekField(_l("von"))
    to_week = WeekField(_l("bis"))
    priority = ChoiceField(_l("Priorität"), coerce=int, default=3, choices=_priorities)

    usual_weeks: tuple[Week | None, Week | None] = (None, None)

    def _demanded(self) -> Iterable[tuple[Field, object, str]]:
        yield from super()._demanded()
        no_week = _("Bitte Woche angeben, hier oder oben bei der Anfrage.")
        yield self.from_week, self.from_week.data or self.usual_weeks[0], no_week
        yield self.to_week, self.to_week.data or self.usual_weeks[1], no_week

    def complain(self) -> None:
        super().complain()
        if self.errors:
            return
        need = self.need_data()
        own_weeks = self.from_week.data or self.to_week.data
        for fault in faults(need, {need.skill_id}):
            if fault is not NeedFault.WEEKS_REVERSED or own_weeks:  # else the request says it of its own
                field = self[fault.value]
                field.errors = [*field.errors, labels.fault_of_need(fault)]

    @property
    def stored_id(self) -> int | None:
        """The stored need that the row shows, as the browser says."""
        return number_in(str(self.need_id.data or ""))

    def sound(self, known_skills: Collection[int]) -> RequestNeedData | None:
        """The need, if it is complete and makes sense; says nothing at the fields."""
        entered = all(value is not None for _field, value, _sentence in self._demanded())
        nonsense = any(field.process_errors for field in (self.from_week, self.to_week, self.level, self.kind))
        if nonsense or not entered or self.priority.data is None:
            return None
        need = self.need_data()
        return None if any(faults(need, known_skills)) else need

    def need_data(self) -> RequestNeedData:
        """The need, once it is complete."""
        return RequestNeedData(
            id=self.stored_id,
            **self.amount,
            from_week=cast(Week, self.from_week.data or self.usual_weeks[0]),
            to_week=cast(Week, self.to_week.data or self.usual_weeks[1]),
            priority=self.priority.data,
        )


class NeedRows(AmountRows):
    """A form with needs."""

    row_form = NeedForm
    needs = FieldList(FormField(NeedForm), _l("Bedarfe"), min_entries=1, max_entries=MOST_ROWS)

    @property
    def usual_weeks(self) -> tuple[Week | None, Week | None]:
        """What a row without weeks of its own means."""
        raise NotImplementedError

    @property
    def rows(self) -> list[NeedForm]:
        return [cast(NeedForm, entry.form) for entry in self.needs.entries]

    @property
    def skill_names(self) -> dict[int, str]:
        """What the skills on offer are called."""
        return {int(choice.value): str(choice.label) for choice in self.skill_choices if choice.value}

    def complain_of(self, row: AmountForm) -> None:
        cast(NeedForm, row).usual_weeks = self.usual_weeks
        row.complain()

    def schedule(self, deadline: date | None) -> Schedule:
        """What the rows ask for over the weeks, as far as they are complete and make sense."""
        skills = self.skill_names
        drawn, incomplete = [], []
        for number, row in enumerate(self.rows, start=1):
            row.usual_weeks = self.usual_weeks
            if need := row.sound(skills):
                drawn.append(asked(number, skills[need.skill_id], need))
            elif not row.is_blank:
                incomplete.append(number)
        return schedule(drawn, *self.usual_weeks, deadline, incomplete)

    def needs_data(self) -> tuple[RequestNeedData, ...]:
        """The needs entered, once they are complete."""
        return tuple(row.need_data() for row in self.rows if not row.is_blank)


def as_entered(need: RequestNeed, first: Week | None, last: Week | None) -> dict[str, Any]:
    """A stored need as a row; weeks that are those of the request stay empty, so that they follow it."""
    return {
        "need_id": need.id,
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
