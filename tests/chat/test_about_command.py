"""/about, /privacy and /forget: what we say of ourselves, what we keep, and how it goes."""

from datetime import date

from sqlalchemy import func, select

from bot.chat.messages.about import (
    ADMINS_ONLY,
    ASK,
    ASK_PERSON,
    EDITORS,
    FORGOTTEN,
    KEPT,
    NOT_KEPT,
    OF_CHAT,
    OF_PERSON,
    TITLE,
)
from bot.sandbox import ADA, FORUM, GROUP, NOOR, PAPERS
from bot.store import quotas, saved
from bot.store.tables import chat, delivery, saved_entry, subscription
from tests.chat.conftest import NOW, Stage


async def rows(stage: Stage) -> dict[str, int]:
    """How much the database holds of people and chats."""
    tables = (chat, subscription, delivery, saved_entry)
    async with stage.services.database.reading() as conn:
        counted = [(await conn.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]
    return {table.name: number for table, number in zip(tables, counted, strict=True)}


async def test_about_says_what_stands_in_the_archive_and_leads_on(stage: Stage) -> None:
    (about,) = await stage.ask("/about")
    assert about.text.startswith(TITLE)
    months = len(await stage.services.library.months())
    assert f"The archive holds 21 papers in {months} months. The series: Best of arXiv · ML-Collage." in about.text
    await stage.press("Topics")
    assert stage.sent()[-1].text.startswith("Topics · ")


async def test_privacy_says_what_is_kept_and_to_editors_what_is_kept_of_them(desk: Stage) -> None:
    (among,) = await desk.ask("/privacy", chat_id=GROUP)
    assert all(said in among.text for said in (OF_CHAT, OF_PERSON, NOT_KEPT))
    assert EDITORS not in among.text
    (alone,) = await desk.ask("/privacy")
    assert EDITORS in alone.text


async def test_who_is_forgotten_leaves_nothing_behind(stage: Stage) -> None:
    before = await rows(stage)
    await stage.ask("/subscribe")
    await stage.ask("/settings")
    await stage.ask("/paper 27")
    await stage.press("Save")
    assert (await rows(stage))["subscription"] == 1
    (asked,) = await stage.ask("/forget")
    assert asked.text == ASK_PERSON
    await stage.press("Forget everything")
    assert stage.sent()[-1].text == FORGOTTEN
    assert await rows(stage) == before


async def test_nothing_is_forgotten_before_it_is_confirmed(stage: Stage) -> None:
    await stage.ask("/subscribe")
    before = await rows(stage)
    await stage.ask("/forget")
    await stage.press("Keep it")
    assert stage.sent()[-1].text == KEPT
    assert await rows(stage) == before


async def test_a_forum_is_forgotten_with_all_its_topics_and_by_its_admins_only(stage: Stage) -> None:
    await stage.ask("/subscribe", chat_id=FORUM, user_id=ADA)
    await stage.ask("/subscribe", chat_id=FORUM, user_id=ADA, thread_id=PAPERS)
    stage.sandbox.set_language(NOOR, "en")
    (refused,) = await stage.ask("/forget", chat_id=FORUM, user_id=NOOR)
    assert refused.text == ADMINS_ONLY
    (asked,) = await stage.ask("/forget", chat_id=FORUM, user_id=ADA)
    assert asked.text == ASK
    assert (await stage.press("Forget everything", chat_id=FORUM, user_id=NOOR)).text
    assert (await rows(stage))["subscription"] == 2
    await stage.press("Forget everything", chat_id=FORUM, user_id=ADA)
    assert (await rows(stage))["subscription"] == 0


async def test_forgetting_a_group_leaves_a_persons_own_list_alone(stage: Stage) -> None:
    (entry, *_) = await stage.services.library.find("ml-collage 27")
    async with stage.services.database.writing() as conn:
        await saved.save(conn, ADA, entry.id, now=NOW)
    await stage.ask("/forget", chat_id=GROUP, user_id=ADA)
    await stage.press("Forget everything", chat_id=GROUP, user_id=ADA)
    assert (await rows(stage))["saved_entry"] == 1


async def test_todays_collages_are_not_given_back_by_being_forgotten(stage: Stage) -> None:
    async with stage.services.database.writing() as conn:
        await quotas.spend(conn, ADA, date(2026, 11, 20), 2)
    await stage.ask("/forget")
    await stage.press("Forget everything")
    async with stage.services.database.writing() as conn:
        assert await quotas.spend(conn, ADA, date(2026, 11, 20), 2) == 0
