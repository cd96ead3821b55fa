"""Owns the second step: panels of every kind, figures, alt texts, covers, and how a chat wants its pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns and tables; nothing is lost but file ids, of pictures that this version draws anew."""
    # Not as a batch: that makes the table anew, and dropping the old one takes along what refers to it.
    op.execute("ALTER TABLE entry RENAME COLUMN visuals TO panels")
    op.add_column("entry", sa.Column("panels_in", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("entry", sa.Column("accent", sa.String(7)))
    op.add_column("entry_text", sa.Column("shorter", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("collage", sa.Column("alt", sa.Text, nullable=False, server_default=""))
    op.add_column("chat", sa.Column("canvas", sa.String))
    op.add_column("chat", sa.Column("theme", sa.String))
    _create_figures()
    _create_covers()
    op.drop_table("telegram_file")
    _create_files()


def _create_figures() -> None:
    op.create_table(
        "figure",
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )


def _create_covers() -> None:
    op.create_table(
        "cover",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("series", sa.String, primary_key=True),
        sa.Column("language", sa.String, primary_key=True),
        sa.Column("canvas", sa.String, primary_key=True),
        sa.Column("theme", sa.String, primary_key=True),
        sa.Column("source_hash", sa.String, nullable=False),
        sa.Column("asset_sha256", sa.String(64), sa.ForeignKey("asset.sha256"), nullable=False),
        sa.Column("alt", sa.Text, nullable=False),
    )


def _create_files() -> None:
    op.create_table(
        "telegram_file",
        sa.Column("bot_id", sa.BigInteger, primary_key=True),
        sa.Column("asset_sha256", sa.String(64), sa.ForeignKey("asset.sha256", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("file_id", sa.String, nullable=False),
    )
