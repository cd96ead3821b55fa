"""Owns what Telegram shows of the bot before anybody talks to it: the command menus and the descriptions."""

import logging
from collections.abc import Iterable, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden

from bot.chat.messages.greetings import ADMINS, EDITORS_MENU, MENU, PERSONAL, SHORT_DESCRIPTION, description
from bot.chat.services import Services
from bot.model.entry import Series
from bot.model.language import ENGLISH, LANGUAGES
from bot.store import preferences
from bot.wording.translation import _, language, speaking

log = logging.getLogger(__name__)

_TAGS = tuple(None if each == ENGLISH else each for each in LANGUAGES)
"""By what Telegram knows our languages; what bears no tag is shown to everybody for whom there is nothing else."""
_EVERYTHING = tuple(MENU)
_IN_GROUPS = tuple(name for name in MENU if name not in PERSONAL)
_FOR_MEMBERS = tuple(name for name in _IN_GROUPS if name not in ADMINS)
_SCOPES: tuple[tuple[BotCommandScope, Sequence[str]], ...] = (
    (BotCommandScopeDefault(), _EVERYTHING),
    (BotCommandScopeAllPrivateChats(), _EVERYTHING),
    (BotCommandScopeAllGroupChats(), _FOR_MEMBERS),
    (BotCommandScopeAllChatAdministrators(), _IN_GROUPS),
)


async def install(bot: Bot, services: Services) -> None:
    """Register the command menus and the descriptions in every language, where they differ from what Telegram has."""
    for tag in _TAGS:
        with speaking(tag or ENGLISH):
            for scope, names in _SCOPES:
                await _offer(bot, _commands(names), scope, tag)
            await _describe(bot, services.series, tag)
    async with services.database.reading() as conn:
        chosen = {editor: (await preferences.find(conn, editor)).chosen for editor in sorted(services.editors)}
    for editor, wanted in chosen.items():
        await offer_desk(bot, editor, chosen=wanted)


async def offer_desk(bot: Bot, editor: int, *, chosen: str | None) -> None:
    """Register the commands of the desk in the private chat with an editor, once there is one.

    Args:
        chosen: The language of that chat; None follows Telegram.
    """
    try:
        for tag in _TAGS:
            with speaking(chosen or tag or ENGLISH):
                await _offer(bot, _commands((*EDITORS_MENU, *MENU)), BotCommandScopeChat(editor), tag)
    except (BadRequest, Forbidden) as error:
        log.info("editor %s gets the menu of the desk when they press Start: %s", editor, error)


async def offer_menu(bot: Bot, chat_id: int, *, private: bool, editor: bool = False) -> None:
    """Show a chat its menus in the language that is spoken now, whatever the language of who looks at it."""
    if private and editor:
        await offer_desk(bot, chat_id, chosen=language())
    elif private:
        await _offer(bot, _commands(_EVERYTHING), BotCommandScopeChat(chat_id), None)
    else:
        await _offer(bot, _commands(_FOR_MEMBERS), BotCommandScopeChat(chat_id), None)
        await _offer(bot, _commands(_IN_GROUPS), BotCommandScopeChatAdministrators(chat_id), None)


async def withdraw_menu(bot: Bot, chat_id: int, *, private: bool, editor: bool = False) -> None:
    """Show a chat the menus that everybody has, again."""
    if private and editor:
        await offer_desk(bot, chat_id, chosen=None)
        return
    await bot.delete_my_commands(BotCommandScopeChat(chat_id))
    if not private:
        await bot.delete_my_commands(BotCommandScopeChatAdministrators(chat_id))


async def _describe(bot: Bot, series: Sequence[Series], tag: str | None) -> None:
    long, short = description(series), _(SHORT_DESCRIPTION)
    if (await bot.get_my_description(tag)).description != long:
        await bot.set_my_description(long, tag)
    if (await bot.get_my_short_description(tag)).short_description != short:
        await bot.set_my_short_description(short, tag)


def _commands(names: Iterable[str]) -> list[BotCommand]:
    says = MENU | EDITORS_MENU
    return [BotCommand(name, _(says[name])) for name in names]


async def _offer(bot: Bot, commands: Sequence[BotCommand], scope: BotCommandScope, tag: str | None) -> None:
    if list(await bot.get_my_commands(scope=scope, language_code=tag)) != list(commands):
        await bot.set_my_commands(commands, scope=scope, language_code=tag)
