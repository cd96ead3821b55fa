from datetime import UTC, datetime

import pytest

from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.preferences import Preferences
from bot.store import preferences, subscriptions
from bot.store.database import Database

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ADA, GROUP, SUPERGROUP = 1001, -500, -1009
DARK_SLIDE = Appearance(Canvas.SLIDE, Theme.DARK)


async def see(database: Database, *chats: int) -> None:
    async with database.writing() as conn:
        for chat_id in chats:
            await subscriptions.see_chat(conn, chat_id, kind="private", title="", now=NOW)


async def keep(database: Database, chat_id: int, wanted: Appearance) -> None:
    async with database.writing() as conn:
        await preferences.keep(conn, chat_id, wanted)


async def find(database: Database, chat_id: int) -> Appearance:
    async with database.reading() as conn:
        return (await preferences.find(conn, chat_id)).appearance


async def test_who_never_said_anything_gets_the_portrait_in_light(database: Database) -> None:
    await see(database, ADA)

    assert await find(database, ADA) == await find(database, GROUP) == Appearance(Canvas.PORTRAIT, Theme.LIGHT)


@pytest.mark.parametrize("wanted", [Appearance(canvas, theme) for canvas in Canvas for theme in Theme])
async def test_what_a_chat_chose_comes_back(database: Database, wanted: Appearance) -> None:
    await see(database, ADA, GROUP)

    await keep(database, ADA, wanted)

    assert await find(database, ADA) == wanted
    assert await find(database, GROUP) == Appearance()


async def test_what_some_chat_chose_is_known_and_a_chat_that_is_gone_does_not_count(database: Database) -> None:
    await see(database, ADA, GROUP, SUPERGROUP)
    await keep(database, ADA, DARK_SLIDE)
    await keep(database, GROUP, Appearance(Canvas.SLIDE))
    async with database.writing() as conn:
        await subscriptions.mark_gone(conn, GROUP, "removed", NOW)

        assert await preferences.chosen(conn) == {Preferences(DARK_SLIDE, "en")}


@pytest.mark.parametrize("is_new_one_seen", [False, True])
async def test_a_group_that_moves_keeps_its_choice(database: Database, is_new_one_seen: bool) -> None:
    await see(database, GROUP, *([SUPERGROUP] if is_new_one_seen else []))
    await keep(database, GROUP, DARK_SLIDE)

    async with database.writing() as conn:
        await subscriptions.migrate_chat(conn, GROUP, SUPERGROUP)

    assert await find(database, SUPERGROUP) == DARK_SLIDE


async def test_a_group_that_moves_does_not_undo_what_its_new_self_chose(database: Database) -> None:
    await see(database, GROUP, SUPERGROUP)
    await keep(database, GROUP, DARK_SLIDE)
    await keep(database, SUPERGROUP, Appearance(Canvas.SLIDE))

    async with database.writing() as conn:
        await subscriptions.migrate_chat(conn, GROUP, SUPERGROUP)

    assert await find(database, SUPERGROUP) == Appearance(Canvas.SLIDE)


async def test_a_language_is_heard_until_one_is_chosen_and_again_when_it_is_given_up(database: Database) -> None:
    await see(database, ADA)
    async with database.writing() as conn:
        await preferences.hear_language(conn, ADA, "zh")
        assert (await preferences.find(conn, ADA)).language == "zh"
        await preferences.choose_language(conn, ADA, "en")
        assert (await preferences.find(conn, ADA)).language == "en"
        await preferences.choose_language(conn, ADA, None)
        assert (await preferences.find(conn, ADA)).language == "zh"


async def test_in_a_chat_of_many_the_first_language_stays(database: Database) -> None:
    await see(database, GROUP)
    async with database.writing() as conn:
        await preferences.take_up_language(conn, GROUP, "zh")
        await preferences.take_up_language(conn, GROUP, "en")
        assert (await preferences.find(conn, GROUP)).language == "zh"


async def test_a_group_that_moves_keeps_its_language(database: Database) -> None:
    await see(database, GROUP, SUPERGROUP)
    async with database.writing() as conn:
        await preferences.choose_language(conn, GROUP, "zh")
        await subscriptions.migrate_chat(conn, GROUP, SUPERGROUP)
        assert (await preferences.find(conn, SUPERGROUP)).chosen == "zh"
