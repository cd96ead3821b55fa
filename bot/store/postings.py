"""Owns the inverted index: which entries have a term in their title, among what is known of the paper, in their text.

Entries stand in blocks by id. In each block a term has one bit for each entry and column, so that whoever asks for
several terms has one operation for thirty thousand entries, and so that the newest entries can be asked first.
"""

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from operator import itemgetter, or_
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalogue.document import Document
from bot.store.dialect import upsert
from bot.store.tables import entry, posting

BLOCK = 32_768  # ids: as many bits as 4 KiB have
_AT_ONCE = 500  # SQLite takes a bounded number of variables in one statement

# Raw deflate with small tables: of most terms there is next to nothing to compress, and larger ones take longer to
# set up than that takes. Source: https://zlib.net/manual.html#Advanced
_WINDOW_BITS, _MEMORY = -13, 5
_DENSE = BLOCK // 32  # so many bits are not worth squeezing: as they are, they are read in a tenth of the time


@dataclass(frozen=True, slots=True)
class Posting:
    """Where one term stands in a block: in each column the bit of an entry is set when it has the term there."""

    title: int = 0
    people: int = 0
    text: int = 0

    @property
    def anywhere(self) -> int:
        """The entries that have the term at all."""
        return self.title | self.people | self.text

    def __bool__(self) -> bool:
        return bool(self.anywhere)


@dataclass(frozen=True, slots=True)
class Window:
    """Some blocks, each with the postings of those terms that stand in it.

    Attributes:
        newest: The number of the newest block there is.
    """

    newest: int
    blocks: Mapping[int, Mapping[str, Posting]]

    def newest_first(self) -> list[tuple[int, Mapping[str, Posting]]]:
        """The blocks and their numbers, the newest first."""
        return sorted(self.blocks.items(), key=itemgetter(0), reverse=True)


async def read(conn: AsyncConnection, terms: Sequence[str], *, nearest: int, farthest: int) -> Window:
    """Read the postings of *terms* in some blocks.

    Args:
        nearest: How many of the newest blocks are passed over.
        farthest: How many of the newest blocks there are with those that are read.
    """
    asked = {"terms": terms, "nearest": nearest, "farthest": farthest}
    rows = (await conn.execute(_READ, asked)).all()
    blocks: dict[int, dict[str, Posting]] = defaultdict(dict)
    for _, term, block, *columns in rows:
        if term is not None:
            blocks[block][term] = Posting(*map(unpacked, columns))
    return Window(rows[0].newest, blocks)


async def add(conn: AsyncConnection, documents: Mapping[int, Document]) -> None:
    """Add documents, by the ids of their entries."""
    await _change(conn, documents, or_)


async def remove(conn: AsyncConnection, documents: Mapping[int, Document]) -> None:
    """Take documents out, just as they were added."""
    await _change(conn, documents, lambda there, gone: there & ~gone)


def postings(documents: Mapping[int, Document]) -> dict[int, dict[str, Posting]]:
    """The postings of *documents*, by block and term."""
    places: dict[int, dict[str, tuple[list[int], ...]]] = defaultdict(lambda: defaultdict(lambda: ([], [], [])))
    for entry_id, found in documents.items():
        block, at = divmod(entry_id, BLOCK)
        for column, terms in enumerate((found.title, found.people, found.text)):
            for term in terms.split():
                places[block][term][column].append(at)
    return {
        block: {term: Posting(*map(_bits, columns)) for term, columns in terms.items()}
        for block, terms in places.items()
    }


def packed(bits: int) -> bytes:
    """Make few bytes of *bits*."""
    level = 1 if bits.bit_count() < _DENSE else 0
    packer = zlib.compressobj(level, zlib.DEFLATED, _WINDOW_BITS, _MEMORY)
    return packer.compress(bits.to_bytes((bits.bit_length() + 7) // 8, "little")) + packer.flush()


def unpacked(stored: bytes) -> int:
    """The bits that `packed` made bytes of."""
    return int.from_bytes(zlib.decompress(stored, _WINDOW_BITS), "little")


async def _change(conn: AsyncConnection, documents: Mapping[int, Document], change: Callable[[int, int], int]) -> None:
    for block, changed in postings(documents).items():
        for terms in _batches(list(changed)):
            stored = await _stored(conn, block, terms)
            await _write(
                conn, block, {term: _changed(stored.get(term, Posting()), changed[term], change) for term in terms}
            )


def _changed(there: Posting, other: Posting, change: Callable[[int, int], int]) -> Posting:
    return Posting(*map(change, astuple(there), astuple(other)))


async def _stored(conn: AsyncConnection, block: int, terms: Sequence[str]) -> dict[str, Posting]:
    query = select(posting).where(posting.c.block == block, posting.c.term.in_(terms))
    return {term: Posting(*map(unpacked, columns)) for term, _, *columns in await conn.execute(query)}


async def _write(conn: AsyncConnection, block: int, found: Mapping[str, Posting]) -> None:
    if rows := [row_of(term, block, each) for term, each in found.items() if each]:
        statement = upsert(conn, posting)
        others = {name: statement.excluded[name] for name in ("title", "people", "text")}
        await conn.execute(statement.on_conflict_do_update(index_elements=["term", "block"], set_=others), rows)
    if nobody := [term for term, each in found.items() if not each]:
        await conn.execute(delete(posting).where(posting.c.block == block, posting.c.term.in_(nobody)))


def row_of(term: str, block: int, found: Posting) -> dict[str, Any]:
    """One row of the table."""
    return {
        "term": term,
        "block": block,
        "title": packed(found.title),
        "people": packed(found.people),
        "text": packed(found.text),
    }


def _bits(places: Sequence[int]) -> int:
    bits = bytearray(max(places, default=-1) // 8 + 1)
    for at in places:
        bits[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(bits, "little")


def _batches(terms: Sequence[str]) -> Iterator[Sequence[str]]:
    return (terms[start : start + _AT_ONCE] for start in range(0, len(terms), _AT_ONCE))


# The newest block is told even where no term is found.
_NEWEST = select((func.coalesce(func.max(entry.c.id), 0) // BLOCK).label("newest")).subquery()
_READ = select(_NEWEST.c.newest, posting).join_from(
    _NEWEST,
    posting,
    and_(
        posting.c.term.in_(bindparam("terms", expanding=True)),
        posting.c.block <= _NEWEST.c.newest - bindparam("nearest"),
        posting.c.block > _NEWEST.c.newest - bindparam("farthest"),
    ),
    isouter=True,
)
