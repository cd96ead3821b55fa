"""Owns the reading room: what chat, web and command line ask of the published entries."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalogue.nearest import nearest_words
from bot.catalogue.page import Page, page_of
from bot.catalogue.query import Query, parse_query
from bot.catalogue.ranking import rank, rank_alike
from bot.catalogue.reference import parse_reference, series_key
from bot.catalogue.similar import likeness
from bot.errors import NotFound
from bot.model.entry import Entry, Topic
from bot.model.month import Month
from bot.store import archive, entries, search
from bot.store.database import Database

_COMPLETIONS = 12
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Where to go when nothing was found.

    Attributes:
        words: Close to what was typed; each of them finds something.
        topics: Those with the most entries.
    """

    words: tuple[str, ...]
    topics: tuple[Topic, ...]


class Library:
    """The published entries. Drafts and queued entries are invisible here, whoever asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def latest(self) -> Entry:
        """The newest entry.

        Raises:
            NotFound: Nothing is published yet.
        """
        async with self._database.reading() as conn:
            return await _get(conn, await archive.latest(conn), "Nothing is published yet; please come back later.")

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

    async def find(self, reference: str) -> tuple[Entry, ...]:
        """The entries somebody points at: ``27``, ``#27``, ``ml-collage 27``, an arXiv id or link, a slug.

        Returns:
            Several where two series use the same number or speak of the same paper; none when nothing fits.
        """
        async with self._database.reading() as conn:
            return tuple(await entries.get_entries(conn, await _pointed_at(conn, reference)))

    async def months(self) -> tuple[Month, ...]:
        """Every month with an entry, from the first."""
        async with self._database.reading() as conn:
            return tuple(await archive.months(conn))

    async def month(self, month: Month) -> tuple[Entry, ...]:
        """The entries of a month: numbered series by number, then the others by arXiv id; none if it has none."""
        async with self._database.reading() as conn:
            return tuple(await entries.get_entries(conn, await archive.of_month(conn, month)))

    async def search(self, text: str, *, page: int = 1, size: int = 5) -> Page[Entry]:
        """Answer whatever somebody typed with one page of entries, best first."""
        query = parse_query(text)
        async with self._database.reading() as conn:
            ids = page_of(await _hits(conn, query), number=page, size=size, query=query.text)
            return ids.with_hits(await entries.get_entries(conn, ids.hits))

    async def suggest(self, text: str) -> Suggestions:
        """Words close to what was typed and the largest topics, for a question that found nothing."""
        async with self._database.reading() as conn:
            words = await _finding_words(conn, parse_query(text).without_hashtags())
            return Suggestions(tuple(words), tuple(await archive.topics(conn))[:_SUGGESTIONS])

    async def similar(self, entry: Entry, *, limit: int = 5) -> tuple[Entry, ...]:
        """Other entries with the same topics and the same rare words in their titles, the closest first."""
        query = likeness(entry)
        async with self._database.reading() as conn:
            ranked = rank_alike(query, await search.candidates(conn, query))
            others = [entry_id for entry_id in ranked if entry_id != entry.id]
            return tuple(await entries.get_entries(conn, others[:limit]))

    async def topics(self) -> tuple[Topic, ...]:
        """Every topic with an entry, those with the most entries first."""
        async with self._database.reading() as conn:
            return tuple(await archive.topics(conn))


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


async def _hits(conn: AsyncConnection, query: Query) -> list[int]:
    """The hits of the first reading of the question that has any: as typed, hashtags as words, last word completed."""
    hits = rank(query, await search.candidates(conn, query))
    if not hits and query.topics:
        return await _hits(conn, query.without_hashtags())
    if not hits and query.prefix:
        completed = query.completed(await search.words_starting(conn, query.prefix, limit=_COMPLETIONS))
        return rank(completed, await search.candidates(conn, completed))
    return hits


async def _finding_words(conn: AsyncConnection, query: Query) -> list[str]:
    typed = [word.typed for word in query.words]
    initials = dict.fromkeys(word[0] for word in typed)
    vocabulary = [word for initial in initials for word in await search.words_starting(conn, initial)]
    near = nearest_words(typed, vocabulary) or nearest_words(typed, await search.words_starting(conn, ""))
    return [word for word in near if await search.candidates(conn, parse_query(word))]
