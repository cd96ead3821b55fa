"""Owns how chats want their pictures. A chat that never said gets what everybody gets."""

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.canvas import Appearance, Canvas, Theme
from bot.store.tables import chat

_CHOSEN = (chat.c.canvas, chat.c.theme)


async def find(conn: AsyncConnection, chat_id: int) -> Appearance:
    """How a chat wants its pictures, whether or not we have seen it."""
    row = (await conn.execute(select(*_CHOSEN).where(chat.c.id == chat_id))).one_or_none()
    return _appearance(*row) if row else Appearance()


async def keep(conn: AsyncConnection, chat_id: int, wanted: Appearance) -> None:
    """Write down how a chat that was seen wants its pictures."""
    values = {"canvas": wanted.canvas, "theme": wanted.theme}
    await conn.execute(update(chat).where(chat.c.id == chat_id).values(values))


async def chosen(conn: AsyncConnection) -> set[Appearance]:
    """Every appearance that some chat has chosen; chats that are gone do not count."""
    said = or_(chat.c.canvas.is_not(None), chat.c.theme.is_not(None))
    rows = await conn.execute(select(*_CHOSEN).where(said, chat.c.gone_at.is_(None)).distinct())
    return {_appearance(*row) for row in rows}


async def hand_over(conn: AsyncConnection, old_id: int, new_id: int) -> None:
    """Let a chat take over what another one chose, unless it has chosen for itself."""
    if (await conn.execute(select(chat.c.id).where(chat.c.id == old_id, chat.c.canvas.is_not(None)))).first():
        old = await find(conn, old_id)
        silent = and_(chat.c.id == new_id, chat.c.canvas.is_(None), chat.c.theme.is_(None))
        await conn.execute(update(chat).where(silent).values(canvas=old.canvas, theme=old.theme))


def _appearance(canvas: str | None, theme: str | None) -> Appearance:
    standard = Appearance()
    return Appearance(Canvas(canvas or standard.canvas), Theme(theme or standard.theme))
