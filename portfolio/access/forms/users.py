"""Forms for accounts: an administrator's, and the new password they hand over."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from portfolio.access import queries
from portfolio.access.forms.text import printable, stripped
from portfolio.access.labels import ROLES
from portfolio.access.models import User
from portfolio.access.policy import Role
from portfolio.access.services import UserData
from portfolio.web import clock
from portfolio.web.fields import BaseForm, CheckboxesField, IdSelectField, VersionedForm

NEW_PASSWORD = {"autocomplete": "new-password"}


class UserForm(VersionedForm):
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Bitte geben Sie einen Namen ein.")), Length(max=200), printable],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )
    login = StringField(
        _l("Anmeldename"),
        [DataRequired(_l("Bitte geben Sie einen Anmeldenamen ein.")), Length(max=200), printable],
        filters=[stripped],
        description=_l("Groß- und Kleinschreibung macht keinen Unterschied."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    email = StringField(
        _l("Dienstliche E-Mail-Adresse"),
        [Optional(), Length(max=200), printable, Email(_l("Bitte geben Sie eine gültige E-Mail-Adresse ein."))],
        filters=[stripped],
        render_kw={"autocomplete": "off", "type": "email"},
    )
    roles = CheckboxesField(
        _l("Rollen"),
        coerce=Role,
        description=_l("Mehrere Rollen ergänzen sich. Neue Rollen beenden die Sitzungen und Zugriffstoken des Kontos."),
    )
    organisation_id = IdSelectField(
        _l("Organisation"), description=_l("Für die Rolle Ressort: deren Anfragen und Projekte das Konto sieht.")
    )
    person_id = IdSelectField(
        _l("Person"), description=_l("Für Projektleitung, Koordination und Poolmitglied: wer sich hier anmeldet.")
    )
    coordinates = CheckboxesField(_l("Koordinierte Organisationen"), coerce=int)
    enabled = BooleanField(
        _l("Konto ist aktiv"),
        default=True,
        description=_l("Ein gesperrtes Konto verliert sofort Sitzungen und Zugriffstoken."),
    )

    def __init__(self, user: User | None = None, **options: Any) -> None:
        coordinated = [link.organisation_id for link in user.coordinations] if user else []
        super().__init__(obj=user, data={"coordinates": coordinated}, **options)
        today = clock.today()
        own = user.organisation_id if user else None
        self.roles.choices = list(ROLES.items())
        self.organisation_id.offer(queries.organisation_names(today, [own]), _("Keine"))
        self.person_id.offer(queries.person_names(user.person_id if user else None), _("Keine"))
        self.coordinates.choices = queries.organisation_names(today, coordinated)

    def values(self) -> UserData:
        return UserData(
            login=self.login.data or "",
            name=self.name.data or "",
            email=self.email.data,
            roles=frozenset(self.roles.data or ()),
            organisation_id=self.organisation_id.data,
            person_id=self.person_id.data,
            coordinates=tuple(self.coordinates.data or ()),
            enabled=self.enabled.data,
        )


class NewUserForm(UserForm):
    password = PasswordField(
        _l("Passwort"),
        [Length(max=1000)],
        description=_l("Mindestens 12 Zeichen. Ohne Passwort kann sich noch niemand anmelden."),
        render_kw=NEW_PASSWORD,
    )


class NewPasswordForm(BaseForm):
    """A password that an administrator sets for somebody else."""

    password = PasswordField(
        _l("Neues Passwort"),
        [InputRequired(_l("Bitte geben Sie ein Passwort ein.")), Length(max=1000)],
        description=_l("Mindestens 12 Zeichen. Die Sitzungen und Zugriffstoken des Kontos enden."),
        render_kw=NEW_PASSWORD,
    )
