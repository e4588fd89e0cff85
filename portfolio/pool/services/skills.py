"""Skills: the catalogue, and the levels of persons."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import HIGHEST_LEVEL, Person, PersonSkill, Skill
from portfolio.pool.problems import (
    CodeTaken,
    EndsBeforeStart,
    LevelOutOfRange,
    SeenInTheFuture,
    SkillNamedTwice,
    UnknownSkill,
)
from portfolio.web import clock
from portfolio.web.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillData:
    """An entry of the skill catalogue."""

    code: str
    name: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What was seen, on which day, by which account."""

    evidence: str
    day: date
    user_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLevelData:
    """A person's level (0 to 4) in a skill, valid over weeks where they are given.

    Without `evidence` what is known of it stays; the empty text takes it away.
    """

    skill_id: int
    level: int
    valid_from_week: Week | None = None
    valid_to_week: Week | None = None
    evidence: str | None = None


def create_skill(data: SkillData) -> Skill:
    skill = Skill()
    _fill(skill, data)
    db.session.add(skill)
    db.session.flush()
    return skill


def change_skill(skill: Skill, data: SkillData) -> None:
    _fill(skill, data)
    db.session.flush()


def _fill(skill: Skill, data: SkillData) -> None:
    with db.session.no_autoflush:
        other = db.session.scalar(select(Skill.id).where(Skill.code == data.code, Skill.id != (skill.id or 0)))
    if other is not None:
        raise CodeTaken
    skill.code, skill.name, skill.area, skill.sort_key = data.code, data.name, data.area, fold(data.name)


def replace_skills(person: Person, rows: Sequence[SkillLevelData]) -> None:
    """Replace all skills of `person` by `rows`; a confirmation stays where skill, level and evidence stay."""
    _check(rows)
    kept: defaultdict[tuple[int, int], list[PersonSkill]] = defaultdict(list)
    for row in person.skills:
        kept[row.skill_id, row.level].append(row)
    person.skills = [_row(kept[data.skill_id, data.level], data) for data in rows]
    person.touch()
    db.session.flush()


def confirm_skill(row: PersonSkill, seen: Confirmation) -> None:
    """Evidence for the level was seen, with the person's consent."""
    if seen.day > clock.today():
        raise SeenInTheFuture
    row.evidence, row.consent = seen.evidence, True
    row.confirmed_on, row.confirmed_by_id = seen.day, seen.user_id
    row.person.touch()
    db.session.flush()


def withdraw_confirmation(row: PersonSkill) -> None:
    """The level is a self-assessment again; the evidence named stays."""
    _unconfirm(row)
    row.person.touch()
    db.session.flush()


def _unconfirm(row: PersonSkill) -> None:
    row.confirmed_on, row.confirmed_by_id, row.consent = None, None, False


def _check(rows: Sequence[SkillLevelData]) -> None:
    wanted = {row.skill_id for row in rows}
    known = set(db.session.scalars(select(Skill.id).where(Skill.id.in_(wanted))))
    if wanted - known:
        raise UnknownSkill
    if len({(row.skill_id, row.valid_from_week) for row in rows}) < len(rows):
        raise SkillNamedTwice
    for row in rows:
        if not 0 <= row.level <= HIGHEST_LEVEL:
            raise LevelOutOfRange
        if row.valid_from_week and row.valid_to_week and row.valid_to_week < row.valid_from_week:
            raise EndsBeforeStart("skills")


def _row(kept: list[PersonSkill], data: SkillLevelData) -> PersonSkill:
    """The next row with the same skill and level, or a new one."""
    row = kept.pop(0) if kept else PersonSkill(skill_id=data.skill_id, level=data.level)
    row.valid_from_week = data.valid_from_week
    row.valid_to_week = data.valid_to_week
    if data.evidence is not None and (data.evidence or None) != row.evidence:
        row.evidence = data.evidence or None
        _unconfirm(row)  # of this evidence nobody has said that it was seen
    return row
