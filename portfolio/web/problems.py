"""Refusals as typed facts: services raise them, the sentence is chosen at the edge by `describe`."""

from functools import singledispatch
from typing import ClassVar

from flask_babel import gettext as _


class Problem(Exception):
    """A rule refused the request. `name` ends the problem type of the API; `field` is the form field concerned."""

    status: ClassVar[int] = 409
    name: ClassVar[str] = "conflict"
    field: str | None = None


class Invalid(Problem):
    """The input makes no sense, whatever the state of the world."""

    status = 422
    name = "invalid"


class NotAllowed(Problem):
    """The user sees the thing but may not do this with it."""

    status = 403
    name = "forbidden"


class Stale(Problem):
    """Somebody else changed the thing since it was read."""

    status = 412
    name = "stale"


@singledispatch
def describe(problem: Problem) -> str:
    """The sentence for `problem`; each domain registers its own in labels.py."""
    return _("Das ist im jetzigen Stand nicht möglich. Bitte laden Sie die Seite neu und prüfen Sie den Stand.")


@describe.register
def _stale(problem: Stale) -> str:
    return _("Inzwischen hat jemand anderes diesen Eintrag geändert. Bitte prüfen Sie den neuen Stand.")


@describe.register
def _not_allowed(problem: NotAllowed) -> str:
    return _("Dazu haben Sie keine Berechtigung.")


@describe.register
def _invalid(problem: Invalid) -> str:
    return _("Bitte prüfen Sie Ihre Eingabe.")
