"""Instances and plans from JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.planning.formats.fields import LARGEST, Fields, Malformed, number_of, parsed, real
from portfolio.planning.instance import (
    PRIORITY_WEIGHT,
    Assignment,
    Candidate,
    Duals,
    Goals,
    Instance,
    Level,
    Mode,
    Need,
    Person,
    Plan,
    Rules,
    Status,
)
from portfolio.planning.problem import NeedKind

INSTANCE_FORMAT = "projektpool-instance/1"
PLAN_FORMAT = "projektpool-plan/1"
MOST_WEEKS = 1440  # a day in minutes


@dataclass(frozen=True, slots=True)
class Names:
    """What an instance knows, to refuse what it does not."""

    needs: frozenset[str]
    persons: frozenset[str]
    weeks: int

    @classmethod
    def of(cls, instance: Instance) -> Names:
        needs = frozenset(need.id for need in instance.needs)
        return cls(needs, frozenset(person.id for person in instance.persons), instance.weeks)

    def need(self, row: Fields, name: str) -> str:
        found = row.text(name)
        if found not in self.needs:
            raise Malformed(f"{row.where}: unknown need {found}")
        return found

    def person(self, row: Fields, name: str) -> str:
        found = row.text(name)
        if found not in self.persons:
            raise Malformed(f"{row.where}: unknown person {found}")
        return found

    def assignment(self, row: Fields) -> Assignment:
        need, person = self.need(row, "need"), self.person(row, "person")
        first = row.number("from", 0, self.weeks - 1)
        last = row.number("to", first, self.weeks - 1)
        return Assignment(need, person, first, last, row.number("share", 1, LARGEST))


def read_instance(text: str) -> Instance:
    """An instance from its JSON; raises Malformed."""
    data = Fields(parsed(text), "instance")
    data.expect("format", INSTANCE_FORMAT)
    weeks = data.number("weeks", 1, MOST_WEEKS)
    persons = tuple(_person(row, weeks) for row in data.rows("persons"))
    person_ids = _unique((person.id for person in persons), "persons")
    rules = _rules(data.part("rules"))
    needs = tuple(_need(row, weeks, person_ids, rules) for row in data.rows("needs"))
    need_ids = _unique((need.id for need in needs), "needs")
    names = Names(need_ids, person_ids, weeks)
    return Instance(
        name=data.text("name", ""),
        weeks=weeks,
        persons=persons,
        needs=needs,
        rules=rules,
        goals=_goals(data.part("goals")),
        locked=tuple(names.assignment(row) for row in data.rows("locked", optional=True)),
        current=tuple(names.assignment(row) for row in data.rows("current", optional=True)),
    )


def read_plan(text: str, instance: Instance) -> Plan:
    """A plan for `instance` from its JSON; raises Malformed."""
    data = Fields(parsed(text), "plan")
    data.expect("format", PLAN_FORMAT)
    names = Names.of(instance)
    dual_bound = data.get("bound_lp")
    figures = {level: data.get(level.value) for level in (Level.COST, Level.PERSONS_USED)}
    bounds = {level: data.get(f"{level.value}_bound") for level in Level}
    return Plan(
        instance=data.text("instance", ""),
        assignments=tuple(names.assignment(row) for row in data.rows("assignments")),
        value=data.number("value", 0, None),
        status=data.choice("status", Status, Status.FEASIBLE),
        bound=None if data.get("bound") is None else data.number("bound", 0, None),
        dual_bound=None if dual_bound is None else real(dual_bound, "plan: bound_lp"),
        duals=_duals(data.part("duals")) if data.get("duals") is not None else None,
        figures={level: float(value) for level, value in figures.items() if value is not None},
        figure_bounds={
            level: real(value, f"plan: {level.value}_bound") for level, value in bounds.items() if value is not None
        },
    )


def _unique(names: Iterable[str], where: str) -> frozenset[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Malformed(f"{where}: {name} stands twice")
        seen.add(name)
    return frozenset(seen)


def _person(row: Fields, weeks: int) -> Person:
    skills = row.part("skills")
    levels = {str(skill): number_of(level, f"{skills.where}: {skill}", 0, 4) for skill, level in skills.data.items()}
    limit = row.get("max_parallel")
    return Person(
        id=row.text("id"),
        free=row.numbers("free", weeks, LARGEST),
        presence=row.numbers("presence", weeks, 7),
        max_parallel=None if limit is None else row.number("max_parallel", 0, None),
        skills=levels,
    )


def _rules(part: Fields) -> Rules:
    given = part.part("priority_weight")
    weights = {
        number_of(int(priority) if priority.isdecimal() else priority, given.where, 1, 9): number_of(
            weight, f"{given.where}: {priority}", 0, LARGEST
        )
        for priority, weight in given.data.items()
    }
    return Rules(
        min_share=part.number("min_share", 1, LARGEST, 1),
        max_persons_per_need=part.number("max_persons_per_need", 1, None, 1),
        min_segment_weeks=part.number("min_segment_weeks", 1, None, 1),
        priority_weight=weights or dict(PRIORITY_WEIGHT),
    )


def _goals(part: Fields) -> Goals:
    names = part.get("levels") or [Level.COVERAGE.value]
    if not isinstance(names, list):
        raise Malformed(f"{part.where}: levels must be a list")
    levels = tuple(Fields({"level": name}, part.where).choice("level", Level, Level.COVERAGE) for name in names)
    return Goals(
        mode=part.choice("mode", Mode, Mode.WHOLE),
        levels=levels,
        tolerance=real(
            part.get("tolerance") if part.get("tolerance") is not None else 0.01, f"{part.where}: tolerance"
        ),
    )


def _need(row: Fields, weeks: int, person_ids: frozenset[str], rules: Rules) -> Need:
    first = row.number("from", 0, weeks - 1)
    last = row.number("to", first, weeks - 1)
    kind = row.choice("kind", NeedKind, NeedKind.STEADY)
    volume = kind is NeedKind.VOLUME
    priority = row.number("priority", 1, 9, 3)
    if priority not in rules.priority_weight:
        raise Malformed(f"{row.where}: priority {priority} has no weight")
    latest = None if row.get("latest_from") is None else row.number("latest_from", first, weeks - 1)
    if latest is not None and not volume and latest + last - first >= weeks:
        raise Malformed(f"{row.where}: begun in week {latest}, it would end outside the horizon")
    candidates = _candidates(row, person_ids) if row.get("candidates") is not None else None
    return Need(
        id=row.text("id"),
        project=row.text("project", ""),
        organisation=None if row.get("organisation") is None else row.text("organisation"),
        priority=priority,
        first=first,
        last=last,
        latest_first=latest,
        share=row.number("share", 1, LARGEST),
        skill=row.text("skill") if candidates is None else None,
        level=row.number("level", 0, 4, 0),
        kind=kind,
        person_days=row.number("person_days", 1, LARGEST) if volume else 0,
        candidates=candidates,
    )


def _candidates(row: Fields, person_ids: frozenset[str]) -> tuple[Candidate, ...]:
    found = tuple(
        Candidate(entry.text("person"), entry.number("share", 1, LARGEST), entry.number("cost", 0, LARGEST, 0))
        for entry in row.rows("candidates")
    )
    for candidate in found:
        if candidate.person not in person_ids:
            raise Malformed(f"{row.where}: unknown person {candidate.person}")
    _unique((candidate.person for candidate in found), f"{row.where}: candidates")
    return found


def _duals(part: Fields) -> Duals:
    by_need = part.part("need")
    return Duals(
        need={name: real(price, by_need.where) for name, price in by_need.data.items()},
        capacity=_by_week(part.part("capacity")),
        parallel=_by_week(part.part("parallel")),
        need_weeks=_by_week(part.part("need_weeks")),
    )


def _by_week(part: Fields) -> dict[tuple[str, int], float]:
    rows = {name: part.part(name) for name in part.data}
    return {
        (name, int(week)): real(price, row.where)
        for name, row in rows.items()
        for week, price in row.data.items()
        if week.isdecimal()
    }
