"""The filters of the capacity page."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portfolio.planning.weeks import MAX_WEEK, MIN_WEEK, Week
from portfolio.staffing.forms.needs import Choices, chosen_id
from portfolio.web.fields import BaseForm, IdSelectField, WeekField

HORIZONS = (12, 26, 52, 104)
HORIZON = 26


class CapacityFilterForm(BaseForm):
    """Filters in the address: what makes no sense filters nothing."""

    class Meta:
        csrf = False

    from_week = WeekField(_l("Ab Woche"))
    weeks = IdSelectField(_l("Zeitraum"))
    skill = IdSelectField(_l("Fähigkeit"))
    authority = IdSelectField(_l("Stammdienststelle"))

    def __init__(self, arguments: Any, this_week: Week, skills: Choices, authorities: Choices) -> None:
        super().__init__(arguments)
        self.weeks.choices = [(weeks, _("%(weeks)s Wochen", weeks=weeks)) for weeks in HORIZONS]
        self.skill.offer(skills, _("Alle Fähigkeiten"))
        self.authority.offer(authorities, _("Alle Dienststellen"))
        if self.weeks.data not in HORIZONS:
            self.weeks.data = HORIZON
        self._begin(self.from_week.data or this_week)

    def _begin(self, wanted: Week) -> None:
        """Begin early enough for the calendar to hold all weeks, and show the week in the form."""
        self.first = min(max(wanted, MIN_WEEK), MAX_WEEK - (self.count - 1))
        self.from_week.raw_data, self.from_week.data = None, self.first

    @property
    def count(self) -> int:
        return int(self.weeks.data)

    @property
    def last(self) -> Week:
        return self.first + (self.count - 1)

    @property
    def skill_id(self) -> int | None:
        return chosen_id(self.skill, self)

    @property
    def authority_id(self) -> int | None:
        return chosen_id(self.authority, self)

    def arguments(self) -> dict[str, Any]:
        """The same filters for an address."""
        return {"from_week": self.first, "weeks": self.count, "skill": self.skill_id, "authority": self.authority_id}
