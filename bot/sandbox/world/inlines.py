"""Owns inline mode: what people ask behind the bot's name, what it offers, and what they choose."""

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox.answers import Json, bad_request
from bot.sandbox.markup.entities import Formatted
from bot.sandbox.world.messages import Keyboard, Media, Message
from bot.sandbox.world.pulse import Pulse

WAITING_MAX = 1_000
KEPT_MAX = 5_000  # messages that can still be changed by an inline message id


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One thing the bot offers.

    Attributes:
        result_id: The bot's own id for it.
        kind: ``article``, ``photo`` or ``document``.
        title, description: What the list shows of it.
        thumbnail: Address of a small picture; empty when there is none.
        content: Text, or the caption of *media*.
        media: What is put into the chat when it is no text.
        look: Fields that only change how the message is shown.
    """

    result_id: str
    kind: str
    title: str = ""
    description: str = ""
    thumbnail: str = ""
    content: Formatted = field(default_factory=Formatted)
    media: Media | None = None
    keyboard: Keyboard = ()
    look: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot answers to an inline query.

    Attributes:
        next_offset: What to ask with for more; empty when this is all.
        cache_s: For how many seconds nobody need ask the bot again.
        is_personal: The answer is for the one who asked only.
        button: What stands above the results, as the Bot API renders it; empty when nothing does.
        is_cached: It came from the cache, the bot was not asked.
    """

    results: tuple[InlineResult, ...] = ()
    next_offset: str = ""
    cache_s: int = 300
    is_personal: bool = False
    button: Json = field(default_factory=dict)
    is_cached: bool = False


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """What somebody asks."""

    user_id: int
    query: str
    offset: str


class Inlines:
    """Queries that wait, answers that are cached, and the messages that came of them."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._asked: OrderedDict[str, tuple[InlineQuery, InlineAnswer | None]] = OrderedDict()
        self._cache: OrderedDict[InlineQuery, tuple[float, InlineAnswer]] = OrderedDict()
        self._places: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def open(self, query: InlineQuery) -> str:
        """Begin a query and give its id."""
        query_id = str(secrets.randbelow(2**62))
        self._asked[query_id] = (query, None)
        _trim(self._asked, WAITING_MAX)
        return query_id

    def answer(self, query_id: str, answer: InlineAnswer) -> None:
        """Answer a query, and remember the answer for as long as the bot says.

        Raises:
            Refusal: There is no such query, or it was answered before.
        """
        query, known = self._asked.get(query_id, (None, None))
        if query is None or known is not None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self._asked[query_id] = (query, answer)
        if answer.cache_s > 0:
            whose = query if answer.is_personal else replace(query, user_id=0)
            self._cache[whose] = (time.monotonic() + answer.cache_s, replace(answer, is_cached=True))
            _trim(self._cache, WAITING_MAX)
        self._pulse.wake()

    def cached(self, query: InlineQuery) -> InlineAnswer | None:
        """Find an answer that still holds: one for this person, or one for everybody."""
        for whose in (query, replace(query, user_id=0)):
            until, answer = self._cache.get(whose, (0.0, None))
            if answer is not None and until > time.monotonic():
                return answer
        return None

    async def wait(self, query_id: str, *, timeout_s: float) -> InlineAnswer | None:
        """Wait for the answer; None when it does not come in time."""
        await self._pulse.wait(lambda: self._answered(query_id) is not None, timeout_s=timeout_s)
        return self._answered(query_id)

    def keep(self, message: Message) -> None:
        """Remember where a message is that the bot may change by its inline id."""
        self._places[message.inline_id] = (message.chat_id, message.message_id)
        _trim(self._places, KEPT_MAX)

    def place(self, inline_message_id: str) -> tuple[int, int] | None:
        """Tell the chat and the message id that an inline message id stands for."""
        return self._places.get(inline_message_id)

    def _answered(self, query_id: str) -> InlineAnswer | None:
        return self._asked.get(query_id, (None, None))[1]


def _trim(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
