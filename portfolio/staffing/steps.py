"""Which state of an assignment leads to which, and when no agreement is asked for. Pure: values in, answers out."""

from collections.abc import Iterator, Mapping

from portfolio.staffing.models import AssignmentState

_PROPOSED, _REQUESTED, _AGREED, _CONFIRMED, _ENDED, _DECLINED = AssignmentState

STEPS: Mapping[AssignmentState, tuple[AssignmentState, ...]] = {
    _PROPOSED: (_REQUESTED, _DECLINED),
    _REQUESTED: (_AGREED, _DECLINED),
    _AGREED: (_CONFIRMED, _DECLINED),
    _CONFIRMED: (_ENDED,),
    _ENDED: (),
    _DECLINED: (),
}
WITHOUT_AGREEMENT = frozenset({_PROPOSED, _REQUESTED})
"""States from which a person of the same top authority may be confirmed directly."""
AWAITS_AGREEMENT = frozenset({_AGREED, _CONFIRMED, _ENDED})
"""States that rest on an agreement, where one is needed."""


def next_states(now: AssignmentState, agreement_needed: bool) -> tuple[AssignmentState, ...]:
    """The states an assignment may go to, the usual one first."""
    if now in WITHOUT_AGREEMENT and not agreement_needed:
        return (_CONFIRMED, *STEPS[now])
    return STEPS[now]


def agreement_needed(home_id: int | None, organisation_id: int, parents: Mapping[int, int | None]) -> bool:
    """Whether working for `organisation_id` needs the agreement of the home authority.

    Not within the same top authority, and not for somebody without a home authority. `parents` names the authority
    above each.
    """
    return home_id is not None and top_authority(home_id, parents) != top_authority(organisation_id, parents)


def top_authority(organisation_id: int, parents: Mapping[int, int | None]) -> int:
    return [*_upwards(organisation_id, parents)][-1]


def _upwards(organisation_id: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    seen: set[int] = set()
    at: int | None = organisation_id
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = parents.get(at)
