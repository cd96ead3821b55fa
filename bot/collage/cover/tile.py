"""Owns a tile: one entry on its own colour, its visual above or beside its title and its headline."""

import re
from dataclasses import dataclass, replace

from bot.collage.box import Box
from bot.collage.cover.teaser import Teaser
from bot.collage.frame import Item, Role, Surface, Text, TextStyle
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph
from bot.collage.lettering.typeset import Ink, set_line, set_paragraph
from bot.collage.panels.block import Look
from bot.collage.themes import Palette

_WIDE = 1.55  # times its height: then the visual stands beside the words
_PICTURE_SHARE = 0.5  # of a wide tile
_AFTER_LABEL = 0.75  # em of the label
_ACCENTS = 0.4  # em of the title: accents on its capitals must not touch the label
_AFTER_TITLE = 0.62  # em of the headline, and
_BELOW_TITLE = 0.38  # em of the title, whichever is more
_MOST_PICTURE = 0.72  # of a tile's height: above it the words look lost
_BRIEF = (3, 2)  # lines of a title where many papers share the page
_SMALL_WORD = 3  # letters
_SUBTITLE = re.compile(r"[:?!](?=\s)|\s[-–—](?=\s)")
_NUMERAL = 0.9  # of the smallest big number elsewhere
_SMALL_NUMBER = 0.7  # of the smallest big number elsewhere
_LARGE_NUMBER = 0.6  # of the largest: the month is to be larger still


Words = tuple[tuple[Paragraph, float], ...]
"""Paragraphs with the gap below each."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The type of the words on a tile, in design units.

    Attributes:
        headline: None where it is left out.
    """

    title: float
    headline: float | None


@dataclass(frozen=True, slots=True)
class Tile:
    """What one tile says and may show.

    Attributes:
        place: In the series or in the album: ``27/52``, ``3``; its first number stands large where no visual does.
        look: Of its visual.
        ground: Of the tile itself and of its words; a deep colour in both themes.
    """

    place: str
    byline: str
    title: str
    headline: str
    teasers: tuple[Teaser, ...]
    look: Look
    ground: Palette

    def words_height(self, box: Box, voice: Voice) -> float:
        """The height its words need in *box*; infinite when one of them is wider than the column."""
        width = self._words_width(box)
        if longest_word(self.title, self._title_style(voice)) > width:
            return float("inf")
        return _height(self._words(width, voice))

    def cut_to(self, box: Box, voice: Voice) -> "Tile":
        """The tile with as much of its title as fits *box*, for covers of many papers with long titles."""
        if self.words_height(box, voice) + 2 * self._padding <= box.height:
            return self
        words = self.title.rstrip("…").split(" ")
        kept = " ".join(words[:-1]) if len(words) > 1 else words[0][:-1]
        return replace(self, title=kept.rstrip(" ,:;-–") + "…").cut_to(box, voice) if kept else self

    def shortened(self) -> "Tile":
        """The tile without the subtitle of its paper: ``ConViT: Improving …`` is called ``ConViT``."""
        found = _SUBTITLE.search(self.title)
        return replace(self, title=self.title[: found.end()].rstrip(" :-–—")) if found else self

    def brief(self, box: Box, voice: Voice) -> "Tile":
        """The tile with three lines of its title without subtitle, or two where its visual needs the room."""
        tried = [self.shortened()._cut_to_lines(most, box, voice) for most in _BRIEF]
        return next((tile for tile in tried if tile._shows(box, voice)), tried[0])

    def _shows(self, box: Box, voice: Voice) -> bool:
        """True when the best of its visuals has room."""
        room = self.room(box, self.words_height(box, voice))
        return room is not None and self.choice(room) is next(iter(self.teasers), None)

    def _cut_to_lines(self, most: int, box: Box, voice: Voice) -> "Tile":
        cut, words = self, self.title.split(" ")
        while cut.lines(box, voice) > most and len(words) > 1:
            words = _without_last(words)
            cut = replace(cut, title=" ".join(words).rstrip(" ,:;-–") + "…")
        return cut

    @property
    def is_cut(self) -> bool:
        """True when its title lacks its last words."""
        return self.title.endswith("…")

    def lines(self, box: Box, voice: Voice) -> int:
        """How many lines its title takes."""
        return len(paragraph(self.title, self._title_style(voice), self._words_width(box), balanced=True).lines)

    def room(self, box: Box, words: float) -> Box | None:
        """Where a visual may go above or beside *words* of that height; None when they do not fit."""
        inset = self._inset
        if is_wide(box):
            width = box.width * _PICTURE_SHARE - inset
            return Box(box.x + inset, box.y + inset, width, box.height - 2 * inset) if self._fits(box, words) else None
        if not self._fits(box, words):
            return None
        height = min(box.height - words - 2 * self._padding - inset, _MOST_PICTURE * box.height)
        return Box(box.x + inset, box.y + inset, box.width - 2 * inset, max(0.0, height))

    def choice(self, room: Box) -> Teaser | None:
        """The most telling visual that fits *room*."""
        if room.height <= 0:
            return None
        return next((each for each in self.teasers if each.fits(room)), None)

    def items(self, box: Box, room: Box, voice: Voice) -> tuple[Item, ...]:
        """Lay the tile out in *box* with its visual in *room*, or a numeral where none fits."""
        ground = Surface(box, self.ground.accent, Role.CARD, radius=self.look.tokens.radius + self._inset / 2)
        chosen = self.choice(room)
        if chosen is None:
            return (ground, *self._plain(box, voice))
        return (ground, *chosen.block.place(room).items, *self._beside(box, room, voice))

    def _beside(self, box: Box, room: Box, voice: Voice) -> tuple[Text, ...]:
        """The words beside or below the visual in *room*."""
        width, pad = self._words_width(box), self._padding
        if is_wide(box):
            words = self._with_headline(width, voice, box.height - 2 * pad)
            return self._set(words, (room.right + pad, box.centre_y - _height(words) / 2))
        words = self._with_headline(width, voice, box.bottom - room.bottom - 2 * pad)
        return self._set(words, (box.x + pad, box.bottom - pad - _height(words)))

    def _plain(self, box: Box, voice: Voice) -> tuple[Text, ...]:
        """The words at the bottom, and the numeral at the top where it has room."""
        width, x = box.width - 2 * self._padding, box.x + self._padding
        style = self.look.tokens.style(_NUMERAL * self.look.tokens.number[0], 800, tracking=-0.03)
        baseline = box.y + self._padding + CAP * style.size
        room = box.bottom - baseline - 2 * self._padding
        below = self._with_headline(width, voice, room, label=self.byline)
        if _height(below) <= room:
            ink = Ink(Role.NUMBER, self.ground.soft, self.ground.accent)
            numeral = set_line(self.place.partition("/")[0], (x, baseline), style, ink)
            return (numeral, *self._set(below, (x, box.bottom - self._padding - _height(below))))
        words = self._with_headline(width, voice, box.height - 2 * self._padding)
        return self._set(words, (x, box.bottom - self._padding - _height(words)))

    def _set(self, words: Words, at: tuple[float, float]) -> tuple[Text, ...]:
        roles = (Role.LABEL, Role.TITLE, Role.BODY)
        colours = (self.ground.soft, self.ground.on_accent, self.ground.soft)
        texts: list[Text] = []
        y = at[1]
        for (par, gap), role, colour in zip(words, roles, colours, strict=False):
            texts += set_paragraph(par, (at[0], y), Ink(role, colour, self.ground.accent))
            y += par.height + gap
        return tuple(texts)

    def _with_headline(self, width: float, voice: Voice, height: float, *, label: str = "") -> Words:
        """The words, with the headline also where not every tile has one, if it fits *height*."""
        spoken = replace(voice, headline=voice.headline or self.look.tokens.body[-1])
        words = self._words(width, spoken, label)
        return words if _height(words) <= height + 0.01 else self._words(width, voice, label)

    def _words(self, width: float, voice: Voice, label: str = "") -> Words:
        """Label, title and perhaps the headline, each with the gap below it."""
        tokens = self.look.tokens
        title = paragraph(self.title, self._title_style(voice), width, balanced=True)
        first = (self._label(width, label), max(_AFTER_LABEL * tokens.label, _ACCENTS * voice.title))
        if voice.headline is None or not self.headline:
            return (first, (title, 0.0))
        headline = paragraph(self.headline, tokens.style(voice.headline, 450, leading=1.28), width)
        gap = max(_AFTER_TITLE * voice.headline, _BELOW_TITLE * voice.title)
        return (first, (title, gap), (headline, 0.0))

    def _label(self, width: float, label: str) -> Paragraph:
        """On one line, with fewer words where they do not fit."""
        style = self.look.tokens.style(self.look.tokens.label, 600)
        tried = [paragraph(each, style, width) for each in (label, f"{self.place} · {self.byline}", self.place) if each]
        return next((found for found in tried if len(found.lines) == 1), tried[-1])

    def _title_style(self, voice: Voice) -> TextStyle:
        return self.look.tokens.style(voice.title, 750, leading=1.16, tracking=-0.012)

    def _words_width(self, box: Box) -> float:
        width = box.width * (1 - _PICTURE_SHARE) if is_wide(box) and self.teasers else box.width
        return width - 2 * self._padding

    def _fits(self, box: Box, words: float) -> bool:
        return words + 2 * self._padding <= box.height

    @property
    def _inset(self) -> float:
        return self.look.tokens.gutter / 2

    @property
    def _padding(self) -> float:
        """Around the words: as far from the edge as those in a visual."""
        return self.look.tokens.padding + self._inset


def _without_last(words: list[str]) -> list[str]:
    """The words before the last one; articles and the like are no end for a title."""
    kept = words[:-1]
    while len(kept) > 1 and len(kept[-1]) <= _SMALL_WORD:
        kept = kept[:-1]
    return kept


def _height(words: Words) -> float:
    return sum(par.height + gap for par, gap in words)


def is_wide(box: Box) -> bool:
    """True when a visual stands beside the words of a tile rather than above them."""
    return box.width > _WIDE * box.height


def tile_look(look: Look, *, air: float = 1.0) -> Look:
    """The look of a visual inside a tile: closer, rounder corners, short words.

    Args:
        air: Of the usual distance to the edge of the tile.
    """
    tokens = look.tokens
    inset = tokens.gutter / 2
    small = replace(
        tokens,
        radius=tokens.radius - inset / 2,
        padding=air * (tokens.padding - inset),
        number=(_SMALL_NUMBER * tokens.number[0], _LARGE_NUMBER * tokens.number[1]),
    )
    return replace(look, tokens=small, brevity=2)
