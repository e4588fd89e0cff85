"""What needs ask for, as arrays: one entry for each need."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import case, func, select

from portfolio.planning.coverage import WORK_PER_PERSON_DAY
from portfolio.planning.problem import NeedKind, tenths
from portfolio.planning.weeks import WORKING_DAYS_PER_WEEK, Week, WeekRange
from portfolio.projects.models import CLOSED_PHASES, Project
from portfolio.staffing.capacity.matrix import Matrix, worked
from portfolio.staffing.capacity.places import Integers, summed
from portfolio.staffing.capacity.rows import fetch
from portfolio.staffing.models import Need
from portfolio.web import settings


class Needs(NamedTuple):
    """Needs of running projects, by id."""

    ids: Integers
    skill_ids: Integers
    levels: Integers
    organisation_ids: Integers
    shares: Integers
    """A share in every week of a steady need, the most a week of a volume."""
    person_days: Integers
    """What a volume asks for; 0 marks a steady need."""
    first: Integers
    last: Integers

    @property
    def volumes(self) -> npt.NDArray[np.bool_]:
        return self.person_days > 0

    def chosen(self, which: npt.NDArray[np.bool_]) -> "Needs":
        return Needs(*(column[which] for column in self))

    def rows(self, spans: Integers, key: int) -> tuple[Integers, Integers]:
        """Those of the spans made for one of these needs, and the row of the need of each; `key` names the column."""
        own = spans[np.isin(spans[:, key], self.ids)]
        return own, np.searchsorted(self.ids, own[:, key])

    def within(self, weeks: WeekRange) -> npt.NDArray[np.bool_]:
        """Needs by weeks: whether the week lies in the window."""
        columns = np.arange(weeks.first.index, weeks.last.index + 1)
        inside: npt.NDArray[np.bool_] = (self.first[:, None] <= columns) & (columns <= self.last[:, None])
        return inside


def needs_in(weeks: WeekRange, only_open: bool = False) -> Needs:
    """Needs of running projects that reach into the weeks. One query."""
    row = Need.__table__.c
    volume = case((row.kind == NeedKind.VOLUME, func.coalesce(row.person_days, 0)), else_=0)
    columns = (row.id, row.skill_id, row.level, Project.organisation_id, row.share, volume, row.from_week, row.to_week)
    statement = (
        select(*columns)
        .join(Project, Project.id == row.project_id)
        .where(row.from_week <= weeks.last, row.to_week >= weeks.first, Project.phase.not_in(CLOSED_PHASES))
        .order_by(row.id)
    )
    return Needs(*fetch(statement.where(row.open) if only_open else statement).T)


def reach(needs: Needs, weeks: WeekRange) -> WeekRange:
    """The weeks, and those in which the volumes among the needs may be worked."""
    volumes = needs.chosen(needs.volumes)
    if not len(volumes.ids):
        return weeks
    first, last = Week(int(volumes.first.min())), Week(int(volumes.last.max()))
    return WeekRange(min(weeks.first, first), max(weeks.last, last))


def wanted_weekly(needs: Needs) -> Integers:
    """The work of a week of each need's share, holidays or not."""
    return needs.shares * tenths(settings.full_time_hours()) * WORKING_DAYS_PER_WEEK


def open_steady(needs: Needs, spans: Integers, key: int, weeks: WeekRange) -> Integers:
    """Needs by weeks: the work of the shares to which nobody is assigned; 0 for volumes. As `coverage.open_shares`."""
    own, rows = needs.rows(spans, key)
    lacking = (needs.shares[:, None] - summed(own, rows, len(needs.ids), weeks)).clip(min=0)
    asked = needs.within(weeks) & ~needs.volumes[:, None]
    return lacking * asked * tenths(settings.full_time_hours()) * WORKING_DAYS_PER_WEEK


def delivered(needs: Needs, spans: Integers, key: int, figures: Matrix) -> Integers:
    """Needs by weeks: the work that is done for each inside its window."""
    own, rows = needs.rows(spans, key)
    return worked(figures, own, rows, len(needs.ids)) * needs.within(figures.places.weeks)


def demanded_volume(needs: Needs) -> Integers:
    return needs.person_days * WORK_PER_PERSON_DAY
