"""Everything the application holds about a user. Domains above this one register what they hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask_babel import lazy_gettext as _l

from portfolio.access import queries
from portfolio.access.labels import role_label
from portfolio.access.models import User
from portfolio.extensions import db


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One kind of data: `fields` names each value of a row for people, `key` the whole for programs."""

    key: str
    title: Any
    fields: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]


Collector: TypeAlias = Callable[[User], Section]

collectors: list[Collector] = []
"""In the order of registration; lower domains come first."""


def collector(collect: Collector) -> Collector:
    """Register what a domain holds about a user: `@collector def absences(user): return Section(…)`."""
    collectors.append(collect)
    return collect


def collect(user: User) -> list[Section]:
    """All sections about `user`, empty ones included: that nothing is held is an answer too."""
    return [each(user) for each in collectors]


@collector
def _account(user: User) -> Section:
    fields = {
        "login": _l("Anmeldename"),
        "name": _l("Name"),
        "email": _l("E-Mail-Adresse"),
        "roles": _l("Rollen"),
        "organisation": _l("Organisation"),
        "person": _l("Person"),
        "coordinated": _l("Koordinierte Organisationen"),
        "locale": _l("Sprache"),
        "theme": _l("Darstellung"),
    }
    row = {
        "login": user.login,
        "name": user.name,
        "email": user.email,
        "roles": sorted(role_label(role) for role in user.roles),
        "organisation": user.organisation.name if user.organisation else None,
        "person": queries.person_name(user.person_id),
        "coordinated": [organisation.name for organisation in queries.coordinated_by(user)],
        "locale": user.locale,
        "theme": user.theme,
    }
    return Section(key="account", title=_l("Konto"), fields=fields, rows=[row])


@collector
def _sessions(user: User) -> Section:
    found = db.session.scalars(queries.sessions_of(user.id))
    return Section(
        key="sessions",
        title=_l("Sitzungen"),
        fields={"created_at": _l("Angemeldet seit"), "expires_at": _l("Endet spätestens")},
        rows=[{"created_at": each.created_at, "expires_at": each.expires_at} for each in found],
    )


@collector
def _tokens(user: User) -> Section:
    fields = {
        "name": _l("Zweck"),
        "created_at": _l("Erstellt"),
        "expires_at": _l("Gültig bis"),
        "revoked_at": _l("Widerrufen"),
    }
    found = db.session.scalars(queries.tokens_of(user.id))
    rows = [{name: getattr(each, name) for name in fields} for each in found]
    return Section(key="tokens", title=_l("Zugriffstoken"), fields=fields, rows=rows)
