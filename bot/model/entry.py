"""Owns the entry: our write-up of one paper in one series."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.model.language import ENGLISH
from bot.model.month import Month
from bot.model.panel import Number, Panel, Shorter
from bot.model.paper import Link, LinkKind, Paper


class EntryState(StrEnum):
    """Where an entry is on its way."""

    DRAFT = "draft"
    """Somebody is still writing it; nobody outside sees it."""
    QUEUED = "queued"
    """Approved; waits for the next weekly slot of its series."""
    PUBLISHED = "published"
    """Readers have it; it can be found."""
    RETRACTED = "retracted"
    """Readers had it; its editors withdrew it, so it can be found no more. A correction brings it back."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject keyword of the closed list, with the other words people type for it.

    Attributes:
        names: What it is called in other languages, by language code.
    """

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, hash=False)

    def name_in(self, language: str) -> str:
        """What it is called in *language*, or in English where that is not known."""
        return self.names.get(language, self.name)

    @property
    def every_name(self) -> tuple[str, ...]:
        """Whatever people may type for it, each once."""
        return tuple(dict.fromkeys((self.name, self.slug, *self.names.values(), *self.aliases)))


@dataclass(frozen=True, slots=True)
class Series:
    """A named run of entries with its own rhythm and numbering.

    Attributes:
        total: How many numbers the run is meant to have (the 52 in ``27/52``); None when open-ended or unnumbered.
        timezone: IANA zone in which its moments are meant.
        weekly_at: ``mon 09:00``; None when the series posts no weekly pick.
        roundup_at: ``last 18:00`` or ``1 09:00`` (day of month, time); None when it posts no roundup.
        insights: True when its entries say *Why* and *Key insights*.
    """

    slug: str
    name: str
    description: str
    timezone: str
    weekly_at: str | None
    roundup_at: str | None
    total: int | None = None
    insights: bool = False
    since: Month | None = None


@dataclass(frozen=True, slots=True)
class EntryText:
    """What an entry says in one language. Plain text, no markup.

    Attributes:
        headline: At most 12 words.
        question: What the paper asks, one or two sentences.
        key_idea: At most 25 words.
        summary: One paragraph, 80 to 105 words, at most 680 characters.
        take_away: At most 16 words.
        why: Why it was picked; series with insights only.
        key_insights: What to take home, one statement each; series with insights only.
        shorter: Shorter ways to say ``question``, ``key_idea`` and ``take_away``, the longest first.
    """

    headline: str
    question: str
    key_idea: str
    summary: str
    take_away: str
    why: str | None = None
    key_insights: tuple[str, ...] = ()
    shorter: Mapping[str, Shorter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """Our write-up of one paper in one series.

    Attributes:
        slug: Folder-like name, unique over all series: ``ml-collage/27-convit``.
        number: Its number in a numbered series, else None.
        month: The label of the roundup that holds it; None until it is first published.
        panels: What its collage shows, the hero first; none lets the composer choose.
        panels_in: The same in other languages, by language code.
        accent: The hue of its collage as ``#rrggbb``; None lets the composer choose.
        aliases: Other names people type for it (``DALL-E``); with the topics' aliases they feed the search.
        texts: By language code; English is always there.
        id: Its row in the database; 0 for an entry that is not stored.
    """

    slug: str
    series: Series
    number: int | None
    month: Month | None
    state: EntryState
    paper: Paper
    links: tuple[Link, ...]
    topics: tuple[Topic, ...]
    aliases: tuple[str, ...]
    numbers: tuple[Number, ...]
    panels: tuple[Panel, ...]
    texts: Mapping[str, EntryText] = field(default_factory=dict)
    accent: str | None = None
    panels_in: Mapping[str, tuple[Panel, ...]] = field(default_factory=dict)
    id: int = 0

    def text(self, language: str = ENGLISH) -> EntryText:
        """The texts in *language*, or in English where the entry does not speak it."""
        return self.texts.get(language) or self.texts[ENGLISH]

    def spoken_in(self, language: str) -> str:
        """*language* where the entry speaks it, else English."""
        return language if language in self.texts else ENGLISH

    def panels_for(self, language: str = ENGLISH) -> tuple[Panel, ...]:
        """The panels in *language*, or in English where they are not said in it."""
        return self.panels_in.get(language) or self.panels

    @property
    def badge(self) -> str:
        """The series with the entry's place in it: ``ML-Collage 27/52``, ``Best of arXiv · 2021-03``."""
        if self.number is not None:
            return f"{self.series.name} {self.number}" + (f"/{self.series.total}" if self.series.total else "")
        return f"{self.series.name} · {self.month}" if self.month else self.series.name

    @property
    def all_links(self) -> tuple[Link, ...]:
        """The paper first, then the others in the order of `LinkKind`."""
        order = list(LinkKind)
        others = sorted(
            (link for link in self.links if link.kind is not LinkKind.PAPER), key=lambda link: order.index(link.kind)
        )
        return (Link(LinkKind.PAPER, self.paper.url), *others)
