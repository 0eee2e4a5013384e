"""what a thing for idle screens is for"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("idle_content", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), server_default="NOTICE", nullable=False))
