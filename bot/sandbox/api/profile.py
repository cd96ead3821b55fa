"""Owns the methods that set and tell what the bot says of itself, per language."""

import re

from bot.sandbox.answers import Json, bad_request
from bot.sandbox.api.call import Call
from bot.sandbox.world.world import World

# Kind of text, its parameter, its longest length. Source: core.telegram.org/bots/api#setmyname and following.
TEXTS = {"name": 64, "description": 512, "short_description": 120}


async def set_my_text(world: World, call: Call, kind: str) -> bool:
    """Set the name, description or short description in a language."""
    text, language = call.text(kind), read_language(call)
    if len(text) > TEXTS[kind]:
        raise bad_request(f"{kind} is too long")
    world.profile.set_text(kind, language, text)
    world.pulse.beat({"kind": "profile"})
    return True


async def get_my_text(world: World, call: Call, kind: str) -> Json:
    """Tell the name, description or short description in a language."""
    text = world.profile.text(kind, read_language(call))
    return {kind: text or (world.bot.first_name if kind == "name" else "")}


async def set_chat_menu_button(world: World, call: Call) -> bool:
    """Accept a menu button; the page always shows the commands."""
    return True


async def get_chat_menu_button(world: World, call: Call) -> Json:
    """Tell that the menu button shows the commands."""
    return {"type": "commands"}


def read_language(call: Call) -> str:
    """Read a two-letter ISO 639-1 code, or nothing, which means everybody without texts of their own.

    Raises:
        Refusal: It is longer, like ``zh-hans``; source: tdlib/td, misc.cpp, validate_bot_language_code.
    """
    code = call.text("language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code
