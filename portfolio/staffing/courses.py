"""What becomes of an assignment when it is ended, shortened, extended, given another share or handed over.

Pure: values in, values out. The page shows what a course leads to before `services.carry_out` takes it, so that both
say the same.

An agreement of the home authority reaches as far as what it was given for. What goes beyond, by weeks, share or person,
begins as a proposal of its own, beside what was agreed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from portfolio.planning.weeks import Week, WeekRange
from portfolio.staffing.checks import sensible_share, sensible_weeks
from portfolio.staffing.problems import NothingChanges, WeekOutside


class Verb(StrEnum):
    """What can be done with an assignment, in the order in which it is offered."""

    HAND_OVER = "hand_over"
    CHANGE_SHARE = "change_share"
    EXTEND = "extend"
    SHORTEN = "shorten"
    END = "end"


@dataclass(frozen=True, slots=True)
class Piece:
    """A person with a share over weeks; `anew` where nobody has agreed to it yet, so that it begins as proposed."""

    person_id: int
    share: int
    weeks: WeekRange
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """What an assignment turns into."""

    held: Piece
    """As it is now."""
    kept: Piece | None
    """What stays of it; None when it is taken back as a whole."""
    follows: Piece | None = None
    """An assignment of its own beside it, for the same need."""
    ends: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in (self.kept, self.follows) if piece)

    @property
    def freed(self) -> tuple[tuple[WeekRange, int], ...]:
        """The runs of weeks in which the person works less, with the share that becomes free."""
        left = [(week, self.held.share - self._booked(week)) for week in self.held.weeks]
        runs = groupby(enumerate(left), key=lambda pair: (pair[1][0].index - pair[0], pair[1][1]))
        weeks = (([week for _number, (week, _share) in run], share) for (_place, share), run in runs)
        return tuple((WeekRange(run[0], run[-1]), share) for run, share in weeks if share > 0)

    def _booked(self, week: Week) -> int:
        """What the person still works in that week."""
        own = (piece for piece in self.pieces if piece.person_id == self.held.person_id)
        return sum(piece.share for piece in own if week in piece.weeks)

    @property
    def begins_anew(self) -> Piece | None:
        """The piece to which somebody has still to agree."""
        return next((piece for piece in self.pieces if piece.anew), None)

    @property
    def additions(self) -> tuple[Piece, ...]:
        """The pieces that book what is not booked now."""
        held = self.held
        return tuple(
            piece
            for piece in self.pieces
            if piece.person_id != held.person_id
            or piece.share > held.share
            or piece.weeks.first < held.weeks.first
            or piece.weeks.last > held.weeks.last
        )

    @property
    def books_more(self) -> bool:
        return bool(self.additions)


def end(held: Piece, last: Week) -> Course:
    """It is over after `last`."""
    if last not in held.weeks:
        raise WeekOutside("to_week", held.weeks.first, held.weeks.last)
    return Course(held, replace(held, weeks=WeekRange(held.weeks.first, last)), ends=True)


def shorten(held: Piece, last: Week) -> Course:
    """It goes on, to an earlier week."""
    if not held.weeks.first <= last < held.weeks.last:
        raise WeekOutside("to_week", held.weeks.first, held.weeks.last - 1)
    return Course(held, replace(held, weeks=WeekRange(held.weeks.first, last)))


def extend(held: Piece, last: Week, agreed: bool) -> Course:
    """It goes on to a later week; beyond what was `agreed`, the weeks added are a piece of their own."""
    if last <= held.weeks.last:
        raise WeekOutside("to_week", held.weeks.last + 1, None)
    sensible_weeks(held.weeks.first, last)
    if agreed:
        return Course(held, held, replace(held, weeks=WeekRange(held.weeks.last + 1, last), anew=True))
    return Course(held, replace(held, weeks=WeekRange(held.weeks.first, last)))


def change_share(held: Piece, first: Week, share: int, agreed: bool) -> Course:
    """From `first` on it has another share; more than was `agreed` has to be agreed to anew."""
    sensible_share(share)
    if first not in held.weeks:
        raise WeekOutside("from_week", held.weeks.first, held.weeks.last)
    if share == held.share:
        raise NothingChanges("share")
    changed = replace(held, share=share, weeks=WeekRange(first, held.weeks.last), anew=agreed and share > held.share)
    kept = _before(held, first)
    return Course(held, changed) if kept is None else Course(held, kept, changed)


def hand_over(held: Piece, first: Week, to: Piece) -> Course:
    """From `first` on `to` works instead: over all the weeks that are left, or some of them."""
    sensible_share(to.share)
    if first not in held.weeks:
        raise WeekOutside("from_week", held.weeks.first, held.weeks.last)
    if to.person_id == held.person_id:
        raise NothingChanges("person_id")
    if to.weeks.first < first or to.weeks.last > held.weeks.last:
        raise WeekOutside("from_week", first, held.weeks.last)
    return Course(held, _before(held, first), replace(to, anew=True))


def _before(held: Piece, first: Week) -> Piece | None:
    return replace(held, weeks=WeekRange(held.weeks.first, first - 1)) if first > held.weeks.first else None
