"""Owns the seventh step: what each message of an album shows, and what has left lately."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns; of what is out already nobody knows it."""
    op.add_column("delivery", sa.Column("shows", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("send_budget", sa.Column("lately", sa.JSON, nullable=False, server_default="[]"))
