"""Forecasts: one for each milestone and reporting date. Together they make the trend, so earlier ones stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portfolio.extensions import db
from portfolio.projects import checks, notices, queries
from portfolio.projects.models import Forecast, Milestone
from portfolio.projects.problems import (
    ForecastBeforeReportingDate,
    ForecastExists,
    MilestoneReached,
    NotLatestForecast,
    RowsRefused,
)
from portfolio.projects.services.milestones import MilestoneData, change_milestone
from portfolio.web.problems import Problem

LONGEST_CAUSE, LONGEST_COMMENT = 500, 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastData:
    """The date expected as of a reporting date, and what moved it."""

    reporting_date: date
    date: date
    cause: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What there is to say about a milestone at a reporting date: a new forecast, or that it was reached."""

    milestone: Milestone
    forecast: ForecastData | None = None
    reached_on: date | None = None


def add_forecast(milestone: Milestone, data: ForecastData) -> Forecast:
    """Log what is expected for a milestone; raises ForecastExists when the reporting date has a forecast already."""
    queries.lock_milestone(milestone.id)
    before = milestone.expected
    forecast = Forecast(milestone_id=milestone.id)
    _apply(forecast, data)
    db.session.add(forecast)
    db.session.flush()
    db.session.expire(milestone, ["forecasts"])
    notices.forecast_changed(milestone, before)
    return forecast


def change_forecast(forecast: Forecast, data: ForecastData) -> None:
    """Correct the forecast of the latest reporting date."""
    queries.lock_milestone(forecast.milestone_id)
    _refuse_history(forecast)
    before = forecast.milestone.expected
    _apply(forecast, data)
    db.session.flush()
    notices.forecast_changed(forecast.milestone, before)


def remove_forecast(forecast: Forecast) -> None:
    """Take back the forecast of the latest reporting date."""
    queries.lock_milestone(forecast.milestone_id)
    _refuse_history(forecast)
    _refuse_reached(forecast.milestone_id)
    milestone = forecast.milestone
    db.session.delete(forecast)
    db.session.flush()
    db.session.expire(milestone, ["forecasts"])


def log_progress(entries: Sequence[Progress]) -> None:
    """Log several milestones at once; raises RowsRefused with the reason for each that cannot be."""
    problems: dict[int, Problem] = {}
    for entry in entries:
        try:
            _log(entry)
        except Problem as problem:
            problems[entry.milestone.id] = problem
    if problems:
        raise RowsRefused(problems)


def _log(entry: Progress) -> None:
    if entry.forecast is not None:
        add_forecast(entry.milestone, entry.forecast)
    if entry.reached_on is not None:
        _refuse_reached(entry.milestone.id)
        planned = MilestoneData(
            title=entry.milestone.title, planned_date=entry.milestone.planned_date, reached_on=entry.reached_on
        )
        change_milestone(entry.milestone, planned)


def _apply(forecast: Forecast, data: ForecastData) -> None:
    checks.sensible_day(data.reporting_date, "reporting_date")
    checks.sensible_day(data.date, "date")
    cause = checks.optional_text(data.cause, "cause", LONGEST_CAUSE)
    comment = checks.optional_text(data.comment, "comment", LONGEST_COMMENT)
    if data.date < data.reporting_date:
        raise ForecastBeforeReportingDate
    _refuse_reached(forecast.milestone_id)
    other = queries.forecast_at(forecast.milestone_id, data.reporting_date)
    if other is not None and other is not forecast:
        raise ForecastExists(other.date)
    forecast.reporting_date, forecast.date = data.reporting_date, data.date
    forecast.cause, forecast.comment = cause, comment


def _refuse_history(forecast: Forecast) -> None:
    if queries.latest_forecast_id(forecast.milestone_id) != forecast.id:
        raise NotLatestForecast


def _refuse_reached(milestone_id: int) -> None:
    if queries.reached_on(milestone_id) is not None:
        raise MilestoneReached
