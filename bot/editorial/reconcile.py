"""Owns what is to be done when the content folder and the database disagree. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.errors import ContentError
from bot.model.entry import Entry, EntryState
from bot.store.entries import StoredEntry, content_hash

_OUT = (EntryState.PUBLISHED, EntryState.RETRACTED)
"""The states of what readers have, or had."""


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
        """What to store: the file's word, except that what is published stays so, in its month and with its number.

        What was withdrawn stays that, too: whoever corrects a word in a file does not mean to show it again.
        """
        if self.stored is None or self.stored.state not in _OUT:
            return self.said
        month = self.said.month or self.stored.month
        return replace(self.said, state=self.stored.state, month=month, number=self._number(self.stored))

    def _number(self, readers_have: StoredEntry) -> int | None:
        """The number of what is published: an entry from a file may be renumbered, one from a chat has its own."""
        numbers = (self.said.number, readers_have.number)
        first, second = reversed(numbers) if readers_have.origin == "chat" else numbers
        return second if first is None else first


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
        born = (write for write in self.writes if write.stored and write.stored.origin == "chat")
        moved = (f"{write.said.slug} was born in a chat; from now on it is edited in its file." for write in born)
        kept = (f"{row.slug} has lost its folder; readers have it, so it stays." for row in self.keep)
        notes = (*map(_state_note, self.writes), *map(_number_note, self.writes))
        return (*filter(None, notes), *moved, *kept)


def plan(said: Sequence[Entry], stored: Sequence[StoredEntry]) -> Plan:
    """Compare what the files say with what is stored.

    What was born in a chat is left alone, unless a file speaks of the same paper in the same series: then it is that
    entry from now on.

    Raises:
        ContentError: An entry claims the number of one that readers have and whose folder does not say it, or the
            name of one that was born in a chat.
    """
    pairs = _paired(said, stored)
    known = {pair.stored.id for pair in pairs if pair.stored}
    others = [row for row in stored if row.id not in known]
    vanished = [row for row in others if row.origin == "content"]
    keep = tuple(row for row in vanished if row.held)
    _refuse_taken_names(said, others)
    _refuse_taken_numbers(pairs, [row for row in others if row.held])
    writes = tuple(filter(_is_changed, pairs))
    remove = tuple(row for row in vanished if not row.held)
    return Plan(writes, remove, keep, unchanged=len(pairs) - len(writes))


def _paired(said: Sequence[Entry], stored: Iterable[StoredEntry]) -> list[Write]:
    """By slug, else, where a folder was renamed or the entry was born in a chat, by paper."""
    slugs = {entry.slug for entry in said}
    by_slug = {row.slug: row for row in stored}
    by_paper = {(row.series, row.arxiv_id): row for row in by_slug.values() if row.slug not in slugs}
    pairs = []
    for entry in said:
        named, same = by_slug.get(entry.slug), by_paper.get((entry.series.slug, entry.paper.arxiv_id))
        if named and named.origin == "chat" and named.arxiv_id != entry.paper.arxiv_id:
            named = None
        pairs.append(Write(entry, named or same))
    return pairs


def _is_changed(pair: Write) -> bool:
    if pair.stored is None or (pair.stored.slug, pair.stored.origin) != (pair.said.slug, "content"):
        return True
    return pair.stored.content_hash != content_hash(pair.said)


def _state_note(write: Write) -> str | None:
    said, stored = write.said, write.stored
    order = list(EntryState)
    if stored is not None and stored.state is EntryState.RETRACTED:
        return f"{said.slug} was withdrawn, so its new text is kept and not shown; /correct in a chat brings it back."
    if stored is not None and (said.state, stored.state) == (EntryState.RETRACTED, EntryState.PUBLISHED):
        return f"{said.slug} is retracted in its file, but readers have it; /retract in a chat withdraws it."
    if stored is None or order.index(said.state) >= order.index(stored.state):
        return None
    if stored.state is EntryState.PUBLISHED:
        return f"{said.slug} is {said.state} in its file, but readers have it, so it stays published."
    return f"{said.slug} went back from {stored.state} to {said.state}, as its file says."


def _number_note(write: Write) -> str | None:
    said, number = write.said, write.settled.number
    if said.number in (None, number):
        return None
    return (
        f"{said.slug} has the number {said.number} in its file, but readers have it as {number}, so it stays that; "
        f"write {number} there."
    )


def _refuse_taken_names(said: Iterable[Entry], others: Iterable[StoredEntry]) -> None:
    born = {row.slug for row in others if row.origin == "chat"}
    clashes = [entry.slug for entry in said if entry.slug in born]
    if clashes:
        lines = (
            f"{slug}: an entry about another paper was born in a chat under this name. Rename the folder."
            for slug in clashes
        )
        raise ContentError("\n".join(lines))


def _refuse_taken_numbers(pairs: Sequence[Write], others: Iterable[StoredEntry]) -> None:
    """Make sure that nobody claims the number of one that readers have and whose folder, if any, does not say it."""
    silent = [pair for pair in pairs if pair.settled.number != pair.said.number]
    taken = {(row.series, row.number): _whose(row) for row in others}
    for pair in silent:
        whose = f"belongs to {pair.said.slug}, which readers have. Choose another number."
        taken[pair.said.series.slug, pair.settled.number] = whose
    claims = [pair.said for pair in pairs if pair not in silent and pair.said.number is not None]
    clashes = [(entry, taken[key]) for entry in claims if (key := (entry.series.slug, entry.number)) in taken]
    if clashes:
        raise ContentError("\n".join(f"{entry.slug}: number {entry.number} {whose}" for entry, whose in clashes))


def _whose(row: StoredEntry) -> str:
    if row.origin == "chat":
        return f"belongs to {row.slug}, which was born in a chat and readers have. Choose another number."
    return (
        f"belongs to {row.slug}, which readers have but whose folder is gone. "
        "Bring that folder back, or choose another number."
    )
