"""Owns which language is spoken in a chat, without asking the database at every word."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from telegram import User

from bot.errors import StoreError
from bot.model.language import ENGLISH, language_of
from bot.model.preferences import Preferences
from bot.store import preferences
from bot.store.database import Database

_REMEMBERED_S = 60.0
"""Another process may have been told otherwise meanwhile."""
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    wanted: Preferences
    until_s: float


class Tongues:
    """The languages of the chats that talk to us.

    Args:
        clock: Seconds that only grow.
    """

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._known: OrderedDict[int, _Known] = OrderedDict()

    async def find(self, chat_id: int, asker: User | None, *, private: bool) -> Preferences:
        """What a chat prefers, its language above all.

        That is what the chat chose; else in private what Telegram says of the person, and elsewhere what they speak who
        let us in. While the database is away, it is what Telegram says.
        """
        told = language_of(asker.language_code) if asker and asker.language_code else None
        try:
            wanted = await self._wanted(chat_id)
            if told and private and told != (wanted.spoken or ENGLISH):
                wanted = await self._hear(chat_id, replace(wanted, spoken=told))
        except StoreError:
            return Preferences(spoken=told)
        return wanted

    def forget(self, chat_id: int) -> None:
        """Ask the database again: something has changed."""
        self._known.pop(chat_id, None)

    async def _wanted(self, chat_id: int) -> Preferences:
        known = self._known.get(chat_id)
        if known is not None and known.until_s > self._clock():
            return known.wanted
        async with self._database.reading() as conn:
            return self._remember(chat_id, await preferences.find(conn, chat_id))

    async def _hear(self, chat_id: int, wanted: Preferences) -> Preferences:
        """Write down what is spoken, for what comes to the chat by itself."""
        async with self._database.writing() as conn:
            await preferences.hear_language(conn, chat_id, wanted.spoken or ENGLISH)
        return self._remember(chat_id, wanted)

    def _remember(self, chat_id: int, wanted: Preferences) -> Preferences:
        self._known[chat_id] = _Known(wanted, self._clock() + _REMEMBERED_S)
        self._known.move_to_end(chat_id)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        return wanted
