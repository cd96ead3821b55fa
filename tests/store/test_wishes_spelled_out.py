"""The fourth step of the schema: what two columns said for all series is said for each of them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from bot.model.address import Address
from bot.model.edition import EditionKind
from bot.model.subscription import Moment, Offer, Subscription
from bot.store import subscriptions
from bot.store.database import Database
from bot.store.schema import migrate
from tests.store.test_schema import connected

SINCE = datetime(2026, 11, 1, 12, tzinfo=UTC)
PICK, ROUNDUP = ("ml-collage", EditionKind.WEEKLY), ("ml-collage", EditionKind.ROUNDUP)
OTHERS = ("best-of-arxiv", EditionKind.ROUNDUP)
SERIES = (
    "INSERT INTO series (id, slug, name, description, insights, timezone, weekly_at, roundup_at) VALUES "
    "(1, 'ml-collage', 'ML-Collage', '', false, 'UTC', 'mon 09:00', 'last 18:00'), "
    "(2, 'best-of-arxiv', 'Best of arXiv', '', false, 'UTC', NULL, 'last 18:00')"
)
CHAT = "INSERT INTO chat (id, kind, title, seen_at) VALUES (7, 'private', '', '2026-11-01 12:00:00+00:00')"
WISH = (
    "INSERT INTO subscription (chat_id, thread_id, since, ended_at, weekly, roundup, weekday, hour, minute, timezone) "
    "VALUES (7, 0, '{since}', NULL, {weekly}, {roundup}, 4, 18, 0, 'Europe/Berlin')"
)


def stored_by_the_third_step(url: str, *, weekly: bool, roundup: bool) -> None:
    """A wish as it was kept before."""
    settings = Config()
    settings.set_main_option("script_location", "bot.store:migrations")
    with connected(url) as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0003")
        since = "2026-11-01 12:00:00" + ("" if url.startswith("sqlite") else "+00:00")
        for statement in (SERIES, CHAT, WISH.format(since=since, weekly=weekly, roundup=roundup)):
            connection.execute(text(statement))


@pytest.mark.parametrize(
    ("weekly", "roundup", "declined"),
    [
        (True, True, set()),
        (False, True, {PICK}),
        (True, False, {ROUNDUP, OTHERS}),
        (False, False, {PICK, ROUNDUP, OTHERS}),
    ],
)
async def test_every_old_wish_is_kept(
    new_database: Callable[[str], str], declined: set[Offer], *, weekly: bool, roundup: bool
) -> None:
    url = new_database("new")
    stored_by_the_third_step(url, weekly=weekly, roundup=roundup)
    migrate(url)
    database = Database(url)
    try:
        async with database.reading() as conn:
            found = await subscriptions.find(conn, Address(7))
    finally:
        await database.close()
    friday = Moment(4, 18, 0, "Europe/Berlin")
    assert found == Subscription(Address(7), SINCE, friday, declined=frozenset(declined))
