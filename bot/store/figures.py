"""Owns the pictures that entries take from their papers, as they were found."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import Entry
from bot.model.panel import Figure
from bot.store.dialect import upsert
from bot.store.tables import figure


async def keep_figures(conn: AsyncConnection, entry_id: int, said: Entry, files: Mapping[str, bytes]) -> None:
    """Store the figures that *said* shows and *files* holds by sha256; throw away those it shows no more."""
    shown = shown_figures(said)
    await conn.execute(delete(figure).where(figure.c.entry_id == entry_id, figure.c.sha256.not_in(shown)))
    rows = [{"entry_id": entry_id, "sha256": sha256, "bytes": files[sha256]} for sha256 in shown if sha256 in files]
    if rows:
        await conn.execute(upsert(conn, figure).on_conflict_do_nothing(), rows)


async def figure_bytes(conn: AsyncConnection, entry_id: int) -> dict[str, bytes]:
    """The figures of an entry, by sha256."""
    rows = await conn.execute(select(figure.c.sha256, figure.c.bytes).where(figure.c.entry_id == entry_id))
    return {row.sha256: bytes(row.bytes) for row in rows}


def shown_figures(said: Entry) -> list[str]:
    """The digests of the figures an entry shows, in any language."""
    every = [said.panels, *said.panels_in.values()]
    digests = (panel.sha256 for panels in every for panel in panels if isinstance(panel, Figure))
    return list(dict.fromkeys(digests))
