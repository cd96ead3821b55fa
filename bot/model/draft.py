"""Owns the draft: an entry that a machine wrote and a person has not approved yet, with what it could show instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.entry import Entry, EntryText
from bot.model.panel import Figure, Panel


class FigurePolicy(StrEnum):
    """Which figures of papers may be shown."""

    OPEN = "open"
    """Those whose licence allows adapting."""
    ANY = "any"
    NONE = "none"


class Role(StrEnum):
    """What a figure shows, as far as its caption and its citing sentences tell."""

    OVERVIEW = "overview"
    METHOD = "method"
    RESULT = "result"
    EXAMPLE = "example"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A figure of the paper that a draft may show.

    Attributes:
        score: The higher, the better as a hero; only good for comparing within one draft.
        may_show: The licence and the policy allow it, or an editor confirmed the right.
        width, height: In pixels of a bitmap; of a vector figure in any unit, for its shape.
    """

    figure: Figure
    role: Role
    score: float
    may_show: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Removal:
    """What the fact guard took out of a text, and why.

    Attributes:
        field: Of the entry's text: ``summary``; with its language where it is not English: ``summary (zh)``.
        text: The sentence that went.
        culprit: The number or name in it that the paper does not have.
    """

    field: str
    text: str
    culprit: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What drafting hands back.

    Attributes:
        entry: Ready to compose; state DRAFT, without a number.
        alternatives: Every figure worth showing, the best hero first; those that *entry* shows are among them.
        files: The bytes of all of these, by sha256.
        removed: What the fact guard took out of the drafted words.
        notes: What an editor should know, one sentence each: a missing source, a licence that is not open.
    """

    entry: Entry
    alternatives: tuple[Alternative, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    removed: tuple[Removal, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a draft said and showed before anybody changed it."""

    texts: Mapping[str, EntryText]
    panels: tuple[Panel, ...]
    panels_in: Mapping[str, tuple[Panel, ...]]

    @classmethod
    def of(cls, entry: Entry) -> "Drafted":
        """What *entry* says and shows."""
        return cls(entry.texts, entry.panels, entry.panels_in)


@dataclass(frozen=True, slots=True)
class DeskDraft:
    """A draft on the editor's desk, or in the queue.

    Attributes:
        entry: With the number it would get now; a draft of a full series has none.
        revision: One more with every change; whoever changes it says which one they saw.
        alternatives: Every figure it may show, the best hero first. Their places are their names.
        editor: Telegram user id of whoever changed it last.
        discarded_at: None unless it was discarded, which can be undone for a while.
    """

    entry: Entry
    revision: int
    alternatives: tuple[Alternative, ...]
    removed: tuple[Removal, ...]
    notes: tuple[str, ...]
    drafted: Drafted
    editor: int
    created_at: datetime
    changed_at: datetime
    discarded_at: datetime | None = None

    @property
    def id(self) -> int:
        """Of its entry, now and ever after."""
        return self.entry.id

    @property
    def shown(self) -> tuple[int, ...]:
        """The places of the alternatives on the collage, in the order of its panels."""
        figures = (panel for panel in self.entry.panels if isinstance(panel, Figure))
        return tuple(place for place in map(self.place_of, figures) if place is not None)

    def place_of(self, figure: Figure) -> int | None:
        """The place of *figure* among the alternatives, whatever its caption and annotations say."""
        found = (place for place, other in enumerate(self.alternatives) if other.figure.shows_same(figure))
        return next(found, None)
