"""Owns the drafts at rest: what the desk knows of an entry that was born in a chat and is not published yet."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.arxiv_id import ArxivId
from bot.model.draft import Alternative, DeskDraft, Draft, Drafted, Removal
from bot.model.entry import Entry, EntryState
from bot.store import entries
from bot.store.dialect import upsert
from bot.store.entries import content_hash
from bot.store.figures import figure_bytes, shown_figures
from bot.store.numbering import numbering
from bot.store.tables import draft, draft_figure, entry, figure_right, paper, series

_ALTERNATIVES = TypeAdapter(tuple[Alternative, ...])
_REMOVED = TypeAdapter(tuple[Removal, ...])
_DRAFTED = TypeAdapter(Drafted)
_REVISIONS = 10**8  # they stand in buttons


async def find_entry(conn: AsyncConnection, slug: str, arxiv_id: ArxivId) -> Entry | None:
    """The entry about that paper in the series with that *slug*, in whatever state."""
    query = select(entry.c.id).join_from(entry, series).join(paper).where(series.c.slug == slug)
    query = query.where(paper.c.arxiv_id == str(arxiv_id)).order_by(entry.c.id).limit(1)
    found = (await conn.execute(query)).scalar_one_or_none()
    return (await entries.get_entries(conn, [found]))[0] if found is not None else None


async def add_draft(conn: AsyncConnection, made: Draft, *, editor: int, now: datetime) -> DeskDraft:
    """Put a draft on the desk; its entry has its slug, and nobody else has that one."""
    entry_id = await _write_entry(conn, made.entry, made.files)
    await _insert(conn, entry_id, made, editor=editor, now=now)
    return (await get_drafts(conn, [entry_id]))[0]


async def lay_back(conn: AsyncConnection, published: Entry, *, editor: int, now: datetime) -> None:
    """Put a published entry on the desk, with the figures that it shows; the entry itself stays as it is.

    Its first revision is one that no button of its draft had.
    """
    files = await figure_bytes(conn, published.id)
    revision = int(now.timestamp()) % _REVISIONS
    await _insert(conn, published.id, Draft(published, files=files), editor=editor, now=now, revision=revision)


async def _insert(
    conn: AsyncConnection, entry_id: int, made: Draft, *, editor: int, now: datetime, revision: int = 1
) -> None:
    row = {"revision": revision, "editor": editor, "created_at": now, "changed_at": now, "discarded_at": None}
    said = {"alternatives": _ALTERNATIVES.dump_python(made.alternatives, mode="json"), "notes": list(made.notes)}
    said["removed"] = _REMOVED.dump_python(made.removed, mode="json")
    said["drafted"] = _DRAFTED.dump_python(Drafted.of(made.entry), mode="json")
    await conn.execute(insert(draft).values(entry_id=entry_id, **row, **said))
    wanted = {each.figure.sha256 for each in made.alternatives} | set(shown_figures(made.entry))
    await _keep_bytes(conn, entry_id, {digest: made.files[digest] for digest in wanted if digest in made.files})


async def get_drafts(conn: AsyncConnection, ids: Collection[int]) -> list[DeskDraft]:
    """The drafts with these ids, discarded ones and queued ones included; ids nobody has are left out.

    One on the desk has the number it would get if it were approved now. Which one a queued draft will get depends on
    everybody who waits: the queue knows, see `bot.publishing.queue`; here it has none.
    """
    query = select(draft).where(draft.c.entry_id.in_(ids))
    rows = {row.entry_id: row for row in await conn.execute(query)}
    found = await entries.get_entries(conn, [entry_id for entry_id in ids if entry_id in rows])
    return [_read(rows[one.id], await _numbered(conn, one)) for one in found]


async def draft_ids(conn: AsyncConnection) -> list[int]:
    """Every draft on the desk, the one that was changed last first."""
    query = select(draft.c.entry_id).join_from(draft, entry)
    query = query.where(entry.c.state == EntryState.DRAFT, draft.c.discarded_at.is_(None))
    return list((await conn.execute(query.order_by(draft.c.changed_at.desc(), draft.c.entry_id))).scalars())


async def discarded_ids(conn: AsyncConnection) -> set[int]:
    """Every draft that was discarded and is not thrown away yet."""
    query = select(draft.c.entry_id).where(draft.c.discarded_at.is_not(None))
    return set((await conn.execute(query)).scalars())


async def write_draft(conn: AsyncConnection, changed: DeskDraft, *, editor: int, now: datetime) -> DeskDraft:
    """Write a draft that *editor* changed; it has one revision more."""
    shown = shown_figures(changed.entry)
    query = select(draft_figure).where(draft_figure.c.entry_id == changed.id, draft_figure.c.sha256.in_(shown))
    files = {row.sha256: bytes(row.bytes) for row in await conn.execute(query)}
    await _write_entry(conn, changed.entry, files)
    await touch_draft(
        conn,
        changed.id,
        editor=editor,
        now=now,
        discarded_at=changed.discarded_at,
        alternatives=_ALTERNATIVES.dump_python(changed.alternatives, mode="json"),
        notes=list(changed.notes),
    )
    return (await get_drafts(conn, [changed.id]))[0]


async def touch_draft(conn: AsyncConnection, draft_id: int, *, editor: int, now: datetime, **values: object) -> None:
    """Write down that *editor* changed something that is not the entry itself."""
    row = {"revision": draft.c.revision + 1, "editor": editor, "changed_at": now, **values}
    await conn.execute(update(draft).where(draft.c.entry_id == draft_id).values(row))


async def confirm_rights(
    conn: AsyncConnection, draft_id: int, digests: Iterable[str], *, editor: int, now: datetime
) -> None:
    """Record that *editor* says we may show these figures; who said it first stays."""
    for digest in dict.fromkeys(digests):
        row = {"entry_id": draft_id, "sha256": digest, "editor": editor, "confirmed_at": now}
        await conn.execute(upsert(conn, figure_right).values(row).on_conflict_do_nothing())


async def let_go(conn: AsyncConnection, entry_id: int) -> None:
    """Forget what the desk knows of an entry; the entry itself stays."""
    await conn.execute(delete(draft).where(draft.c.entry_id == entry_id))


async def let_go_of_files(conn: AsyncConnection) -> None:
    """Forget what the desk knows of entries that are edited in their files now."""
    from_files = select(entry.c.id).where(entry.c.origin == "content")
    await conn.execute(delete(draft).where(draft.c.entry_id.in_(from_files)))


async def throw_away_discarded(conn: AsyncConnection, before: datetime) -> None:
    """Remove the drafts that were discarded before an instant, with their entries."""
    query = select(draft.c.entry_id).join(entry)
    query = query.where(draft.c.discarded_at < before, entry.c.state == EntryState.DRAFT)
    for entry_id in (await conn.execute(query)).scalars().all():
        await entries.remove_entry(conn, entry_id)


async def _write_entry(conn: AsyncConnection, said: Entry, files: Mapping[str, bytes]) -> int:
    """Write the entry of a draft; it gets its number when it is published, so before that it has none."""
    number = said.number if said.state is EntryState.PUBLISHED else None
    bare = replace(said, number=number, paper=await entries.paper_of_files(conn, said.paper.arxiv_id) or said.paper)
    return await entries.write_entry(conn, bare, origin="chat", hashed=content_hash(bare), files=files)


async def _numbered(conn: AsyncConnection, said: Entry) -> Entry:
    """*said* with the number it would get behind all that wait; one that waits itself has none here."""
    if said.number is not None or said.state is EntryState.QUEUED:
        return said
    waiting = select(func.count()).select_from(entry).join(series)
    waiting = waiting.where(series.c.slug == said.series.slug, entry.c.state == EntryState.QUEUED)
    before = (await conn.execute(waiting.where(entry.c.number.is_(None)))).scalar_one()
    return replace(said, number=(await numbering(conn, said.series.slug)).after(before))


async def _keep_bytes(conn: AsyncConnection, entry_id: int, files: Mapping[str, bytes]) -> None:
    rows = [{"entry_id": entry_id, "sha256": digest, "bytes": content} for digest, content in files.items()]
    if rows:
        await conn.execute(insert(draft_figure), rows)


def _read(row: Row[*tuple[Any, ...]], said: Entry) -> DeskDraft:
    return DeskDraft(
        entry=said,
        revision=row.revision,
        alternatives=_ALTERNATIVES.validate_python(row.alternatives),
        removed=_REMOVED.validate_python(row.removed),
        notes=tuple(row.notes),
        drafted=_DRAFTED.validate_python(row.drafted),
        editor=row.editor,
        created_at=row.created_at,
        changed_at=row.changed_at,
        discarded_at=row.discarded_at,
    )
