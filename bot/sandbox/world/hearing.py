"""Owns privacy mode: which messages the bot gets to hear."""

import re

from bot.sandbox.world.messages import Message
from bot.sandbox.world.people import Person
from bot.sandbox.world.room import Room


def hears(bot: Person, room: Room, message: Message) -> bool:
    """Decide whether the bot hears of a message.

    In groups, unless it runs them, it hears commands that are not for another bot, what mentions it, answers to what
    it said, what came by its inline mode, and service messages.

    Source: core.telegram.org/bots/features#privacy-mode; mentions: what @BotFather says at /setprivacy.
    """
    if not room.has_bot:
        return False
    if not room.chat.is_group or room.bot.is_administrator or message.service or message.via == bot:
        return True
    answered = room.messages.get(message.reply_to)
    if answered is not None and (answered.is_from_bot or answered.via == bot):
        return True
    ours = bot.username.lower()
    command = re.match(r"/\w+(?:@(\w+))?", message.text)
    addressed = command is not None and (command[1] or ours).lower() == ours
    return addressed or re.search(rf"(?<!\w)@{re.escape(ours)}\b", message.text.lower()) is not None
