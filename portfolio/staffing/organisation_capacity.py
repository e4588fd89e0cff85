"""Which organisations the pool works for: delivered hours week by week."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from portfolio.access.models import Organisation
from portfolio.extensions import db
from portfolio.planning.problem import WORK_PER_HOUR
from portfolio.planning.weeks import Week
from portfolio.projects.models import Project
from portfolio.staffing.capacity import HasId, matrix
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.skill_capacity import worked


@dataclass(frozen=True, slots=True)
class OrganisationCapacity:
    """One row for each organisation the pool works for, the largest first; one column for each week."""

    organisations: tuple[Organisation, ...]
    weeks: tuple[Week, ...]
    hours: npt.NDArray[np.float64]
    """Delivered hours."""

    @property
    def totals(self) -> list[float]:
        return [float(total) for total in self.hours.sum(axis=1)]

    @property
    def ratios(self) -> list[float]:
        """Each organisation's part of all delivered hours, from 0 to 1."""
        whole = float(self.hours.sum())
        return [total / whole if whole else 0.0 for total in self.totals]


def organisation_capacity(persons: Sequence[HasId], first: Week, count: int) -> OrganisationCapacity:
    """The `count` weeks from `first` on of what these persons deliver. Six queries."""
    figures = matrix(persons, first, count)
    row = Assignment
    statement = (
        select(
            Assignment.person_id, Assignment.from_week, Assignment.to_week, Assignment.share, Project.organisation_id
        )
        .join(row.project)
        .where(
            row.state != AssignmentState.DECLINED,
            row.from_week <= figures.weeks[-1],
            row.to_week >= figures.weeks[0],
        )
    )
    spans = db.session.execute(statement).all()
    known = {span.organisation_id for span in spans}
    organisations = db.session.scalars(select(Organisation).where(Organisation.id.in_(known))).all()
    rows = {organisation.id: row for row, organisation in enumerate(organisations)}
    hours = worked(figures, spans, rows) / WORK_PER_HOUR
    order = sorted(range(len(organisations)), key=lambda row: (-hours[row].sum(), organisations[row].code))
    served = [row for row in order if hours[row].any()]
    return OrganisationCapacity(tuple(organisations[row] for row in served), figures.weeks, hours[served])
