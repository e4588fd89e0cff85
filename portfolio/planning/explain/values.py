"""What explanations say. Each value is a claim that can be held against the rules (see `claims`).

Weeks, shares and work are counted as in `instance`; what something is worth is weighted work in share-days, as the
value of a plan counts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portfolio.planning.instance import Assignment


class Reason(StrEnum):
    """Why a need is open, or why a part of it is. The first that holds is given, in this order."""

    PERSONS = "persons"
    """As many work on it as may, or all who can."""
    REMAINDER = "remainder"
    """What is open is too short or too small to be a part by itself."""
    NO_SKILL = "no_skill"
    """Nobody has the skill, or nobody is named."""
    NO_LEVEL = "no_level"
    """Somebody has the skill, nobody at the level."""
    AVAILABLE = "available"
    """Somebody could take it as the plan stands: the plan leaves it for another goal, or was not worked out."""
    NO_DAYS = "no_days"
    """Whoever may take it would have the hours even so, but is away."""
    PARALLEL = "parallel"
    """Somebody has the hours, but would have too many assignments at once."""
    NO_HOURS = "no_hours"
    """Nobody who may take it has the hours, even without other assignments than the locked ones."""
    RIVALS = "rivals"
    """Whoever could take it is on other needs; the rival says which, and what they are worth."""


class RelaxationKind(StrEnum):
    """What of a need may be given way in, one at a time."""

    START = "start"
    """It begins later."""
    SHARE = "share"
    """It takes less a week."""
    LEVEL = "level"
    """A lower level suffices."""
    WINDOW = "window"
    """It takes fewer weeks, within the weeks it may have now."""
    DAYS = "days"
    """A volume of fewer person-days."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The least change of one kind with which one assignment, `by`, covers all that is open.

    The values are those the need has then; None stays as it is. A later start is `first`, a shorter window is `first`
    and `last`. A claim read from elsewhere may leave out who does it.
    """

    kind: RelaxationKind
    first: int | None = None
    last: int | None = None
    share: int | None = None
    level: int | None = None
    person_days: int | None = None
    by: Assignment | None = None


@dataclass(frozen=True, slots=True)
class Rival:
    """Needs that hold somebody: without these assignments, and with every one of them, `instead` could (not) be.

    Of all who could take the need, the one with the least to give up for it.
    """

    instead: Assignment
    needs: tuple[str, ...]
    worth: int
    """What the person does for these needs."""
    own: int
    """What `instead` would be worth."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Proof that these needs cannot all be covered, whomever one takes: `demand` exceeds `usable`.

    Sums over the weeks from `first` to `last`, in percent-weeks: what the needs take at least, wherever in their
    windows they begin; what all `persons` who may take any of them have free; and how much of that is usable, since
    needs are taken whole. Locked assignments are taken off before.
    """

    needs: tuple[str, ...]
    first: int
    last: int
    demand: int
    free: int
    usable: int
    persons: int


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need that nobody, or not enough, is assigned to.

    `first` and `last` bound the weeks in which it fails: those of the shortage, else those in which whoever comes
    nearest lacks room.
    """

    need: str
    reason: Reason
    skill: str | None
    first: int
    last: int
    relaxations: tuple[Relaxation, ...] = ()
    rival: Rival | None = None
    shortage: Shortage | None = None


class Against(StrEnum):
    """Why not somebody else. The first that holds is given."""

    LACKS_HOURS = "lacks_hours"
    """Would not have the hours in some weeks, even without other assignments than the locked ones."""
    LACKS_DAYS = "lacks_days"
    """Is away too much for the work, or there so much more that less than the least share would do."""
    ELSEWHERE = "elsewhere"
    """Is on other needs in these weeks, or has as many as may run at once."""
    LESS_WORK = "less_work"
    """Is away for more days: does less of it."""
    COSTLIER = "costlier"
    SURPLUS = "surplus"
    """Has more levels beyond those asked for, which other needs may want."""
    EQUAL = "equal"
    BETTER = "better"
    """Would do more, or fits more closely: another goal, or the time the plan had, decided."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Somebody else for the same weeks of an assignment, and why not."""

    person: str
    against: Against
    weeks: tuple[int, ...] = ()
    """In which hours are lacking, or rivals run."""
    needs: tuple[str, ...] = ()
    """The rivals."""
    worth: int = 0
    """What the person does for the rivals."""
    surplus: int = 0
    """Levels beyond the one asked for."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Why an assignment: what speaks for the person, and why not the two who come next."""

    assignment: Assignment
    level: int | None
    """None where candidates are named."""
    surplus: int
    free_weeks: tuple[int, ...]
    """Weeks in which the need may run and the person, on all else as planned, has the share free."""
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Gain:
    """How much more weighted work could be done with one more person who has the skill.

    An estimate by the linear relaxation, or `exact`: the difference between two plans. Of a training, `person` is who
    learns it.
    """

    skill: str
    gain: int
    person: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a plan file says beside the plan. None is "not worked out", the empty tuple is "none"."""

    open: tuple[OpenNeed, ...] | None = None
    marginal: tuple[Gain, ...] | None = None
    training: tuple[Gain, ...] | None = None
