"""Owns what is due and what fills it: slots, editions, deliveries and their states."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.address import Address
from bot.model.entry import Entry, EntryState, Series


class EditionKind(StrEnum):
    """What an edition is."""

    WEEKLY = "weekly"
    """One entry; its slot is an ISO week, ``2026-W47``."""
    ROUNDUP = "roundup"
    """The entries of a month; its slot is that month, ``2026-11``."""


class EditionState(StrEnum):
    """How far an edition got."""

    OPEN = "open"
    """Its deliveries are written down."""
    HELD = "held"
    """The server refused it for every chat that was tried; a person has to look."""
    SKIPPED = "skipped"
    """The slot came and nothing was sent; the reason is recorded."""


class EmptyQueue(StrEnum):
    """What a weekly slot does when no entry is queued."""

    ARCHIVE = "archive"
    """Send the archive entry that was sent the longest time ago, marked as such."""
    SKIP = "skip"
    """Record the slot as skipped."""


LATEST: Mapping[EditionKind, timedelta] = {
    EditionKind.WEEKLY: timedelta(days=3),
    EditionKind.ROUNDUP: timedelta(days=7),
}
"""How long after a chat's own instant an edition is still worth sending."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What fills a slot.

    Attributes:
        entries: In the order in which they are shown; one for a weekly edition.
        rerun: The entry comes from the archive because the queue was empty.
        reason: Why it is skipped or held.
    """

    id: int
    series: Series
    kind: EditionKind
    slot: str
    state: EditionState
    opened_at: datetime
    entries: tuple[Entry, ...]
    rerun: bool = False
    reason: str | None = None

    @property
    def shown(self) -> tuple[Entry, ...]:
        """Those of its entries that were not withdrawn since."""
        return tuple(entry for entry in self.entries if entry.state is not EntryState.RETRACTED)


class DeliveryState(StrEnum):
    """Where one message of an edition to one chat stands."""

    PENDING = "pending"
    """Not sent; may be tried from `not_before` on."""
    SENDING = "sending"
    """Written down before the request leaves; whoever holds it has a lease."""
    SENT = "sent"
    """The server said so."""
    FAILED = "failed"
    """It will never arrive."""
    IN_DOUBT = "in_doubt"
    """The answer was lost; a person decides."""
    SKIPPED = "skipped"
    """Not tried: it is too late for it, or the chat left, paused or wants other topics, or an earlier part failed."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message (or album) of an edition to one chat.

    Attributes:
        part: 0 for the first message of the edition, then 1, 2, …
        due_at: The chat's own instant for the slot.
        attempts: How often a request left.
        lease_until: How long whoever claimed it may hold it; by this it knows its own claim from a later one.
    """

    id: int
    edition_id: int
    address: Address
    part: int
    due_at: datetime
    attempts: int
    lease_until: datetime
