"""Owns the load: makes the database say what the content folder says, in one transaction or not at all."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.editorial.content import Content, read_content
from bot.editorial.reconcile import Plan, plan
from bot.store import drafts, entries, queue
from bot.store.database import Database
from bot.store.entries import content_hash
from bot.store.reindexing import renew_index


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did.

    Attributes:
        notes: Where the database and the files disagreed, one sentence each.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts = f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged, {self.removed} removed"
        return "\n".join([counts, *self.notes])


async def load(database: Database, root: Path) -> LoadReport:
    """Load the content folder *root*; doing it again changes nothing.

    An entry that readers have is never taken back: it stays published when its file says otherwise, and stays in the
    catalogue when its folder is gone.

    Raises:
        ContentError: Something in the folder cannot be loaded; one line per fault, and nothing was changed.
    """
    content = await asyncio.to_thread(read_content, root)
    async with database.writing() as conn:
        todo = plan(content.entries, await entries.stored_entries(conn))
        await _carry_out(conn, todo, content)
        await renew_index(conn)
    added = sum(1 for write in todo.writes if write.stored is None)
    return LoadReport(
        added=added,
        changed=len(todo.writes) - added,
        unchanged=todo.unchanged,
        removed=len(todo.remove),
        notes=todo.notes,
    )


async def _carry_out(conn: AsyncConnection, todo: Plan, content: Content) -> None:
    for series in content.series:
        await entries.write_series(conn, series)
    for topic in content.topics:
        await entries.write_topic(conn, topic)
    for row in todo.remove:
        await entries.remove_entry(conn, row.id)
    replaced = [(write.stored.id, write.said.slug) for write in todo.writes if write.stored]
    await entries.clear_numbers(conn, [entry_id for entry_id, _ in replaced])
    for entry_id, slug in replaced:
        await entries.rename_entry(conn, entry_id, slug)
    for write in todo.writes:
        hashed = content_hash(write.said)
        await entries.write_entry(conn, write.settled, origin="content", hashed=hashed, files=content.files)
    await drafts.let_go_of_files(conn)
    await queue.drop_absent(conn)
    await queue.line_up(conn)
    await entries.keep_topics(conn, (topic.slug for topic in content.topics))
