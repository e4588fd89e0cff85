"""The steps of a request, each its own small form."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice, enum_coerce
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from portfolio.access.forms.text import printable
from portfolio.planning.weeks import Week
from portfolio.support import wording
from portfolio.support.forms.needs import NeedRows
from portfolio.support.models import Rule, SupportRequest
from portfolio.support.queries import Load
from portfolio.support.services import Acceptance, Judgement
from portfolio.web.fields import ChoiceField, IdSelectField, VersionedForm

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


def _rule(**more: Any) -> ChoiceField:
    """The rule that tipped the scales."""
    return ChoiceField(
        _l("Angewandte Regel"),
        coerce=enum_coerce(Rule),
        default=Rule.NONE,
        choices=lambda: [SelectChoice(rule.value, words) for rule, words in wording.RULES.items()],
        **more,
    )


class RejectForm(VersionedForm):
    """Why a request is rejected. Its fields stand on one page with those of others and have ids of their own."""

    rule = _rule(id="reject-rule")
    text = TextAreaField(
        _l("Begründung für das Ressort"),
        [
            DataRequired(_l("Bitte begründen Sie die Ablehnung.")),
            printable,
            Length(max=TEXT_LENGTH, message=_l("Der Text darf höchstens 10.000 Zeichen haben.")),
        ],
        id="reject-text",
    )


class AcceptForm(VersionedForm):
    """Who leads and coordinates, which needs are accepted, and why."""

    lead_id = IdSelectField(_l("Projektleitung"), [DataRequired(_l("Bitte wählen Sie eine Projektleitung."))])
    coordinator_id = IdSelectField(_l("Koordination"))
    lead_share = IntegerField(
        _l("Anteil der Projektleitung in %"),
        [
            InputRequired(_l("Bitte eine Zahl eingeben; 0 heißt ohne eigenen Bedarf.")),
            NumberRange(0, 100, _l("Der Anteil muss zwischen 0 und 100 Prozent liegen.")),
        ],
        default=0,
    )
    coordinator_share = IntegerField(
        _l("Anteil der Koordination in %"),
        [
            InputRequired(_l("Bitte eine Zahl eingeben; 0 heißt ohne eigenen Bedarf.")),
            NumberRange(0, 100, _l("Der Anteil muss zwischen 0 und 100 Prozent liegen.")),
        ],
        default=0,
    )
    need_ids = SelectMultipleField(_l("Bedarfe"), coerce=int, validate_choice=False)
    rule = _rule()
    reason = TextAreaField(
        _l("Begründung für das Ressort"),
        [printable, Length(max=TEXT_LENGTH, message=_l("Der Text darf höchstens 10.000 Zeichen haben."))],
    )

    def offer_persons(self, loads: Sequence[Load]) -> None:
        """Offer the active persons with how busy they are, those first who do such work or have the skill for it."""
        people = [(str(load.person_id), wording.load_words(load)) for load in loads]
        leading, coordinating = _("leiten Projekte oder können es"), _("koordinieren Projekte oder können es")
        self.lead_id.choices = [
            SelectChoice("", _("– bitte wählen –")),
            *_people(people, [load.can_lead for load in loads], leading),
        ]
        self.coordinator_id.choices = [
            SelectChoice("", _("wer das Ressort koordiniert")),
            *_people(people, [load.can_coordinate for load in loads], coordinating),
        ]

    def acceptance(self) -> Acceptance:
        return Acceptance(
            lead_id=self.lead_id.data,
            coordinator_id=self.coordinator_id.data,
            need_ids=tuple(self.need_ids.data or ()),
            lead_share=self.lead_share.data or 0,
            coordinator_share=self.coordinator_share.data or 0,
        )

    def judgement(self) -> Judgement:
        return Judgement(rule=self.rule.data, reason=self.reason.data or "")


def _people(people: Sequence[tuple[str, str]], first: Sequence[bool], name: str) -> list[SelectChoice]:
    groups = (name, True), (_("alle anderen"), False)
    return [
        SelectChoice(value, label, optgroup=group)
        for group, wanted in groups
        for (value, label), is_first in zip(people, first, strict=True)
        if is_first is wanted
    ]


class CounterForm(NeedRows):
    """Other needs than asked for, and why."""

    rule = _rule()
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
