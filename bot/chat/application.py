"""Owns the Telegram application: which update goes to which handler, and how requests are made."""

import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

from bot.chat.handlers.commands import COMMANDS, EDITORS_COMMANDS, IN_CHANNELS
from bot.chat.handlers.errands import Errands
from bot.chat.handlers.reception import Reception
from bot.chat.judging import RememberingJudge
from bot.chat.pace import Pace
from bot.chat.requests import PollingRequest, sending_request
from bot.chat.services import Services

ALLOWED_UPDATES = ("message", "channel_post", "callback_query", "inline_query", "my_chat_member")
"""What we ask Telegram for; it remembers the last answer, so it is told every time."""

ChatApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

_LET_IN = filters.StatusUpdate.NEW_CHAT_MEMBERS | filters.StatusUpdate.CHAT_CREATED


class Chatting(Application[Any, Any, Any, Any, Any, Any]):
    """The application; when it stops, the errands that are under way say so."""

    def __init__(self, *, errands: Errands, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._errands = errands

    async def stop(self) -> None:
        """Stop the errands, then everything else."""
        await self._errands.stop()
        await super().stop()


def build_application(
    token: str,
    *,
    api_url: str | None,
    services: Services,
    rate: float = 0,
    on_refused: Callable[[], None] = lambda: None,
) -> ChatApplication:
    """Build the application with all its handlers; nothing is sent or opened yet.

    Args:
        api_url: Root of a Bot API server, ``http://127.0.0.1:8080``; None for Telegram's.
        rate: Messages a second over all processes, of whatever kind; 0 for no limit.
        on_refused: Called when the server does not know our token any more; polling goes on until somebody stops it.
    """
    # Both forms of the time are read, the old one and the one to come.
    warnings.filterwarnings("ignore", message=".*retry_after", category=PTBDeprecationWarning)
    warnings.filterwarnings("ignore", message=".*do_api_request", category=PTBUserWarning)  # see Outbox
    errands = Errands()
    builder = (
        ApplicationBuilder()
        .application_class(Chatting, {"errands": errands})
        .token(token)
        .request(sending_request(api_url))
        .get_updates_request(PollingRequest(api_url, on_refused=on_refused))
        .rate_limiter(Pace(services.database, rate=rate, clock=services.clock))
        .job_queue(None)
        .updater(None)  # see Intake
    )
    if api_url is not None:
        root = api_url.rstrip("/")
        builder = builder.base_url(f"{root}/bot").base_file_url(f"{root}/file/bot")
    application = builder.build()
    judged = replace(services, judge=RememberingJudge(services.judge))
    reception = Reception(application.bot, judged, errands)
    application.add_handlers(_handlers(reception))
    application.add_error_handler(reception.trouble)
    return application


def _handlers(reception: Reception) -> list[BaseHandler[Update, CallbackContext[Any, Any, Any, Any], Any]]:
    # What a channel posts comes into its discussion group by itself; a command in it was meant for the channel.
    said = filters.UpdateType.MESSAGE & ~filters.IS_AUTOMATIC_FORWARD
    posted = filters.UpdateType.CHANNEL_POST
    private = said & filters.ChatType.PRIVATE
    return [
        *(CommandHandler(name, reception.command(answer), said) for name, answer in COMMANDS.items()),
        *(CommandHandler(name, reception.editors_command(answer), said) for name, answer in EDITORS_COMMANDS.items()),
        *(CommandHandler(name, reception.command(COMMANDS[name]), posted) for name in IN_CHANNELS),
        CallbackQueryHandler(reception.press),
        InlineQueryHandler(reception.inline),
        ChatMemberHandler(reception.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(said & filters.StatusUpdate.MIGRATE, reception.move),
        MessageHandler(said & _LET_IN, reception.added),
        MessageHandler(said & filters.COMMAND, reception.unknown_command),
        MessageHandler(said & filters.TEXT & filters.REPLY, reception.reply),
        MessageHandler(private & filters.TEXT, reception.plain_text),
    ]
