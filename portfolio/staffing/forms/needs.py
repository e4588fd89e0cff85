"""A need, and the filters of the list of needs."""

from typing import Any, TypeAlias

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange, StopValidation, ValidationError
from wtforms.widgets import SearchInput

from portfolio.access.forms.text import NUL
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.pool.labels import LEVELS
from portfolio.staffing.labels import NEED_KINDS, PRIORITIES, level_label
from portfolio.staffing.queries import NeedFilter
from portfolio.staffing.services import NeedData
from portfolio.web.fields import BaseForm, ChoiceField, IdSelectField, ShareField, VersionedForm, WeekField

Choices: TypeAlias = list[tuple[int, str]]
"""Ids with the names to choose by."""
LONGEST_SEARCH = 200
HORIZONS = (4, 8, 12, 26)
MOST_PERSON_DAYS = 10_000


def searchable(text: str | None) -> str:
    """A search text as the database takes it."""
    return (text or "").replace(NUL, "")[:LONGEST_SEARCH]


def chosen_id(field: IdSelectField, form: BaseForm) -> int | None:
    """The id chosen in a filter; what is not on offer filters nothing."""
    return field.data if field.validate(form) else None


class NeedFilterForm(BaseForm):
    """Filters in the address: what makes no sense filters nothing."""

    class Meta:
        csrf = False

    q = StringField(_l("Projekt"), filters=[searchable], widget=SearchInput())
    skill = IdSelectField(_l("Fähigkeit"))
    organisation = IdSelectField(_l("Auftraggeber"))
    within = IdSelectField(_l("Beginn"))

    def __init__(self, arguments: Any, skills: Choices, organisations: Choices) -> None:
        super().__init__(arguments)
        self.skill.offer(skills, _("Alle Fähigkeiten"))
        self.organisation.offer(organisations, _("Alle Auftraggeber"))
        horizons = [(weeks, _("in den nächsten %(weeks)s Wochen", weeks=weeks)) for weeks in HORIZONS]
        self.within.offer(horizons, _("Jederzeit"))

    def chosen(self, this_week: Week) -> NeedFilter:
        within = chosen_id(self.within, self)
        return NeedFilter(
            from_week=this_week,
            starts_until=None if within is None else this_week + within,
            text=self.q.data or "",
            skill_id=chosen_id(self.skill, self),
            organisation_id=chosen_id(self.organisation, self),
        )


def of_a_volume(form: Any, field: Any) -> None:
    """An empty field is right unless the need is a volume."""
    if "".join(field.raw_data or ()).strip():
        return
    field.errors = []
    missing = form.kind.data == NeedKind.VOLUME.value
    raise StopValidation(_("Bitte geben Sie an, wie viele Personentage gebraucht werden.") if missing else "")


class NeedForm(VersionedForm):
    skill_id = IdSelectField(_l("Fähigkeit"), [InputRequired(_l("Bitte wählen Sie eine Fähigkeit."))])
    level = ChoiceField(_l("Mindeststufe"), coerce=int, default=2)
    kind = ChoiceField(_l("Art"), default=NeedKind.STEADY.value)
    share = ShareField(
        _l("Arbeitszeitanteil in Prozent"),
        [InputRequired(_l("Bitte geben Sie den Anteil an einer Vollzeitstelle an."))],
        description=_l("Bei einer Menge der höchste Anteil in einer Woche."),
    )
    person_days = IntegerField(
        _l("Personentage"),
        [of_a_volume, NumberRange(1, MOST_PERSON_DAYS, _l("Bitte eine Zahl von 1 bis 10.000 eingeben."))],
        description=_l("Nur bei einer Menge. Ein Personentag hat 8 Stunden."),
    )
    from_week = WeekField(_l("Von Woche"), [InputRequired(_l("Bitte geben Sie die erste Woche an."))])
    to_week = WeekField(_l("Bis Woche"), [InputRequired(_l("Bitte geben Sie die letzte Woche an."))])
    priority = ChoiceField(_l("Priorität"), coerce=int, default=3)
    mandatory = BooleanField(
        _l("Zwingend"), description=_l("Ohne diese Besetzung kann das Projekt nicht weiterarbeiten.")
    )

    def __init__(self, skills: Choices, **values: Any) -> None:
        super().__init__(**values)
        self.skill_id.offer(skills, _("Bitte wählen"))
        self.level.choices = [(level, level_label(level)) for level in LEVELS]
        self.kind.choices = [(kind.value, label) for kind, label in NEED_KINDS.items()]
        self.priority.choices = list(PRIORITIES.items())

    def validate_to_week(self, field: Any) -> None:
        if self.from_week.data and field.data and field.data < self.from_week.data:
            raise ValidationError(_("Die letzte Woche liegt vor der ersten."))

    def need_data(self, project_id: int) -> NeedData:
        return NeedData(
            project_id=project_id,
            skill_id=self.skill_id.data or 0,
            level=self.level.data,
            kind=NeedKind(self.kind.data),
            share=self.share.data or 0,
            person_days=self.person_days.data,
            from_week=self.from_week.data,
            to_week=self.to_week.data,
            priority=self.priority.data,
            mandatory=self.mandatory.data,
        )
