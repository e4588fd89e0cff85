"""Instances as the live plan would have them: ids as numbers, weeks as weeks, days present as absences."""

from datetime import timedelta

from portfolio.planning import instance as staffing
from portfolio.planning.measures import Ground
from portfolio.planning.problem import Absence, Assignment, Need, Person, PoolShare, SkillLevel
from portfolio.planning.weeks import WORKING_DAYS_PER_WEEK, Week, WeekRange


class Live:
    """The persons and needs of an instance, its first week being `first`; every need is a project of its own."""

    def __init__(self, problem: staffing.Instance, first: Week) -> None:
        self._first = first
        self._places = {each.id: place for place, each in enumerate((*problem.persons, *problem.needs))}
        names = {name for person in problem.persons for name in person.skills}
        asked = {need.skill for need in problem.needs if need.skill is not None}
        self._skills = {name: place for place, name in enumerate(sorted(names | asked))}
        self.persons = {person.id: self._places[person.id] for person in problem.persons}
        given = sorted({need.organisation for need in problem.needs if need.organisation is not None})
        self.organisations = dict(enumerate(given))
        places = {name: place for place, name in self.organisations.items()}
        self.ground = Ground(
            weeks=WeekRange(first, first + problem.weeks - 1),
            persons=tuple(self._person(person) for person in problem.persons),
            needs=tuple(self._need(need) for need in problem.needs),
            organisations={
                self._places[need.id]: places[need.organisation]
                for need in problem.needs
                if need.organisation is not None
            },
        )

    def plan(self, assignments: tuple[staffing.Assignment, ...]) -> tuple[Assignment, ...]:
        return tuple(
            Assignment(
                person_id=self._places[part.person],
                project_id=self._places[part.need],
                first=self._first + part.first,
                last=self._first + part.last,
                share=part.share,
                need_id=self._places[part.need],
            )
            for part in assignments
        )

    def _person(self, person: staffing.Person) -> Person:
        weeks = [self._first + week for week in range(len(person.free))]
        away = zip(weeks, person.presence, strict=True)
        return Person(
            id=self._places[person.id],
            pool_shares=tuple(PoolShare(week, week, free) for week, free in zip(weeks, person.free, strict=True)),
            absences=tuple(
                Absence(week.monday, week.monday + timedelta(days=WORKING_DAYS_PER_WEEK - 1 - days))
                for week, days in away
                if days < WORKING_DAYS_PER_WEEK
            ),
            skills=tuple(SkillLevel(self._skills[name], level) for name, level in person.skills.items()),
            max_parallel=person.max_parallel,
        )

    def _need(self, need: staffing.Need) -> Need:
        place = self._places[need.id]
        return Need(
            id=place,
            project_id=place,
            skill_id=self._skills[need.skill or ""],
            level=need.level,
            first=self._first + need.first,
            last=self._first + need.last,
            share=need.share,
            kind=need.kind,
            person_days=need.person_days,
            priority=need.priority,
        )
