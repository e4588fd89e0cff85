"""What of an imported organisation is still to be confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisation", sa.Column("to_confirm", sa.String(length=200), nullable=True))


def downgrade() -> None:
    op.drop_column("organisation", "to_confirm")
