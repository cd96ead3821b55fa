"""Every kind of chat on the page: who one is, in which language, topics, channels, inline mode, the bot's rights."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, expect
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

from bot.sandbox import ADA, BASIC, CHANNEL, ELSEWHERE, EMIL, FORUM, GROUP, NOOR, PAPERS, Sandbox
from tests.browser.page import DESKTOP, PHONE, Open, heard, keys, offered, picture

pytestmark = pytest.mark.browser

PAGE_OF_RESULTS = 20


def results(page: Page) -> Locator:
    """Find what inline mode offers."""
    return page.get_by_role("listbox", name="Inline results").get_by_role("option")


def log(page: Page) -> Locator:
    """Find the messages of the chat that is open."""
    return page.get_by_role("log", name="Messages")


async def become(page: Page, name: str) -> None:
    """Be somebody else, by the switch above the chats."""
    await page.get_by_label("Chats", exact=True).get_by_role("button", name=name, exact=True).click()


async def _offer(bot: Bot) -> None:
    """Answer every inline query: "a…" with articles, everything else with three pages of photos."""
    file_id = (await bot.send_photo(ADA, picture(800, 1000))).photo[-1].file_id
    save = InlineKeyboardMarkup([[InlineKeyboardButton("Save", callback_data="save")]])
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=10):
            offset = update.update_id + 1
            if (press := update.callback_query) is not None:
                await press.answer("Saved")
                await bot.edit_message_caption(inline_message_id=press.inline_message_id, caption="Kept")
            if (query := update.inline_query) is None:
                continue
            first = int(query.offset or 0)
            photos = [
                InlineQueryResultCachedPhoto(
                    str(number), file_id, title=f"Paper {number}", caption=f"Paper {number}", reply_markup=save
                )
                for number in range(first, first + PAGE_OF_RESULTS)
            ]
            words = InputTextMessageContent("<b>Attention</b>, in words", parse_mode="HTML")
            article = InlineQueryResultArticle("a", "Attention", words, description="An article")
            is_article = query.query.startswith("a")
            await query.answer(
                [article] if is_article else photos,
                cache_time=0,
                next_offset="" if is_article or first >= 2 * PAGE_OF_RESULTS else str(first + PAGE_OF_RESULTS),
                button=InlineQueryResultsButton("Open the archive", start_parameter="archive"),
            )


@pytest.fixture
async def offering(bot: Bot) -> AsyncIterator[None]:
    """A bot that answers inline queries while the test runs."""
    answering = asyncio.create_task(_offer(bot))
    yield
    answering.cancel()
    await asyncio.gather(answering, return_exceptions=True)


async def test_the_side_bar_shows_everybody_their_chats_of_every_kind(visit: Open) -> None:
    page = await visit(size=DESKTOP)
    chats = page.get_by_label("Chats", exact=True).locator(".chat-row")
    await expect(chats).to_have_count(6)
    assert await chats.locator(".kind").evaluate_all("all => all.map(kind => kind.title)") == [
        "Private chat",
        "Group",
        "Channel",
        "Forum",
        "Basic group",
        "Basic group",
    ]
    await become(page, "Emil")
    await expect(chats).to_have_count(4)


async def test_each_person_reads_in_their_own_language(visit: Open, bot: Bot) -> None:
    await bot.set_my_description("One paper a week.")
    await bot.set_my_description("每周一篇论文。", language_code="zh")
    page = await visit(f"/#{NOOR}/{NOOR}", size=DESKTOP)
    await expect(page.get_by_text("每周一篇论文。")).to_be_visible()
    await page.get_by_label("Language").select_option("de")
    await expect(page.get_by_text("One paper a week.")).to_be_visible()
    await become(page, "Ada")
    await page.get_by_label("Language").select_option("zh-hans")
    await page.get_by_label("Chats", exact=True).get_by_role("button", name="Testbot").click()
    await expect(page.get_by_text("每周一篇论文。")).to_be_visible()
    await page.get_by_role("button", name="Start", exact=True).click()
    (update,) = await bot.get_updates(timeout=5)
    assert update.effective_user is not None
    assert (update.effective_user.id, update.effective_user.language_code) == (ADA, "zh-hans")


async def test_administrators_are_offered_other_commands(visit: Open, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("latest", "The newest")])
    admins = [BotCommand("subscribe", "Weekly"), BotCommand("settings", "What comes")]
    await bot.set_my_commands(admins, scope=BotCommandScopeAllChatAdministrators())
    page = await visit(f"/#{NOOR}/{GROUP}", size=DESKTOP)
    await page.get_by_role("button", name="Commands").click()
    await expect(offered(page)).to_have_count(1)
    await become(page, "Ada")
    await page.get_by_role("button", name="Commands").click()
    await expect(offered(page)).to_have_count(2)


async def test_a_topic_is_read_and_written_by_its_tab(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    await bot.send_message(FORUM, "in papers", message_thread_id=PAPERS)
    page = await visit(f"/#{NOOR}/{FORUM}")
    topics = page.get_by_label("Topics")
    await expect(log(page).get_by_text("in papers")).to_have_count(0)
    await topics.get_by_role("button", name="Papers").click()
    await expect(log(page).get_by_text("in papers")).to_be_visible()
    await page.get_by_role("textbox", name="Message").fill("/latest")
    await page.keyboard.press("Enter")
    assert await heard(bot) == "/latest"
    assert sandbox.transcript(FORUM)[-1].thread_id == PAPERS
    await bot.send_message(FORUM, "in general")
    await expect(topics.get_by_role("button", name="General").get_by_label("new messages")).to_be_visible()
    await topics.get_by_role("button", name="General").click()
    await expect(page.locator(".text", has_text="in general")).to_be_visible()


async def test_topics_are_opened_closed_and_deleted(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(f"/#{ADA}/{FORUM}", size=DESKTOP)
    topics = page.get_by_label("Topics")
    await topics.get_by_role("button", name="Open a topic").click()
    await page.get_by_role("textbox", name="A new topic").fill("Vision")
    await page.keyboard.press("Enter")
    await expect(topics.get_by_role("button", name="Vision")).to_have_attribute("aria-current", "true")
    await page.get_by_role("button", name="Close it").click()
    await expect(log(page).get_by_text("Ada closed the topic")).to_be_visible()
    thread_id = next(thread for thread in (one.thread_id for one in sandbox.transcript(FORUM)) if thread > 100)
    reader = await visit(f"/#{NOOR}/{FORUM}")
    await reader.get_by_label("Topics").get_by_role("button", name="Vision").click()
    await expect(reader.get_by_text("This topic is closed.")).to_be_visible()
    await page.get_by_role("button", name="Delete it").click()
    await expect(topics.get_by_role("button")).to_have_count(4)
    assert all(message.thread_id != thread_id for message in sandbox.transcript(FORUM))


async def test_an_administrator_subscribes_the_channel_and_a_reader_only_reads(visit: Open, bot: Bot) -> None:
    page = await visit(f"/#{ADA}/{CHANNEL}")
    await page.get_by_role("textbox", name="Message").fill("/subscribe")
    await page.keyboard.press("Enter")
    (update,) = await bot.get_updates(timeout=5)
    assert update.channel_post is not None
    assert update.channel_post.text == "/subscribe"
    await bot.send_message(CHANNEL, "Every Monday.", reply_markup=keys("Save"), disable_notification=True)
    await expect(page.locator(".row", has_text="Every Monday.").get_by_title("Sent without sound")).to_be_visible()
    reader = await visit(f"/#{EMIL}/{CHANNEL}")
    await expect(reader.get_by_text("You read this channel")).to_be_visible()
    await expect(reader.get_by_role("textbox", name="Message")).to_have_count(0)
    await reader.get_by_role("button", name="Save").click()
    press = (await bot.get_updates(offset=update.update_id + 1, timeout=5))[-1].callback_query
    assert press is not None
    assert press.from_user.id == EMIL


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_photos_are_offered_paged_and_chosen_where_the_bot_is_not(
    visit: Open, offering: None, sandbox: Sandbox, size: dict[str, int]
) -> None:
    page = await visit(f"/#{NOOR}/{ELSEWHERE}", size=size)
    await page.get_by_role("textbox", name="Message").press_sequentially("@test_bot vit")
    await expect(results(page)).to_have_count(PAGE_OF_RESULTS)
    box = page.get_by_role("listbox", name="Inline results")
    for pages in (2, 3):
        await box.evaluate("box => { box.scrollTop = box.scrollHeight; }")
        await expect(results(page)).to_have_count(pages * PAGE_OF_RESULTS)
    widths = await box.evaluate("box => [box.scrollWidth, box.clientWidth, box.getBoundingClientRect().right]")
    assert widths[0] <= widths[1]
    assert widths[2] <= size["width"]
    await results(page).nth(3).click()
    await expect(page.locator(".row .via")).to_have_text("via @test_bot")
    await expect(box).to_be_hidden()
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("")
    assert sandbox.transcript(ELSEWHERE)[-1].text == "Paper 3"
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator(".toast.shown")).to_have_text("Saved")
    await expect(page.locator(".row .text")).to_contain_text("Kept")


async def test_articles_are_chosen_by_keyboard(visit: Open, offering: None, sandbox: Sandbox) -> None:
    page = await visit(f"/#{ADA}/{GROUP}", size=DESKTOP)
    await page.get_by_role("button", name="Use inline mode here").click()
    await expect(results(page)).to_have_count(PAGE_OF_RESULTS)
    await page.keyboard.press("Escape")
    await expect(results(page)).to_have_count(0)
    await page.get_by_role("textbox", name="Message").fill("@test_bot att")
    await expect(results(page)).to_have_text(["AAttentionAn article"])
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine .text")).to_contain_text("Attention, in words")
    assert sandbox.transcript(GROUP)[-1].via is not None


async def test_a_bot_without_inline_mode_is_in_nobodys_way(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    page = await visit(f"/#{ADA}/{GROUP}")
    field = page.get_by_role("textbox", name="Message")
    await field.fill("@test_bot what is this?")
    (update,) = await bot.get_updates(timeout=5)
    assert update.inline_query is not None
    await expect(page.get_by_role("listbox", name="Inline results")).to_be_hidden()
    await field.press("Enter")
    await expect(page.locator(".mine .text")).to_contain_text("@test_bot what is this?")
    assert await heard(bot, offset=update.update_id + 1) == "@test_bot what is this?"


async def test_the_button_above_the_results_leads_to_the_bot(visit: Open, offering: None, sandbox: Sandbox) -> None:
    page = await visit(f"/#{ADA}/{GROUP}")
    await page.get_by_role("textbox", name="Message").fill("@test_bot att")
    await page.get_by_role("button", name="Open the archive").click()
    await expect(page.locator("#title")).to_have_text("Testbot")
    await expect(page.locator(".mine .text")).to_contain_text("/start archive")


async def test_buttons_lead_to_inline_mode_here_and_elsewhere(visit: Open, bot: Bot) -> None:
    here = InlineKeyboardButton("More like this", switch_inline_query_current_chat="vit")
    there = InlineKeyboardButton("Share", switch_inline_query="gan")
    await bot.send_message(ADA, "x", reply_markup=InlineKeyboardMarkup([[here, there]]))
    page = await visit()
    field = page.get_by_role("textbox", name="Message")
    await page.get_by_role("button", name="More like this").click()
    await expect(field).to_have_value("@test_bot vit")
    await page.get_by_role("button", name="Share").click()
    await page.get_by_role("dialog", name="Choose a chat").get_by_role("button", name="Lunch").click()
    await expect(page.locator("#title")).to_have_text("Lunch")
    await expect(field).to_have_value("@test_bot gan")


async def test_the_bot_is_let_in_by_its_link(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    add = InlineKeyboardButton("Add me", url="https://t.me/test_bot?startgroup=week")
    await bot.send_message(ADA, "x", reply_markup=InlineKeyboardMarkup([[add]]))
    page = await visit()
    await page.get_by_role("button", name="Add me").click()
    await page.get_by_role("dialog", name="Choose a chat").get_by_role("button", name="Lunch").click()
    await expect(log(page).get_by_text("Ada added Testbot")).to_be_visible()
    await expect(page.locator(".mine .text")).to_contain_text("/start@test_bot week")
    assert sandbox.standing(ELSEWHERE).status == "member"


async def test_the_bot_is_promoted_demoted_and_removed(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(f"/#{ADA}/{GROUP}", size=DESKTOP)
    for button, said in (
        ("Make it an administrator", "the bot is an administrator"),
        ("Take its rights", "the bot is a member"),
        ("Let it only write text", "the bot may only write text"),
        ("Remove the bot", "the bot was removed"),
        ("Let the bot in", "the bot is a member"),
    ):
        await page.get_by_role("button", name=button, exact=True).click()
        await expect(page.locator("#status")).to_contain_text(said)
    await become(page, "Noor")
    await expect(page.get_by_role("button", name="Remove the bot")).to_have_count(0)


async def test_a_basic_group_becomes_a_supergroup_under_ones_eyes(visit: Open, sandbox: Sandbox) -> None:
    sandbox.say("before", chat_id=BASIC)
    page = await visit(f"/#{ADA}/{BASIC}", size=DESKTOP)
    await expect(page.locator("#status")).to_contain_text("Basic group")
    await page.get_by_role("button", name="Make this a supergroup").click()
    await expect(page.locator("#status")).not_to_contain_text("Basic group")
    await expect(log(page).get_by_text("This group became a supergroup")).to_be_visible()
    await expect(page.get_by_label("Chats", exact=True).get_by_role("button", name="Study circle")).to_have_count(1)


async def test_an_administrator_speaks_as_the_group(visit: Open, bot: Bot) -> None:
    page = await visit(f"/#{ADA}/{GROUP}", size=DESKTOP)
    await page.get_by_role("button", name="Speak as the group").click()
    field = page.get_by_placeholder("Message, as the group")
    await field.fill("/settings")
    await field.press("Enter")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.sender_chat is not None
    await expect(page.locator(".row .sender")).to_have_text("Reading group")


async def test_a_file_can_be_downloaded(visit: Open, bot: Bot) -> None:
    await bot.send_document(ADA, b"@article{x}", filename="saved.bib")
    page = await visit()
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="saved.bib").click()
    assert (await downloading.value).suggested_filename == "saved.bib"
