"""Owns the tables. The database is the truth for everything that is asked or sent."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)


class Instant(TypeDecorator[datetime]):
    """An aware instant, UTC on the way out; SQLite drops the zone, so UTC goes in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime does not go into the database")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# What this installation remembers about itself: since when it looks after which rhythm.
installation = Table(
    "installation",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

# --- the catalogue -------------------------------------------------------------------------------------------------

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("description", Text, nullable=False),
    Column("total", Integer),
    Column("insights", Boolean, nullable=False, default=False),
    Column("timezone", String, nullable=False),
    Column("weekly_at", String),
    Column("roundup_at", String),
    Column("since", String(7)),
)

topic = Table(
    "topic",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("names", JSON, nullable=False, server_default="{}"),  # by language
)

paper = Table(
    "paper",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("arxiv_id", String, nullable=False, unique=True),
    Column("version", Integer),
    Column("title", Text, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("year", Integer, nullable=False),
    Column("venue", String),
    Column("licence", String, nullable=False, server_default=""),  # address of the terms; empty: unknown
)

entry = Table(
    "entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String, nullable=False, unique=True),
    Column("series_id", ForeignKey("series.id"), nullable=False),
    Column("number", Integer),
    Column("month", String(7), index=True),
    Column("state", String, nullable=False, index=True),
    Column("paper_id", ForeignKey("paper.id"), nullable=False, index=True),
    Column("links", JSON, nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("numbers", JSON, nullable=False),
    Column("panels", JSON, nullable=False),
    Column("panels_in", JSON, nullable=False, server_default="{}"),  # by language
    Column("accent", String(7)),
    Column("origin", String, nullable=False),  # "content": edited in its file; "chat": born in the database
    Column("content_hash", String, nullable=False),
    Column("published_at", Instant),  # when we first sent it; None for what was published before we were there
    UniqueConstraint("series_id", "number"),
    sqlite_autoincrement=True,  # buttons in old messages carry ids: none is given twice
)

entry_text = Table(
    "entry_text",
    metadata,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String, primary_key=True),
    Column("headline", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("key_idea", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("take_away", Text, nullable=False),
    Column("why", Text),
    Column("key_insights", JSON, nullable=False),
    Column("shorter", JSON, nullable=False, server_default="{}"),
)

entry_topic = Table(
    "entry_topic",
    metadata,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)

# What of a published entry is in the index: terms separated by spaces, so that they can be taken out again.
entry_document = Table(
    "entry_document",
    metadata,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("people", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", Text, nullable=False),
)

# Where a term stands, in blocks of entries: packed bits, one for each entry and column.
posting = Table(
    "posting",
    metadata,
    Column("term", Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True),
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("title", LargeBinary, nullable=False),
    Column("people", LargeBinary, nullable=False),
    Column("text", LargeBinary, nullable=False),
    sqlite_with_rowid=False,  # the blocks of a rare term lie side by side
)

# Every word of the documents, with its endings.
vocabulary = Table(
    "vocabulary",
    metadata,
    Column("word", Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True),
    Column("documents", Integer, nullable=False),  # how many have it
)

# --- the desk -----------------------------------------------------------------------------------------------------

# What the desk knows of an entry born in a chat, until it is published; its words and panels are those of the entry.
draft = Table(
    "draft",
    metadata,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),  # one more with every change
    Column("editor", BigInteger, nullable=False),  # who changed it last
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("discarded_at", Instant),  # kept for a while, so that an undo brings it back
    Column("alternatives", JSON, nullable=False),
    Column("removed", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("drafted", JSON, nullable=False),  # words and panels as they were drafted, for whoever wants them back
)

# The bytes of every figure a draft may show.
draft_figure = Table(
    "draft_figure",
    metadata,
    Column("entry_id", ForeignKey("draft.entry_id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)

# An editor said that we may show a figure whose licence does not say so. It stays with the entry for good.
figure_right = Table(
    "figure_right",
    metadata,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("editor", BigInteger, nullable=False),
    Column("confirmed_at", Instant, nullable=False),
)

# Queued entries without a number stand here; those whose files give them one only when they are fixed to a slot.
queue = Table(
    "queue",
    metadata,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("slot", String),  # the only slot it may go out in; None: the next one that is free
    Column("approved_by", BigInteger),
    Column("approved_at", Instant),
)

# --- pictures ------------------------------------------------------------------------------------------------------

asset = Table(
    "asset",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", String, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

collage = Table(
    "collage",
    metadata,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String, primary_key=True),
    Column("canvas", String, primary_key=True),
    Column("theme", String, primary_key=True),
    Column("source_hash", String, nullable=False),  # of the entry and the composer: another one means draw again
    Column("asset_sha256", ForeignKey("asset.sha256"), nullable=False),
    Column("alt", Text, nullable=False, server_default=""),  # the picture in words, for screen readers
)

# The pictures an entry takes from its paper, as they were found.
figure = Table(
    "figure",
    metadata,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)

# The picture that opens a roundup.
cover = Table(
    "cover",
    metadata,
    Column("month", String(7), primary_key=True),  # empty: the picture that stands where one was withdrawn
    Column("series", String, primary_key=True),  # its slug; empty where entries of several share the cover
    Column("language", String, primary_key=True),
    Column("canvas", String, primary_key=True),
    Column("theme", String, primary_key=True),
    Column("source_hash", String, nullable=False),
    Column("asset_sha256", ForeignKey("asset.sha256"), nullable=False),
    Column("alt", Text, nullable=False),
)

# What `/collage` drew for a reader, of a paper that need not be in the catalogue.
reader_collage = Table(
    "reader_collage",
    metadata,
    Column("arxiv_id", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("language", String, primary_key=True),
    Column("canvas", String, primary_key=True),
    Column("theme", String, primary_key=True),
    Column("source_hash", String, nullable=False),  # of what drafts and draws: another one means draw again
    Column("asset_sha256", ForeignKey("asset.sha256"), nullable=False),
    Column("alt", Text, nullable=False),
    Column("paper", JSON, nullable=False),  # what the caption says
    Column("drawn_at", Instant, nullable=False, index=True),
    Column("newest_at", Instant),  # when somebody last saw that no newer version was out; None: nobody looked
)

# A file id is stable, but belongs to one bot, and to one way of sending.
telegram_file = Table(
    "telegram_file",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("asset_sha256", ForeignKey("asset.sha256", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, primary_key=True),  # "photo": the picture; "document": its lossless twin
    Column("file_id", String, nullable=False),
)

# --- chats ---------------------------------------------------------------------------------------------------------

chat = Table(
    "chat",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False, default=""),
    Column("gone_at", Instant),  # the chat will not have us; cleared when it comes back
    Column("gone_reason", String),
    Column("seen_at", Instant, nullable=False),
    Column("canvas", String),  # how it wants its pictures; None: as everybody gets them
    Column("theme", String),
    Column("language", String),  # what was chosen; None: what Telegram says
    Column("spoken", String),  # what Telegram said last: of the person in private, of who let us in elsewhere
)

subscription = Table(
    "subscription",
    metadata,
    Column("chat_id", ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True),
    Column("thread_id", Integer, primary_key=True, default=0),
    Column("since", Instant, nullable=False),
    Column("ended_at", Instant),  # kept, so that an undo brings back the very same wish
    Column("declined", JSON, nullable=False, server_default="[]"),  # "ml-collage weekly": a series and a kind
    Column("begun", JSON, nullable=False, server_default="{}"),  # what has a later since of its own
    Column("quiet", Boolean, nullable=False, server_default=false()),
    Column("paused_until", Date),  # the first day, in the chat's own zone, on which something comes again
    Column("topics", JSON, nullable=False, server_default="[]"),  # slugs; none means all
    Column("weekday", Integer),  # these four together, or none: the chat's own moment
    Column("hour", Integer),
    Column("minute", Integer),
    Column("timezone", String),
)

# A reader's own list; the id is the person's, not the chat's.
saved_entry = Table(
    "saved_entry",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("saved_at", Instant, nullable=False),
)

# --- the ledger ----------------------------------------------------------------------------------------------------

_NOT_OVER = text("state IN ('pending', 'sending', 'in_doubt')")

edition = Table(
    "edition",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("series_id", ForeignKey("series.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("slot", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String),  # why it was skipped
    Column("rerun", Boolean, nullable=False, default=False),
    Column("opened_at", Instant, nullable=False),
    UniqueConstraint("series_id", "kind", "slot"),
)

edition_entry = Table(
    "edition_entry",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("entry_id", ForeignKey("entry.id"), nullable=False, index=True),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),  # SQLite's have 64 bits anyway
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), nullable=False),
    # No foreign key: a group that moves keeps the history of its old id.
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", Integer, nullable=False, default=0),
    Column("part", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("due_at", Instant, nullable=False),  # the chat's own instant for the slot: lateness counts from here
    Column("not_before", Instant, nullable=False),  # `due_at`, or later when it has to be tried again
    Column("lease_until", Instant),  # while sending: after this instant whoever held it is taken for dead
    Column("attempts", Integer, nullable=False, default=0),
    Column("message_ids", JSON, nullable=False),
    Column("shows", JSON, nullable=False, server_default="[]"),  # of an album: the entry of each message; 0: a cover
    Column("missing", JSON, nullable=False, server_default="[]"),  # pictures of an album that surely did not arrive
    Column("error", String),
    Column("settled_at", Instant),
    Column("settled_by", BigInteger),  # the editor who said what became of it; 0: the operator, at the command line
    UniqueConstraint("edition_id", "chat_id", "thread_id", "part"),
    # Of what is not over: that is little, so it is found at once and cheap to keep however much has been sent.
    Index("ix_delivery_due", "state", "not_before", "id", sqlite_where=_NOT_OVER, postgresql_where=_NOT_OVER),
)

# One row: the theoretical arrival time of the generic cell rate algorithm, shared by every process.
send_budget = Table(
    "send_budget",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("arrival", Float, nullable=False),  # seconds since the epoch, like the others
    Column("paused_until", Float, nullable=False, server_default="0"),  # Telegram's flood ban: nothing leaves before
    Column("held_until", Float, nullable=False, server_default="0"),  # an outage: editions do not leave before
    Column("lately", JSON, nullable=False, server_default="[]"),  # what left within a second: [instant, messages] each
)

# When a chat may next get something, as far as all processes know.
chat_budget = Table(
    "chat_budget",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("arrival", Float, nullable=False),  # seconds since the epoch: of the next message
    Column("lately", JSON, nullable=False),  # of a group: when it got what within a minute, [instant, messages] each
)

# What an editor wants changed, or taken away, in messages that are out.
correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String, nullable=False),  # "correct" or "retract"
    Column("editor", BigInteger, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("finished_at", Instant),
)

# One message that has to be changed or taken away. Doing so twice does no harm, so nothing is ever in doubt here.
correction_step = Table(
    "correction_step",
    metadata,
    Column("correction_id", ForeignKey("correction.id", ondelete="CASCADE"), primary_key=True),
    Column("delivery_id", ForeignKey("delivery.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),  # among the messages of the delivery
    Column("state", String, nullable=False),  # pending, done, deleted, instead or failed
    Column("not_before", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String),
    Column("settled_at", Instant),
    Index("ix_correction_step_due", "state", "not_before"),
)

# --- updates -------------------------------------------------------------------------------------------------------

# What Telegram told us, written down before we say that we have it. What is handled stays for a while without its
# words, so that nothing is handled twice.
incoming = Table(
    "incoming",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("update_id", BigInteger, primary_key=True),
    Column("chat_id", BigInteger),  # updates of one chat are handled in order; None: of no chat
    Column("body", Text, nullable=False),  # JSON as it came; empty once it is handled
    Column("received_at", Instant, nullable=False),
    Column("lease_until", Instant),  # while it is handled: after this instant whoever held it is taken for dead
    Column("attempts", Integer, nullable=False, default=0),
    Column("handled_at", Instant),
    Index("ix_incoming_handled_at", "handled_at"),
)

# --- sources -------------------------------------------------------------------------------------------------------

# One row for each server that wants one connection at a time from all our processes.
turn = Table(
    "turn",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("busy_until", Instant),  # after this instant whoever holds it is taken for dead; None: nobody does
    Column("free_at", Instant, nullable=False),
)

# How many collages a reader has asked for on a day (UTC).
quota = Table(
    "quota",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", String(10), primary_key=True),
    Column("used", Integer, nullable=False),
)
