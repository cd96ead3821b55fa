"""Owns the reading room: what chat, web and command line ask of the published entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalogue.nearest import nearest_words
from bot.catalogue.page import Lack, Page, page_of
from bot.catalogue.query import Query, parse_query
from bot.catalogue.ranking import has_all_words, is_named, rank, rank_alike
from bot.catalogue.reference import parse_reference, series_key
from bot.catalogue.similar import likeness
from bot.catalogue.terms import compounds, parts_of, stem
from bot.errors import NotFound
from bot.model.entry import Entry, EntryState, Topic
from bot.model.month import Month
from bot.store import archive, entries, search
from bot.store.database import Database

_COMPLETIONS = 12
_SUGGESTIONS = 3
_NEAR_WORDS = 8  # some of them stand in no title


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Where to go when nothing was found.

    Attributes:
        words: Close to what was typed, as a title or a topic spells them; each of them finds something.
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
        """Answer whatever somebody typed with one page of entries, best first."""
        query = parse_query(text)
        async with self._database.reading() as conn:
            found = await _answer(conn, query)
            ids = page_of(found.ids, number=page, size=size, query=query.text).lacking(found.lacks)
            return ids.with_hits(await entries.get_entries(conn, ids.hits))

    async def named(self, words: str) -> Entry | None:
        """The one entry that *words* can mean: the only hit, or the only one with all of them in its title."""
        query = parse_query(words)
        async with self._database.reading() as conn:
            found = await _answer(conn, query)
            if found.lacks or len(found.named or found.ids) != 1:
                return None
            return (await entries.get_entries(conn, found.named or found.ids))[0]

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


@dataclass(frozen=True, slots=True)
class _Answer:
    """The hits of a question, best first, and those among them that have all its words in their titles."""

    ids: Sequence[int] = ()
    named: Sequence[int] = ()
    lacks: frozenset[Lack] = frozenset()


async def _answer(conn: AsyncConnection, query: Query) -> _Answer:
    """The answer to the first reading of the question that has one.

    As typed, with its last word completed, with its hashtags as words, of any year.
    """
    found = await _hits(conn, query)
    if not found.ids and query.prefix:
        found = await _hits(conn, query.completed(await search.words_starting(conn, query.prefix, limit=_COMPLETIONS)))
    if not found.ids and "#" in query.text and query.without_hashtags() != query:
        return await _answer(conn, query.without_hashtags())
    if not found.ids and query.year and query.words:
        found = await _answer(conn, query.of_any_year())
        return replace(found, lacks=found.lacks | {Lack.YEAR})
    return found


async def _hits(conn: AsyncConnection, query: Query) -> _Answer:
    found = await search.candidates(conn, query)
    ids = rank(query, found)
    best = {candidate.id: candidate for candidate in found}
    if not ids or not query.words:
        return _Answer(ids)
    if not has_all_words(query, best[ids[0]]):
        return _Answer(ids, lacks=frozenset({Lack.WORDS}))
    # Those that have everything in their titles come first; whether there is more than one is all anybody asks.
    return _Answer(ids, [entry_id for entry_id in ids[:2] if is_named(query, best[entry_id])])


async def _finding_words(conn: AsyncConnection, query: Query) -> list[str]:
    typed = [word.typed for word in query.words]
    initials = dict.fromkeys(word[0] for word in typed)
    vocabulary = [word for initial in initials for word in await search.words_starting(conn, initial)]
    near = nearest_words(typed, vocabulary, limit=_NEAR_WORDS)
    near = near or nearest_words(typed, await search.words_starting(conn, ""), limit=_NEAR_WORDS)
    spelled = [await _spelled(conn, word) for word in near]
    return [word for word in dict.fromkeys(spelled) if word][:_SUGGESTIONS]


async def _spelled(conn: AsyncConnection, folded: str) -> str:
    """The word in the form that the title, an alias or a topic of the best entry for it has; empty where none has it.

    A capital at the beginning says only where the word stood.
    """
    query = parse_query(folded)
    ids = rank(query, await search.candidates(conn, query))[:1]
    for entry in await entries.get_entries(conn, ids):
        names = (entry.paper.title, *entry.aliases, *(topic.name for topic in entry.topics))
        found = next((word for word in _words_of(names) if stem(_letters(word)) == stem(folded)), "")
        return found.lower() if found[1:].islower() else found
    return ""


def _words_of(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        for word in name.split():
            core = word.strip(".,:;!?()[]“”\"'")
            yield from (core, *parts_of(core))


def _letters(word: str) -> str:
    return "".join(part for compound in compounds(word) for part in parts_of(compound))
