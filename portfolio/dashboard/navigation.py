"""The main navigation: the entries a user may follow, asked of the policy."""

from dataclasses import dataclass, replace

from flask import Flask, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from portfolio.access.policy import Action, Actor, Scope, allowed, scopes


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
    actor: Actor = current_user.actor
    found = [_entry(url_for(endpoint), label) for endpoint, label, action in ENTRIES if _leads_on(actor, action)]
    if Scope.SELF in scopes(actor, Action.READ_PERSONS) and actor.person_id is not None:
        own = _entry(url_for("dashboard.person", person_id=actor.person_id), _("Meine Woche"))
        found.insert(1, own)
        if own.active:  # who also reads the list of persons is not in two places
            found = [entry if entry == own else replace(entry, active=False) for entry in found]
    return found


def _leads_on(actor: Actor, action: Action) -> bool:
    """Whether there is more to see behind an entry than the own person, who has an entry already."""
    return bool(scopes(actor, action) - {Scope.SELF}) if action is Action.READ_PERSONS else allowed(actor, action)


def _entry(href: str, label: object) -> Entry:
    inside = request.path == href if href == "/" else f"{request.path}/".startswith(f"{href}/")
    return Entry(str(label), href, inside)


def init_app(app: Flask) -> None:
    @app.context_processor
    def navigation() -> dict[str, object]:
        return {"navigation": entries()}
