"""Who confirmed a skill, and that the person consented."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out: both databases take it, and SQLite keeps the table with its constraints as it is.
    op.execute(
        "ALTER TABLE person_skill ADD COLUMN confirmed_by_id INTEGER "
        'CONSTRAINT fk_person_skill_confirmed_by_id REFERENCES "user" (id) ON DELETE SET NULL'
    )
    op.add_column("person_skill", sa.Column("consent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE person_skill SET consent = true WHERE confirmed_on IS NOT NULL")  # what confirming meant so far


def downgrade() -> None:
    with op.batch_alter_table("person_skill") as batch:
        batch.drop_column("consent")
        batch.drop_column("confirmed_by_id")
