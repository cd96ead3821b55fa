"""Owns what Telegram shows of the bot before anybody talks to it: the command menus and the descriptions."""

from collections.abc import Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)

from bot.chat.messages.greetings import MENU, PERSONAL, SHORT_DESCRIPTION, description
from bot.chat.services import Services


async def install(bot: Bot, services: Services) -> None:
    """Register the command menus and the descriptions, where they differ from what Telegram has."""
    everything = [BotCommand(name, says) for name, says in MENU.items()]
    public = [command for command in everything if command.command not in PERSONAL]
    await _offer(bot, everything, BotCommandScopeAllPrivateChats())
    await _offer(bot, public, BotCommandScopeAllGroupChats())
    await _offer(bot, everything, BotCommandScopeDefault())
    long = description(services.series)
    if (await bot.get_my_description()).description != long:
        await bot.set_my_description(long)
    if (await bot.get_my_short_description()).short_description != SHORT_DESCRIPTION:
        await bot.set_my_short_description(SHORT_DESCRIPTION)


async def _offer(bot: Bot, commands: Sequence[BotCommand], scope: BotCommandScope) -> None:
    if list(await bot.get_my_commands(scope=scope)) != list(commands):
        await bot.set_my_commands(commands, scope=scope)
