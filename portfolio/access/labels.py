"""Words for what access knows: roles, kinds of organisations, refusals."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portfolio.access.models import OrganisationKind, RoleSet
from portfolio.access.policy import Role
from portfolio.access.problems import (
    MIN_PASSWORD_LENGTH,
    CodeTaken,
    EndsBeforeItBegins,
    LastAdmin,
    LoginRefused,
    LoginTaken,
    NoRole,
    ParentInCircle,
    PasswordTooShort,
    PersonTaken,
    SuccessorInCircle,
    TooManyAttempts,
    UnknownOrganisation,
    UnknownPerson,
    WrongPassword,
)
from portfolio.audit.wording import name_values
from portfolio.planning.weeks import Week
from portfolio.web.formats import format_day, format_moment, format_week
from portfolio.web.problems import describe

ROLES = {
    Role.CIO_OFFICE: _l("CIO-Büro"),
    Role.COORDINATOR: _l("Koordination"),
    Role.PROJECT_LEAD: _l("Projektleitung"),
    Role.POOL_MEMBER: _l("Poolmitglied"),
    Role.MINISTRY: _l("Ressort"),
    Role.AUDITOR: _l("Revision / Personalrat"),
    Role.ADMIN: _l("Administration"),
}

ORGANISATION_KINDS = {
    OrganisationKind.SUPREME: _l("oberste Landesbehörde"),
    OrganisationKind.HIGHER: _l("obere Landesbehörde"),
    OrganisationKind.LOWER: _l("untere Landesbehörde"),
    OrganisationKind.STATE_AUTHORITY: _l("Landesbehörde"),
    OrganisationKind.INSTITUTION: _l("Einrichtung"),
    OrganisationKind.MUNICIPALITY: _l("Kommune"),
    OrganisationKind.OTHER: _l("Sonstige"),
}


name_values(RoleSet, ROLES)
name_values(OrganisationKind, ORGANISATION_KINDS)


def role_label(role: Role) -> str:
    return str(ROLES[role])


def organisation_kind_label(kind: OrganisationKind) -> str:
    return str(ORGANISATION_KINDS[kind])


def shown(value: Any) -> str:
    """A value of "Meine Daten" as people read it."""
    match value:
        case None | "" | []:
            return "–"
        case list():
            return ", ".join(shown(each) for each in value)
        case bool():
            return _("ja") if value else _("nein")
        case datetime():
            return format_moment(value)
        case date():
            return format_day(value)
        case Week():
            return format_week(value)
    return str(value)


@describe.register
def _login_refused(_problem: LoginRefused) -> str:
    return _("Anmeldename oder Passwort ist falsch.")


@describe.register
def _too_many_attempts(_problem: TooManyAttempts) -> str:
    return _("Zu viele fehlgeschlagene Anmeldungen. Bitte warten Sie fünf Minuten und versuchen Sie es dann erneut.")


@describe.register
def _wrong_password(_problem: WrongPassword) -> str:
    return _("Das bisherige Passwort ist falsch.")


@describe.register
def _password_too_short(_problem: PasswordTooShort) -> str:
    return _("Das Passwort braucht mindestens %(length)s Zeichen.", length=MIN_PASSWORD_LENGTH)


@describe.register
def _login_taken(_problem: LoginTaken) -> str:
    return _("Diesen Anmeldenamen hat schon ein anderes Konto. Bitte wählen Sie einen anderen.")


@describe.register
def _person_taken(_problem: PersonTaken) -> str:
    return _("Diese Person hat schon ein Konto.")


@describe.register
def _unknown_person(_problem: UnknownPerson) -> str:
    return _("Diese Person gibt es nicht.")


@describe.register
def _no_role(_problem: NoRole) -> str:
    return _("Bitte wählen Sie mindestens eine Rolle.")


@describe.register
def _last_admin(_problem: LastAdmin) -> str:
    return _("Dies ist das letzte aktive Konto der Administration. Geben Sie zuerst einem anderen Konto diese Rolle.")


@describe.register
def _code_taken(_problem: CodeTaken) -> str:
    return _("Dieses Kürzel hat schon eine andere Organisation.")


@describe.register
def _ends_before_it_begins(_problem: EndsBeforeItBegins) -> str:
    return _("Das Ende darf nicht vor dem Beginn liegen.")


@describe.register
def _successor_in_circle(_problem: SuccessorInCircle) -> str:
    return _("Die Nachfolge darf nicht zu dieser Organisation selbst zurückführen.")


@describe.register
def _parent_in_circle(_problem: ParentInCircle) -> str:
    return _("Eine Organisation darf sich nicht selbst übergeordnet sein, auch nicht über andere.")


@describe.register
def _unknown_organisation(_problem: UnknownOrganisation) -> str:
    return _("Diese Organisation gibt es nicht.")
