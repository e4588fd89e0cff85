"""What the operator sets and the arithmetic needs, read from the configuration of the running application."""

from flask import current_app


def full_time_hours() -> float:
    """Hours a week of a full-time post."""
    return float(current_app.config["FULL_TIME_HOURS"])


def holiday_state() -> str:
    """The German state whose public holidays hold, by its two letters."""
    return str(current_app.config["HOLIDAY_STATE"])


def yearly_days_off() -> tuple[str, ...]:
    """Days off of every year besides the public holidays, as month-day."""
    return tuple(current_app.config["DAYS_OFF"])
