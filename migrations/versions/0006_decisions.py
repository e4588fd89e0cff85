"""Records of decisions about requests: what was known, the rule, the reason. Nobody changes them afterwards.

The database refuses to change a record, and to delete it while its request is there; only who decided may be forgotten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0011"
branch_labels = None
depends_on = None

OUTCOMES = ("accepted", "partly_accepted", "counter_offered", "rejected")
RULES = ("none", "legal_deadline", "value", "fairness", "capacity")
KEPT = "id, request_id, number, outcome, rule, reason, facts, facts_digest, decided_at"
REFUSAL = "a decision on record is never changed"
# name, when, on what condition
REFUSED = (
    ("decision_kept", f"UPDATE OF {KEPT}", None),
    ("decision_decider_kept", "UPDATE OF decided_by_id", "NEW.decided_by_id IS NOT NULL"),
)


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Enum(*OUTCOMES, name="outcome", native_enum=False, length=40), nullable=False),
        sa.Column("rule", sa.Enum(*RULES, name="rule", native_enum=False, length=40), nullable=False),
        sa.Column("reason", sa.String(length=10000), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("facts_digest", sa.String(length=64), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["support_request.id"], name=op.f("fk_decision_request_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_decision_decided_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("uq_decision_number", "decision", ["request_id", "number"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        _refuse_on_sqlite()
    else:
        _refuse_on_postgresql()


def _refuse_on_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for name, event, condition in REFUSED:
        when = f"WHEN {condition} " if condition else ""
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON decision {when}{refuse}")
    alone = "WHEN EXISTS (SELECT 1 FROM support_request WHERE id = OLD.request_id)"
    op.execute(f"CREATE TRIGGER decision_not_alone BEFORE DELETE ON decision {alone} {refuse}")


def _refuse_on_postgresql() -> None:
    function = "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    refuse = f"RAISE EXCEPTION '{REFUSAL}';"
    alone = "IF EXISTS (SELECT 1 FROM support_request WHERE id = OLD.request_id) THEN {} END IF; RETURN OLD;"
    op.execute(function.format(name="decision_refuse", body=refuse))
    op.execute(function.format(name="decision_refuse_alone", body=alone.format(refuse)))
    for name, event, condition in REFUSED:
        when = f"WHEN ({condition}) " if condition else ""
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON decision FOR EACH ROW {when}EXECUTE FUNCTION decision_refuse()"
        )
    op.execute(
        "CREATE TRIGGER decision_not_alone BEFORE DELETE ON decision FOR EACH ROW"
        " EXECUTE FUNCTION decision_refuse_alone()"
    )


def downgrade() -> None:
    op.drop_index("uq_decision_number", "decision")
    op.drop_table("decision")  # takes its triggers along
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION decision_refuse()")
        op.execute("DROP FUNCTION decision_refuse_alone()")
