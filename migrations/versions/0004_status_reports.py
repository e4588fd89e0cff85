"""Status reports of projects: five lights and words, frozen on release."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "status_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column(
            "overall", sa.Enum("green", "yellow", "red", name="light", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "dates", sa.Enum("green", "yellow", "red", name="light", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "cost", sa.Enum("green", "yellow", "red", name="light", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "scope", sa.Enum("green", "yellow", "red", name="light", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "staff", sa.Enum("green", "yellow", "red", name="light", native_enum=False, length=40), nullable=False
        ),
        sa.Column("achieved", sa.String(length=10000), nullable=False),
        sa.Column("next", sa.String(length=10000), nullable=False),
        sa.Column("reason", sa.String(length=10000), nullable=False),
        sa.Column("risks", sa.String(length=10000), nullable=False),
        sa.Column("measures", sa.String(length=10000), nullable=False),
        sa.Column("decisions_needed", sa.String(length=10000), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_status_report_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["user.id"], name=op.f("fk_status_report_released_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_report")),
    )
    with op.batch_alter_table("status_report", schema=None) as batch_op:
        batch_op.create_index("ix_status_report_latest", ["project_id", "as_of", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("status_report", schema=None) as batch_op:
        batch_op.drop_index("ix_status_report_latest")

    op.drop_table("status_report")
