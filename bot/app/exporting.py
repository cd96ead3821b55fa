"""Owns the export: entries that were born in a chat become content folders that an editor can keep in git."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app.rooms import Rooms
from bot.editorial.content import read_content, read_vocabulary
from bot.editorial.entry_file import Vocabulary
from bot.editorial.export.folder import write_entry
from bot.editorial.export.placing import placed
from bot.editorial.faults import Faults
from bot.errors import ContentError, NotFound
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState
from bot.publishing.queue import Queue
from bot.store import drafts, entries
from bot.store.figures import figure_bytes

_NUMBERED = (EntryState.PUBLISHED, EntryState.RETRACTED)


async def export(
    rooms: Rooms, queue: Queue, references: Sequence[str] | None, *, root: Path, replaces: bool
) -> list[Path]:
    """Write entries that were born in a chat below the content folder *root*; `load` takes them over from there.

    A paper that has a folder there already keeps it, whatever became of its state and number.

    Args:
        references: arXiv ids or links, or numbers; None means every one.
        replaces: True overwrites the folders that are there.

    Returns:
        The folders.

    Raises:
        NotFound: A reference means none of them, or there is none.
        DraftError: A folder is there already.
        ContentError: The lists of the content folder, or an entry, cannot be read back.
    """
    async with rooms.database.reading() as conn:
        born = await _born_in_chats(conn)
        files = {entry.id: await figure_bytes(conn, entry.id) for entry in born}
    planned = {it.entry.id: it.entry for series in rooms.series for it in await queue.listed(series.slug)}
    chosen = _chosen([planned.get(entry.id, entry) for entry in born], references)
    vocabulary = await asyncio.to_thread(_vocabulary, root)
    written = list((await asyncio.to_thread(read_content, root, goes_on=True)).entries)
    folders = []
    for entry in chosen:
        said = placed(_as_a_file_says_it(entry), written)
        folders.append(await asyncio.to_thread(write_entry, root, said, files[entry.id], vocabulary, replaces=replaces))
        written.append(said)
    return folders


async def _born_in_chats(conn: AsyncConnection) -> list[Entry]:
    ids = [row.id for row in await entries.stored_entries(conn) if row.origin == "chat"]
    discarded = await drafts.discarded_ids(conn)
    return await entries.get_entries(conn, [entry_id for entry_id in ids if entry_id not in discarded])


def _chosen(born: Sequence[Entry], references: Sequence[str] | None) -> Sequence[Entry]:
    if not born:
        raise NotFound("No entry was born in a chat, so there is nothing to export.")
    return born if references is None else [_find(born, reference) for reference in references]


def _find(born: Sequence[Entry], reference: str) -> Entry:
    paper = ArxivId.find(reference)
    for entry in born:
        if entry.paper.arxiv_id == paper or (entry.number is not None and str(entry.number) == reference.strip("# ")):
            return entry
    known = ", ".join(str(entry.paper.arxiv_id) for entry in born)
    raise NotFound(f"{reference!r} is no entry that was born in a chat; there are: {known}.")


def _as_a_file_says_it(entry: Entry) -> Entry:
    """The entry without its row, and without a number that it only would get: it is given when it is published."""
    return replace(entry, number=entry.number if entry.state in _NUMBERED else None, id=0)


def _vocabulary(root: Path) -> Vocabulary:
    faults = Faults(root.name)
    found = read_vocabulary(root, faults)
    if faults.all():
        raise ContentError("\n".join(map(str, faults.all())))
    return found
