"""The person-week ledger is written by triggers, so that no door and no interleaving can over-book a person.

Both databases do the same: lock the person (SQLite's writers are alone anyway), take the old booking out, put the new
one in, and trim what was allowed beyond the pool share down to what is still needed.

Triggers also keep `need.open`, by which lists of open needs are found without adding up assignments: a need is open
while its project is and some week lacks a share nobody is assigned to. A volume counts five person-days for a week of
full time. Absences play no part: they lower what is delivered, not what is assigned.

A migration that rebuilds `assignment`, `pool_share`, `booking_override`, `need` or `project` on SQLite drops these
triggers and has to create them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FAR = 2_000_000  # later than any week

LIMIT = """COALESCE((SELECT p.share FROM pool_share p WHERE p.person_id = {person} AND p.from_week <= {week}
    AND (p.to_week IS NULL OR p.to_week >= {week})), 0)"""

TAKE = """UPDATE person_week SET booked = booked - OLD.share
    WHERE person_id = OLD.person_id AND week BETWEEN OLD.from_week AND OLD.to_week;"""

WEEKS = {
    "sqlite": """(WITH RECURSIVE c(week) AS (SELECT NEW.from_week UNION ALL SELECT week + 1 FROM c
    WHERE week < NEW.to_week) SELECT week FROM c) w""",
    "postgresql": "generate_series(NEW.from_week, NEW.to_week) AS w(week)",
}

# {column} is `booked` for an assignment and `override_share` for a logged override. The row comes first and the amount
# second: an INSERT checks the row it proposes, which knows nothing of what an override or a conflict already allows.
PUT = """INSERT INTO person_week (person_id, week, pool_share, booked, override_share, conflict_share)
    SELECT NEW.person_id, w.week, {limit}, 0, 0, 0 FROM {weeks} WHERE true
    ON CONFLICT (person_id, week) DO NOTHING;
    UPDATE person_week SET {column} = {column} + NEW.share
    WHERE person_id = NEW.person_id AND week BETWEEN NEW.from_week AND NEW.to_week;"""

REFRESH = """UPDATE person_week SET pool_share = {limit}
    WHERE person_id = {row}.person_id AND week BETWEEN {row}.from_week AND COALESCE({row}.to_week, {far});"""

TRIM = """UPDATE person_week SET
        override_share = CASE WHEN booked <= pool_share THEN 0
            WHEN booked - pool_share < override_share THEN booked - pool_share ELSE override_share END,
        conflict_share = CASE WHEN booked <= pool_share + override_share THEN 0
            WHEN booked - pool_share - override_share < conflict_share
            THEN booked - pool_share - override_share ELSE conflict_share END
    WHERE person_id = {row}.person_id AND override_share + conflict_share > 0
    AND week BETWEEN {row}.from_week AND COALESCE({row}.to_week, {far});"""

BOOKS = "{row}.state <> 'declined'"
BOOKING_CHANGED = """(OLD.person_id <> NEW.person_id OR OLD.share <> NEW.share OR OLD.from_week <> NEW.from_week
    OR OLD.to_week <> NEW.to_week OR (OLD.state = 'declined') <> (NEW.state = 'declined'))"""


def put(dialect: str, column: str) -> str:
    limit = LIMIT.format(person="NEW.person_id", week="w.week")
    return PUT.format(limit=limit, weeks=WEEKS[dialect], column=column)


def refresh(row: str) -> str:
    return REFRESH.format(row=row, far=FAR, limit=LIMIT.format(person="person_week.person_id", week="person_week.week"))


def trim(row: str) -> str:
    return TRIM.format(row=row, far=FAR)


# What of a need is assigned: its shares in one week, and its share-weeks in the window.
ASSIGNED = "FROM assignment a WHERE a.need_id = need.id AND a.state <> 'declined'"
SHARES_IN = f"COALESCE((SELECT SUM(a.share) {ASSIGNED} AND a.from_week <= {{week}} AND a.to_week >= {{week}}), 0)"
SHARE_WEEKS = f"""COALESCE((SELECT SUM(a.share * ({{least}}(a.to_week, need.to_week)
    - {{greatest}}(a.from_week, need.from_week) + 1)) {ASSIGNED}
    AND a.from_week <= need.to_week AND a.to_week >= need.from_week), 0)"""
SHARE_WEEKS_PER_PERSON_DAY = 20

# Shares only fall after an assignment has ended, so the least of them is met in the first week or right after an end.
IS_OPEN = """(SELECT p.phase NOT IN ('completed', 'cancelled') FROM project p WHERE p.id = need.project_id)
    AND CASE WHEN need.kind = 'volume' THEN {share_weeks} < need.person_days * {per_day}
    ELSE {at_first} < need.share OR EXISTS (SELECT 1 FROM assignment e
        WHERE e.need_id = need.id AND e.state <> 'declined' AND e.to_week >= need.from_week
        AND e.to_week < need.to_week AND {after_end} < need.share) END"""

LOCK_NEEDS = "PERFORM 1 FROM need WHERE {which} ORDER BY id FOR NO KEY UPDATE;"
NEED_COLUMNS = "project_id, kind, share, person_days, from_week, to_week"


def judge(dialect: str, which: str) -> str:
    """Decide anew whether the needs are open; on PostgreSQL once nobody else is assigning to them."""
    least, greatest = ("MIN", "MAX") if dialect == "sqlite" else ("LEAST", "GREATEST")
    is_open = IS_OPEN.format(
        share_weeks=SHARE_WEEKS.format(least=least, greatest=greatest),
        per_day=SHARE_WEEKS_PER_PERSON_DAY,
        at_first=SHARES_IN.format(week="need.from_week"),
        after_end=SHARES_IN.format(week="e.to_week + 1"),
    )
    lock = LOCK_NEEDS.format(which=which) if dialect == "postgresql" else ""
    return f"{lock} UPDATE need SET open = ({is_open}) WHERE {which};"


def upgrade() -> None:
    op.add_column("need", sa.Column("open", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index("ix_need_open", "need", ["open", "from_week", "priority", "id"])
    if op.get_bind().dialect.name == "sqlite":
        for statement in sqlite_triggers():
            op.execute(statement)
    else:
        for name, table, events, body in postgresql_triggers():
            function = f"RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
            op.execute(f"CREATE FUNCTION {name}() {function}")
            op.execute(f"CREATE TRIGGER {name} AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def trigger(name: str, event: str, when: str, *steps: str) -> str:
    return f"CREATE TRIGGER {name} {event} WHEN {when} BEGIN {' '.join(steps)} END"


def sqlite_triggers() -> list[str]:
    return sqlite_ledger_triggers() + sqlite_need_triggers()


def sqlite_ledger_triggers() -> list[str]:
    booked = put("sqlite", "booked")
    old, new = BOOKS.format(row="OLD"), BOOKS.format(row="NEW")

    moved = f"{BOOKING_CHANGED}"
    return [
        trigger("ledger_assignment_insert", "AFTER INSERT ON assignment", new, booked, trim("NEW")),
        trigger("ledger_assignment_delete", "AFTER DELETE ON assignment", old, TAKE, trim("OLD")),
        # One trigger for the move: booked goes down and up again before anything allowed beyond the limit is trimmed.
        trigger("ledger_assignment_move", "AFTER UPDATE ON assignment", f"{moved} AND {old} AND {new}",
                TAKE, booked, trim("OLD"), trim("NEW")),
        trigger("ledger_assignment_decline", "AFTER UPDATE ON assignment", f"{moved} AND {old} AND NOT ({new})",
                TAKE, trim("OLD")),
        trigger("ledger_assignment_revive", "AFTER UPDATE ON assignment", f"{moved} AND NOT ({old}) AND {new}",
                booked, trim("NEW")),
        trigger("ledger_override", "AFTER INSERT ON booking_override", "true", put("sqlite", "override_share")),
        trigger("ledger_share_insert", "AFTER INSERT ON pool_share", "true", refresh("NEW"), trim("NEW")),
        trigger("ledger_share_delete", "AFTER DELETE ON pool_share", "true", refresh("OLD"), trim("OLD")),
        trigger("ledger_share_change", "AFTER UPDATE ON pool_share", "true",
                refresh("OLD"), refresh("NEW"), trim("OLD"), trim("NEW")),
    ]  # fmt: skip


def sqlite_need_triggers() -> list[str]:
    of_old, of_new = judge("sqlite", "id = OLD.need_id"), judge("sqlite", "id = NEW.need_id")
    itself, of_project = judge("sqlite", "id = NEW.id"), judge("sqlite", "project_id = NEW.id")
    return [
        trigger("need_assignment_insert", "AFTER INSERT ON assignment", "NEW.need_id IS NOT NULL", of_new),
        trigger("need_assignment_delete", "AFTER DELETE ON assignment", "OLD.need_id IS NOT NULL", of_old),
        trigger("need_assignment_change", "AFTER UPDATE ON assignment", "true", of_old, of_new),
        trigger("need_insert", "AFTER INSERT ON need", "true", itself),
        trigger("need_change", f"AFTER UPDATE OF {NEED_COLUMNS} ON need", "true", itself),
        trigger("need_project", "AFTER UPDATE OF phase ON project", "OLD.phase <> NEW.phase", of_project),
    ]


def postgresql_triggers() -> list[tuple[str, str, str, str]]:
    """Name, table, events and body of each; those of one table fire in the order of their names."""
    lock = "PERFORM 1 FROM person WHERE id IN (OLD.person_id, NEW.person_id) ORDER BY id FOR NO KEY UPDATE;"
    assignment = f"""{lock}
        IF TG_OP = 'UPDATE' AND NOT {BOOKING_CHANGED} THEN RETURN NULL; END IF;
        IF TG_OP <> 'INSERT' AND {BOOKS.format(row="OLD")} THEN {TAKE} END IF;
        IF TG_OP <> 'DELETE' AND {BOOKS.format(row="NEW")} THEN {put("postgresql", "booked")} END IF;
        IF TG_OP <> 'INSERT' THEN {trim("OLD")} END IF;
        IF TG_OP <> 'DELETE' THEN {trim("NEW")} END IF;"""
    share = f"""{lock}
        IF TG_OP <> 'INSERT' THEN {refresh("OLD")} END IF;
        IF TG_OP <> 'DELETE' THEN {refresh("NEW")} END IF;
        IF TG_OP <> 'INSERT' THEN {trim("OLD")} END IF;
        IF TG_OP <> 'DELETE' THEN {trim("NEW")} END IF;"""
    override = f"{lock} {put('postgresql', 'override_share')}"
    staffing = judge("postgresql", "id IN (OLD.need_id, NEW.need_id)")
    itself, of_project = judge("postgresql", "id = NEW.id"), judge("postgresql", "project_id = NEW.id")
    change = "INSERT OR UPDATE OR DELETE"
    return [
        ("ledger_assignment", "assignment", change, assignment),
        ("ledger_pool_share", "pool_share", change, share),
        ("ledger_override", "booking_override", "INSERT", override),
        ("need_assignment", "assignment", change, staffing),
        ("need_itself", "need", f"INSERT OR UPDATE OF {NEED_COLUMNS}", itself),
        ("need_project", "project", "UPDATE OF phase", of_project),
    ]


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in sqlite_triggers():
            op.execute(f"DROP TRIGGER {statement.split()[2]}")
    else:
        for name, table, _, _ in postgresql_triggers():
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_index("ix_need_open", "need")
    op.drop_column("need", "open")
