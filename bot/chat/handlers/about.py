"""Owns `/about`, `/privacy` and `/forget`: who we are, what we keep, and how it goes."""

from contextlib import suppress

from telegram.error import TelegramError

from bot.chat.handlers import subscribe
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import about as messages
from bot.chat.profile import withdraw_menu
from bot.store import forgetting


async def about(talk: Conversation, _words: str = "") -> None:
    """Say what this is and what stands in it."""
    library = talk.services.library
    months = await library.months()
    papers = await library.size()
    await talk.say(messages.about(talk.services.series, papers=papers, months=len(months)))


async def privacy(talk: Conversation, _words: str = "") -> None:
    """Say what is stored."""
    await talk.say(messages.privacy(editor=talk.private and talk.is_editors))


async def forget(talk: Conversation, _words: str = "") -> None:
    """Ask once whether all we know of this chat (in private: of this person) shall go."""
    if await subscribe.may_decide(talk):
        await talk.say(messages.ask_forget(private=talk.private))
    else:
        await talk.say(messages.admins_only())


async def forget_now(talk: Conversation) -> None:
    """Delete it, in the message that asked."""
    async with talk.services.database.writing() as conn:
        today = talk.services.clock().date()
        if talk.private:
            await forgetting.forget_person(conn, talk.asker, today=today)
        await forgetting.forget_chat(conn, talk.chat.id, today=today)
    talk.tongues.forget(talk.chat.id)
    await talk.revise(messages.forgotten())
    if not talk.in_channel:
        with suppress(TelegramError):  # the menu is the least of it
            await withdraw_menu(talk.bot, talk.chat.id, private=talk.private, editor=talk.is_editors)


async def keep(talk: Conversation) -> None:
    """Leave everything as it is."""
    await talk.revise(messages.kept())
