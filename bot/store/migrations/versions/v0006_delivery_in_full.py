"""Owns the sixth step: lateness, what editors settle, budgets of chats, corrections, updates that wait."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add columns and tables; what is in the ledger was due when it was to be sent."""
    _remember_when_it_was_due()
    op.add_column("delivery", sa.Column("missing", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("delivery", sa.Column("settled_by", sa.BigInteger))
    for name in ("paused_until", "held_until"):
        op.add_column("send_budget", sa.Column(name, sa.Float, nullable=False, server_default="0"))
    op.create_table(
        "chat_budget",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("arrival", sa.Float, nullable=False),
        sa.Column("lately", sa.JSON, nullable=False),
    )
    _add_corrections()
    op.create_table(
        "incoming",
        sa.Column("bot_id", sa.BigInteger, primary_key=True),
        sa.Column("update_id", sa.BigInteger, primary_key=True),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.Column("lease_until", _INSTANT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("handled_at", _INSTANT),
    )
    op.create_index("ix_incoming_handled_at", "incoming", ["handled_at"])


def _remember_when_it_was_due() -> None:
    op.add_column("delivery", sa.Column("due_at", _INSTANT))
    op.execute("UPDATE delivery SET due_at = not_before")
    op.drop_index("ix_delivery_due", "delivery")
    with op.batch_alter_table("delivery") as delivery:
        delivery.alter_column("due_at", nullable=False, existing_type=_INSTANT)
    not_over = sa.text("state IN ('pending', 'sending', 'in_doubt')")
    columns = ["state", "not_before", "id"]
    op.create_index("ix_delivery_due", "delivery", columns, sqlite_where=not_over, postgresql_where=not_over)


def _add_corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("editor", sa.BigInteger, nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT),
    )
    key = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "correction_step",
        sa.Column("correction_id", sa.Integer, sa.ForeignKey("correction.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("delivery_id", key, sa.ForeignKey("delivery.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("not_before", _INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.String),
        sa.Column("settled_at", _INSTANT),
    )
    op.create_index("ix_correction_step_due", "correction_step", ["state", "not_before"])
