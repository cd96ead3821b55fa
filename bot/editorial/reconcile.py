"""Owns what is to be done when the content folder and the database disagree. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.errors import ContentError
from bot.model.entry import Entry, EntryState
from bot.store.entries import StoredEntry, content_hash


@dataclass(frozen=True, slots=True)
class Write:
    """One entry to write.

    Attributes:
        stored: The entry of the database it replaces; None for a new one.
    """

    said: Entry
    stored: StoredEntry | None

    @property
    def settled(self) -> Entry:
        """What to store: the file's word, except that what is published stays published, in the month it got."""
        if self.stored is None or self.stored.state is not EntryState.PUBLISHED:
            return self.said
        return replace(self.said, state=EntryState.PUBLISHED, month=self.said.month or self.stored.month)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load has to do.

    Attributes:
        remove: Entries whose folder is gone and that nobody has seen.
        keep: Entries whose folder is gone, but that readers have.
    """

    writes: tuple[Write, ...]
    remove: tuple[StoredEntry, ...]
    keep: tuple[StoredEntry, ...]
    unchanged: int

    @property
    def notes(self) -> tuple[str, ...]:
        """Where the files and the database disagreed, one sentence each."""
        kept = (f"{row.slug} has lost its folder; readers have it, so it stays." for row in self.keep)
        return (*filter(None, map(_state_note, self.writes)), *kept)


def plan(said: Sequence[Entry], stored: Sequence[StoredEntry]) -> Plan:
    """Compare what the files say with what is stored.

    Raises:
        ContentError: An entry claims the number of one that readers have and whose folder is gone.
    """
    pairs = _paired(said, stored)
    known = {pair.stored.id for pair in pairs if pair.stored}
    vanished = [row for row in stored if row.origin == "content" and row.id not in known]
    keep = tuple(row for row in vanished if row.held)
    _refuse_taken_numbers(said, keep)
    writes = tuple(filter(_is_changed, pairs))
    remove = tuple(row for row in vanished if not row.held)
    return Plan(writes, remove, keep, unchanged=len(pairs) - len(writes))


def _paired(said: Sequence[Entry], stored: Iterable[StoredEntry]) -> list[Write]:
    """By slug, else, where a folder was renamed, by paper."""
    slugs = {entry.slug for entry in said}
    by_slug = {row.slug: row for row in stored}
    lost = {
        (row.series, row.arxiv_id): row for row in by_slug.values() if row.slug not in slugs and row.origin == "content"
    }
    return [
        Write(entry, by_slug.get(entry.slug) or lost.get((entry.series.slug, entry.paper.arxiv_id))) for entry in said
    ]


def _is_changed(pair: Write) -> bool:
    if pair.stored is None or (pair.stored.slug, pair.stored.origin) != (pair.said.slug, "content"):
        return True
    return pair.stored.content_hash != content_hash(pair.said)


def _state_note(write: Write) -> str | None:
    said, stored = write.said, write.stored
    order = list(EntryState)
    if stored is None or order.index(said.state) >= order.index(stored.state):
        return None
    if stored.state is EntryState.PUBLISHED:
        return f"{said.slug} is {said.state} in its file, but readers have it, so it stays published."
    return f"{said.slug} went back from {stored.state} to {said.state}, as its file says."


def _refuse_taken_numbers(said: Iterable[Entry], kept: Iterable[StoredEntry]) -> None:
    taken = {(row.series, row.number): row.slug for row in kept if row.number is not None}
    clashes = [(entry, taken[key]) for entry in said if (key := (entry.series.slug, entry.number)) in taken]
    if clashes:
        lines = (
            f"{entry.slug}: number {entry.number} belongs to {owner}, which readers have but whose folder is gone. "
            "Bring that folder back, or choose another number."
            for entry, owner in clashes
        )
        raise ContentError("\n".join(lines))
