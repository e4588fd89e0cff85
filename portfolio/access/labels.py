"""Words for what access knows: roles, kinds of organisations, refusals."""

from flask_babel import gettext as _

from portfolio.access.problems import LoginRefused, TooManyAttempts
from portfolio.web.problems import describe


@describe.register
def _login_refused(_problem: LoginRefused) -> str:
    return _("Anmeldename oder Passwort ist falsch.")


@describe.register
def _too_many_attempts(_problem: TooManyAttempts) -> str:
    return _("Zu viele fehlgeschlagene Anmeldungen. Bitte warten Sie fünf Minuten und versuchen Sie es dann erneut.")
