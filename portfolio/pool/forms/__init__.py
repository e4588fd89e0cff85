"""Forms of the pool, one file each for what is edited."""

from portfolio.pool.forms.absence import AbsenceForm
from portfolio.pool.forms.person import PersonForm
from portfolio.pool.forms.pool_shares import PoolSharesForm
from portfolio.pool.forms.skills import ConfirmForm, SkillFilterForm, SkillForm, SkillLevelsForm

__all__ = [
    "AbsenceForm",
    "ConfirmForm",
    "PersonForm",
    "PoolSharesForm",
    "SkillFilterForm",
    "SkillForm",
    "SkillLevelsForm",
]
