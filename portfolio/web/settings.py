"""What an installation can set: stored by the administration, else from the environment.

Every request reads the stored row once, so that a change holds at once in every process; together with its user, where
it has one, which costs no query of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, cast

from flask import current_app, g, has_request_context
from sqlalchemy import Select, select, true

from portfolio.extensions import db
from portfolio.planning.days_off import DayOff
from portfolio.planning.lights import Thresholds
from portfolio.web.models import FederalState, StoredSettings

USUAL_NAMES = {"12-24": "Heiligabend", "12-31": "Silvester"}
UNNAMED = "dienstfrei"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values that hold, named as their columns. Delays in weeks, coverage in percent."""

    operating_body: str
    contact_email: str
    full_time_hours: float
    holiday_state: FederalState
    days_off: tuple[DayOff, ...]
    late_yellow: int = Thresholds().late_yellow
    late_red: int = Thresholds().late_red
    covered_yellow: int = round(Thresholds().covered_yellow * 100)
    covered_red: int = round(Thresholds().covered_red * 100)
    report_weeks: int = 4
    """A running project is reported on at least this often."""
    imprint_notice: str = ""
    privacy_notice: str = ""
    accessibility_notice: str = ""

    @property
    def thresholds(self) -> Thresholds:
        return Thresholds(self.late_yellow, self.late_red, self.covered_yellow / 100, self.covered_red / 100)


NAMES = tuple(field.name for field in fields(Settings))
COLUMNS = tuple(getattr(StoredSettings, name) for name in NAMES)


def current() -> Settings:
    """What holds now. One query at most in a request, one a call outside of requests."""
    if not has_request_context():
        return _of(db.session.execute(select(*COLUMNS)).first())
    if "settings" not in g:
        remember(db.session.execute(select(*COLUMNS)).first())
    return cast(Settings, g.settings)


def beside(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The statement with COLUMNS behind its own, for whoever can spare `current` its query with `remember`."""
    return statement.outerjoin(StoredSettings, true()).add_columns(*COLUMNS)


def remember(stored: Sequence[Any] | None) -> None:
    """Take the values of COLUMNS for this request."""
    if has_request_context():
        g.settings = _of(stored)


def full_time_hours() -> float:
    """Hours a week of a full-time post."""
    return current().full_time_hours


def of_environment(config: Mapping[str, Any]) -> dict[str, Any]:
    """What the environment says; ValueError where it makes no sense."""
    return {
        "operating_body": config["OPERATING_BODY"],
        "contact_email": config["CONTACT_EMAIL"],
        "full_time_hours": float(config["FULL_TIME_HOURS"]),
        "holiday_state": FederalState(config["HOLIDAY_STATE"]),
        "days_off": tuple(DayOff.parse(day, USUAL_NAMES.get(day, UNNAMED)) for day in config["DAYS_OFF"]),
    }


def _of(stored: Sequence[Any] | None) -> Settings:
    set_by_hand = {name: value for name, value in zip(NAMES, stored or (), strict=False) if value is not None}
    return Settings(**of_environment(current_app.config) | set_by_hand)
