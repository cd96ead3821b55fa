"""Owns what was read of the search index and is still true: it stays so until the catalogue has another version."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import postings
from bot.store.postings import Posting, Window
from bot.store.recent import Recent

NEWEST_BLOCKS = 2  # that are read at once, and remembered
_TERMS = 500  # of three times 4 KiB in each block, when they are frequent in a large catalogue: 12 MiB
_ENTRIES = 20_000  # of two small numbers: 4 MiB

Age = tuple[int, int]


class ReadIndex:
    """The postings of terms in the newest blocks, and the ages of entries, as one version of the catalogue has them."""

    def __init__(self) -> None:
        self._newest: int | None = None
        self._postings: Recent[str, Mapping[int, Posting]] = Recent(_TERMS)
        self._ages: dict[int, Age] = {}

    async def window(self, conn: AsyncConnection, terms: Sequence[str]) -> Window:
        """The newest blocks with the postings of *terms*; read is what nobody has asked for lately."""
        known = {term: found for term in terms if (found := self._postings.get(term)) is not None}
        unknown = [term for term in terms if term not in known]
        if unknown or self._newest is None:
            read = await postings.read(conn, unknown, nearest=0, farthest=NEWEST_BLOCKS)
            self._newest = read.newest
            for term in unknown:
                known[term] = {block: found[term] for block, found in read.blocks.items() if term in found}
                self._postings.keep(term, known[term])
        blocks: dict[int, dict[str, Posting]] = {}
        for term, places in known.items():
            for block, posting in places.items():
                blocks.setdefault(block, {})[term] = posting
        return Window(self._newest, blocks)

    def ages(self, ids: Sequence[int]) -> dict[int, Age]:
        """The ages that are known of entries."""
        known = self._ages
        return {entry_id: known[entry_id] for entry_id in ids if entry_id in known}

    def keep_ages(self, ages: Mapping[int, Age]) -> None:
        """Remember ages of entries."""
        if len(self._ages) + len(ages) > _ENTRIES:
            self._ages.clear()
        self._ages.update(ages)
