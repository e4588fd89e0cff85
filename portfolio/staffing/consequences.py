"""What a change means for the work of people and for needs, as far as its reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from portfolio.access.policy import Actor
from portfolio.extensions import db
from portfolio.planning import problem as planning
from portfolio.planning.effects import Staffing, delivery, effects, thinned
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool import calendar
from portfolio.staffing import queries, snapshot
from portfolio.staffing.courses import Course, Piece
from portfolio.staffing.felt import Felt
from portfolio.staffing.models import Assignment, Need
from portfolio.staffing.snapshot import as_assignment, as_need
from portfolio.staffing.visibility import shares_visible_to
from portfolio.web import settings

Absences = Sequence[planning.Absence]
Bookings = Mapping[int, tuple[planning.Assignment, ...]]
"""By assignment id what it books: itself, or the pieces it was taken apart to."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Some assignments, the needs they are for, and all that their delivery depends on."""

    assignments: tuple[Assignment, ...]
    needs: tuple[Need, ...]
    """Those of which the reader may see how they stand."""
    bookings: Bookings
    persons: Mapping[int, planning.Person]
    days_off: frozenset[date]

    def felt(self, bookings: Bookings | None = None, persons: Iterable[planning.Person] = ()) -> list[Felt]:
        """What is felt of other `bookings` or of other absences of `persons`; the rest stays as it is."""
        now = _staffing(self.bookings, self.persons)
        then = _staffing({**self.bookings, **(bookings or {})}, {**self.persons, **{each.id: each for each in persons}})
        return [*self._of_needs(now, then), *self._of_work(bookings or {}, then.persons)]

    def about(self, assignments: Iterable[Assignment]) -> Scene:
        """The part of the scene that these of its assignments play in."""
        rows = tuple(assignments)
        needs = {row.need_id for row in rows if row.need_id is not None}
        ids = {row.id for row in rows}
        parts = self.bookings.items()
        return replace(
            self,
            assignments=rows,
            needs=tuple(need for need in self.needs if need.id in needs),
            bookings={id_: booked for id_, booked in parts if id_ in ids or any(b.need_id in needs for b in booked)},
        )

    def _of_needs(self, now: Staffing, then: Staffing) -> Iterable[Felt]:
        planned = [as_need(need) for need in self.needs]
        found = effects(planned, now, then, self.days_off, settings.full_time_hours())
        for need, effect in zip(self.needs, found, strict=True):
            if effect.is_felt:
                by = tuple(row for row in self.assignments if row.need_id == need.id)
                yield Felt(need.project, need, effect.delivery, effect, by)

    def _of_work(self, bookings: Bookings, persons: Mapping[int, planning.Person]) -> Iterable[Felt]:
        """Work of which nothing but its own hours is shown."""
        shown = {need.id for need in self.needs}
        for assignment in self.assignments:
            if assignment.need_id in shown:
                continue
            own = self.bookings[assignment.id]
            now = Staffing(own, self.persons)
            then = Staffing(bookings.get(assignment.id, own), persons)
            span = _span([each.weeks for each in (*now.assignments, *then.assignments)])
            hours = delivery(span, now, then, self.days_off)
            if hours.spans:
                yield Felt(assignment.project, assignment.need, hours, None, (assignment,))


def scene(assignments: Sequence[Assignment], actor: Actor, pieces: Sequence[Piece] = ()) -> Scene:
    """Everything about these assignments, of which person, project and need are loaded (`queries.with_names`).

    `pieces` are what may come instead, with other persons and weeks. Two queries.
    """
    needs = {
        row.need.id: row.need for row in assignments if row.need is not None and shares_visible_to(actor, row.project)
    }
    rows = {row.id: row for row in (*assignments, *db.session.scalars(queries.bookings_for(needs)))}
    bookings = {row.id: (as_assignment(row),) for row in rows.values() if row.books}
    window = [as_need(need) for need in needs.values()]
    weeks = (*(each.weeks for each in window), *(piece.weeks for piece in pieces))
    span = _span([*weeks, *(each.weeks for booked in bookings.values() for each in booked)])
    workers = {row.person_id for row in rows.values()} | {piece.person_id for piece in pieces}
    return Scene(
        assignments=tuple(row for row in assignments if row.books),
        needs=tuple(needs.values()),
        bookings=bookings,
        persons=snapshot.load_workers(workers, span),
        days_off=calendar.days_off(span.first, span.last),
    )


def of_course(assignment: Assignment, course: Course, actor: Actor) -> list[Felt]:
    """What taking the course would do."""
    stage = scene([assignment], actor, course.pieces)
    return stage.felt({assignment.id: tuple(_booked(assignment, piece) for piece in course.pieces)})


def of_absences(work: Sequence[Assignment], actor: Actor, gone: Absences, come: Absences) -> list[Felt]:
    """What it does to the `work` of one person that they are away on the days that come, and no more on those gone."""
    if not work:
        return []
    stage = scene(work, actor)
    person = stage.persons[work[0].person_id]
    left = tuple(each for each in person.absences if each not in gone)
    return stage.felt(persons=[replace(person, absences=(*left, *come))])


def of_each_absence(work: Sequence[Assignment], actor: Actor, absences: Absences) -> list[list[Felt]]:
    """What each of the person's absences, which are entered, takes from their `work` beside the others."""
    if not work:
        return [[] for _absence in absences]
    stage = scene(work, actor)
    return [_of_absence(stage, work[0].person_id, absence) for absence in absences]


def _of_absence(stage: Scene, person_id: int, absence: planning.Absence) -> list[Felt]:
    first, last = Week.containing(absence.first), Week.containing(absence.last)
    part = stage.about(row for row in stage.assignments if row.from_week <= last and first <= row.to_week)
    person = stage.persons[person_id]
    present = replace(person, absences=tuple(each for each in person.absences if each != absence))
    return replace(part, persons={**part.persons, person_id: present}).felt(persons=[person])


def of_leaving(work: Sequence[Assignment], actor: Actor, this_week: Week) -> list[Felt]:
    """What would be lacking if nobody took over the `work` from this week on."""
    if not work:
        return []
    stage = scene(work, actor)
    return stage.felt({row.id: _until(stage.bookings[row.id], this_week - 1) for row in stage.assignments})


def of_giving_way(
    work: Sequence[Assignment], actor: Actor, cuts: Mapping[Week, int]
) -> list[tuple[Assignment, list[Felt]]]:
    """Of each assignment that reaches into these weeks, what it would mean if it alone gave way by these shares."""
    if not work:
        return []
    stage = scene(work, actor)
    rows = [row for row in stage.assignments if any(row.from_week <= week <= row.to_week for week in cuts)]
    return [(row, _of_giving_way(stage.about([row]), row, cuts)) for row in rows]


def _of_giving_way(stage: Scene, row: Assignment, cuts: Mapping[Week, int]) -> list[Felt]:
    return stage.felt({row.id: tuple(left for each in stage.bookings[row.id] for left in thinned(each, cuts))})


def _until(booked: Iterable[planning.Assignment], last: Week) -> tuple[planning.Assignment, ...]:
    return tuple(replace(each, last=min(each.last, last)) for each in booked if each.first <= last)


def _booked(assignment: Assignment, piece: Piece) -> planning.Assignment:
    weeks = piece.weeks
    return replace(
        as_assignment(assignment), person_id=piece.person_id, share=piece.share, first=weeks.first, last=weeks.last
    )


def _staffing(bookings: Bookings, persons: Mapping[int, planning.Person]) -> Staffing:
    return Staffing(tuple(each for booked in bookings.values() for each in booked), persons)


def _span(parts: Sequence[WeekRange]) -> WeekRange:
    return WeekRange(min(weeks.first for weeks in parts), max(weeks.last for weeks in parts))
