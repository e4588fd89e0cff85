"""Explanations as they stand in a plan file: `open`, `marginal` and `training`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.planning.explain.values import (
    Explanation,
    Gain,
    OpenNeed,
    Reason,
    Relaxation,
    RelaxationKind,
    Rival,
    Shortage,
)
from portfolio.planning.formats.fields import LARGEST, Fields, Malformed, parsed
from portfolio.planning.formats.reading import Names
from portfolio.planning.formats.writing import assignment_as_json
from portfolio.planning.instance import Instance

KIND_OF: Mapping[frozenset[str], RelaxationKind] = {
    frozenset({"from"}): RelaxationKind.START,
    frozenset({"share"}): RelaxationKind.SHARE,
    frozenset({"level"}): RelaxationKind.LEVEL,
    frozenset({"from", "to"}): RelaxationKind.WINDOW,
    frozenset({"person_days"}): RelaxationKind.DAYS,
}
"""What of a need a relaxation changes tells its kind."""


def explanation_as_json(explanation: Explanation) -> dict[str, Any]:
    """The fields that join those of the plan; what was not worked out is left out."""
    fields: dict[str, Any] = {}
    if explanation.open is not None:
        fields["open"] = [_open_as_json(found) for found in explanation.open]
    for name, gains in (("marginal", explanation.marginal), ("training", explanation.training)):
        if gains is not None:
            fields[name] = [_gain_as_json(gain) for gain in gains]
    return fields


def read_explanation(text: str, instance: Instance) -> Explanation:
    """What a plan file says beside its plan; raises Malformed."""
    data, names = Fields(parsed(text), "plan"), Names.of(instance)

    def rows(name: str) -> list[Fields] | None:
        return None if data.get(name) is None else data.rows(name)

    found, gains, trained = rows("open"), rows("marginal"), rows("training")
    return Explanation(
        open=None if found is None else tuple(_open(row, names) for row in found),
        marginal=None if gains is None else tuple(_gain(row, names) for row in gains),
        training=None if trained is None else tuple(_gain(row, names) for row in trained),
    )


def _open_as_json(found: OpenNeed) -> dict[str, Any]:
    row: dict[str, Any] = {"need": found.need, "reason": found.reason.value}
    if found.skill is not None:
        row["skill"] = found.skill
    row["weeks"] = [found.first, found.last]
    row["relax"] = [_relaxation_as_json(relaxation) for relaxation in found.relaxations]
    if found.rival is not None:
        row["rival"] = {
            "needs": list(found.rival.needs),
            "worth": found.rival.worth,
            "own": found.rival.own,
            "instead": assignment_as_json(found.rival.instead),
        }
    if found.shortage is not None:
        row["shortage"] = {
            "needs": list(found.shortage.needs),
            "weeks": [found.shortage.first, found.shortage.last],
            "demand": found.shortage.demand,
            "free": found.shortage.free,
            "usable": found.shortage.usable,
            "persons": found.shortage.persons,
        }
    return row


def _relaxation_as_json(relaxation: Relaxation) -> dict[str, Any]:
    values = {
        "from": relaxation.first,
        "to": relaxation.last,
        "share": relaxation.share,
        "level": relaxation.level,
        "person_days": relaxation.person_days,
    }
    row: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
    return row if relaxation.by is None else row | {"by": assignment_as_json(relaxation.by)}


def _gain_as_json(gain: Gain) -> dict[str, Any]:
    row: dict[str, Any] = {"skill": gain.skill, "gain": gain.gain}
    if gain.person is not None:
        row["person"] = gain.person
    return row | {"exact": True} if gain.exact else row


def _open(row: Fields, names: Names) -> OpenNeed:
    reason = row.get("reason")
    first, last = _weeks(row, names)
    return OpenNeed(
        need=names.need(row, "need"),
        reason=Reason(reason) if reason in set(Reason) else _unknown(row, reason),
        skill=None if row.get("skill") is None else row.text("skill"),
        first=first,
        last=last,
        relaxations=tuple(_relaxation(each, names) for each in row.rows("relax", optional=True)),
        rival=None if row.get("rival") is None else _rival(row.part("rival"), names),
        shortage=None if row.get("shortage") is None else _shortage(row.part("shortage"), names),
    )


def _unknown(row: Fields, reason: object) -> Reason:
    raise Malformed(f"{row.where}: reason must be one of {', '.join(Reason)}, not {reason!r}")


def _weeks(row: Fields, names: Names) -> tuple[int, int]:
    weeks = row.numbers("weeks", 2, names.weeks - 1)
    if weeks[0] > weeks[1]:
        raise Malformed(f"{row.where}: weeks must be a first and a last week, not {[*weeks]}")
    return weeks[0], weeks[1]


def _relaxation(row: Fields, names: Names) -> Relaxation:
    changed = frozenset(row.data) - {"by"}
    if changed not in KIND_OF:
        raise Malformed(f"{row.where}: a relaxation changes one thing, not {', '.join(sorted(changed)) or 'none'}")
    values = {name: row.number(name, 0, LARGEST) for name in changed}
    return Relaxation(
        kind=KIND_OF[changed],
        first=values.get("from"),
        last=values.get("to"),
        share=values.get("share"),
        level=values.get("level"),
        person_days=values.get("person_days"),
        by=None if row.get("by") is None else names.assignment(row.part("by")),
    )


def _rival(row: Fields, names: Names) -> Rival:
    return Rival(
        instead=names.assignment(row.part("instead")),
        needs=_need_names(row, names),
        worth=row.number("worth", 0, None),
        own=row.number("own", 0, None),
    )


def _shortage(row: Fields, names: Names) -> Shortage:
    first, last = _weeks(row, names)
    amounts = (row.number(name, 0, None) for name in ("demand", "free", "usable", "persons"))
    return Shortage(_need_names(row, names), first, last, *amounts)


def _need_names(row: Fields, names: Names) -> tuple[str, ...]:
    listed = row.get("needs")
    if not isinstance(listed, list):
        raise Malformed(f"{row.where}: needs must be a list")
    return tuple(names.need(Fields({"need": name}, row.where), "need") for name in listed)


def _gain(row: Fields, names: Names) -> Gain:
    return Gain(
        skill=row.text("skill"),
        gain=row.number("gain", 0, None),
        person=None if row.get("person") is None else names.person(row, "person"),
        exact=row.get("exact") is True,
    )
