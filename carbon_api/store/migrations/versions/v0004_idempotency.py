"""Requests that may be sent again: what was asked first under a name of the caller's, and what was kept."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("workspace_id", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(255), primary_key=True),
        sa.Column("request", sa.LargeBinary(32), nullable=False),
        sa.Column("claimed_at", sa.String(27), nullable=False),
        sa.Column("estimate_id", sa.String(40), nullable=True),
    )
    op.create_index("claims_oldest_first", "claims", ["claimed_at"])


def downgrade() -> None:
    op.drop_index("claims_oldest_first", "claims")
    op.drop_table("claims")
