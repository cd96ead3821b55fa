"""Owns the order of updates: those of one chat one after the other, those of different chats side by side."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Line:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class ChatByChat:
    """Lets nobody overtake in a chat: who subscribes and then unsubscribes is not subscribed.

    Whoever waits for an earlier update of his chat takes no place from other chats.
    """

    def __init__(self, at_once: int) -> None:
        """Take how many chats have their turn at the same time."""
        self._places = asyncio.Semaphore(at_once)
        self._lines: dict[Hashable, _Line] = {}

    def __len__(self) -> int:
        """How many chats have something to do."""
        return len(self._lines)

    @asynccontextmanager
    async def turn(self, chat_id: int | None) -> AsyncIterator[None]:
        """Wait until those of the chat that came before are done; what is of no chat waits for nobody."""
        chat = object() if chat_id is None else chat_id
        line = self._lines.setdefault(chat, _Line())
        line.length += 1
        try:
            async with line.turn, self._places:
                yield
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[chat]
