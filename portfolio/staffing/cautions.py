"""What speaks against an assignment without forbidding it: typed facts, worded in labels.py."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select

from portfolio.extensions import db
from portfolio.planning.capacity import capacity
from portfolio.planning.problem import MIN_SHARE, Person
from portfolio.planning.skills import Fit, fit
from portfolio.planning.weeks import Week, WeekRange
from portfolio.staffing import queries, snapshot
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.snapshot import as_need
from portfolio.staffing.steps import AWAITS_AGREEMENT, agreement_needed


class CautionKind(StrEnum):
    """What a caution is about; beside each stands what its `number` counts."""

    SKILL_MISSING = "skill_missing"  # the level asked for
    LEVEL_TOO_LOW = "level_too_low"  # the level held throughout
    TOO_MANY_PARALLEL = "too_many_parallel"  # projects at once
    SMALL_SHARE = "small_share"  # the smallest sensible share
    OUTSIDE_PROJECT = "outside_project"
    OUTSIDE_NEED = "outside_need"
    TWICE_ON_PROJECT = "twice_on_project"
    AGREEMENT_MISSING = "agreement_missing"


@dataclass(frozen=True, slots=True)
class Caution:
    kind: CautionKind
    number: int = 0


def warnings_for(assignment: Assignment) -> tuple[Caution, ...]:
    """What to warn of in one assignment."""
    return warnings_of([assignment])[assignment.id]


def warnings_of(assignments: Sequence[Assignment]) -> dict[int, tuple[Caution, ...]]:
    """What to warn of, by assignment id; nothing for the declined. Load them by `queries.with_names`."""
    booked = [assignment for assignment in assignments if assignment.state is not AssignmentState.DECLINED]
    found: dict[int, tuple[Caution, ...]] = {assignment.id: () for assignment in assignments}
    if booked:
        view = _View(booked)
        found.update((assignment.id, tuple(view.cautions(assignment))) for assignment in booked)
    return found


class _View:
    """What has to be known about some assignments to judge them: a fixed number of queries."""

    def __init__(self, assignments: Sequence[Assignment]) -> None:
        first = min(assignment.from_week for assignment in assignments)
        last = max(assignment.to_week for assignment in assignments)
        ids = {assignment.person_id for assignment in assignments}
        self.snapshot = snapshot.load(first, last, ids)
        self.persons = {person.id: person for person in self.snapshot.persons}
        self.parents = queries.parents()
        self.on_project = _on_project(ids)

    def cautions(self, assignment: Assignment) -> Iterator[Caution]:
        person = self.persons[assignment.person_id]
        yield from _of_skill(assignment, person)
        yield from self._of_parallel_work(assignment, person)
        if assignment.share < MIN_SHARE:
            yield Caution(CautionKind.SMALL_SHARE, MIN_SHARE)
        yield from _of_weeks(assignment)
        if self.on_project[assignment.person_id, assignment.project_id] > 1:
            yield Caution(CautionKind.TWICE_ON_PROJECT)
        if self._lacks_agreement(assignment):
            yield Caution(CautionKind.AGREEMENT_MISSING)

    def _of_parallel_work(self, assignment: Assignment, person: Person) -> Iterator[Caution]:
        weeks = WeekRange(assignment.from_week, assignment.to_week)
        own = [each for each in self.snapshot.assignments if each.person_id == person.id]
        most = capacity(person, own, weeks).most_projects
        if person.max_parallel is not None and most > person.max_parallel:
            yield Caution(CautionKind.TOO_MANY_PARALLEL, most)

    def _lacks_agreement(self, assignment: Assignment) -> bool:
        if assignment.state not in AWAITS_AGREEMENT or assignment.agreed_on is not None:
            return False
        home, owner = assignment.person.home_organisation_id, assignment.project.organisation_id
        return agreement_needed(home, owner, self.parents)


def _of_skill(assignment: Assignment, person: Person) -> Iterator[Caution]:
    if assignment.need is None:
        return
    while_working = replace(as_need(assignment.need), first=assignment.from_week, last=assignment.to_week)
    held: Fit = fit(person, while_working)
    if held.suffices:
        return
    if held.best == 0:
        yield Caution(CautionKind.SKILL_MISSING, held.required)
    else:
        yield Caution(CautionKind.LEVEL_TOO_LOW, held.held)


def _of_weeks(assignment: Assignment) -> Iterator[Caution]:
    project, need = assignment.project, assignment.need
    if not _within(assignment, Week.containing(project.start), Week.containing(project.end)):
        yield Caution(CautionKind.OUTSIDE_PROJECT)
    if need is not None and not _within(assignment, need.from_week, need.to_week):
        yield Caution(CautionKind.OUTSIDE_NEED)


def _within(assignment: Assignment, first: Week, last: Week) -> bool:
    return first <= assignment.from_week and assignment.to_week <= last


def _on_project(person_ids: set[int]) -> Mapping[tuple[int, int], int]:
    """How many assignments that still hold each person has on each project."""
    over = (AssignmentState.DECLINED, AssignmentState.ENDED)
    statement = select(Assignment.person_id, Assignment.project_id).where(
        Assignment.person_id.in_(person_ids), Assignment.state.not_in(over)
    )
    counted: defaultdict[tuple[int, int], int] = defaultdict(int)
    for person_id, project_id in db.session.execute(statement):
        counted[person_id, project_id] += 1
    return counted
