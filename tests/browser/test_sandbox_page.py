"""The chat page as people use it, in a real browser."""

import pytest
from playwright.async_api import Browser, expect
from telegram import Bot, BotCommand, InputMediaPhoto

from bot.sandbox import ADA, GROUP, NOOR, Sandbox
from tests.browser.page import DESKTOP, PHONE, Open, heard, keys, offered, picture

pytestmark = pytest.mark.browser

COMMANDS = [
    BotCommand("latest", "The newest"),
    BotCommand("search", "Find a paper"),
    BotCommand("settings", "What you get"),
]


async def test_the_start_button_begins_the_chat(visit: Open, bot: Bot) -> None:
    await bot.set_my_description("One paper a week.")
    page = await visit()
    await expect(page.get_by_text("One paper a week.")).to_be_visible()
    await page.get_by_role("button", name="Start", exact=True).click()
    assert await heard(bot) == "/start"
    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    await bot.send_message(ADA, "Welcome")
    await expect(page.locator(".theirs .text")).to_contain_text("Welcome")


async def test_a_deep_link_starts_with_its_payload(visit: Open, bot: Bot) -> None:
    page = await visit("/?start=paper_27")
    assert await heard(bot) == "/start paper_27"
    assert "start=" not in page.url


async def test_a_link_to_the_bot_stays_in_the_page(visit: Open, bot: Bot) -> None:
    await bot.send_message(GROUP, '<a href="https://t.me/test_bot?start=p27">Open</a>', parse_mode="HTML")
    page = await visit(f"/#{ADA}/{GROUP}")
    await page.get_by_role("link", name="Open").click()
    assert await heard(bot) == "/start p27"
    await expect(page.locator("#title")).to_have_text("Testbot")


async def test_commands_are_completed_by_keyboard(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    await bot.set_my_commands(COMMANDS)
    sandbox.say("hello", chat_id=ADA)
    await heard(bot)
    page = await visit(size=DESKTOP)
    field, options = page.get_by_role("textbox", name="Message"), offered(page)
    await field.fill("/")
    await expect(options).to_have_count(3)
    await field.press_sequentially("se")
    await expect(options).to_have_count(2)
    await field.press("ArrowDown")
    await expect(options.and_(page.get_by_role("option", selected=True))).to_contain_text("/settings")
    await field.press("ArrowUp")
    await field.press("Tab")
    await expect(field).to_have_value("/search ")
    await field.press_sequentially("vit")
    await field.press("Enter")
    assert await heard(bot) == "/search vit"


async def test_the_menu_lists_the_commands(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    await bot.set_my_commands(COMMANDS)
    sandbox.say("hello", chat_id=ADA)
    await heard(bot)
    page = await visit()
    await page.get_by_role("button", name="Commands").click()
    await offered(page).filter(has_text="/latest").click()
    assert await heard(bot) == "/latest"


async def test_the_menu_stays_open_though_somebody_was_writing(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    await bot.set_my_commands(COMMANDS)
    sandbox.say("hello", chat_id=ADA)
    await heard(bot)
    page = await visit()
    await page.get_by_role("textbox", name="Message").focus()
    await page.get_by_role("button", name="Commands").click()
    await page.wait_for_timeout(400)  # longer than a field that is left keeps its suggestions
    await expect(offered(page)).to_have_count(3)


async def test_a_press_edits_the_message_in_its_place(visit: Open, bot: Bot) -> None:
    sent = await bot.send_message(ADA, "page one", reply_markup=keys("Next"))
    page = await visit()
    await page.get_by_role("button", name="Next").click()
    (update,) = await bot.get_updates(timeout=5)
    await expect(page.locator(".key[aria-busy]")).to_have_count(1)
    assert update.callback_query is not None
    await bot.answer_callback_query(update.callback_query.id, "Turned")
    await bot.edit_message_text("page two", ADA, sent.message_id, reply_markup=keys("Back"))
    await expect(page.locator(".toast.shown")).to_have_text("Turned")
    toast, head = await page.locator(".toast").bounding_box(), await page.locator(".head").bounding_box()
    assert toast is not None
    assert head is not None
    assert head["y"] + head["height"] <= toast["y"] < PHONE["height"] / 4
    await expect(page.locator(".row")).to_have_count(1)
    await expect(page.locator(".row")).to_contain_text("page two")
    await expect(page.locator(".row")).to_contain_text("edited")
    await expect(page.locator(".key[aria-busy]")).to_have_count(0)


async def test_an_alert_waits_until_it_is_dismissed(visit: Open, bot: Bot) -> None:
    await bot.send_message(ADA, "x", reply_markup=keys("Ask"))
    page = await visit()
    await page.get_by_role("button", name="Ask").click()
    (update,) = await bot.get_updates(timeout=5)
    assert update.callback_query is not None
    await bot.answer_callback_query(update.callback_query.id, "Only editors may.", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("Only editors may.")
    await page.get_by_role("button", name="OK").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_photo_opens_in_full_and_closes_by_key(visit: Open, bot: Bot) -> None:
    await bot.send_photo(ADA, picture(800, 1000), caption="First")
    await bot.send_photo(ADA, picture(800, 1000, "red"), caption="Second")
    page = await visit()
    await page.get_by_role("button", name="Open Photo 1: First").click()
    box = page.get_by_role("dialog", name="Photo")
    await expect(box).to_contain_text("1 of 2")
    shown = await box.locator("img").bounding_box()
    assert shown is not None
    assert shown["width"] > 0.95 * PHONE["width"]
    for name in ("Previous photo", "Next photo"):
        arrow = await box.get_by_role("button", name=name).bounding_box()
        assert arrow is not None
        assert arrow["y"] + arrow["height"] <= shown["y"]
    await page.keyboard.press("ArrowRight")
    await expect(box).to_contain_text("Second")
    await box.get_by_role("button", name="Previous photo").click()
    await expect(box).to_contain_text("First")
    await page.keyboard.press("Escape")
    await expect(box).to_have_count(0)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 7, 10])
async def test_the_pictures_of_an_album_tile_it_without_overlap(visit: Open, bot: Bot, count: int) -> None:
    sizes = [(800, 1000), (1000, 700), (600, 900), (1200, 600)]
    album = [InputMediaPhoto(picture(*sizes[n % 4], colour=f"hsl({n * 30},60%,50%)")) for n in range(count)]
    await bot.send_media_group(ADA, album)
    page = await visit()
    whole = await page.locator(".mosaic").bounding_box()
    tiles = [await tile.bounding_box() for tile in await page.locator(".mosaic .photo").all()]
    assert whole is not None
    assert len(tiles) == count
    corners = [(b["x"], b["y"], b["x"] + b["width"], b["y"] + b["height"]) for b in tiles if b is not None]
    for index, (left, top, right, bottom) in enumerate(corners):
        assert left >= whole["x"] - 1
        assert right <= whole["x"] + whole["width"] + 1
        assert bottom <= whole["y"] + whole["height"] + 1
        assert min(right - left, bottom - top) > 40
        for other in corners[:index]:
            assert (
                right <= other[0] + 0.5 or left >= other[2] - 0.5 or bottom <= other[1] + 0.5 or top >= other[3] - 0.5
            )


async def test_a_long_quotation_expands_and_a_short_one_need_not(visit: Open, bot: Bot) -> None:
    long = f"<blockquote expandable>{'words and more words ' * 30}</blockquote>"
    await bot.send_message(ADA, f"a\n{long}\nb<blockquote expandable>short</blockquote>", parse_mode="HTML")
    page = await visit()
    quote = page.locator("blockquote.expandable").first
    before = await quote.bounding_box()
    await expect(quote).to_have_attribute("aria-expanded", "false")
    await quote.press("Enter")
    await expect(quote).to_have_attribute("aria-expanded", "true")
    after = await quote.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > 2 * before["height"]
    await expect(page.locator("blockquote.short")).to_have_text("short")


async def test_markup_in_a_message_stays_text(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    nasty = "<img src=x onerror=\"document.title='owned'\"><script>1</script>"
    sandbox.say(nasty, chat_id=ADA)
    await bot.send_message(ADA, nasty, reply_markup=keys("<b>x</b>"))
    page = await visit()
    await expect(page.locator(".text").first).to_contain_text(nasty)
    await expect(page.get_by_role("button", name="<b>x</b>")).to_be_visible()
    assert await page.title() == "Testbot"
    assert await page.locator("#column img, #column script").count() == 0


async def test_what_the_bot_is_doing_stands_in_the_head(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    sandbox.say("hello", chat_id=ADA)
    page = await visit()
    await bot.send_chat_action(ADA, "upload_photo")
    await expect(page.locator("#status")).to_have_text("sending photo")
    await bot.send_message(ADA, "done")
    await expect(page.locator("#status")).to_have_text("bot")


async def test_one_can_be_somebody_else_and_meet_in_the_group(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    page = await visit(size=DESKTOP)
    await page.get_by_label("Chats").get_by_role("button", name="Reading group").click()
    await page.get_by_label("Chats").get_by_role("button", name="Noor").click()
    await page.get_by_role("textbox", name="Message").fill("/latest@test_bot")
    await page.keyboard.press("Enter")
    assert await heard(bot) == "/latest@test_bot"
    assert [message.sender and message.sender.first_name for message in sandbox.transcript(GROUP)] == ["Noor"]


async def test_a_control_says_how_it_went(visit: Open) -> None:
    page = await visit()
    await page.get_by_role("button", name="Try it").click()
    await page.get_by_role("button", name="Publish now").click()
    await expect(page.get_by_text("Published to 2 chats.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Publish now")).to_have_count(0)


async def test_who_blocks_the_bot_can_restart_it(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    sandbox.say("hello", chat_id=ADA)
    page = await visit(size=DESKTOP)
    await page.get_by_role("button", name="Block the bot", exact=True).click()
    await expect(page.locator("#status")).to_have_text("you blocked this bot")
    await page.get_by_role("button", name="Restart").click()
    await expect(page.locator(".mine").last).to_contain_text("/start")


async def test_who_never_started_the_bot_is_offered_to_start_it(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    page = await visit(f"/#{NOOR}/{NOOR}", size=DESKTOP)
    await expect(page.locator("#status")).to_have_text("bot")
    await expect(page.get_by_role("button", name="Block the bot", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".mine").last).to_contain_text("/start")
    await bot.send_message(NOOR, "Welcome")
    assert [update.my_chat_member for update in await bot.get_updates()] == [None]


async def test_new_messages_below_are_counted(visit: Open, bot: Bot) -> None:
    for number in range(30):
        await bot.send_message(ADA, f"message {number}")
    page = await visit()
    await page.locator("#log").evaluate("log => { log.scrollTop = 0; }")
    await expect(page.locator("#to-end")).to_be_visible()
    await bot.send_message(ADA, "the newest")
    await expect(page.locator("#unseen")).to_have_text("1")
    await page.get_by_role("button", name="Scroll to the newest message").click()
    await expect(page.locator(".text", has_text="the newest")).to_be_in_viewport()


async def test_the_page_comes_back_after_a_bad_answer(browser: Browser, url: str, bot: Bot, sandbox: Sandbox) -> None:
    sandbox.say("hello", chat_id=ADA)
    page = await browser.new_page()
    await page.route("**/sandbox/events*", lambda route: route.fulfill(status=502), times=1)
    await page.goto(url)
    await expect(page.locator(".row")).to_have_count(1)
    await bot.send_message(ADA, "missed")
    await expect(page.locator(".text", has_text="missed")).to_be_visible()


async def test_light_and_dark_follow_the_system_and_the_button(visit: Open) -> None:
    page = await visit(size=DESKTOP, scheme="dark")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await page.get_by_role("button", name="Switch between light and dark").first.click()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")


async def test_a_phone_never_scrolls_sideways(visit: Open, bot: Bot, sandbox: Sandbox) -> None:
    sandbox.say("a" * 500, chat_id=GROUP)
    labels = ("a long label on a button", "another long label", "and one more")
    for chat_id in (ADA, GROUP):
        await bot.send_photo(chat_id, picture(1920, 1080), caption="word " * 60, reply_markup=keys(*labels))
        await bot.send_message(chat_id, f"<pre>{'code ' * 60}</pre>https://x.org/{'a' * 300}", parse_mode="HTML")
        await bot.send_media_group(chat_id, [InputMediaPhoto(picture(800, 1000))] * 4)
        page = await visit(f"/#{ADA}/{chat_id}")
        await expect(page.locator(".mosaic")).to_be_visible()
        for element in ("document.documentElement", "document.getElementById('log')"):
            assert await page.evaluate(f"{element}.scrollWidth <= {element}.clientWidth")
        edges = "all => all.map(element => element.getBoundingClientRect().right)"
        rights = await page.locator(".bubble, .key").evaluate_all(edges)
        assert max(rights) <= PHONE["width"]
