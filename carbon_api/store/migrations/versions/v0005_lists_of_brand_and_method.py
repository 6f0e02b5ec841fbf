"""Indexes for the lists of one brand, or of one method: without them all that a workspace keeps is read for a page."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEWEST_FIRST = (sa.text("created_at DESC"), sa.text("id DESC"))


def upgrade() -> None:
    op.create_index("estimates_of_brand", "estimates", ["workspace_id", "brand", *NEWEST_FIRST])
    op.create_index("estimates_of_method", "estimates", ["workspace_id", "method", *NEWEST_FIRST])


def downgrade() -> None:
    op.drop_index("estimates_of_method", "estimates")
    op.drop_index("estimates_of_brand", "estimates")
