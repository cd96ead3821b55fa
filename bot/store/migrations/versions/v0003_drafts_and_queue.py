"""Owns the third step: licences, drafts, the queue, collages for readers, turns and quotas."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add a column and tables, and make entries count their ids on; nothing is lost."""
    if op.get_context().dialect.name == "sqlite":
        # Made anew, so foreign keys must be off: dropping the old one would take along what refers to it.
        with op.batch_alter_table("entry", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
    op.add_column("paper", sa.Column("licence", sa.String, nullable=False, server_default=""))
    _create_drafts()
    _create_queue()
    _create_reader_collages()
    _create_limits()


def _create_drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("editor", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("discarded_at", sa.DateTime(timezone=True)),
        sa.Column("alternatives", sa.JSON, nullable=False),
        sa.Column("removed", sa.JSON, nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("drafted", sa.JSON, nullable=False),
    )
    op.create_table(
        "draft_figure",
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("draft.entry_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "figure_right",
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("editor", sa.BigInteger, nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
    )


def _create_queue() -> None:
    op.create_table(
        "queue",
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("slot", sa.String),
        sa.Column("approved_by", sa.BigInteger),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
    )


def _create_reader_collages() -> None:
    op.create_table(
        "reader_collage",
        sa.Column("arxiv_id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String, primary_key=True),
        sa.Column("canvas", sa.String, primary_key=True),
        sa.Column("theme", sa.String, primary_key=True),
        sa.Column("source_hash", sa.String, nullable=False),
        sa.Column("asset_sha256", sa.String(64), sa.ForeignKey("asset.sha256"), nullable=False),
        sa.Column("alt", sa.Text, nullable=False),
        sa.Column("paper", sa.JSON, nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("newest_at", sa.DateTime(timezone=True)),
    )


def _create_limits() -> None:
    op.create_table(
        "turn",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True)),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "quota",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("used", sa.Integer, nullable=False),
    )
