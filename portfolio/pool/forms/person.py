"""The form for the master data of a person."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from portfolio.access.forms.text import printable
from portfolio.access.models import Organisation
from portfolio.pool.labels import NO_SENSITIVE_DATA
from portfolio.pool.services import PersonData
from portfolio.pool.services.persons import MOST_PARALLEL
from portfolio.web.fields import IdSelectField, ShareField, VersionedForm

BETWEEN_1_AND_20 = NumberRange(1, MOST_PARALLEL, _l("Bitte geben Sie 1 bis 20 Projekte an."))


def stripped(text: str | None) -> str | None:
    """The text without white space around it, None when nothing is left."""
    return (text or "").strip() or None


def work_email(_form: Any, field: Any) -> None:
    """An address that could receive mail; the part behind the @ is kept in lower case."""
    if field.data is None or field.errors:
        return
    try:
        field.data = validate_email(field.data, check_deliverability=False).normalized
    except EmailNotValidError as error:
        example = "vorname.nachname@behoerde.example"
        raise ValidationError(
            _("Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel %(example)s.", example=example)
        ) from error


class PersonForm(VersionedForm):
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Bitte geben Sie einen Namen ein.")), Length(max=200), printable],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )
    email = StringField(
        _l("Dienstliche E-Mail-Adresse"),
        [Length(max=200), printable, work_email],
        filters=[stripped],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    home_organisation_id = IdSelectField(
        _l("Stammdienststelle"),
        invalid_choice_message=_l("Diese Behörde gibt es nicht. Bitte wählen Sie eine aus der Liste."),
        invalid_value_message=_l("Diese Behörde gibt es nicht. Bitte wählen Sie eine aus der Liste."),
    )
    location = StringField(
        _l("Dienstort"), [Length(max=200), printable], filters=[stripped], description=NO_SENSITIVE_DATA
    )
    contract_share = ShareField(
        _l("Vertragsanteil in Prozent"),
        [InputRequired(_l("Bitte geben Sie den Vertragsanteil an."))],
        default=100,
        description=_l("Anteil an einer Vollzeitstelle. Der Poolanteil kann nicht größer sein."),
    )
    max_parallel = IntegerField(
        _l("Projekte gleichzeitig, höchstens"),
        [InputRequired(_l("Bitte geben Sie 1 bis 20 Projekte an.")), BETWEEN_1_AND_20],
        default=2,
        description=_l("Wird die Zahl überschritten, weist die Planung darauf hin."),
    )

    def offer_homes(self, organisations: list[Organisation]) -> None:
        rows = [(each.id, f"{each.name} ({each.code})") for each in organisations]
        self.home_organisation_id.offer(rows, _("Keine Angabe"))

    def without_shares(self) -> None:
        """For those who create persons but decide nothing about their work."""
        del self.contract_share, self.max_parallel

    def values(self, active: bool = True) -> PersonData:
        """Whether somebody is active is not asked here: their own page shows first what that means."""
        known = {name: field.data for name, field in self._fields.items() if name in PersonData.__dataclass_fields__}
        return PersonData(**known, active=active)
