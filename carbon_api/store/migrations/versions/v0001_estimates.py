"""The first table: estimates, with the bytes that were received and sent."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "estimates",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("workspace_id", sa.String(64), nullable=False, server_default="default"),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("brand", sa.Text, nullable=True),
        sa.Column("method", sa.String(64), nullable=False),
        sa.Column("factor_release", sa.String(64), nullable=False),
        sa.Column("plan", sa.LargeBinary, nullable=False),
        sa.Column("plan_media_type", sa.String(16), nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.Column("total_central", sa.Float(53), nullable=False),
    )
    op.create_index(
        "estimates_newest_first",
        "estimates",
        ["workspace_id", sa.text("created_at DESC"), sa.text("id DESC")],
    )


def downgrade() -> None:
    op.drop_index("estimates_newest_first", "estimates")
    op.drop_table("estimates")
