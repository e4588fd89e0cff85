"""The login form."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from portfolio.access.forms.text import printable
from portfolio.web.fields import BaseForm


class LoginForm(BaseForm):
    login = StringField(
        _l("Anmeldename"),
        [DataRequired(_l("Bitte geben Sie Ihren Anmeldenamen ein.")), Length(max=200), printable],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Passwort"),
        [InputRequired(_l("Bitte geben Sie Ihr Passwort ein.")), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )
