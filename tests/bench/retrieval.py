"""Whether what is looked for is found: the labelled questions, and known items among 20,500 real abstracts."""

import itertools
import json
import lzma
import random
import re
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from bot.catalogue.document import document
from bot.editorial.library import Library
from bot.editorial.load import load
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState, EntryText, Series
from bot.model.month import Month
from bot.model.paper import Paper
from bot.store import entries, search, tables
from bot.store.database import Database
from bot.store.entry_rows import entry_columns, paper_columns
from bot.store.schema import migrate
from tests.bench.stopwatch import headline, line, timed_async
from tests.catalogue.labelled import AT, Mark, answered, marked, mean

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "data" / "E-corpus" / "arxiv_2025_daily.jsonl.xz"
PER_KIND = 150
SHOWN_FAILURES = 5
_WORD = re.compile(r"[A-Za-z]{4,}")
_SERIES = Series("corpus", "Corpus", "Abstracts.", "UTC", None, None)

Search = Callable[[str], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Item:
    """A question for one paper."""

    kind: str
    typed: str
    wanted: str


async def measure() -> None:
    """Print recall among the first five and the mean reciprocal rank, by kind of question, and what failed."""
    with tempfile.TemporaryDirectory() as folder:
        await _measure_labelled(await _opened(folder, "labelled"))
        if CORPUS.is_file():
            await _measure_known_items(await _opened(folder, "corpus"))
        else:
            headline("Known items: the abstracts are not here, so nothing was measured")


async def _opened(folder: str, name: str) -> Database:
    url = f"sqlite:///{folder}/{name}.db"
    migrate(url)
    return Database(url)


async def _measure_labelled(database: Database) -> None:
    await load(database, ROOT / "content")
    marks = await marked(Library(database))
    headline(f"Finding: {len(marks)} labelled questions in two languages (recall@{AT}, MRR)")
    kinds = dict.fromkeys(mark.question.kind for mark in marks)
    for kind in (*kinds, ""):
        of_kind = [mark for mark in marks if kind in ("", mark.question.kind)]
        line(kind or "all", _figures(of_kind) + f"   ({len(of_kind)})")
    for mark in marks:
        if mark.recall < 1:
            line(f"not all found: {mark.question.typed}", ", ".join(sorted(mark.question.right - set(mark.found))))
    await database.close()


def _figures(marks: Sequence[Mark]) -> str:
    recall, reciprocal = mean([mark.recall for mark in marks]), mean([mark.reciprocal for mark in marks])
    return f"recall {recall:.3f}   MRR {reciprocal:.3f}"


async def _measure_known_items(database: Database) -> None:
    papers = _papers()
    slugs = await _store(database, papers)
    plain = _plain(papers)
    library = Library(database)
    items = list(_items(papers))
    headline(f"Finding one known paper among {len(slugs):,} abstracts, beside SQLite's bm25 (any word, stemmed)")
    for kind in dict.fromkeys(item.kind for item in items):
        of_kind = [item for item in items if item.kind == kind]
        ours, failed = await _score(of_kind, lambda typed: answered(library, typed))
        theirs, _ = await _score(of_kind, plain)
        shares = [one / other if other else float("inf") for one, other in zip(ours, theirs, strict=True)]
        line(
            kind,
            f"recall {ours[0]:.3f}   MRR {ours[1]:.3f};  bm25 {theirs[0]:.3f}, {theirs[1]:.3f};"
            f"  ours is {shares[0]:.2f}×, {shares[1]:.2f}× ({len(of_kind)})",
        )
        for item in failed[:SHOWN_FAILURES]:
            line("  not found", f"{item.typed!r} for {item.wanted}")
    await _measure_speed(library, items)
    await database.close()


async def _measure_speed(library: Library, items: Sequence[Item]) -> None:
    for kind in dict.fromkeys(item.kind for item in items):
        typed = itertools.cycle([item.typed for item in items if item.kind == kind])
        line(f"searching: {kind}", await timed_async(lambda typed=typed: library.search(next(typed)), 100))  # type: ignore[misc]


async def _score(items: Sequence[Item], search: Search) -> tuple[tuple[float, float], list[Item]]:
    places = []
    for item in items:
        found = await search(item.typed)
        places.append(found.index(item.wanted) + 1 if item.wanted in found else 0)
    failed = [item for item, place in zip(items, places, strict=True) if not place]
    return (
        mean([float(place > 0) for place in places]),
        mean([1 / place if place else 0.0 for place in places]),
    ), failed


def _papers() -> list[dict[str, Any]]:
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        return [json.loads(each) for each in lines]


async def _store(database: Database, papers: Sequence[dict[str, Any]]) -> list[str]:
    """All at once: entry by entry, as a load writes them, takes many times as long."""
    shown = [replace(_entry(paper), id=key) for key, paper in enumerate(papers, 1)]
    async with database.writing() as conn:
        await entries.write_series(conn, _SERIES)
        (series_id,) = (await conn.execute(select(tables.series.c.id))).scalars()
        for table, rows in _rows(shown, series_id).items():
            await conn.execute(table.insert(), rows)
        await search.add(conn, {entry.id: document(entry) for entry in shown})
    return [entry.slug for entry in shown]


def _rows(shown: Sequence[Entry], series_id: int) -> dict[Table, list[dict[str, Any]]]:
    stored = {"series_id": series_id, "origin": "content", "content_hash": ""}
    return {
        tables.paper: [{"id": entry.id, **paper_columns(entry.paper)} for entry in shown],
        tables.entry: [{"id": entry.id, **entry_columns(entry), **stored, "paper_id": entry.id} for entry in shown],
        tables.entry_text: [{"entry_id": entry.id, "language": "en", **asdict(entry.text())} for entry in shown],
    }


def _slug(paper: dict[str, Any]) -> str:
    return f"corpus/{paper['id']}"


def _entry(paper: dict[str, Any]) -> Entry:
    return Entry(
        slug=_slug(paper),
        series=_SERIES,
        number=None,
        month=Month.parse(f"20{paper['id'][:2]}-{paper['id'][2:4]}"),
        state=EntryState.PUBLISHED,
        paper=Paper(ArxivId(paper["id"]), None, " ".join(paper["title"].split()), tuple(paper["authors"]), 2025),
        links=(),
        topics=(),
        aliases=(),
        numbers=(),
        panels=(),
        texts={"en": EntryText("", "", "", " ".join(paper["summary"].split()), "")},
    )


def _plain(papers: Sequence[dict[str, Any]]) -> Search:
    """The five best by bm25 over the same documents, any word, with the Porter stemmer."""
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE paper USING fts5(slug UNINDEXED, title, authors, abstract, tokenize='porter')")
    rows = ((_slug(paper), paper["title"], " ".join(paper["authors"]), paper["summary"]) for paper in papers)
    index.executemany("INSERT INTO paper VALUES (?, ?, ?, ?)", rows)

    async def search(typed: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", typed))
        query = "SELECT slug FROM paper WHERE paper MATCH ? ORDER BY rank LIMIT ?"
        return [slug for (slug,) in index.execute(query, (words, AT))]

    return search


def _items(papers: Sequence[dict[str, Any]]) -> Iterator[Item]:
    """The same questions at every run, of several kinds, for papers drawn by chance."""
    chance = random.Random(5)
    frequency = Counter(word for paper in papers for word in set(_words(paper["title"])))
    makers: dict[str, Callable[[dict[str, Any]], str]] = {
        "the two rarest title words": lambda paper: " ".join(
            sorted(_words(paper["title"]), key=frequency.__getitem__)[:2]
        ),
        "three title words in another order": lambda paper: " ".join(chance.sample(_words(paper["title"]), 3)),
        "a surname and a title word": lambda paper: f"{_surname(paper)} {chance.choice(_words(paper['title']))}",
        "five words in a row of the abstract": lambda paper: _row(paper["summary"], chance),
        "the same in quotation marks": lambda paper: f'"{_row(paper["summary"], chance)}"',
        "three title words, one with a slip": lambda paper: _slipped(chance.sample(_words(paper["title"]), 3), chance),
        "three title words, the last cut short": lambda paper: _cut(chance.sample(_words(paper["title"]), 3)),
        "the title with two words left out": lambda paper: " ".join(_without(paper["title"].split(), 2, chance)),
    }
    fit = [paper for paper in papers if len(_words(paper["title"])) >= 4 and len(paper["summary"].split()) > 60]
    for kind, make in makers.items():
        for paper in chance.sample(fit, PER_KIND):
            yield Item(kind, make(paper), _slug(paper))


def _words(text: str) -> list[str]:
    """The words of at least four letters, each once."""
    return list(dict.fromkeys(word.lower() for word in _WORD.findall(text)))


def _surname(paper: dict[str, Any]) -> str:
    return str(paper["authors"][0].split()[-1])


def _row(text: str, chance: random.Random) -> str:
    words = text.split()
    start = chance.randrange(len(words) - 5)
    return " ".join(words[start : start + 5]).replace('"', "")


def _slipped(words: list[str], chance: random.Random) -> str:
    """One slip in the longest word: a letter left out, doubled, swapped with the next, or wrong."""
    longest = max(words, key=len)
    at = chance.randrange(1, len(longest) - 1)
    before, after = longest[:at], longest[at:]
    slips = (
        before + after[1:],
        before + after[0] + after,
        before + after[1] + after[0] + after[2:],
        before + chance.choice("abcdefghijklmnopqrstuvwxyz") + after[1:],
    )
    return " ".join(chance.choice(slips) if word == longest else word for word in words)


def _cut(words: list[str]) -> str:
    return " ".join([*words[:-1], words[-1][: max(3, len(words[-1]) * 2 // 3)]])


def _without(words: list[str], count: int, chance: random.Random) -> list[str]:
    left_out = set(chance.sample(range(len(words)), min(count, len(words) - 2)))
    return [word for at, word in enumerate(words) if at not in left_out]
