"""Owns answerCallbackQuery: what somebody sees who pressed a button."""

from bot.sandbox.answers import bad_request, stricter
from bot.sandbox.api.call import Call
from bot.sandbox.markup.entities import units
from bot.sandbox.world.queries import Toast
from bot.sandbox.world.world import World

TOAST_MAX = 200  # source: core.telegram.org/bots/api#answercallbackquery


async def answer_callback_query(world: World, call: Call) -> bool:
    """Answer a press: nothing, a toast, or an alert."""
    text, url = call.text("text"), call.text("url")
    if units(text) > TOAST_MAX:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not url.startswith((f"https://t.me/{world.bot.username}?start=", f"t.me/{world.bot.username}?start=")):
        raise bad_request("URL_INVALID")
    if call.integer("cache_time") < 0:
        raise stricter("cache_time is negative")
    world.queries.answer(call.text("callback_query_id"), Toast(text, call.flag("show_alert"), url))
    return True
