"""The main navigation: the entries a user may follow, asked of the policy."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from portfolio.access.policy import Action, allowed


@dataclass(frozen=True, slots=True)
class Entry:
    """A navigation entry as the base template reads it."""

    label: str
    href: str
    active: bool


ENTRIES = (
    ("dashboard.home", _l("Start"), Action.USE_OWN_ACCOUNT),
    ("support.requests", _l("Anfragen"), Action.READ_REQUESTS),
    ("dashboard.projects", _l("Projekte"), Action.READ_PROJECTS),
    ("staffing.needs", _l("Bedarfe"), Action.READ_NEEDS),
    ("dashboard.persons", _l("Personen"), Action.READ_PERSONS),
    ("staffing.capacity", _l("Kapazität"), Action.READ_CAPACITY),
    ("catalogue.services", _l("Leistungen"), Action.READ_CATALOGUE),
    ("pool.skills", _l("Fähigkeiten"), Action.READ_CATALOGUE),
    ("access.organisations", _l("Organisationen"), Action.READ_ORGANISATIONS),
    ("access.users", _l("Benutzer"), Action.MANAGE_USERS),
    ("settings.settings", _l("Einstellungen"), Action.CHANGE_SETTINGS),
    ("audit.log", _l("Änderungen"), Action.READ_AUDIT_LOG),
)


def entries() -> list[Entry]:
    """What the current user may open, the current page marked."""
    if not current_user.is_authenticated:
        return []
    found = []
    for endpoint, label, action in ENTRIES:
        if allowed(current_user.actor, action):
            href = url_for(endpoint)
            inside = request.path == href if href == "/" else f"{request.path}/".startswith(f"{href}/")
            found.append(Entry(str(label), href, inside))
    return found


def init_app(app: Flask) -> None:
    @app.context_processor
    def navigation() -> dict[str, object]:
        return {"navigation": entries()}
