"""Owns the first step: the catalogue, the pictures, the chats, the ledger and the search index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table; parents before children."""
    op.create_table(
        "installation",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )
    _create_series_and_topics()
    _create_entries()
    _create_entry_parts()
    _create_pictures()
    _create_chats()
    _create_editions()
    _create_deliveries()
    if op.get_context().dialect.name == "sqlite":  # what PostgreSQL searches came with the fifth step
        _create_search_index()


def _create_series_and_topics() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("total", sa.Integer),
        sa.Column("insights", sa.Boolean, nullable=False),
        sa.Column("timezone", sa.String, nullable=False),
        sa.Column("weekly_at", sa.String),
        sa.Column("roundup_at", sa.String),
        sa.Column("since", sa.String(7)),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("aliases", sa.JSON, nullable=False),
    )


def _create_entries() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("arxiv_id", sa.String, nullable=False, unique=True),
        sa.Column("version", sa.Integer),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("authors", sa.JSON, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("venue", sa.String),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.String, nullable=False, unique=True),
        sa.Column("series_id", sa.Integer, sa.ForeignKey("series.id"), nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("month", sa.String(7), index=True),
        sa.Column("state", sa.String, nullable=False, index=True),
        sa.Column("paper_id", sa.Integer, sa.ForeignKey("paper.id"), nullable=False, index=True),
        sa.Column("links", sa.JSON, nullable=False),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.Column("numbers", sa.JSON, nullable=False),
        sa.Column("visuals", sa.JSON, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("series_id", "number"),
    )


def _create_entry_parts() -> None:
    op.create_table(
        "entry_text",
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("language", sa.String, primary_key=True),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("key_idea", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("take_away", sa.Text, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("key_insights", sa.JSON, nullable=False),
    )
    op.create_table(
        "entry_topic",
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic_id", sa.Integer, sa.ForeignKey("topic.id"), primary_key=True, index=True),
        sa.Column("position", sa.Integer, nullable=False),
    )


def _create_pictures() -> None:
    op.create_table(
        "asset",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "collage",
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("language", sa.String, primary_key=True),
        sa.Column("canvas", sa.String, primary_key=True),
        sa.Column("theme", sa.String, primary_key=True),
        sa.Column("source_hash", sa.String, nullable=False),
        sa.Column("asset_sha256", sa.String(64), sa.ForeignKey("asset.sha256"), nullable=False),
    )
    op.create_table(
        "telegram_file",
        sa.Column("bot_id", sa.BigInteger, primary_key=True),
        sa.Column("asset_sha256", sa.String(64), sa.ForeignKey("asset.sha256", ondelete="CASCADE"), primary_key=True),
        sa.Column("file_id", sa.String, nullable=False),
    )


def _create_chats() -> None:
    op.create_table(
        "chat",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True)),
        sa.Column("gone_reason", sa.String),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    chat = sa.ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE")
    op.create_table(
        "subscription",
        sa.Column("chat_id", sa.BigInteger, chat, primary_key=True),
        sa.Column("thread_id", sa.Integer, primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("weekly", sa.Boolean, nullable=False),
        sa.Column("roundup", sa.Boolean, nullable=False),
        sa.Column("weekday", sa.Integer),
        sa.Column("hour", sa.Integer),
        sa.Column("minute", sa.Integer),
        sa.Column("timezone", sa.String),
    )
    op.create_table(
        "saved_entry",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
    )


def _create_editions() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("series_id", sa.Integer, sa.ForeignKey("series.id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("slot", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("rerun", sa.Boolean, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("series_id", "kind", "slot"),
    )
    op.create_table(
        "edition_entry",
        sa.Column("edition_id", sa.Integer, sa.ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id"), nullable=False, index=True),
    )


def _create_deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("edition_id", sa.Integer, sa.ForeignKey("edition.id", ondelete="CASCADE"), nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.Integer, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("message_ids", sa.JSON, nullable=False),
        sa.Column("error", sa.String),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("edition_id", "chat_id", "thread_id", "part"),
        sa.Index("ix_delivery_due", "state", "not_before"),
    )
    op.create_table(
        "send_budget",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("arrival", sa.Float, nullable=False),
    )


def _create_search_index() -> None:
    # Terms are prepared by bot.catalogue and stored separated by spaces: the tokenizer must not fold a second time.
    op.execute(
        "CREATE VIRTUAL TABLE entry_search USING fts5("
        "title, people, text, words, tokenize='unicode61 remove_diacritics 0')"
    )
    op.execute("CREATE VIRTUAL TABLE entry_vocabulary USING fts5vocab(entry_search, col)")
