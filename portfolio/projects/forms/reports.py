"""The status report: five lights, and the words they ask for."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from portfolio.access.forms.text import printable
from portfolio.planning.lights import Light
from portfolio.projects.labels import DIMENSIONS, LIGHTS
from portfolio.projects.models import StatusReport
from portfolio.projects.services import ReportData
from portfolio.projects.services.reports import TEXTS, unexplained
from portfolio.web.fields import GermanDateField, VersionedForm

_CHOICES = [SelectChoice(light.value, words) for light, words in LIGHTS.items()]


def _light(dimension: str) -> RadioField:
    required = InputRequired(_l("Bitte wählen Sie eine Ampelfarbe."))
    return RadioField(DIMENSIONS[dimension], [required], choices=_CHOICES, coerce=_light_of)


def _light_of(value: Any) -> Light | None:
    return Light(value) if value in tuple(Light) else None


def _text(label: Any, description: Any = "") -> TextAreaField:
    limit = Length(max=10_000, message=_l("Bitte höchstens 10.000 Zeichen eingeben."))
    return TextAreaField(label, [limit, printable], description=description, filters=[lambda text: text or ""])


class ReportForm(VersionedForm):
    as_of = GermanDateField(_l("Stand vom"), [InputRequired(_l("Bitte geben Sie den Tag an."))])
    overall = _light("overall")
    dates = _light("dates")
    cost = _light("cost")
    scope = _light("scope")
    staff = _light("staff")
    achieved = _text(_l("Erreicht"), _l("Seit dem letzten Bericht, in Stichworten"))
    next = _text(_l("Nächste Schritte"))
    reason = _text(_l("Grund"), _l("Bei Gelb oder Rot: was abweicht und warum"))
    measures = _text(_l("Maßnahmen"), _l("Bei Gelb oder Rot: was das Projekt dagegen tut, wer bis wann"))
    decisions_needed = _text(
        _l("Entscheidungsbedarf"), _l("Bei Rot: was außerhalb des Projekts entschieden werden muss, von wem bis wann")
    )
    risks = _text(_l("Risiken"), _l("Bitte keine Gesundheits- oder Personalaktendaten."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Beside each field, also what the lights ask the words for.

        A risk does not stand for the reason here: the field comes filled in from the register.
        """
        if not super().validate(extra_validators):
            return False
        for problem in unexplained(replace(self.report_data(), risks="")):
            self.refuse(problem)
        return not self.errors

    def report_data(self) -> ReportData:
        names = ("as_of", *DIMENSIONS, *TEXTS)
        return ReportData(**{name: self._fields[name].data for name in names})


def stored_report(report: StatusReport) -> ReportForm:
    """The form as it shows the report now."""
    return ReportForm(formdata=None, obj=report)
