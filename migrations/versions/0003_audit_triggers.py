"""The change log is append-only: the database refuses to change or delete an entry.

Values stand beside the entries and may be deleted (erasure), but never rewritten.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REFUSED = (("audit_entry", "UPDATE"), ("audit_entry", "DELETE"), ("audit_detail", "UPDATE"))


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(
            "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the change log is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_entry_truncate BEFORE TRUNCATE ON audit_entry EXECUTE FUNCTION audit_append_only()"
        )
    for table, verb in REFUSED:
        name = f"{table}_{verb.lower()}"
        action = (
            "BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END"
            if sqlite
            else "FOR EACH ROW EXECUTE FUNCTION audit_append_only()"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {action}")


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, verb in REFUSED:
        suffix = "" if sqlite else f" ON {table}"
        op.execute(f"DROP TRIGGER {table}_{verb.lower()}{suffix}")
    if not sqlite:
        op.execute("DROP TRIGGER audit_entry_truncate ON audit_entry")
        op.execute("DROP FUNCTION audit_append_only()")
