"""The steps of a request, each its own small form."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from portfolio.access.forms.text import printable
from portfolio.planning.weeks import Week
from portfolio.support.forms.needs import NeedRows
from portfolio.support.models import SupportRequest
from portfolio.support.queries import Load
from portfolio.support.services import Acceptance
from portfolio.web.fields import IdSelectField, VersionedForm
from portfolio.web.formats import format_share

TEXT_LENGTH = 10_000


class TextForm(VersionedForm):
    """A step that comes with words."""

    text = TextAreaField(
        _l("Text"),
        [
            DataRequired(_l("Bitte schreiben Sie einen Text.")),
            printable,
            Length(max=TEXT_LENGTH, message=_l("Der Text darf höchstens 10.000 Zeichen haben.")),
        ],
    )


class CommentForm(TextForm):
    """Said beside: welcome whatever happened meanwhile."""

    def is_stale(self, version: int) -> bool:
        return False


class AcceptForm(VersionedForm):
    """Who leads and coordinates, and which needs are accepted."""

    lead_id = IdSelectField(_l("Projektleitung"), [DataRequired(_l("Bitte wählen Sie eine Projektleitung."))])
    coordinator_id = IdSelectField(_l("Koordination"))
    lead_share = IntegerField(
        _l("Anteil der Projektleitung in %"),
        [InputRequired(_l("Bitte eine Zahl eingeben; 0 heißt ohne eigenen Bedarf."))],
        default=0,
    )
    coordinator_share = IntegerField(
        _l("Anteil der Koordination in %"),
        [InputRequired(_l("Bitte eine Zahl eingeben; 0 heißt ohne eigenen Bedarf."))],
        default=0,
    )
    need_ids = SelectMultipleField(_l("Bedarfe"), coerce=int, validate_choice=False)

    def offer_persons(self, loads: Iterable[Load]) -> None:
        """Offer the active persons with what is booked of them."""
        people = [(load.person_id, f"{load.name} ({format_share(load.booked)})") for load in loads]
        self.lead_id.offer(people, _("– bitte wählen –"))
        self.coordinator_id.offer(people, _("wer das Ressort koordiniert"))

    def acceptance(self) -> Acceptance:
        return Acceptance(
            lead_id=self.lead_id.data,
            coordinator_id=self.coordinator_id.data,
            need_ids=tuple(self.need_ids.data or ()),
            lead_share=self.lead_share.data or 0,
            coordinator_share=self.coordinator_share.data or 0,
        )


class CounterForm(NeedRows):
    """Other needs than asked for, and why."""

    text = TextAreaField(
        _l("Begründung für das Ressort"),
        [
            DataRequired(_l("Bitte begründen Sie das Gegenangebot.")),
            printable,
            Length(max=TEXT_LENGTH, message=_l("Der Text darf höchstens 10.000 Zeichen haben.")),
        ],
    )

    request: SupportRequest

    @property
    def usual_weeks(self) -> tuple[Week | None, Week | None]:
        return self.request.from_week, self.request.to_week
