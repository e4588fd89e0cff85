"""The forms for settings, one for each group that is changed together."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import FieldList, FloatField, FormField, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange
from wtforms.widgets import TextInput

from portfolio.access.forms.text import printable, stripped
from portfolio.planning.days_off import DayOff
from portfolio.planning.weeks import MAX_WEEK, MIN_WEEK
from portfolio.pool.forms.rows import Row, filled, needed, spare_prefix, take_step
from portfolio.settings.labels import STATES
from portfolio.web.fields import ChoiceField, VersionedForm
from portfolio.web.formats import format_day_off
from portfolio.web.models import FederalState
from portfolio.web.settings import Settings

MOST_DAYS_OFF = 60
GERMAN_DAY = re.compile(r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.?\s*(?P<year>\d{4})?")
ISO_DAY = re.compile(r"(?:(?P<year>\d{4})-)?(?P<month>\d{1,2})-(?P<day>\d{1,2})")
FIRST_YEAR, LAST_YEAR = MIN_WEEK.year, MAX_WEEK.year


class SettingsForm(VersionedForm):
    """A group of settings: fields named as in `Settings`."""

    title: ClassVar[LazyString]
    lead: ClassVar[LazyString]

    @classmethod
    def of(cls, now: Settings, version: int) -> "SettingsForm":
        """The form as it opens: what holds now, nothing of what was sent."""
        return cls(None, data={**cls.shown(now), "version": version})

    @classmethod
    def shown(cls, now: Settings) -> Mapping[str, Any]:
        """The values of `now` as the fields take them."""
        names = (name for name in Settings.__dataclass_fields__ if hasattr(cls, name))
        return {name: getattr(now, name) for name in names}

    def values(self) -> Mapping[str, Any]:
        """What was typed, by the names of `Settings`."""
        return {name: field.data for name, field in self._fields.items() if name in Settings.__dataclass_fields__}

    def take_step(self, step: str) -> bool:
        """Whether a row was to be added or removed; only lists have rows."""
        return False


class HoursField(FloatField):
    """Hours, with a comma or a point."""

    data: Any
    widget = TextInput()

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else f"{self.data or 0:.1f}".replace(".", ",")

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([text.replace(",", ".") for text in valuelist])
        if self.data is not None:
            self.data = round(self.data, 1)


class OperationForm(SettingsForm):
    title = _l("Betrieb und Arbeitszeit")
    lead = _l("Wer die Anwendung betreibt, und womit sie Stunden und Feiertage rechnet.")

    operating_body = StringField(
        _l("Betreibende Stelle"),
        [DataRequired(_l("Bitte nennen Sie die Stelle, die Projektpool betreibt.")), Length(max=200), printable],
        filters=[stripped],
        description=_l("Steht in Impressum, Datenschutz und der Erklärung zur Barrierefreiheit."),
    )
    contact_email = StringField(
        _l("Kontaktadresse"),
        [
            DataRequired(_l("Bitte geben Sie eine E-Mail-Adresse an.")),
            Length(max=200),
            printable,
            Email(
                _l("Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel projektpool@behoerde.example.")
            ),
        ],
        filters=[stripped],
        description=_l("Für Zugänge, Barrieren und Fehler in Daten. Ein Funktionspostfach, keine Person."),
        render_kw={"type": "email", "autocomplete": "off"},
    )
    full_time_hours = HoursField(
        _l("Wochenstunden einer Vollzeitstelle"),
        [NumberRange(30, 48, _l("Bitte geben Sie 30 bis 48 Stunden an, zum Beispiel 39,5."))],
        description=_l(
            "Anteile bleiben. Neu berechnet werden Stunden, und wie weit Bedarfe in Personentagen gedeckt sind."
        ),
        render_kw={"inputmode": "decimal"},
    )
    holiday_state = ChoiceField(
        _l("Gesetzliche Feiertage von"),
        coerce=FederalState,
        invalid_value_message=_l("Bitte wählen Sie ein Land aus der Liste."),
        choices=[SelectChoice(state.value, label) for state, label in STATES.items()],
        description=_l("An Feiertagen wird nichts geliefert; das gilt sofort für alle Wochen."),
    )


class DayOffField(StringField):
    """24.12. of every year, or 18.06.2027; `data` is the date as a DayOff parses it, or None."""

    data: Any

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else str(self.data or "")

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        typed = GERMAN_DAY.fullmatch(text) or ISO_DAY.fullmatch(text)
        if typed is None:
            raise ValueError(
                _("Bitte geben Sie einen Tag an: 24.12. für jedes Jahr oder 18.06.2027 für einen einzelnen Tag.")
            )
        day, month, year = int(typed["day"]), int(typed["month"]), typed["year"]
        if year and not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise ValueError(
                _("Bitte geben Sie ein Jahr zwischen %(first)s und %(last)s an.", first=FIRST_YEAR, last=LAST_YEAR)
            )
        self.data = self._existing(day, month, int(year) if year else None)

    @staticmethod
    def _existing(day: int, month: int, year: int | None) -> str:
        try:
            return DayOff("", month, day, year).iso
        except ValueError as error:
            written = f"{day:02d}.{month:02d}.{year or ''}"
            raise ValueError(_("Den %(day)s gibt es nicht. Bitte prüfen Sie Tag und Monat.", day=written)) from error


class DayOffRow(Row):
    day = DayOffField(
        _l("Tag"),
        [needed(_l("Bitte geben Sie den Tag an, zum Beispiel 24.12. oder 18.06.2027."))],
        render_kw={"placeholder": "24.12.", "autocomplete": "off"},
    )
    name = StringField(
        _l("Bezeichnung"),
        [needed(_l("Bitte nennen Sie den Anlass, zum Beispiel Heiligabend.")), Length(max=100), printable],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )


class DaysOffForm(SettingsForm):
    title = _l("Dienstfreie Tage")
    lead = _l("Tage neben den gesetzlichen Feiertagen, an denen niemand arbeitet. Sie senken, was Zuordnungen liefern.")

    days_off = FieldList(
        FormField(DayOffRow),
        _l("Dienstfreie Tage"),
        min_entries=1,
        max_entries=MOST_DAYS_OFF,
        description=_l("24.12. gilt jedes Jahr, 18.06.2027 nur einmal. Eine geleerte Zeile nimmt den Tag weg."),
    )

    @classmethod
    def shown(cls, now: Settings) -> Mapping[str, Any]:
        return {"days_off": [{"day": format_day_off(each), "name": each.name} for each in now.days_off]}

    @property
    def spare_row(self) -> DayOffRow:
        return DayOffRow(None, prefix=spare_prefix(self.days_off))

    def values(self) -> Mapping[str, Any]:
        days = (DayOff.parse(row.day.data, row.name.data) for row in filled(self.days_off))
        return {"days_off": tuple(sorted(days, key=lambda each: (each.year or 0, each.iso)))}

    def take_step(self, step: str) -> bool:
        return take_step(self.days_off, step)


def _weeks(label: LazyString, description: LazyString | str = "") -> IntegerField:
    return IntegerField(
        label,
        [
            InputRequired(_l("Bitte geben Sie eine Zahl von Wochen an.")),
            NumberRange(1, 104, _l("Bitte geben Sie 1 bis 104 Wochen an.")),
        ],
        description=description,
    )


def _percent(label: LazyString, low: int, high: int, description: LazyString) -> IntegerField:
    limits = _l("Bitte geben Sie eine ganze Zahl von %(low)s bis %(high)s an.", low=low, high=high)
    return IntegerField(
        label,
        [InputRequired(_l("Bitte geben Sie einen Prozentwert an.")), NumberRange(low, high, limits)],
        description=description,
    )


class LightsForm(SettingsForm):
    title = _l("Schwellen")
    lead = _l("Ab wann Gelb oder Rot vorgeschlagen wird und ein Bericht überfällig ist. Die Ampel setzt ein Mensch.")

    late_yellow = _weeks(
        _l("Termine: Gelb ab (in Wochen Verzug)"), _l("Verzug des spätesten offenen Meilensteins gegenüber dem Plan.")
    )
    late_red = _weeks(_l("Termine: Rot ab (in Wochen Verzug)"))
    covered_yellow = _percent(
        _l("Personal: Gelb unter (in Prozent Deckung)"), 1, 100, _l("Wie weit die Bedarfe des Projekts gedeckt sind.")
    )
    covered_red = _percent(
        _l("Personal: Rot unter (in Prozent Deckung)"), 0, 99, _l("0 heißt: die Deckung wird nie Rot.")
    )
    report_weeks = _weeks(
        _l("Statusbericht fällig nach (in Wochen)"), _l("Danach steht das Projekt als überfällig auf den Startseiten.")
    )


def _lines(text: str | None) -> str:
    """The text with plain line ends, as browsers do not send it."""
    return (text or "").replace("\r\n", "\n").strip()


def _notice(label: LazyString, description: LazyString) -> TextAreaField:
    limits = [Length(max=10_000, message=_l("Bitte höchstens 10.000 Zeichen.")), printable]
    return TextAreaField(label, limits, filters=[_lines], description=description)


class NoticesForm(SettingsForm):
    title = _l("Hinweistexte")
    lead = _l("Was die Rechtsseiten darüber hinaus sagen: Anschriften, Ansprechstellen, Rechtsgrundlagen.")

    imprint_notice = _notice(
        _l("Impressum"), _l("Zum Beispiel Anschrift, Vertretung, Aufsicht, Umsatzsteuer-Identifikationsnummer.")
    )
    privacy_notice = _notice(
        _l("Datenschutz"),
        _l("Zum Beispiel Datenschutzbeauftragte, Rechtsgrundlage, Aufsichtsbehörde, Dienstvereinbarung."),
    )
    accessibility_notice = _notice(
        _l("Barrierefreiheit"),
        _l("Zum Beispiel Stand der Prüfung, Datum der Erklärung, Durchsetzungsstelle mit Anschrift."),
    )


FORMS: Mapping[str, type[SettingsForm]] = {
    "betrieb": OperationForm,
    "dienstfreie-tage": DaysOffForm,
    "schwellen": LightsForm,
    "hinweistexte": NoticesForm,
}
"""By the piece of their address."""
