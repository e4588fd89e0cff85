"""Settings: one row of what the administration has set; an empty column leaves it to the environment."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")


def upgrade() -> None:
    settings = op.create_table(
        "settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operating_body", sa.String(length=200), nullable=True),
        sa.Column("contact_email", sa.String(length=200), nullable=True),
        sa.Column("full_time_hours", sa.Float(), nullable=True),
        sa.Column("holiday_state", sa.Enum(*STATES, name="federalstate", native_enum=False, length=40), nullable=True),
        sa.Column("days_off", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("late_yellow", sa.Integer(), nullable=True),
        sa.Column("late_red", sa.Integer(), nullable=True),
        sa.Column("covered_yellow", sa.Integer(), nullable=True),
        sa.Column("covered_red", sa.Integer(), nullable=True),
        sa.Column("report_weeks", sa.Integer(), nullable=True),
        sa.Column("imprint_notice", sa.String(length=10000), nullable=True),
        sa.Column("privacy_notice", sa.String(length=10000), nullable=True),
        sa.Column("accessibility_notice", sa.String(length=10000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_settings_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
    )
    op.bulk_insert(settings, [{"id": 1, "version": 1}])


def downgrade() -> None:
    op.drop_table("settings")
