"""The factors behind each estimate, so that one that rests on a factor withdrawn since can say so."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("estimates", sa.Column("factors", sa.Text, nullable=True))


def downgrade() -> None:
    op.drop_column("estimates", "factors")
