"""Owns the fourth step: the languages of chats, and wishes in full."""

from itertools import product

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add columns, and say for each series what two columns said for all; nothing is lost."""
    op.add_column("chat", sa.Column("language", sa.String))
    op.add_column("chat", sa.Column("spoken", sa.String))
    _spell_wishes_out()
    _count_deliveries_on()


def _spell_wishes_out() -> None:
    op.add_column("subscription", sa.Column("declined", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("subscription", sa.Column("begun", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("subscription", sa.Column("quiet", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("subscription", sa.Column("paused_until", sa.Date))
    op.add_column("subscription", sa.Column("topics", sa.JSON, nullable=False, server_default="[]"))
    _decline()
    op.drop_column("subscription", "weekly")
    op.drop_column("subscription", "roundup")


def _decline() -> None:
    """Let who did not want the weekly picks, or the roundups, decline those of every series that has them."""
    series = sa.table("series", *map(sa.column, ("slug", "weekly_at", "roundup_at")))
    kinds = sa.column("weekly", sa.Boolean), sa.column("roundup", sa.Boolean)
    wish = sa.table("subscription", *kinds, sa.column("declined", sa.JSON))
    offered = list(op.get_bind().execute(sa.select(series).order_by(series.c.slug)))
    for weekly, roundup in product((True, False), repeat=2):
        declined = [f"{one.slug} weekly" for one in offered if one.weekly_at and not weekly]
        declined += [f"{one.slug} roundup" for one in offered if one.roundup_at and not roundup]
        same = sa.and_(wish.c.weekly.is_(weekly), wish.c.roundup.is_(roundup))
        op.execute(sa.update(wish).where(same).values(declined=sorted(declined)))
    op.add_column("topic", sa.Column("names", sa.JSON, nullable=False, server_default="{}"))


def _count_deliveries_on() -> None:
    """Let PostgreSQL count deliveries beyond 32 bits; SQLite does so anyway."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("delivery", "id", type_=sa.BigInteger)
        op.execute("ALTER SEQUENCE delivery_id_seq AS bigint")
