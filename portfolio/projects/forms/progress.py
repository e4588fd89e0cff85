"""The two-minute form: one reporting date, a row for each milestone still to be reached."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional

from portfolio.access.forms.text import printable
from portfolio.projects.models import Milestone
from portfolio.projects.problems import RowsRefused
from portfolio.projects.services import ForecastData, Progress
from portfolio.web.fields import BaseForm, GermanDateField
from portfolio.web.problems import Problem, describe


class ProgressRow(BaseForm):
    """A milestone: a new forecast, or the day it was reached, or nothing."""

    class Meta:
        csrf = False  # the form around it carries the token

    milestone_id = HiddenField()
    date = GermanDateField(_l("Neuer Prognosetermin"), [Optional()])
    cause = StringField(
        _l("Ursache"), [Length(max=500, message=_l("Bitte höchstens 500 Zeichen eingeben.")), printable]
    )
    reached_on = GermanDateField(_l("Erreicht am"), [Optional()])

    @property
    def is_blank(self) -> bool:
        return self.date.data is None and self.reached_on.data is None

    def refuse(self, problem: Problem) -> None:
        """What concerns the reporting date is said at the forecast: the row has no field for it."""
        field = self.reached_on if problem.field == "reached_on" else self.date
        field.errors = [*field.errors, describe(problem)]


class ProgressForm(BaseForm):
    reporting_date = GermanDateField(
        _l("Stichtag"),
        [InputRequired(_l("Bitte geben Sie den Stichtag an."))],
        description=_l("Für diesen Tag gelten alle Prognosen unten."),
    )
    rows = FieldList(FormField(ProgressRow), _l("Meilenstein"))

    @classmethod
    def of(cls, milestones: Sequence[Milestone], today: date) -> "ProgressForm":
        """A row for each milestone, unless rows were sent."""
        return cls(data={"reporting_date": today, "rows": [{"milestone_id": each.id} for each in milestones]})

    def rows_by_milestone(self) -> Iterator[tuple[int, ProgressRow]]:
        """The milestone each row names, as the browser says it."""
        for entry in self.rows.entries:
            row = cast(ProgressRow, entry.form)
            sent = str(row.milestone_id.data)
            if sent.isascii() and sent.isdigit():
                yield int(sent), row

    def entries(self, milestones: Sequence[Milestone]) -> list[Progress]:
        """What was filled in."""
        return list(self._entries(milestones))

    def _entries(self, milestones: Sequence[Milestone]) -> Iterator[Progress]:
        by_id = {milestone.id: milestone for milestone in milestones}
        for milestone_id, row in self.rows_by_milestone():
            if not row.is_blank and milestone_id in by_id:
                yield Progress(
                    milestone=by_id[milestone_id], forecast=self._forecast(row), reached_on=row.reached_on.data
                )

    def _forecast(self, row: ProgressRow) -> ForecastData | None:
        if row.date.data is None:
            return None
        return ForecastData(reporting_date=self.reporting_date.data, date=row.date.data, cause=row.cause.data)

    def refuse(self, problem: Problem) -> None:
        if not isinstance(problem, RowsRefused):
            super().refuse(problem)
            return
        for milestone_id, row in self.rows_by_milestone():
            if milestone_id in problem.problems:
                row.refuse(problem.problems[milestone_id])
