"""`ledger.verify` finds nothing where all went through the triggers, and whatever somebody tampered with."""

from typing import Any

from sqlalchemy import text

from portfolio.extensions import db
from portfolio.pool.services import PoolShareData, replace_pool_shares
from portfolio.staffing import ledger
from tests import factories
from tests.factories import FIRST_WEEK
from tests.staffing.booking import assign


def _populated(cast: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    assign(cast.lea_person, cast.project, cast.carla, need_id=need.id, to_week=FIRST_WEEK + 11)
    assign(cast.paul_person, cast.project, cast.carla, "Frist", share=70)
    shrunk = PoolShareData(from_week=FIRST_WEEK, to_week=None, share=30)
    replace_pool_shares(cast.lea_person, [shrunk], accept_conflict=True)


def _tamper(statement: str) -> None:
    db.session.execute(text(statement), execution_options={"unaudited": True})


def test_nothing_to_find(cast: Any) -> None:
    _populated(cast)
    found = ledger.verify()
    assert (found.ok, found.entries) == (True, 24)


def test_empty_ledger_is_right(app: Any) -> None:
    assert ledger.verify().ok


def test_whatever_was_tampered_with_is_found(cast: Any) -> None:
    _populated(cast)
    for column in ("pool_share", "booked", "override_share", "conflict_share"):
        change = f"UPDATE person_week SET {column} = {column} + 1, conflict_share = conflict_share + 1"
        change = change.replace(", conflict_share = conflict_share + 1", "") if "conflict" in column else change
        _tamper(f"{change} WHERE person_id = {cast.paul_person.id} AND week = {FIRST_WEEK.index}")
    columns = {entry.column for entry in ledger.verify().found}
    assert columns == {"pool_share", "booked", "override_share", "conflict_share"}


def test_missing_entry_is_found(cast: Any) -> None:
    _tamper(f"DELETE FROM person_week WHERE week = {FIRST_WEEK.index}")
    (found,) = ledger.verify().found
    assert (found.person_id, found.week, found.stored, found.expected) == (cast.paul_person.id, FIRST_WEEK, 0, 50)


def test_need_wrongly_closed_is_found(cast: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    _tamper("UPDATE need SET open = (1 = 0)")
    assert ledger.verify().need_ids == (need.id,)


def test_conflicts_are_grouped_by_person(cast: Any) -> None:
    assert ledger.open_conflicts() == ()
    _populated(cast)
    (conflict,) = ledger.open_conflicts()
    assert (conflict.person.name, len(conflict.weeks)) == ("Lea Lindner", 12)
