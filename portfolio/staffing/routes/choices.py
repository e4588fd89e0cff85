"""Candidates as pages show them: the person, why they fit or do not, and what can be done with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portfolio.access.policy import Actor
from portfolio.planning.candidates import Candidate
from portfolio.planning.problem import Need
from portfolio.pool.models import Person
from portfolio.staffing import queries
from portfolio.staffing.forms import BookingForm
from portfolio.staffing.labels import reason_words, shortage_words
from portfolio.staffing.outlook import Outlook
from portfolio.staffing.visibility import capacity_persons_visible_to

MOST_CANDIDATES = 10
MOST_OTHERS = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate as the page shows one; with a form where the need can be given to them at once."""

    person: Person
    candidate: Candidate
    reasons: list[str]
    form: BookingForm | None


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom to choose from for the `rest` of a need or of an assignment, best first."""

    rest: Need
    suitable: list[Choice]
    others: list[Choice]
    """Those who do not fit in all, as many as are shown."""
    more: int
    """How many of those there are in all."""
    shortage: list[str]
    """Why nobody can take it whole."""


def choices_of(
    view: Outlook, actor: Actor, skill: str | None, form: Callable[[Candidate, Need], BookingForm] | None = None
) -> Choices | None:
    """The candidates of `view`, each with a form where `form` makes one; None where nothing is left to take.

    Why nobody can take it is said of a `skill`; where none is asked for, the reasons of each candidate say enough.
    """
    rest = view.rest
    if rest is None:
        return None
    suitable, others = view.suitable[:MOST_CANDIDATES], view.others[:MOST_OTHERS]
    ids = (candidate.person_id for candidate in (*suitable, *others))
    persons = queries.persons_by_id(capacity_persons_visible_to(actor), ids)
    return Choices(
        rest=rest,
        suitable=_choices(rest, suitable, persons, form),
        others=_choices(rest, others, persons, None),
        more=len(view.others),
        shortage=shortage_words(view.shortage, rest, skill) if view.shortage and skill else [],
    )


def _choices(
    rest: Need,
    candidates: Sequence[Candidate],
    persons: dict[int, Person],
    form: Callable[[Candidate, Need], BookingForm] | None,
) -> list[Choice]:
    return [
        Choice(
            person=persons[candidate.person_id],
            candidate=candidate,
            reasons=reason_words(candidate, rest),
            form=form(candidate, rest) if form else None,
        )
        for candidate in candidates
    ]
