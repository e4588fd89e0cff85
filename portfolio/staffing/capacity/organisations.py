"""Which ministries the pool works for, and how far what they ask for is served: week by week."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

from portfolio.access.models import Organisation
from portfolio.extensions import db
from portfolio.planning.problem import WORK_PER_HOUR, tenths
from portfolio.planning.weeks import Week, WeekRange
from portfolio.staffing import queries
from portfolio.staffing.capacity.demand import Needs, delivered, demanded_volume, needs_in, reach, wanted_weekly
from portfolio.staffing.capacity.matrix import HasId, Hours, Matrix, matrix_of, worked
from portfolio.staffing.capacity.places import KEY, PERSON, Integers, Places
from portfolio.staffing.capacity.rows import bookings_for_organisations
from portfolio.staffing.steps import top_authority
from portfolio.web import settings

ORGANISATION, NEED = KEY, KEY + 1


@dataclass(frozen=True, slots=True)
class OrganisationCapacity:
    """One row for each ministry, with the authorities below it, the best served with hours first; one column a week."""

    organisations: tuple[Organisation, ...]
    weeks: tuple[Week, ...]
    hours: Hours
    """Delivered by the persons asked about."""
    wanted: Hours
    """What needs demand, those of volumes evenly over their weeks."""
    covered: Hours
    """How much of that is delivered, whoever delivers it."""
    pool: Hours
    """By week, what the persons asked about can be planned for, less absences and holidays."""

    @property
    def totals(self) -> list[float]:
        return [float(total) for total in self.hours.sum(axis=1)]

    @property
    def ratios(self) -> list[float]:
        """Each ministry's part of all delivered hours, from 0 to 1."""
        whole = float(self.hours.sum())
        return [total / whole if whole else 0.0 for total in self.totals]

    @property
    def ratios_by_week(self) -> list[list[float | None]]:
        """The same of the hours of each week; None where nothing is delivered at all."""
        return _ratios(self.hours, np.broadcast_to(self.hours.sum(axis=0), self.hours.shape))

    @property
    def served(self) -> list[float | None]:
        """How much of what each ministry demands is delivered, from 0 to 1; None where nothing is demanded."""
        (served,) = _ratios(self.covered.sum(axis=1)[None, :], self.wanted.sum(axis=1)[None, :])
        return served

    @property
    def served_by_week(self) -> list[list[float | None]]:
        return _ratios(self.covered, self.wanted)


def _ratios(parts: Hours, wholes: Hours) -> list[list[float | None]]:
    rows = zip(parts.tolist(), wholes.tolist(), strict=True)
    return [[part / whole if whole else None for part, whole in zip(*row, strict=True)] for row in rows]


def organisation_capacity(
    persons: Sequence[HasId], weeks: WeekRange, skill_id: int | None = None
) -> OrganisationCapacity:
    """The weeks of what these persons deliver, and of what all needs (for a skill) demand and get. Six queries."""
    needs = needs_in(weeks)
    if skill_id is not None:
        needs = needs.chosen(needs.skill_ids == skill_id)
    wide = reach(needs, weeks)
    spans = bookings_for_organisations(wide)
    own = tuple(person.id for person in persons)
    others = sorted(set(spans[:, PERSON].tolist()).difference(own))
    figures = matrix_of(Places((*own, *others), wide), spans)
    organisations, row_of = _ministries(sorted({*spans[:, ORGANISATION].tolist(), *needs.organisation_ids.tolist()}))
    shape = len(organisations), len(weeks)
    by_week = figures.during(weeks)
    wanted, covered = np.zeros(shape), np.zeros(shape)
    for kind in (_steady(needs, spans, by_week), _volumes(needs, spans, figures, weeks)):
        rows = _rows(kind.needs.organisation_ids, row_of)
        np.add.at(wanted, rows, kind.wanted / WORK_PER_HOUR)
        np.add.at(covered, rows, kind.covered / WORK_PER_HOUR)
    own_spans = spans[np.isin(spans[:, PERSON], own)]
    hours = worked(by_week, own_spans, _rows(own_spans[:, ORGANISATION], row_of), len(organisations)) / WORK_PER_HOUR
    order = sorted(range(len(organisations)), key=lambda row: (-hours[row].sum(), organisations[row].code))
    kept = [row for row in order if hours[row].any() or wanted[row].any()]
    return OrganisationCapacity(
        organisations=tuple(organisations[row] for row in kept),
        weeks=tuple(weeks),
        hours=hours[kept],
        wanted=wanted[kept],
        covered=covered[kept],
        pool=_available(by_week, len(own)) / WORK_PER_HOUR,
    )


def _ministries(organisation_ids: Sequence[int]) -> tuple[list[Organisation], dict[int, int]]:
    """The top authorities of these organisations, and the row of each organisation's. Two queries."""
    parents = queries.parents()
    tops = {each: top_authority(each, parents) for each in organisation_ids}
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(set(tops.values())))).all()
    rows = {organisation.id: row for row, organisation in enumerate(found)}
    return list(found), {each: rows[top] for each, top in tops.items()}


def _rows(organisation_ids: Integers, row_of: dict[int, int]) -> Integers:
    return np.array([row_of[each] for each in organisation_ids.tolist()], np.int64)


@dataclass(frozen=True, slots=True)
class _Served:
    """What needs demand and how much of it they get, by need and week; as `coverage.coverages`."""

    needs: Needs
    wanted: Hours
    covered: Hours


def _steady(needs: Needs, spans: Integers, figures: Matrix) -> _Served:
    steady = needs.chosen(~needs.volumes)
    wanted = wanted_weekly(steady)[:, None] * steady.within(figures.places.weeks)
    return _Served(
        steady, wanted.astype(float), np.minimum(delivered(steady, spans, NEED, figures), wanted).astype(float)
    )


def _volumes(needs: Needs, spans: Integers, figures: Matrix, weeks: WeekRange) -> _Served:
    """`figures` over all weeks of the volumes."""
    volumes = needs.chosen(needs.volumes)
    demanded = demanded_volume(volumes)
    done = np.minimum(delivered(volumes, spans, NEED, figures).sum(axis=1), demanded)
    evenly = volumes.within(weeks) / (volumes.last - volumes.first + 1)[:, None]
    return _Served(volumes, demanded[:, None] * evenly, done[:, None] * evenly)


def _available(figures: Matrix, persons: int) -> Integers:
    """By week the work these persons can be planned for."""
    shares = figures.pool_share[:persons].astype(np.int64) * figures.presence[:persons]
    total: Integers = shares.sum(axis=0) * tenths(settings.full_time_hours())
    return total
