"""What speaks against an assignment without forbidding it: typed facts, worded in labels."""

from dataclasses import dataclass
from enum import StrEnum


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
