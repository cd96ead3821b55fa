"""Owns the order of updates: those of one chat one after the other, those of different chats side by side."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor


class ChatByChat(BaseUpdateProcessor):
    """Lets nobody overtake in a chat: who subscribes and then unsubscribes is not subscribed."""

    def __init__(self, max_concurrent_updates: int) -> None:
        super().__init__(max_concurrent_updates)
        self._lines: dict[int, list[asyncio.Event]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Process *update* when those of its chat that came before are done."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        line, done = self._lines.setdefault(chat.id, []), asyncio.Event()
        before = line[-1] if line else None
        line.append(done)
        try:
            if before is not None:
                await before.wait()
            await coroutine
        finally:
            done.set()
            line.remove(done)
            if not line:
                self._lines.pop(chat.id, None)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to clean up."""
