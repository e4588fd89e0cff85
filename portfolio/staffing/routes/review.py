"""The page between a form and what it does: it says what follows, and the step is taken once that was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request

from portfolio.access.guard import current_actor
from portfolio.access.policy import Action, allowed
from portfolio.staffing.felt import Felt, sign_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A step that waits until its consequences were seen."""

    title: str
    trail: list[tuple[str, str]]
    """The pages above, each with its address."""
    about: str
    action: str
    """The address that takes the step, with the `fields`."""
    fields: Mapping[str, str | int]
    felt: Sequence[Felt]
    heading: str
    nothing: str = ""
    """Said where nothing is felt and the page is shown all the same."""
    label: str
    tone: str = "primary"
    back: str
    revisable: bool = False
    """Whether what was typed can be changed: the address takes `step=edit`."""


def unseen(felt: Sequence[Felt]) -> bool:
    """Whether there are consequences, and other ones than the form says its sender was shown."""
    sign = sign_of(felt)
    return bool(sign) and request.form.get("seen") != sign


def wants_to_edit() -> bool:
    """Whether the sender goes back from the review to what they typed."""
    return request.form.get("step") == "edit"


def ask(review: Review) -> str:
    return render_template(
        "staffing/review.html",
        review=review,
        seen=sign_of(review.felt),
        moved_on=bool(request.form.get("seen")),
        plans=allowed(current_actor(), Action.CHANGE_ASSIGNMENTS),
    )
