"""Owns the reading room: what chat, web and command line ask of the published entries."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalogue.page import Lack, Page, page_of
from bot.catalogue.query import Query, parse_query
from bot.catalogue.ranking import rank_alike
from bot.catalogue.reference import Reference, parse_reference, series_key
from bot.catalogue.similar import likeness, likeness_of_words
from bot.editorial.answering import answer
from bot.editorial.memory import Memory
from bot.editorial.suggesting import Suggester, Suggestions
from bot.errors import NotFound
from bot.model.entry import Entry, EntryState, Topic
from bot.model.month import Month
from bot.store import archive, entries, retracting, search
from bot.store.database import Database
from bot.store.read_index import ReadIndex

# What hits lack when a word may have been mistyped.
_MISTYPED = frozenset({Lack.WORDS, Lack.AUTHOR, Lack.TOPIC, Lack.SERIES})


class Library:
    """The published entries. Drafts and queued entries are invisible here, whoever asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory = Memory(database)
        self._suggester = Suggester()

    async def latest(self) -> Entry:
        """The newest entry.

        Raises:
            NotFound: Nothing is published yet.
        """
        async with self._database.reading() as conn:
            return await _get(conn, await archive.latest(conn), "Nothing is published yet; please come back later.")

    async def newest(self, *, page: int = 1, size: int = 5) -> Page[Entry]:
        """One page of all entries, the newest first."""
        known = await self._memory.current()
        ids = page_of(await known.answer("newest", archive.newest), number=page, size=size)
        return ids.with_hits(await known.entries(ids.hits))

    async def random(self) -> Entry:
        """Any entry.

        Raises:
            NotFound: Nothing is published yet.
        """
        async with self._database.reading() as conn:
            return await _get(conn, await archive.random(conn), "Nothing is published yet; please come back later.")

    async def get(self, entry_id: int) -> Entry:
        """The entry with that id.

        Raises:
            NotFound: There is none, or it is not published.
        """
        async with self._database.reading() as conn:
            found = await archive.published(conn, entry_id)
            return await _get(conn, found, "This paper is not in the catalogue any more; please search for it.")

    async def several(self, entry_ids: Sequence[int]) -> tuple[Entry, ...]:
        """The entries with these ids, in this order; those that readers may not see are left out."""
        async with self._database.reading() as conn:
            visible = await archive.visible(conn, entry_ids)
            return tuple(await entries.get_entries(conn, [it for it in entry_ids if it in visible]))

    async def size(self) -> int:
        """How many entries there are."""
        known = await self._memory.current()
        return await known.answer("size", archive.size)

    async def find(self, reference: str) -> tuple[Entry, ...]:
        """The entries somebody points at: ``27``, ``#27``, ``ml-collage 27``, an arXiv id or link, a slug.

        Returns:
            Several where two series use the same number or speak of the same paper; none when nothing fits.
        """
        known = await self._memory.current()
        return await known.entries(await known.answer(("find", reference), partial(_pointed_at, text=reference)))

    async def find_withdrawn(self, reference: str) -> tuple[Entry, ...]:
        """The entries somebody points at that were taken out of the catalogue; as `find`, which never gives them."""
        asked = parse_reference(reference)
        async with self._database.reading() as conn:
            withdrawn = await entries.get_entries(conn, await retracting.retracted_ids(conn))
        return tuple(entry for entry in withdrawn if _is_meant(entry, asked))

    async def months(self) -> tuple[Month, ...]:
        """Every month with an entry, from the first."""
        known = await self._memory.current()
        return tuple(await known.answer("months", archive.months))

    async def month(self, month: Month) -> tuple[Entry, ...]:
        """The entries of a month: numbered series by number, then the others by arXiv id; none if it has none."""
        known = await self._memory.current()
        return await known.entries(await known.answer(("month", month), partial(archive.of_month, month=month)))

    async def numbers(self, reference: str) -> dict[str, dict[int, int]]:
        """The ids of the numbered entries, by number, by the slug of their series.

        Args:
            reference: ``ml-collage 30`` asks for the numbers of that series, ``30`` for those of all; anything else
                for none.
        """
        asked = parse_reference(reference)
        if asked.number is None:
            return {}
        async with self._database.reading() as conn:
            stored = await entries.stored_entries(conn)
        found: dict[str, dict[int, int]] = {}
        for entry in stored:
            is_meant = asked.series in {"", series_key(entry.series)} or asked.series.isdecimal()
            if entry.number is not None and entry.state is EntryState.PUBLISHED and is_meant:
                found.setdefault(entry.series, {})[entry.number] = entry.id
        return {series: dict(sorted(numbers.items())) for series, numbers in sorted(found.items())}

    async def search(self, text: str, *, page: int = 1, size: int = 5) -> Page[Entry]:
        """Answer whatever somebody typed with one page of entries, best first.

        Where they lack something of what was asked, or there is none, the page says what may have been meant.
        """
        query = parse_query(text)
        known = await self._memory.current()
        ask = partial(self._page, query=query, read=known.index, number=page, size=size)
        found = await known.answer(("search", query, page, size), ask)
        return found.with_hits(await known.entries(found.hits))

    async def _page(self, conn: AsyncConnection, query: Query, read: ReadIndex, *, number: int, size: int) -> Page[int]:
        found = await answer(conn, query, read)
        ids = page_of(found.ids, number=number, size=size, query=query.text)
        told = replace(ids, lacks=found.lacks, reading=found.reading)
        if query and (not found or found.lacks & _MISTYPED):
            told = replace(told, instead=await self._suggester.correction(conn, query.text))
        return told

    async def named(self, words: str) -> Entry | None:
        """The one entry that *words* can mean: the only hit, or the only one with all of them in its title."""
        query = parse_query(words)
        known = await self._memory.current()
        found = await known.answer(("named", query), partial(answer, query=query, read=known.index))
        if found.lacks or len(found.named or found.ids) != 1:
            return None
        return next(iter(await known.entries(found.named or found.ids)), None)

    async def suggest(self, text: str) -> Suggestions:
        """Words close to what was typed and topics, for a question that found nothing."""
        asked = parse_query(text).text
        known = await self._memory.current()
        return await known.answer(("suggest", asked), partial(self._suggester.suggestions, text=asked))

    async def similar(self, entry: Entry, *, limit: int = 5) -> tuple[Entry, ...]:
        """Other entries, the closest first: with the same topics and rare words of the title, then with its words."""
        known = await self._memory.current()
        return await known.entries(await known.answer(("similar", entry.id, limit), partial(_similar, entry, limit)))

    async def topics(self) -> tuple[tuple[Topic, int], ...]:
        """Every topic with an entry and how many it has, those with the most first."""
        known = await self._memory.current()
        return tuple(await known.answer("topics", archive.topics))


def _is_meant(entry: Entry, asked: Reference) -> bool:
    if asked.paper:
        return entry.paper.arxiv_id == asked.paper
    if asked.slug:
        return entry.slug == asked.slug
    is_series = asked.series in {"", series_key(entry.series.slug)}
    return asked.number is not None and entry.number == asked.number and is_series


async def _similar(entry: Entry, limit: int, conn: AsyncConnection) -> list[int]:
    others = dict.fromkeys(await _alike(conn, likeness(entry)))
    if len(others) <= limit:
        others |= dict.fromkeys(await _alike(conn, likeness_of_words(entry)))
    others.pop(entry.id, None)
    return list(others)[:limit]


async def _alike(conn: AsyncConnection, query: Query) -> list[int]:
    return rank_alike(query, await search.candidates(conn, query, missing=max(0, len(query.words) - 1)))


async def _get(conn: AsyncConnection, entry_id: int | None, otherwise: str) -> Entry:
    if entry_id is None:
        raise NotFound(otherwise)
    return (await entries.get_entries(conn, [entry_id]))[0]


async def _pointed_at(conn: AsyncConnection, text: str) -> Sequence[int]:
    reference = parse_reference(text)
    if reference.paper:
        return await archive.with_paper(conn, reference.paper)
    if reference.slug:
        return await archive.with_slug(conn, reference.slug)
    if reference.number is None:
        return []
    numbered = await archive.with_number(conn, reference.number)
    return [entry_id for slug, entry_id in numbered if reference.series in {"", series_key(slug)}]
