"""Owns what Telegram shows of the bot before anybody talks to it: the command menus and the descriptions."""

import logging
from collections.abc import Mapping, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden

from bot.chat.messages.greetings import EDITORS_MENU, MENU, PERSONAL, SHORT_DESCRIPTION, description
from bot.chat.services import Services

log = logging.getLogger(__name__)


async def install(bot: Bot, services: Services) -> None:
    """Register the command menus and the descriptions, where they differ from what Telegram has."""
    everything = _commands(MENU)
    public = [command for command in everything if command.command not in PERSONAL]
    await _offer(bot, everything, BotCommandScopeAllPrivateChats())
    await _offer(bot, public, BotCommandScopeAllGroupChats())
    await _offer(bot, everything, BotCommandScopeDefault())
    for editor in sorted(services.editors):
        await offer_desk(bot, editor)
    long = description(services.series)
    if (await bot.get_my_description()).description != long:
        await bot.set_my_description(long)
    if (await bot.get_my_short_description()).short_description != SHORT_DESCRIPTION:
        await bot.set_my_short_description(SHORT_DESCRIPTION)


async def offer_desk(bot: Bot, editor: int) -> None:
    """Register the commands of the desk in the private chat with an editor, once there is one."""
    try:
        await _offer(bot, _commands({**EDITORS_MENU, **MENU}), BotCommandScopeChat(editor))
    except (BadRequest, Forbidden) as error:
        log.info("editor %s gets the menu of the desk when they press Start: %s", editor, error)


def _commands(menu: Mapping[str, str]) -> list[BotCommand]:
    return [BotCommand(name, says) for name, says in menu.items()]


async def _offer(bot: Bot, commands: Sequence[BotCommand], scope: BotCommandScope) -> None:
    if list(await bot.get_my_commands(scope=scope)) != list(commands):
        await bot.set_my_commands(commands, scope=scope)
