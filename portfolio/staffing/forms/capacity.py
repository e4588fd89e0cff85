"""The filters of charts along the weeks. They stand in the address: what makes no sense filters nothing."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portfolio.planning.weeks import MAX_WEEK, MIN_WEEK, Week, WeekRange
from portfolio.staffing.forms.needs import Choices, chosen_id
from portfolio.web.fields import BaseForm, IdSelectField, WeekField
from portfolio.web.formats import format_weeks

HORIZONS = (12, 26, 52, 104)
HORIZON = 26


class WeeksForm(BaseForm):
    """From which week on, and how many."""

    class Meta:
        csrf = False

    from_week = WeekField(_l("Ab Woche"))
    weeks = IdSelectField(_l("Zeitraum"))

    def __init__(self, arguments: Any, this_week: Week) -> None:
        super().__init__(arguments)
        self.weeks.choices = [(weeks, _("%(weeks)s Wochen", weeks=weeks)) for weeks in HORIZONS]
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
    def span(self) -> WeekRange:
        return WeekRange(self.first, self.last)

    def arguments(self) -> dict[str, Any]:
        """The same filters for an address."""
        return {"from_week": self.first, "weeks": self.count}


class CapacityFilterForm(WeeksForm):
    skill = IdSelectField(_l("Fähigkeit"))
    authority = IdSelectField(_l("Stammdienststelle"))

    def __init__(self, arguments: Any, this_week: Week, skills: Choices, authorities: Choices) -> None:
        super().__init__(arguments, this_week)
        self.skill.offer(skills, _("Alle Fähigkeiten"))
        self.authority.offer(authorities, _("Alle Dienststellen"))
        self.skill_id = chosen_id(self.skill, self)
        self.authority_id = chosen_id(self.authority, self)

    @property
    def authority_name(self) -> str | None:
        """How the chosen authority is called."""
        return dict(self.authority.choices).get(self.authority_id) if self.authority_id else None

    @property
    def what(self) -> str:
        """The weeks and what else is chosen, for titles: on paper the filters are not seen."""
        skill = dict(self.skill.choices).get(self.skill_id) if self.skill_id else None
        return ", ".join(filter(None, (format_weeks(self.first, self.last), skill, self.authority_name)))

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"skill": self.skill_id, "authority": self.authority_id}
