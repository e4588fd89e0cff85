"""What becomes of an assignment of weeks 0 to 9 with 40 percent, as values."""

from collections.abc import Callable

import pytest

from portfolio.planning.weeks import WeekRange
from portfolio.staffing import courses
from portfolio.staffing.courses import Course, Piece
from portfolio.staffing.problems import NothingChanges, ShareOutOfRange, WeekOutOfRange, WeekOutside
from portfolio.web.problems import Problem
from tests.factories import FIRST_WEEK

PAUL, LEA = 1, 2


def weeks(first: int, last: int) -> WeekRange:
    return WeekRange(FIRST_WEEK + first, FIRST_WEEK + last)


def piece(first: int, last: int, share: int = 40, person: int = PAUL, anew: bool = False) -> Piece:
    return Piece(person, share, weeks(first, last), anew)


HELD = piece(0, 9)


@pytest.mark.parametrize("last", [0, 4, 9])
def test_ending_keeps_the_weeks_until_then(last: int) -> None:
    assert courses.end(HELD, FIRST_WEEK + last) == Course(HELD, piece(0, last), ends=True)


def test_shortening_goes_on_to_an_earlier_week() -> None:
    assert courses.shorten(HELD, FIRST_WEEK + 3) == Course(HELD, piece(0, 3))


def test_extending_goes_on_to_a_later_week() -> None:
    assert courses.extend(HELD, FIRST_WEEK + 12, agreed=False) == Course(HELD, piece(0, 12))


def test_weeks_beyond_an_agreement_are_proposed_beside_it() -> None:
    assert courses.extend(HELD, FIRST_WEEK + 12, agreed=True) == Course(HELD, HELD, piece(10, 12, anew=True))


@pytest.mark.parametrize(("share", "anew"), [(60, True), (20, False)])
def test_more_than_agreed_begins_anew_less_does_not(share: int, anew: bool) -> None:
    found = courses.change_share(HELD, FIRST_WEEK + 4, share, agreed=True)
    assert found == Course(HELD, piece(0, 3), piece(4, 9, share, anew=anew))


def test_another_share_from_the_first_week_is_the_whole_assignment() -> None:
    assert courses.change_share(HELD, FIRST_WEEK, 60, agreed=True) == Course(HELD, piece(0, 9, 60, anew=True))


def test_handing_over_gives_the_rest_to_somebody_else() -> None:
    found = courses.hand_over(HELD, FIRST_WEEK + 6, piece(6, 9, person=LEA))
    assert found == Course(HELD, piece(0, 5), piece(6, 9, person=LEA, anew=True))


def test_handing_over_before_it_begins_leaves_nothing() -> None:
    assert courses.hand_over(HELD, FIRST_WEEK, piece(0, 9, person=LEA)).kept is None


REFUSED: dict[str, tuple[Callable[[], Course], type[Problem]]] = {
    "ends before it begins": (lambda: courses.end(HELD, FIRST_WEEK - 1), WeekOutside),
    "ends after its end": (lambda: courses.end(HELD, FIRST_WEEK + 10), WeekOutside),
    "shortened to what it is": (lambda: courses.shorten(HELD, FIRST_WEEK + 9), WeekOutside),
    "extended to what it is": (lambda: courses.extend(HELD, FIRST_WEEK + 9, agreed=False), WeekOutside),
    "extended for ever": (lambda: courses.extend(HELD, FIRST_WEEK + 9000, agreed=False), WeekOutOfRange),
    "same share": (lambda: courses.change_share(HELD, FIRST_WEEK, 40, agreed=False), NothingChanges),
    "no share": (lambda: courses.change_share(HELD, FIRST_WEEK, 0, agreed=False), ShareOutOfRange),
    "share later": (lambda: courses.change_share(HELD, FIRST_WEEK + 10, 20, agreed=False), WeekOutside),
    "handed to oneself": (lambda: courses.hand_over(HELD, FIRST_WEEK + 1, piece(1, 9)), NothingChanges),
    "handed over later": (lambda: courses.hand_over(HELD, FIRST_WEEK + 10, piece(10, 10, person=LEA)), WeekOutside),
    "for longer": (lambda: courses.hand_over(HELD, FIRST_WEEK + 5, piece(5, 10, person=LEA)), WeekOutside),
    "from before": (lambda: courses.hand_over(HELD, FIRST_WEEK + 5, piece(4, 9, person=LEA)), WeekOutside),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused(case: str) -> None:
    ask, refusal = REFUSED[case]
    with pytest.raises(refusal):
        ask()


def test_what_becomes_free_is_told_in_runs_of_weeks() -> None:
    assert courses.end(HELD, FIRST_WEEK + 5).freed == ((weeks(6, 9), 40),)
    assert courses.change_share(HELD, FIRST_WEEK + 5, 30, agreed=False).freed == ((weeks(5, 9), 10),)
    assert courses.change_share(HELD, FIRST_WEEK + 5, 60, agreed=False).freed == ()
    assert courses.hand_over(HELD, FIRST_WEEK, piece(0, 9, person=LEA)).freed == ((weeks(0, 9), 40),)


@pytest.mark.parametrize(
    ("course", "more"),
    [
        (courses.end(HELD, FIRST_WEEK), False),
        (courses.change_share(HELD, FIRST_WEEK + 2, 20, agreed=False), False),
        (courses.change_share(HELD, FIRST_WEEK + 2, 60, agreed=False), True),
        (courses.extend(HELD, FIRST_WEEK + 10, agreed=True), True),
        (courses.hand_over(HELD, FIRST_WEEK + 6, piece(6, 9, person=LEA)), True),
    ],
)
def test_what_books_more_is_known(course: Course, more: bool) -> None:
    assert course.books_more is more
