"""Lists, of all estimates, of one brand or of one method, that are read from indexes alone.

Without them all that a workspace keeps is read for a page of a brand, and SQLite reads every answer on the page.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEWEST_FIRST = (sa.text("created_at DESC"), sa.text("id DESC"))
REST = ("factor_release", "total_central")
LISTS: dict[str, tuple[str | sa.TextClause, ...]] = {
    "estimates_newest_first": (*NEWEST_FIRST, "name", "brand", "method", *REST),
    "estimates_of_brand": ("brand", *NEWEST_FIRST, "name", "method", *REST),
    "estimates_of_method": ("method", *NEWEST_FIRST, "name", "brand", *REST),
}


def upgrade() -> None:
    op.drop_index("estimates_newest_first", "estimates")
    for name, columns in LISTS.items():
        op.create_index(name, "estimates", ["workspace_id", *columns])


def downgrade() -> None:
    for name in LISTS:
        op.drop_index(name, "estimates")
    op.create_index("estimates_newest_first", "estimates", ["workspace_id", *NEWEST_FIRST])
