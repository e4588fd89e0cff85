"""What to warn of in assignments; see `cautions`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from portfolio.extensions import db
from portfolio.planning.capacity import capacity
from portfolio.planning.problem import MIN_SHARE, Person
from portfolio.planning.skills import fit
from portfolio.planning.weeks import Week, WeekRange
from portfolio.staffing import queries
from portfolio.staffing.cautions import Caution, CautionKind
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.snapshot import as_assignment, as_need, skills_of
from portfolio.staffing.steps import AWAITS_AGREEMENT, agreement_needed


def warnings_for(assignment: Assignment) -> tuple[Caution, ...]:
    """What to warn of in one assignment."""
    return warnings_of([assignment])[assignment.id]


def warnings_of(assignments: Sequence[Assignment]) -> dict[int, tuple[Caution, ...]]:
    """What to warn of, by assignment id; nothing for the declined.

    Three queries at most, if person, project and need are loaded (`queries.with_names`).
    """
    booked = [assignment for assignment in assignments if assignment.books]
    found: dict[int, tuple[Caution, ...]] = {assignment.id: () for assignment in assignments}
    if booked:
        view = _View(booked)
        found.update((assignment.id, tuple(view.cautions(assignment))) for assignment in booked)
    return found


class _View:
    """What has to be known about some assignments to judge them."""

    def __init__(self, assignments: Sequence[Assignment]) -> None:
        ids = {assignment.person_id for assignment in assignments}
        self.bookings: defaultdict[int, list[Assignment]] = defaultdict(list)
        for booking in db.session.scalars(queries.bookings().where(Assignment.person_id.in_(ids))):
            self.bookings[booking.person_id].append(booking)
        self.skills = skills_of(ids) if any(assignment.need for assignment in assignments) else {}
        awaiting = any(_awaits_agreement(assignment) for assignment in assignments)
        self.parents: Mapping[int, int | None] = queries.parents() if awaiting else {}

    def cautions(self, assignment: Assignment) -> Iterator[Caution]:
        yield from self._of_skill(assignment)
        yield from self._of_parallel_work(assignment)
        if assignment.share < MIN_SHARE:
            yield Caution(CautionKind.SMALL_SHARE, MIN_SHARE)
        yield from _of_weeks(assignment)
        if _awaits_agreement(assignment):
            home, owner = assignment.person.home_organisation_id, assignment.project.organisation_id
            if agreement_needed(home, owner, self.parents):
                yield Caution(CautionKind.AGREEMENT_MISSING)

    def _of_skill(self, assignment: Assignment) -> Iterator[Caution]:
        if assignment.need is None:
            return
        person = Person(assignment.person_id, (), skills=tuple(self.skills.get(assignment.person_id, ())))
        while_working = replace(as_need(assignment.need), first=assignment.from_week, last=assignment.to_week)
        held = fit(person, while_working)
        if not held.suffices and held.best == 0:
            yield Caution(CautionKind.SKILL_MISSING, held.required)
        elif not held.suffices:
            yield Caution(CautionKind.LEVEL_TOO_LOW, held.held)

    def _of_parallel_work(self, assignment: Assignment) -> Iterator[Caution]:
        bookings = self.bookings[assignment.person_id]
        weeks = WeekRange(assignment.from_week, assignment.to_week)
        most = capacity(Person(assignment.person_id, ()), map(as_assignment, bookings), weeks).most_projects
        if most > assignment.person.max_parallel:
            yield Caution(CautionKind.TOO_MANY_PARALLEL, most)
        holding = [each for each in bookings if each.state is not AssignmentState.ENDED]
        if sum(each.project_id == assignment.project_id for each in holding) > 1:
            yield Caution(CautionKind.TWICE_ON_PROJECT)


def _awaits_agreement(assignment: Assignment) -> bool:
    return assignment.state in AWAITS_AGREEMENT and assignment.agreed_on is None


def _of_weeks(assignment: Assignment) -> Iterator[Caution]:
    project, need = assignment.project, assignment.need
    if not _within(assignment, Week.containing(project.start), Week.containing(project.end)):
        yield Caution(CautionKind.OUTSIDE_PROJECT)
    if need is not None and not _within(assignment, need.from_week, need.to_week):
        yield Caution(CautionKind.OUTSIDE_NEED)


def _within(assignment: Assignment, first: Week, last: Week) -> bool:
    return first <= assignment.from_week and assignment.to_week <= last
