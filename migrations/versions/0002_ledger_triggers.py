"""The person-week ledger is written by triggers, so that no door and no interleaving can over-book a person.

Both databases do the same: lock the person (SQLite's writers are alone anyway), take the old booking out, put the new
one in, and trim what was allowed beyond the pool share down to what is still needed. A migration that rebuilds
`assignment`, `pool_share` or `booking_override` on SQLite drops these triggers and has to create them again.
"""

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

# {column} is `booked` for an assignment and `override_share` for a logged override.
PUT = """INSERT INTO person_week (person_id, week, pool_share, booked, override_share, conflict_share)
    SELECT NEW.person_id, w.week, {limit}, {booked}, {override}, 0 FROM {weeks} WHERE true
    ON CONFLICT (person_id, week) DO UPDATE SET {column} = person_week.{column} + excluded.{column};"""

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
    amounts = {"booked": ("NEW.share", "0"), "override_share": ("0", "NEW.share")}
    booked, override = amounts[column]
    limit = LIMIT.format(person="NEW.person_id", week="w.week")
    return PUT.format(limit=limit, booked=booked, override=override, weeks=WEEKS[dialect], column=column)


def refresh(row: str) -> str:
    return REFRESH.format(
        row=row, far=FAR, limit=LIMIT.format(person="person_week.person_id", week="person_week.week")
    )


def trim(row: str) -> str:
    return TRIM.format(row=row, far=FAR)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in sqlite_triggers():
            op.execute(statement)
    else:
        for statement in postgresql_triggers():
            op.execute(statement)


def sqlite_triggers() -> list[str]:
    booked = put("sqlite", "booked")
    old, new = BOOKS.format(row="OLD"), BOOKS.format(row="NEW")

    def trigger(name: str, event: str, when: str, *steps: str) -> str:
        return f"CREATE TRIGGER {name} {event} WHEN {when} BEGIN {' '.join(steps)} END"

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


def postgresql_triggers() -> list[str]:
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
    statements = []
    for name, table, events, body in (
        ("ledger_assignment", "assignment", "INSERT OR UPDATE OR DELETE", assignment),
        ("ledger_pool_share", "pool_share", "INSERT OR UPDATE OR DELETE", share),
        ("ledger_override", "booking_override", "INSERT", override),
    ):
        statements.append(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
        )
        statements.append(
            f"CREATE TRIGGER {name} AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    return statements


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in sqlite_triggers():
            op.execute(f"DROP TRIGGER {statement.split()[2]}")
    else:
        for name, table in (
            ("ledger_assignment", "assignment"),
            ("ledger_pool_share", "pool_share"),
            ("ledger_override", "booking_override"),
        ):
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
