"""Forms for the own account."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, PasswordField, StringField
from wtforms.validators import DataRequired, Email, EqualTo, InputRequired, Length, NumberRange, Optional

from portfolio.access.forms.text import printable, stripped
from portfolio.access.forms.users import NEW_PASSWORD
from portfolio.access.services import DAYS_VALID
from portfolio.web.fields import BaseForm, VersionedForm

MOST_DAYS = 730


class ContactForm(VersionedForm):
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Bitte geben Sie Ihren Namen ein.")), Length(max=200), printable],
        filters=[stripped],
        render_kw={"autocomplete": "name"},
    )
    email = StringField(
        _l("Dienstliche E-Mail-Adresse"),
        [Optional(), Length(max=200), printable, Email(_l("Bitte geben Sie eine gültige E-Mail-Adresse ein."))],
        filters=[stripped],
        render_kw={"autocomplete": "email", "type": "email"},
    )


class PasswordForm(BaseForm):
    old_password = PasswordField(
        _l("Bisheriges Passwort"),
        [InputRequired(_l("Bitte geben Sie Ihr bisheriges Passwort ein.")), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("Neues Passwort"),
        [InputRequired(_l("Bitte geben Sie ein neues Passwort ein.")), Length(max=1000)],
        description=_l("Mindestens 12 Zeichen; mehrere Wörter lassen sich gut merken."),
        render_kw=NEW_PASSWORD,
    )
    again = PasswordField(
        _l("Neues Passwort wiederholen"),
        [EqualTo("password", _l("Die beiden neuen Passwörter sind nicht gleich."))],
        render_kw=NEW_PASSWORD,
    )


class TokenForm(BaseForm):
    name = StringField(
        _l("Zweck"),
        [DataRequired(_l("Bitte geben Sie an, wofür das Zugriffstoken ist.")), Length(max=200), printable],
        filters=[stripped],
        description=_l("Zum Beispiel der Name des Programms, das zugreift."),
    )
    days = IntegerField(
        _l("Gültig für Tage"),
        [
            InputRequired(_l("Bitte geben Sie eine Zahl von Tagen ein.")),
            NumberRange(1, MOST_DAYS, _l("Ein Zugriffstoken gilt 1 bis 730 Tage.")),
        ],
        default=DAYS_VALID,
    )
