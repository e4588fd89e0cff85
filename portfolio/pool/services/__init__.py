"""What can be done to persons, their pool shares, skills and absences, and to the skill catalogue."""

from portfolio.pool.services.absences import add_absence, change_absence, check_absence, remove_absence
from portfolio.pool.services.persons import PersonData, change_person, create_person, set_active
from portfolio.pool.services.pool_shares import PoolShareData, replace_pool_shares
from portfolio.pool.services.skills import (
    Confirmation,
    SkillData,
    SkillLevelData,
    change_skill,
    confirm_skill,
    create_skill,
    replace_skills,
    withdraw_confirmation,
)

__all__ = [
    "Confirmation",
    "PersonData",
    "PoolShareData",
    "SkillData",
    "SkillLevelData",
    "add_absence",
    "change_absence",
    "change_person",
    "change_skill",
    "check_absence",
    "confirm_skill",
    "create_person",
    "create_skill",
    "remove_absence",
    "replace_pool_shares",
    "replace_skills",
    "set_active",
    "withdraw_confirmation",
]
