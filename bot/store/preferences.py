"""Owns how chats want to be spoken to. A chat that never said gets what everybody gets."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.preferences import Preferences
from bot.store.tables import chat

COLUMNS = (chat.c.canvas, chat.c.theme, chat.c.language, chat.c.spoken)
"""How a chat wants to be spoken to."""
_STANDARD = Appearance()


async def find(conn: AsyncConnection, chat_id: int) -> Preferences:
    """What a chat wants, whether or not we have seen it."""
    row = (await conn.execute(select(*COLUMNS, chat.c.gone_at).where(chat.c.id == chat_id))).one_or_none()
    return replace(of_row(row), is_gone=row.gone_at is not None) if row else Preferences()


async def keep(conn: AsyncConnection, chat_id: int, wanted: Appearance) -> None:
    """Write down how a chat that was seen wants its pictures."""
    values = {"canvas": wanted.canvas, "theme": wanted.theme}
    await conn.execute(update(chat).where(chat.c.id == chat_id).values(values))


async def choose_language(conn: AsyncConnection, chat_id: int, language: str | None) -> None:
    """Write down which language a chat that was seen has chosen; None follows Telegram."""
    await conn.execute(update(chat).where(chat.c.id == chat_id).values(language=language))


async def hear_language(conn: AsyncConnection, chat_id: int, language: str) -> None:
    """Write down which language Telegram says is spoken in a chat that was seen."""
    await conn.execute(update(chat).where(chat.c.id == chat_id).values(spoken=language))


async def take_up_language(conn: AsyncConnection, chat_id: int, language: str) -> None:
    """Write down the language of somebody in a chat of many, where none is known of."""
    unknown = and_(chat.c.id == chat_id, chat.c.spoken.is_(None))
    await conn.execute(update(chat).where(unknown).values(spoken=language))


async def chosen(conn: AsyncConnection) -> set[Preferences]:
    """Everything that some chat prefers to the standard; chats that are gone do not count."""
    said = or_(*(column.is_not(None) for column in COLUMNS))
    rows = await conn.execute(select(*COLUMNS).where(said, chat.c.gone_at.is_(None)).distinct())
    return {replace(it, chosen=it.language, spoken=None) for it in map(of_row, rows)}


async def hand_over(conn: AsyncConnection, old_id: int, new_id: int) -> None:
    """Let a chat take over what another one chose, where it has not chosen for itself, and what is spoken there."""
    old = (await conn.execute(select(*COLUMNS).where(chat.c.id == old_id))).one_or_none()
    if old is None:
        return
    silent = and_(chat.c.id == new_id, chat.c.canvas.is_(None), chat.c.theme.is_(None))
    await conn.execute(update(chat).where(silent).values(canvas=old.canvas, theme=old.theme))
    unchosen = and_(chat.c.id == new_id, chat.c.language.is_(None))
    await conn.execute(update(chat).where(unchosen).values(language=old.language))
    if old.spoken is not None:  # what was only heard at the new id says less than what was always spoken
        await conn.execute(update(chat).where(chat.c.id == new_id).values(spoken=old.spoken))


def of_row(row: Row[*tuple[Any, ...]]) -> Preferences:
    """The preferences in a row that holds `COLUMNS`."""
    return _preferences(row.canvas, row.theme, row.language, row.spoken)


@lru_cache
def _preferences(canvas: str | None, theme: str | None, language: str | None, spoken: str | None) -> Preferences:
    return Preferences(
        Appearance(Canvas(canvas or _STANDARD.canvas), Theme(theme or _STANDARD.theme)), language, spoken
    )
