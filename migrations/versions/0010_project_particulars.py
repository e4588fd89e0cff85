"""Further particulars of projects, the list of technical bases, and as of when a maturity holds."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0005"
branch_labels = None
depends_on = None

STATES = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")
FIM = ("in_progress", "submitted", "released", "not_planned")


def upgrade() -> None:
    for column in _of_projects():
        op.add_column("project", column)
    op.add_column("service_link", sa.Column("as_of", sa.Date(), nullable=True))
    op.create_table(
        "technical_basis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=600), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technical_basis")),
        sa.UniqueConstraint("name", name=op.f("uq_technical_basis_name")),
    )
    op.create_table(
        "project_technical_basis",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("technical_basis_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_technical_basis_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["technical_basis_id"],
            ["technical_basis.id"],
            name=op.f("fk_project_technical_basis_technical_basis_id"),
        ),
        sa.PrimaryKeyConstraint("project_id", "technical_basis_id", name=op.f("pk_project_technical_basis")),
    )
    op.create_index(
        op.f("ix_project_technical_basis_technical_basis_id"), "project_technical_basis", ["technical_basis_id"]
    )


def downgrade() -> None:
    op.drop_table("project_technical_basis")
    op.drop_table("technical_basis")
    op.drop_column("service_link", "as_of")
    for column in reversed(_of_projects()):
        op.drop_column("project", column.name)


def _of_projects() -> list[sa.Column]:
    return [
        sa.Column("implementing_state", _one_of("federalstate", STATES), nullable=True),
        sa.Column("sdg_relevant", sa.Boolean(), nullable=True),
        sa.Column("sdg_code", sa.String(length=40), nullable=True),
        *(
            sa.Column(name, _one_of("fimstatus", FIM), nullable=True)
            for name in ("fim_service", "fim_process", "fim_data")
        ),
        sa.Column("legal_basis", sa.String(length=1000), nullable=True),
        sa.Column("file_reference", sa.String(length=200), nullable=True),
        sa.Column("mandated_on", sa.Date(), nullable=True),
    ]


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)
