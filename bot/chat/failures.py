"""Owns what Telegram's errors mean for a message: which one is ours for each of theirs.

Source: Client.cpp of github.com/tdlib/telegram-bot-api (texts), python-telegram-bot 22.8 (classes).
"""

import re
from datetime import timedelta

from telegram import error as theirs

from bot.chat.redaction import redacted
from bot.chat.transport import Unsent
from bot.errors import (
    ChatGone,
    ChatMigrated,
    ChatSuspended,
    ContentRejected,
    DeliveryError,
    Flooded,
    InDoubt,
    NotSent,
    TokenRejected,
    TopicGone,
)

_GONE = (
    "chat not found", "peer_id_invalid", "group chat is deactivated", "channel_private",
    "group chat was deleted", "user is deactivated", "user_is_blocked", "bot was kicked",
)  # fmt: skip
_SUSPENDED = (
    "not enough rights", "have no rights to send a message", "need administrator rights", "chat_write_forbidden",
    "chat_restricted", "topic_closed", "chat_send_",
)  # fmt: skip
_TOPIC_GONE = ("message thread not found", "topic_deleted")
_NO_PHOTOS = ("chat_send_photos_forbidden", "chat_send_media_forbidden", "not enough rights to send photos")
_NO_FILES = ("chat_send_docs_forbidden", "chat_send_media_forbidden", "not enough rights to send documents")
_STALE_FILE = ("wrong file identifier", "wrong remote file identifier")
_LOST = ("message to edit not found", "message can't be edited", "message_id_invalid")
_BENIGN = ("message is not modified", "query is too old")
# An album is not atomic: what was sent beside this picture stays in the chat, and nobody says what that was.
_HALF_AN_ALBUM = re.compile(r"failed to send message #(?P<number>\d{1,2})\b")
_ASKS_TO_WAIT = re.compile(r"retry after (?P<seconds>\d{1,6})\b")
_A_WHILE = timedelta(seconds=5)
_CLOSING = ("logged out", "internal server error: restart")
_TOO_LARGE = ("request entity too large", "content too large", "(413)")


def classify(error: Exception) -> DeliveryError:
    """Say what *error*, raised while a message was being sent, means for that message.

    What nobody knows is in doubt: a message that may have arrived is never sent again by itself.
    """
    said = redacted(str(error)) or type(error).__name__
    match error:
        case DeliveryError():
            return error
        case theirs.RetryAfter():
            return Flooded(f"Telegram asks us to wait: {said}", retry_after=_span(error.retry_after))
        case theirs.ChatMigrated():
            return ChatMigrated("the group has a new id; send it there", new_chat_id=error.new_chat_id)
        case theirs.InvalidToken():
            return TokenRejected("Telegram does not know our token; check TELEGRAM_BOT_TOKEN")
        case theirs.Conflict():
            return NotSent(f"another program uses our token: {said}")
        case theirs.Forbidden():
            return _refusal(said, ChatGone)
        case theirs.BadRequest():
            return _refusal(said, ContentRejected)
        case theirs.NetworkError():
            return _interruption(error, said)
        case _:
            return InDoubt(f"the answer cannot be read ({said}); look into the chat, then settle it")


def takes_no_photos(error: Exception) -> bool:
    """Tell whether the chat allows texts but no photos."""
    return isinstance(error, theirs.BadRequest | theirs.Forbidden) and _says(error, _NO_PHOTOS)


def takes_no_files(error: Exception) -> bool:
    """Tell whether the chat allows texts but no files."""
    return isinstance(error, theirs.BadRequest | theirs.Forbidden) and _says(error, _NO_FILES)


def is_stale_file(error: Exception) -> bool:
    """Tell whether the file id we sent stopped working."""
    is_half = _HALF_AN_ALBUM.search(str(error).casefold()) is not None
    return isinstance(error, theirs.BadRequest) and _says(error, _STALE_FILE) and not is_half


def is_lost(error: Exception) -> bool:
    """Tell whether the message we wanted to change is not there any more, or has become too old for it."""
    return isinstance(error, theirs.BadRequest) and _says(error, _LOST)


def is_benign(error: BaseException | None) -> bool:
    """Tell whether nothing is wrong: the message says already what it should, or the press is long past."""
    return isinstance(error, theirs.BadRequest) and _says(error, _BENIGN)


def _refusal(said: str, otherwise: type[DeliveryError]) -> DeliveryError:
    """The meaning of a 400 or 403, by its text; *otherwise* when the text is not one we know."""
    text = said.casefold()
    if half := _HALF_AN_ALBUM.search(text):
        wait = _ASKS_TO_WAIT.search(text)
        return InDoubt(
            said,
            missing=(int(half["number"]) - 1,),
            retry_after=timedelta(seconds=int(wait["seconds"])) if wait else None,
        )
    kinds: tuple[tuple[tuple[str, ...], type[DeliveryError]], ...] = (
        (_TOPIC_GONE, TopicGone),
        (_SUSPENDED, ChatSuspended),
        (_GONE, ChatGone),
        (_CLOSING, NotSent),
    )
    return next((kind for texts, kind in kinds if any(it in text for it in texts)), otherwise)(said)


def _interruption(error: theirs.NetworkError, said: str) -> DeliveryError:
    """The meaning of a broken connection, a timeout, or an answer that is neither 200, 400 nor 403."""
    text = said.casefold()
    if isinstance(error, Unsent):
        return NotSent(f"Telegram cannot be reached: {said}")
    if "too many requests" in text:
        return Flooded(f"Telegram asks us to wait, and does not say how long: {said}", retry_after=_A_WHILE)
    if any(it in text for it in _CLOSING):
        return NotSent(said)
    if any(it in text for it in _TOO_LARGE):
        return ContentRejected(said)
    return InDoubt(f"the answer was lost ({said}); look into the chat, then settle it")


def _says(error: Exception, texts: tuple[str, ...]) -> bool:
    said = str(error).casefold()
    return any(text in said for text in texts)


def _span(seconds: int | float | timedelta) -> timedelta:
    return seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
