"""What the administration has set, in one row; an empty column leaves the value to the environment."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Dialect, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.extensions import Model, Versioned
from portfolio.planning.days_off import DayOff
from portfolio.web.columns import LongText, Name


class FederalState(StrEnum):
    """The German states, by the two letters under which their public holidays are known."""

    BB = "BB"
    BE = "BE"
    BW = "BW"
    BY = "BY"
    HB = "HB"
    HE = "HE"
    HH = "HH"
    MV = "MV"
    NI = "NI"
    NW = "NW"
    RP = "RP"
    SH = "SH"
    SL = "SL"
    SN = "SN"
    ST = "ST"
    TH = "TH"


class DaysOff(TypeDecorator[tuple[DayOff, ...]]):
    """Days off with their names in one column: they are changed, compared and logged as a whole."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Iterable[DayOff] | None, _dialect: Dialect) -> Any:
        return None if value is None else [[each.iso, each.name] for each in value]

    def process_result_value(self, value: Any, _dialect: Dialect) -> tuple[DayOff, ...] | None:
        return None if value is None else tuple(DayOff.parse(day, name) for day, name in value)


class StoredSettings(Versioned, Model):
    """The one row, made by the migration; what holds is read through `web.settings`."""

    __tablename__ = "settings"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    operating_body: Mapped[Name | None]
    contact_email: Mapped[Name | None]
    full_time_hours: Mapped[float | None]
    holiday_state: Mapped[FederalState | None]
    days_off: Mapped[tuple[DayOff, ...] | None] = mapped_column(DaysOff)
    late_yellow: Mapped[int | None]
    late_red: Mapped[int | None]
    covered_yellow: Mapped[int | None]
    covered_red: Mapped[int | None]
    report_weeks: Mapped[int | None]
    imprint_notice: Mapped[LongText | None]
    privacy_notice: Mapped[LongText | None]
    accessibility_notice: Mapped[LongText | None]
