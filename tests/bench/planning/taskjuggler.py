"""TaskJuggler (https://taskjuggler.org, Debian package `tj3`) at the same problem.

A need becomes a task that begins with its window and lasts as long, with everybody who is eligible as alternatives, its
priority, and its share as the most work a day. Free shares are a person's most work a day in a period; days away are
leaves. A day has as many time slots as the shares have steps, so that each share is a whole number of slots.
docs/benchmarks.md says what this leaves out and which other ways were tried.
"""

import csv
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from math import gcd
from pathlib import Path
from time import monotonic

from portfolio.planning.instance import DAYS_PER_WEEK, Assignment, Instance, Mode, Need, Person
from portfolio.planning.problem import NeedKind
from tests.bench.planning.bookings import Bookings
from tests.bench.planning.runs import Refused

MONDAY = date(2026, 1, 5)
"""Week 0 begins here."""
PRIORITY = {1: 800, 2: 600, 3: 400, 4: 200}
LOCKED = 1000
REPORT = "bookings"
PATIENCE = 600.0
"""Seconds after which it is ended."""


@dataclass(frozen=True)
class Scheduled:
    bookings: Bookings
    seconds: float
    """From start to end of the command."""


def version() -> str | None:
    """None where it is not installed."""
    if shutil.which("tj3") is None:
        return None
    told = subprocess.run(["tj3", "--version"], capture_output=True, text=True, check=True).stdout
    return told.split()[-1]


def schedule(instance: Instance) -> Scheduled:
    """What TaskJuggler makes of the instance; Refused when it ends with an error or not at all."""
    project = Project(instance)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "project.tjp").write_text(project.text, encoding="utf-8")
        command = ["tj3", "--silent", "--no-color", "--output-dir", folder, f"{folder}/project.tjp"]
        begun = monotonic()
        try:
            subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
        except subprocess.TimeoutExpired:
            raise Refused(f"tj3 had no plan after {PATIENCE:g} s") from None
        except subprocess.CalledProcessError as error:
            said = [line for line in error.stderr.splitlines() if "Error" in line]
            raise Refused(f"tj3: {said[0] if said else 'no plan'}") from None
        seconds = monotonic() - begun
        return Scheduled(project.bookings(Path(folder, f"{REPORT}.csv").read_text(encoding="utf-8")), seconds)


@dataclass(frozen=True)
class Project:
    """An instance in TaskJuggler's language, and its report in ours.

    In mode whole, who begins a task stays on it until they have left for good (`persistent`). With hand-overs anybody
    who is free may take any slot; how often it changes cannot be said.
    """

    instance: Instance

    @property
    def text(self) -> str:
        """The project file; ValueError for what cannot be said."""
        persons = (self._resource(place, person) for place, person in enumerate(self.instance.persons))
        tasks = (self._task(place, need) for place, need in enumerate(self.instance.needs))
        return "\n".join([*self._head(), *persons, *filter(None, tasks), *self._report()]) + "\n"

    def bookings(self, report: str) -> Bookings:
        """The table of minutes by week: below the row of each task those of the resources that work on it."""
        head, *rows = csv.reader(report.splitlines(), delimiter=";")
        weeks = [(date.fromisoformat(day) - MONDAY).days // 7 for day in head[1:]]
        found, need = {}, ""
        for name, *cells in rows:
            place = int(name[1:])
            if name.startswith("n"):
                need = self.instance.needs[place].id
                continue
            for week, minutes in zip(weeks, cells, strict=True):
                if minutes:
                    found[need, self.instance.persons[place].id, week] = self._work(int(minutes))
        return found

    @cached_property
    def _step(self) -> int:
        """The share that one slot a day stands for."""
        frees = (share for person in self.instance.persons for share in person.free)
        return gcd(100, *(need.share for need in self.instance.needs), *frees)

    @property
    def _slot(self) -> int:
        """Minutes: the longest that can be told and fits into a day often enough."""
        return next(minutes for minutes in (60, 30, 20, 15, 10) if 100 // self._step * minutes <= 24 * 60)

    def _minutes(self, share: int) -> int:
        return share // self._step * self._slot

    def _work(self, minutes: int) -> int:
        return minutes // self._slot * self._step

    def _head(self) -> Iterator[str]:
        hours, minutes = divmod(self._minutes(100), 60)
        yield f'project "instance" {_day(0)} - {_day(self.instance.weeks)} {{'
        yield f"  timingresolution {self._slot} min"
        yield '  timezone "UTC"'
        yield f"  now {_day(0)}"
        yield "  weekstartsmonday"
        yield f"  dailyworkinghours {self._minutes(100) / 60:g}"
        yield f"  workinghours mon - fri 0:00 - {hours}:{minutes:02}"
        yield "  workinghours sat, sun off"
        yield "}"

    def _resource(self, place: int, person: Person) -> str:
        leaves = [f"  leaves annual {period}" for period in _away(person)]
        limits = [
            f"    dailymax {self._minutes(share)} min {{ period {_day(first)} - {_day(last + 1)} }}"
            for first, last, share in _runs(person.free)
            if share
        ]
        return "\n".join([f'resource p{place} "{person.id}" {{', *leaves, "  limits {", *limits, "  }", "}"])

    def _task(self, place: int, need: Need) -> str | None:
        """None without anybody who may take it."""
        if need.kind is not NeedKind.STEADY or need.candidates is not None:
            raise ValueError(f"need {need.id}: only steady needs with a skill can be said to TaskJuggler")
        lock = next((lock for lock in self.instance.locked if lock.need == need.id), None)
        able = [f"p{place}" for place, person in enumerate(self.instance.persons) if _may_take(person, need, lock)]
        if not able:
            return None
        alternatives = f"alternative {', '.join(able[1:])} " if able[1:] else ""
        stays = "persistent " if self.instance.goals.mode is Mode.WHOLE else ""
        return "\n".join(
            [
                f'task n{place} "{need.id}" {{',
                f"  start {_day(lock.first if lock else need.first)}",
                f"  duration {need.length}w",
                f"  priority {LOCKED if lock else PRIORITY[need.priority]}",
                f"  limits {{ dailymax {self._minutes(need.share)} min }}",
                f"  allocate {able[0]} {{ {alternatives}select minallocated {stays}}}",
                "}",
            ]
        )

    def _report(self) -> Iterator[str]:
        yield f'taskreport "{REPORT}" {{'
        yield "  formats csv"
        yield "  columns id, weekly"
        yield "  hidetask @none"
        yield "  hideresource @none"
        yield "  loadunit minutes"
        yield '  numberformat "-" "" "" "." 0'
        yield "}"


def _may_take(person: Person, need: Need, lock: Assignment | None) -> bool:
    return person.id == lock.person if lock else person.skills.get(need.skill or "", -1) >= need.level


def _day(week: int, day: int = 0) -> date:
    return MONDAY + timedelta(weeks=week, days=day)


def _runs(values: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """First and last place of each run of one value, and the value."""
    for value, places in groupby(range(len(values)), key=values.__getitem__):
        run = list(places)
        yield run[0], run[-1], value


def _away(person: Person) -> Iterator[str]:
    """The days away: whole weeks, those with nothing free too, and single days at the end of a week."""
    there = [days if free else 0 for days, free in zip(person.presence, person.free, strict=True)]
    for first, last, days in _runs(there):
        if days == 0:
            yield f"{_day(first)} - {_day(last + 1)}"
        elif days < DAYS_PER_WEEK:
            yield from (f"{_day(week, days)} - {_day(week, DAYS_PER_WEEK)}" for week in range(first, last + 1))
