"""Need templates are rows that the CIO office changes; an installation in use keeps the two that stood in the code."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0008"
branch_labels = None
depends_on = None

# name, sort key, rows as (skill code, level, share, person days of a volume or None, mandatory)
TEMPLATES = (
    (
        "Standardteam Online-Antrag",
        "standardteam online-antrag",
        (
            ("ORG-ANF", 3, 40, None, True),
            ("FIM-PROZ", 2, 40, None, False),
            ("FIM-DATEN", 2, 40, None, False),
            ("FORM-THAVEL", 3, 60, None, True),
            ("QS-TEST", 2, 30, None, False),
            ("QS-BITV", 3, 40, 12, True),
            ("QS-DSFA", 2, 20, 5, False),
        ),
    ),
    (
        "Standardteam EfA-Nachnutzung",
        "standardteam efa-nachnutzung",
        (
            ("FORM-EFA", 3, 50, None, True),
            ("TECH-SCHNITT", 2, 30, None, False),
            ("QS-TEST", 2, 40, 10, False),
            ("ORG-SCHUL", 2, 40, 8, False),
        ),
    ),
)


def upgrade() -> None:
    metadata = sa.MetaData()
    skill = sa.Table(
        "skill", metadata, sa.Column("id", sa.Integer(), primary_key=True), sa.Column("code", sa.String(40))
    )
    template = op.create_table(
        "need_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_template")),
        sa.UniqueConstraint("name", name=op.f("uq_need_template_name")),
    )
    row = op.create_table(
        "need_template_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("steady", "volume", name="needkind", native_enum=False, length=40), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("person_days", sa.Integer(), nullable=True),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_need_template_row_level_range")),
        sa.CheckConstraint(
            "person_days IS NULL OR person_days >= 1", name=op.f("ck_need_template_row_person_days_positive")
        ),
        sa.CheckConstraint("share BETWEEN 1 AND 100", name=op.f("ck_need_template_row_share_range")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_need_template_row_skill_id")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["need_template.id"], name=op.f("fk_need_template_row_template_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_template_row")),
    )
    op.create_index(op.f("ix_need_template_row_skill_id"), "need_template_row", ["skill_id"])
    op.create_index(op.f("ix_need_template_row_template_id"), "need_template_row", ["template_id"])
    _keep_those_in_use(op.get_bind(), skill, template, row)


def _keep_those_in_use(connection: sa.Connection, skill: sa.Table, template: sa.Table, row: sa.Table) -> None:
    """Only where the catalogue has their skills; an empty installation gets them with the catalogue (portfolio/standards)."""
    ids = {each.code: each.id for each in connection.execute(sa.select(skill.c.id, skill.c.code))}
    for name, sort_key, needs in TEMPLATES:
        known = [need for need in needs if need[0] in ids]
        if not known:
            continue
        made = connection.execute(sa.insert(template).values(name=name, sort_key=sort_key, version=1))
        for position, (code, level, share, days, mandatory) in enumerate(known, start=1):
            connection.execute(
                sa.insert(row).values(
                    template_id=made.inserted_primary_key[0],
                    position=position,
                    skill_id=ids[code],
                    level=level,
                    kind="volume" if days else "steady",
                    share=share,
                    person_days=days,
                    mandatory=mandatory,
                )
            )


def downgrade() -> None:
    op.drop_table("need_template_row")
    op.drop_table("need_template")
