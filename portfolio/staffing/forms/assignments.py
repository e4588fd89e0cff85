"""Booking somebody, changing the booking, and taking it a step further."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from portfolio.access.forms.text import printable
from portfolio.planning.weeks import WeekRange
from portfolio.pool.models import Person
from portfolio.pool.problems import Excess
from portfolio.staffing.exits import exits
from portfolio.staffing.labels import FORMS, need_title
from portfolio.staffing.models import Assignment, AssignmentForm, AssignmentState, Need
from portfolio.staffing.services import AssignmentData
from portfolio.web.fields import ChoiceField, GermanDateField, IdSelectField, ShareField, VersionedForm, WeekField
from portfolio.web.formats import format_share, format_weeks


@dataclass(frozen=True, slots=True)
class Way:
    """What would fit instead of what was too much: in words, and the fields that differ."""

    label: str
    changes: Mapping[str, Any]


def over_all(share: int) -> str:
    return _("Mit %(share)s über alle Wochen", share=format_share(share))


def with_fewer_weeks(share: int, weeks: WeekRange) -> str:
    return _("Mit %(share)s, nur %(weeks)s", share=format_share(share), weeks=format_weeks(weeks.first, weeks.last))


def override_reason() -> TextAreaField:
    """Asked for only once it was too much."""
    return TextAreaField(
        _l("Begründung der Überbuchung"),
        [Length(max=1000, message=_l("Bitte begründen Sie mit höchstens 1.000 Zeichen.")), printable],
        description=_l("Wird protokolliert. Bitte keine Gesundheits- oder Personalaktendaten."),
    )


class BookingForm(VersionedForm):
    """The three inputs of a booking; the reason is asked for only once it was too much."""

    share = ShareField(
        _l("Anteil in Prozent"), [InputRequired(_l("Bitte geben Sie den Anteil an einer Vollzeitstelle an."))]
    )
    from_week = WeekField(_l("Von Woche"), [InputRequired(_l("Bitte geben Sie die erste Woche an."))])
    to_week = WeekField(_l("Bis Woche"), [InputRequired(_l("Bitte geben Sie die letzte Woche an."))])
    override_reason = override_reason()

    def validate_to_week(self, field: Any) -> None:
        if self.from_week.data and field.data and field.data < self.from_week.data:
            raise ValidationError(_("Die letzte Woche liegt vor der ersten."))

    def ways_out(self, excess: Sequence[Excess]) -> list[Way]:
        """A smaller share over all weeks, or the same share over fewer, where the form met with `excess`."""
        found, ways = exits(WeekRange(self.from_week.data, self.to_week.data), excess), []
        if found.share:
            ways.append(Way(over_all(found.share), {"share": found.share}))
        if found.weeks:
            weeks = {"from_week": found.weeks.first, "to_week": found.weeks.last}
            ways.append(Way(with_fewer_weeks(self.share.data or 0, found.weeks), weeks))
        return ways


class NewBookingForm(BookingForm):
    """Whether person and need exist, the service knows; the choices are read only where they are shown."""

    person_id = IdSelectField(_l("Person"), [InputRequired(_l("Bitte wählen Sie eine Person."))], validate_choice=False)
    need_id = IdSelectField(_l("Bedarf"), [Optional()], validate_choice=False)

    def offer(self, persons: Sequence[Person], needs: Sequence[Need]) -> None:
        self.person_id.offer(person_choices(persons), _("Bitte wählen"))
        self.need_id.offer(_need_choices(needs), _("Ohne Bedarf"))

    def assignment_data(self, project_id: int) -> AssignmentData:
        return AssignmentData(
            person_id=self.person_id.data or 0,
            project_id=project_id,
            need_id=self.need_id.data,
            share=self.share.data or 0,
            from_week=self.from_week.data,
            to_week=self.to_week.data,
        )


class ChangeForm(BookingForm):
    need_id = IdSelectField(_l("Bedarf"), [Optional()])
    form = ChoiceField(_l("Form der Mitarbeit"))

    def offer(self, needs: Sequence[Need]) -> None:
        self.need_id.offer(_need_choices(needs), _("Ohne Bedarf"))
        self.form.choices = [(form.value, label) for form, label in FORMS.items()]

    def assignment_data(self, assignment: Assignment) -> AssignmentData:
        return AssignmentData(
            person_id=assignment.person_id,
            project_id=assignment.project_id,
            need_id=self.need_id.data,
            share=self.share.data or 0,
            from_week=self.from_week.data,
            to_week=self.to_week.data,
            state=assignment.state,
            form=AssignmentForm(self.form.data),
        )


class StateForm(VersionedForm):
    """The next state, with date and reference where it is an agreement."""

    state = HiddenField()
    agreed_on = GermanDateField(_l("Einvernehmen erteilt am"), [Optional()])
    reference = StringField(
        _l("Aktenzeichen"), [Length(max=200, message=_l("Bitte höchstens 200 Zeichen eingeben.")), printable]
    )

    @property
    def wanted(self) -> AssignmentState | None:
        """The state asked for, None when there is no such state."""
        return AssignmentState(self.state.data) if self.state.data in set(AssignmentState) else None


def person_choices(persons: Sequence[Person]) -> list[tuple[int, str]]:
    """Id and name with the home authority, to choose from."""
    return [(person.id, _with_authority(person)) for person in persons]


def _with_authority(person: Person) -> str:
    return f"{person.name} ({person.home_organisation.code})" if person.home_organisation else person.name


def _need_choices(needs: Sequence[Need]) -> list[tuple[int, str]]:
    return [(need.id, f"{need_title(need)}, {format_weeks(need.from_week, need.to_week)}") for need in needs]
