"""Owns the entries: writes them, and reads them back as the same values."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState, EntryText, Series, Topic
from bot.model.month import Month
from bot.model.paper import Paper
from bot.store import collages, entry_rows, figures, search, subscriptions
from bot.store.dialect import in_byte_order, json_array, upsert
from bot.store.tables import collage, edition_entry, entry, entry_text, entry_topic, paper, series, topic

Origin = Literal["content", "chat"]
_READ = (EntryState.PUBLISHED, EntryState.RETRACTED)
"""The states of what readers have, or had."""
_NO_FILES: Mapping[str, bytes] = MappingProxyType({})

_SERIES = select(series).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
# One statement for everything an entry is made of: a question in a chat waits for the trips to the database, not for
# the rows. Texts and topics come as JSON arrays beside their entry.
_TEXTS = (
    select(json_array(entry_rows.text_object()))
    .where(entry_text.c.entry_id == entry.c.id)
    .correlate(entry)
    .scalar_subquery()
)
_TOPICS = (
    select(json_array(entry_rows.topic_object()))
    .join_from(entry_topic, topic)
    .where(entry_topic.c.entry_id == entry.c.id)
    .correlate(entry)
    .scalar_subquery()
)
_ENTRIES = (
    select(entry, paper, series, type_coerce(_TEXTS, JSON).label("texts"), type_coerce(_TOPICS, JSON).label("topics"))
    .join_from(entry, paper)
    .join(series)
    .where(entry.c.id.in_(bindparam("ids", expanding=True)))
    .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """What is known of an entry without reading it.

    Attributes:
        content_hash: Of what its author wrote, when it was last written.
        held: Readers have it, or an edition refers to it.
    """

    id: int
    slug: str
    series: str
    number: int | None
    month: Month | None
    state: EntryState
    arxiv_id: ArxivId
    origin: Origin
    content_hash: str
    held: bool


def content_hash(said: Entry) -> str:
    """The fingerprint of everything *said* says; its row in the database does not count."""
    values = asdict(replace(said, id=0))
    return sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


async def write_series(conn: AsyncConnection, which: Series) -> None:
    """Write or rewrite a series, known by its slug."""
    await _upsert(conn, series, entry_rows.series_columns(which), key="slug")


async def write_topic(conn: AsyncConnection, which: Topic) -> None:
    """Write or rewrite a topic, known by its slug."""
    await _upsert(conn, topic, asdict(which), key="slug")


async def write_entry(
    conn: AsyncConnection, said: Entry, *, origin: Origin, hashed: str, files: Mapping[str, bytes] = _NO_FILES
) -> int:
    """Write or rewrite an entry, known by its slug, with its paper, texts, figures and its place in the index.

    Its series and topics must be there. When it was published stays as it is.

    Args:
        files: The bytes of its figures, by sha256; those that are stored already may be missing.
        hashed: The `content_hash` of what its author wrote; the next load compares with it.

    Returns:
        Its id.
    """
    paper_id = await _upsert(conn, paper, entry_rows.paper_columns(said.paper), key="arxiv_id")
    series_id = select(series.c.id).where(series.c.slug == said.series.slug).scalar_subquery()
    more = {"series_id": series_id, "paper_id": paper_id, "origin": origin, "content_hash": hashed}
    entry_id = await _upsert(conn, entry, {**entry_rows.entry_columns(said), **more}, key="slug")
    await _write_texts(conn, entry_id, said.texts)
    await _write_topics(conn, entry_id, said.topics)
    await figures.keep_figures(conn, entry_id, said, files)
    await search.index(conn, replace(said, id=entry_id))
    return entry_id


async def rename_entry(conn: AsyncConnection, entry_id: int, slug: str) -> None:
    """Give an entry another slug; it stays the same entry."""
    await conn.execute(update(entry).where(entry.c.id == entry_id).values(slug=slug))


async def clear_numbers(conn: AsyncConnection, ids: Sequence[int]) -> None:
    """Take the numbers off entries that are about to be written, so that two of them can swap."""
    await conn.execute(update(entry).where(entry.c.id.in_(ids)).values(number=None))


async def remove_entry(conn: AsyncConnection, entry_id: int) -> None:
    """Take an entry away with everything that hangs on it, and its paper if nobody else speaks of it."""
    await search.remove(conn, entry_id)
    drawn = select(collage.c.asset_sha256).where(collage.c.entry_id == entry_id)
    pictures = (await conn.execute(drawn)).scalars().all()
    await conn.execute(delete(entry).where(entry.c.id == entry_id))
    await collages.throw_away(conn, pictures)
    await conn.execute(delete(paper).where(paper.c.id.not_in(select(entry.c.paper_id))))


async def get_series(conn: AsyncConnection, slug: str) -> Series:
    """The series with that slug.

    Raises:
        NotFound: There is none.
    """
    row = (await conn.execute(_SERIES.where(series.c.slug == slug))).one_or_none()
    if row is None:
        raise NotFound(f"There is no series {slug}; run `collagebot load` first.")
    return entry_rows.read_series(row)


async def all_series(conn: AsyncConnection) -> list[Series]:
    """Every series, by slug."""
    return [entry_rows.read_series(row) for row in await conn.execute(_SERIES.order_by(in_byte_order(series.c.slug)))]


async def get_entries(conn: AsyncConnection, ids: Sequence[int]) -> list[Entry]:
    """The entries with these ids, in this order; ids nobody has are left out."""
    if not ids:
        return []
    found = {row.entry_id: entry_rows.read_entry(row) for row in await conn.execute(_ENTRIES, {"ids": list(ids)})}
    return [found[entry_id] for entry_id in ids if entry_id in found]


async def find_origin(conn: AsyncConnection, entry_id: int) -> Origin | None:
    """Where an entry is edited; None when there is none."""
    query = select(entry.c.origin).where(entry.c.id == entry_id)
    found: Origin | None = (await conn.execute(query)).scalar_one_or_none()
    return found


async def paper_of_files(conn: AsyncConnection, arxiv_id: ArxivId) -> Paper | None:
    """The paper as content files say it; None when none of them speaks of it. What they say of it goes first."""
    spoken = exists().where(entry.c.paper_id == paper.c.id, entry.c.origin == "content")
    query = select(paper).where(paper.c.arxiv_id == str(arxiv_id), spoken)
    row = (await conn.execute(query.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL))).one_or_none()
    return entry_rows.read_paper(row) if row else None


async def all_topics(conn: AsyncConnection) -> list[Topic]:
    """The closed list of topics, by slug."""
    rows = await conn.execute(select(topic).order_by(in_byte_order(topic.c.slug)))
    return [Topic(row.slug, row.name, tuple(row.aliases), row.names) for row in rows]


async def stored_entries(conn: AsyncConnection) -> list[StoredEntry]:
    """All entries, without reading them."""
    sent = exists().where(edition_entry.c.entry_id == entry.c.id)
    query = select(
        entry, series.c.slug.label("series"), paper.c.arxiv_id, or_(entry.c.state.in_(_READ), sent).label("held")
    )
    return [
        StoredEntry(
            id=row.id,
            slug=row.slug,
            series=row.series,
            number=row.number,
            month=Month.parse(row.month) if row.month else None,
            state=EntryState(row.state),
            arxiv_id=ArxivId(row.arxiv_id),
            origin=row.origin,
            content_hash=row.content_hash,
            held=row.held,
        )
        for row in await conn.execute(query.join_from(entry, paper).join(series))
    ]


async def keep_topics(conn: AsyncConnection, slugs: Iterable[str]) -> None:
    """Take away the topics that are neither among *slugs* nor on an entry, and out of every wish that names them."""
    used = select(entry_topic.c.topic_id)
    await conn.execute(delete(topic).where(topic.c.slug.not_in(list(slugs)), topic.c.id.not_in(used)))
    await subscriptions.keep_topics(conn, set((await conn.execute(select(topic.c.slug))).scalars()))


async def _upsert(conn: AsyncConnection, table: Any, row: Mapping[str, Any], *, key: str) -> int:
    others = {name: value for name, value in row.items() if name != key}
    written = upsert(conn, table).values(row).on_conflict_do_update(index_elements=[key], set_=others)
    return int((await conn.execute(written.returning(table.c.id))).scalar_one())


async def _write_texts(conn: AsyncConnection, entry_id: int, texts: Mapping[str, EntryText]) -> None:
    await conn.execute(delete(entry_text).where(entry_text.c.entry_id == entry_id))
    rows = [{"entry_id": entry_id, "language": language, **asdict(said)} for language, said in texts.items()]
    await conn.execute(insert(entry_text), rows)


async def _write_topics(conn: AsyncConnection, entry_id: int, topics: Sequence[Topic]) -> None:
    await conn.execute(delete(entry_topic).where(entry_topic.c.entry_id == entry_id))
    for position, which in enumerate(topics):
        topic_id = select(topic.c.id).where(topic.c.slug == which.slug).scalar_subquery()
        await conn.execute(insert(entry_topic).values(entry_id=entry_id, topic_id=topic_id, position=position))
