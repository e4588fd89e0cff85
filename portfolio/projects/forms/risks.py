"""A risk: what may go wrong, how likely, how bad, and what is done about it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portfolio.access.forms.text import printable, stripped
from portfolio.projects.labels import RISK_LEVELS, RISK_STATES
from portfolio.projects.models import Risk, RiskLevel, RiskState
from portfolio.projects.services import RiskData
from portfolio.web.fields import ChoiceField, GermanDateField, VersionedForm

E = TypeVar("E", bound=StrEnum)


def _one_of(label: Any, kind: type[E], words: Mapping[E, Any], default: E) -> ChoiceField:
    return ChoiceField(
        label,
        [InputRequired(_l("Bitte wählen Sie."))],
        coerce=kind,
        choices=[SelectChoice(each.value, word) for each, word in words.items()],
        default=default,
    )


class RiskForm(VersionedForm):
    title = StringField(
        _l("Risiko"),
        [
            DataRequired(_l("Bitte benennen Sie das Risiko.")),
            Length(max=300, message=_l("Bitte höchstens 300 Zeichen eingeben.")),
            printable,
        ],
        description=_l("Was geschehen kann, zum Beispiel „Schnittstelle kommt später“"),
    )
    likelihood = _one_of(_l("Eintritt"), RiskLevel, RISK_LEVELS, RiskLevel.MEDIUM)
    impact = _one_of(_l("Auswirkung"), RiskLevel, RISK_LEVELS, RiskLevel.MEDIUM)
    measure = TextAreaField(
        _l("Maßnahme"),
        [Length(max=10_000, message=_l("Bitte höchstens 10.000 Zeichen eingeben.")), printable],
        description=_l("Was das Projekt dagegen tut. Bitte keine Gesundheits- oder Personalaktendaten."),
    )
    owner = StringField(
        _l("Zuständig"),
        [Length(max=200, message=_l("Bitte höchstens 200 Zeichen eingeben.")), printable],
        filters=[stripped],
        description=_l("Eine Rolle, zum Beispiel Projektleitung oder Fachreferat"),
    )
    due = GermanDateField(_l("Bis wann"), [Optional()])
    state = _one_of(_l("Stand"), RiskState, RISK_STATES, RiskState.OPEN)

    def risk_data(self) -> RiskData:
        return RiskData(
            title=self.title.data or "",
            likelihood=self.likelihood.data,
            impact=self.impact.data,
            measure=self.measure.data or "",
            owner=self.owner.data,
            due=self.due.data,
            state=self.state.data if "state" in self else RiskState.OPEN,
        )


def stored_risk(risk: Risk) -> RiskForm:
    """The form as it shows the risk now."""
    return RiskForm(formdata=None, obj=risk)
