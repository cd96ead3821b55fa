"""Which language is spoken in a chat."""

from datetime import UTC, datetime

from telegram import User

from bot.chat.tongues import Tongues
from bot.store import preferences, subscriptions
from bot.store.database import Database

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ADA, GROUP = 1001, -500


def user(tag: str | None) -> User:
    """Somebody whose Telegram speaks *tag*."""
    return User(ADA, "Ada", is_bot=False, language_code=tag)


async def see(database: Database, *chats: int) -> None:
    """Let the database know of chats."""
    async with database.writing() as conn:
        for chat_id in chats:
            await subscriptions.see_chat(conn, chat_id, kind="private", title="", now=NOW)


async def test_in_private_the_language_of_telegram_is_spoken_and_written_down(database: Database) -> None:
    await see(database, ADA)
    tongues = Tongues(database)
    for tag, spoken in (("zh-hans", "zh"), ("zh-TW", "zh"), ("de", "en"), (None, "en"), ("zh", "zh")):
        assert (await tongues.find(ADA, user(tag), private=True)).language == spoken
    async with database.reading() as conn:
        assert (await preferences.find(conn, ADA)).spoken == "zh"


async def test_what_was_chosen_wins_and_is_asked_for_again_when_somebody_chose(database: Database) -> None:
    await see(database, ADA)
    tongues = Tongues(database)
    assert (await tongues.find(ADA, user("zh"), private=True)).language == "zh"
    async with database.writing() as conn:
        await preferences.choose_language(conn, ADA, "en")
    assert (await tongues.find(ADA, user("zh"), private=True)).language == "zh"  # still remembered
    tongues.forget(ADA)
    assert (await tongues.find(ADA, user("zh"), private=True)).language == "en"


async def test_what_is_remembered_is_asked_for_again_after_a_while(database: Database) -> None:
    now = 0.0
    await see(database, GROUP)
    tongues = Tongues(database, clock=lambda: now)
    assert (await tongues.find(GROUP, user("zh"), private=False)).language == "en"
    async with database.writing() as conn:
        await preferences.choose_language(conn, GROUP, "zh")
    assert (await tongues.find(GROUP, user("en"), private=False)).language == "en"
    now = 61.0
    assert (await tongues.find(GROUP, user("en"), private=False)).language == "zh"


async def test_while_the_database_is_away_everybody_is_answered_as_telegram_says(database: Database) -> None:
    await database.close()
    assert (
        await Tongues(Database("sqlite:////nowhere/at/all.db")).find(ADA, user("zh"), private=True)
    ).language == "zh"
