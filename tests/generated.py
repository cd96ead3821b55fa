"""Generated entries, thousands a second, in a database of either kind: for laws and for the bench.

Words are as frequent as in a language (Zipf): the first stands in most documents, most stand in a few.
"""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TypeAlias

import psycopg
from sqlalchemy.engine import make_url

from bot.catalogue.document import Document, month_term, year_term
from bot.catalogue.terms import stem
from bot.store import catalogue_version, postings, search

_LETTERS = "bcdfghjklmnpqrstvwxz"
_HAN = [chr(0x4E00 + 7 * number) for number in range(400)]


Row: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Generated:
    """One entry: where it stands in the archive, and what can be searched of it."""

    id: int
    month: str
    number: int | None
    document: Document


def words(count: int) -> list[str]:
    """That many words, the first the most frequent; none is changed by taking off its ending."""
    found: dict[str, None] = {}
    letters = random.Random(1)
    while len(found) < count:
        word = (
            "".join(letters.choices(_LETTERS, k=2)) + letters.choice("aiou") + "".join(letters.choices(_LETTERS, k=4))
        )
        if stem(word) == word:
            found[word] = None
    return list(found)


class Language:
    """Words and how often each is said."""

    def __init__(self, size: int) -> None:
        self.words = words(size)
        self._weights = list(accumulate(1 / (rank + 6) for rank in range(size)))
        self._pairs = list(accumulate(1 / (rank + 3) for rank in range(len(_HAN))))

    @property
    def pairs(self) -> list[str]:
        """Some pairs of characters, the most frequent first."""
        return [_HAN[at] + _HAN[at + 1] for at in range(40)]

    def say(self, chance: random.Random, count: int) -> list[str]:
        """Some words, each once."""
        return list(dict.fromkeys(chance.choices(self.words, cum_weights=self._weights, k=count)))

    def say_in_chinese(self, chance: random.Random, count: int) -> list[str]:
        """Some pairs of characters, each once."""
        run = chance.choices(_HAN, cum_weights=self._pairs, k=count + 1)
        return list(dict.fromkeys(run[at] + run[at + 1] for at in range(count)))


def entries(count: int, language: Language, *, apart: int = 1) -> Iterator[Generated]:
    """That many entries, the oldest first, their ids so far *apart*."""
    chance = random.Random(1)
    for number in range(1, count + 1):
        year = 1990 + number * 36 // (count + 1)
        month = chance.randint(1, 12)
        title, people = language.say(chance, 9), [*language.say(chance, 5), f"topic{language.say(chance, 1)[0]}"]
        said = [*language.say(chance, 90), *language.say_in_chinese(chance, 30)]
        people += [str(year), month_term(year, month), year_term(year)]
        every = " ".join(dict.fromkeys([*title, *people, *said]))
        found = Document(" ".join(title), " ".join(people), " ".join(said), every)
        yield Generated(number * apart, f"{year}-{month:02d}", number if chance.random() < 0.5 else None, found)


def fill(url: str, made: Iterable[Generated]) -> None:
    """Write generated entries, the oldest first, into an empty database that is up to date.

    They go past the machinery of entries, into the same rows: its statements, one entry after the other, take hours
    for a million.
    """
    address = make_url(url)
    filler = _Sqlite(str(address.database)) if address.get_backend_name() == "sqlite" else _Postgresql(url)
    counted: Counter[str] = Counter()
    for _, block in groupby(made, key=lambda one: one.id // postings.BLOCK):
        some = list(block)
        for table, rows in written(some).items():
            filler.write(table, _COLUMNS[table], rows)
        for one in some:
            counted.update(one.document.words.split())
    filler.write("vocabulary", _COLUMNS["vocabulary"], list(counted.items()))
    filler.write("installation", _COLUMNS["installation"], [(catalogue_version.KEY, "generated")])
    filler.end()


def written(block: Sequence[Generated]) -> dict[str, list[Row]]:
    """The rows of entries that stand in one block of the index, by table."""
    return {**{table: [row(one) for one in block] for table, row in _ROWS.items()}, "posting": _postings(block)}


_SERIES = (1, "generated", "Generated", "", None, False, "UTC", None, None, None)
_COLUMNS = {
    "paper": "id, arxiv_id, title, authors, year, licence",
    "entry": "id, slug, series_id, number, month, state, paper_id, links, aliases, numbers, panels, origin,"
    " content_hash",
    "entry_text": "entry_id, language, headline, question, key_idea, summary, take_away, key_insights",
    "entry_document": "entry_id, title, people, text, words",
    "posting": "term, block, title, people, text",
    "vocabulary": "word, documents",
    "installation": "key, value",
}


def _paper(one: Generated) -> Row:
    arxiv_id = f"{one.id // 99999:04d}.{one.id % 99999:05d}"
    return one.id, arxiv_id, one.document.title.capitalize(), '["A. Author"]', int(one.month[:4]), ""


def _entry(one: Generated) -> Row:
    place = (one.id, f"generated/{one.id}", 1, one.number, one.month, "published", one.id)
    return (*place, "[]", "[]", "[]", "[]", "content", "")


def _text(one: Generated) -> Row:
    title = one.document.title.capitalize()
    return one.id, "en", title, title, title, title, title, "[]"


def _document(one: Generated) -> Row:
    return tuple(search.row_of(one.id, one.document).values())


_ROWS: dict[str, Callable[[Generated], Row]] = {
    "paper": _paper,
    "entry": _entry,
    "entry_text": _text,
    "entry_document": _document,
}


def _postings(some: Sequence[Generated]) -> list[Row]:
    """In the order of the table's key, so that what lies together is written together."""
    ((block, found),) = postings.postings({one.id: one.document for one in some}).items()
    return [tuple(postings.row_of(term, block, found[term]).values()) for term in sorted(found)]


class _Sqlite:
    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000;")
        self._connection.execute(f"INSERT INTO series VALUES ({_marks(_SERIES, '?')})", _SERIES)

    def write(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({_marks(rows[0], '?')})", rows)

    def end(self) -> None:
        self._connection.commit()
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.close()


class _Postgresql:
    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url)
        self._connection.execute(f"INSERT INTO series VALUES ({_marks(_SERIES, '%s')})", _SERIES)

    def write(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        with self._connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def end(self) -> None:
        self._connection.commit()
        self._connection.autocommit = True
        self._connection.execute("VACUUM ANALYZE")
        self._connection.close()


def _marks(row: Row, mark: str) -> str:
    return ", ".join([mark] * len(row))
