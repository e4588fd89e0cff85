"""A milestone, and the correction of a forecast."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portfolio.access.forms.text import printable
from portfolio.projects.models import Forecast, Milestone
from portfolio.projects.services import ForecastData, MilestoneData
from portfolio.web.fields import GermanDateField, VersionedForm


class MilestoneForm(VersionedForm):
    title = StringField(
        _l("Meilenstein"),
        [
            DataRequired(_l("Bitte benennen Sie den Meilenstein.")),
            Length(max=300, message=_l("Bitte höchstens 300 Zeichen eingeben.")),
            printable,
        ],
        description=_l("Ein Ergebnis, zum Beispiel „Fachkonzept abgenommen“"),
    )
    planned_date = GermanDateField(_l("Plantermin"), [InputRequired(_l("Bitte geben Sie den geplanten Tag an."))])
    reached_on = GermanDateField(
        _l("Erreicht am"), [Optional()], description=_l("Leer lassen, solange der Meilenstein aussteht")
    )

    def milestone_data(self) -> MilestoneData:
        return MilestoneData(
            title=self.title.data or "", planned_date=self.planned_date.data, reached_on=self.reached_on.data
        )


def stored_milestone(milestone: Milestone) -> MilestoneForm:
    """The form as it shows the milestone now."""
    return MilestoneForm(formdata=None, obj=milestone)


class ForecastForm(VersionedForm):
    reporting_date = GermanDateField(_l("Stichtag"), [InputRequired(_l("Bitte geben Sie den Stichtag an."))])
    date = GermanDateField(_l("Prognosetermin"), [InputRequired(_l("Bitte geben Sie den erwarteten Tag an."))])
    cause = StringField(
        _l("Ursache"),
        [Length(max=500, message=_l("Bitte höchstens 500 Zeichen eingeben.")), printable],
        description=_l("Was den Termin verschoben hat"),
    )
    comment = TextAreaField(
        _l("Bemerkung"),
        [Length(max=2000, message=_l("Bitte höchstens 2.000 Zeichen eingeben.")), printable],
        description=_l("Bitte keine Gesundheits- oder Personalaktendaten."),
    )

    def forecast_data(self) -> ForecastData:
        return ForecastData(
            reporting_date=self.reporting_date.data,
            date=self.date.data,
            cause=self.cause.data,
            comment=self.comment.data,
        )


def stored_forecast(forecast: Forecast) -> ForecastForm:
    """The form as it shows the forecast now."""
    return ForecastForm(formdata=None, obj=forecast)
