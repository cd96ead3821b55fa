"""Owns the big number: huge on the accent, its meaning and its baseline below or beside it."""

import re
from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.frame import Role, Text, TextStyle
from bot.collage.lettering import fonts
from bot.collage.lettering.coverage import is_square
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph, width_of
from bot.collage.lettering.typeset import Ink, set_line, set_paragraph
from bot.collage.panels.block import Look, Placed, tinted
from bot.model.panel import BigNumber

_PARTS = re.compile(r"(?P<figure>\S*\d\S*)[ \u00a0\u202f]*(?P<unit>[^\W\d_].*|[^\w]?)")
_NO_BREAK = "\u00a0"
_RANGE = "to "  # both ends of a range are as large
_SHORT_UNIT = 1  # characters: a %, a × stays as large as its number
_UNIT_SIZE = 0.46  # of the number's em
_NARROW = 0.6  # of the smallest number: below it the card is too narrow
_FULL = 0.86  # of a wide card's inner height, at most, for the figures
_TALL_WORDS = 1.15  # times the height of the figures beside them: large words may be that high
_AIR = 1.8  # times the area of its lines a card may have and look filled
_BELOW = 0.15  # of the em of the number, between its baseline and the words
_CALM = 9.0  # em: the narrowest column for large words
_BESIDE = 2.6  # wider than this many times its height: the words stand beside the number
_ALMOST = 0.85  # of the size it has above its words: so large the number must be to stand beside them
_NUMBER_SHARE = 0.5  # of a wide card
_TALLEST = 0.92  # of its width: a higher card looks empty


@dataclass(frozen=True, slots=True)
class _Fit:
    """The type of a number card that fits a box."""

    size: float
    meaning: Paragraph
    against: Paragraph | None

    def words_height(self, gap: float) -> float:
        return self.meaning.height + (gap + self.against.height if self.against else 0.0)


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """A measured number card."""

    panel: BigNumber
    look: Look
    kind: str = "number"

    def least(self, width: float) -> float:
        inner = width - 2 * self._padding
        size = self._largest(inner, self.look.tokens.number[0])
        words = longest_word(self.panel.number.meaning, self._words_style(is_large=False))
        if size < _NARROW * self.look.tokens.number[0] or words > inner:
            return float("inf")
        fit = self._fit(inner, size)
        return self._stacked_height(fit) + 2 * self._padding

    def most(self, width: float) -> float:
        inner = width - 2 * self._padding
        fit = self._fit(inner, self._largest(inner, self.look.tokens.number[1]))
        roomy = self._stacked_height(fit) + 3.5 * self._padding
        return max(self.least(width), min(roomy, _TALLEST * width))

    def filled(self, box: Box) -> float:
        inked = sum(item.box.area for item in self.place(box).items[1:])
        return min(box.area, _AIR * inked)

    def place(self, box: Box) -> Placed:
        inner = box.inset(self._padding)
        below, beside = self._below_fit(inner), self._beside_fit(inner)
        is_flat = box.width > _BESIDE * box.height and beside.size >= _ALMOST * below.size
        fits = beside.words_height(self.look.tokens.gap) <= inner.height
        items = self._beside(inner, beside) if is_flat and fits else self._stacked(inner, below)
        return Placed((tinted(box, self.look.palette.accent, self.look), *items), items[0].box)

    def _stacked(self, inner: Box, fit: _Fit) -> tuple[Text, ...]:
        top = inner.y + max(0.0, inner.height - self._stacked_height(fit)) / 2
        words = top + CAP * fit.size + self._gap(fit.size)
        return (*self._figure(inner.x, top + CAP * fit.size, fit.size), *self._words(fit, inner.x, words))

    def _below_fit(self, inner: Box) -> _Fit:
        """The largest number that fits above its words, then the larger words if they fit, too."""
        smallest, largest = self.look.tokens.number
        size = self._largest(inner.width, largest)
        while size > _NARROW * smallest and self._stacked_height(self._fit(inner.width, size)) > inner.height:
            size -= 2
        large = self._fit(inner.width, size, is_large=True)
        if self._is_calm(inner.width) and self._stacked_height(large) <= inner.height:
            return large
        return self._fit(inner.width, size)

    def _beside(self, inner: Box, fit: _Fit) -> tuple[Text, ...]:
        left = inner.x + self._width(fit.size) + 2 * self.look.tokens.gutter
        baseline = inner.centre_y + CAP * fit.size / 2
        words = inner.centre_y - fit.words_height(self.look.tokens.gap) / 2
        return (*self._figure(inner.x, baseline, fit.size), *self._words(fit, left, words))

    def _beside_fit(self, inner: Box) -> _Fit:
        """The largest number that fits beside its words, with the larger words if they are not too high."""
        size = self._largest(inner.width * _NUMBER_SHARE, self.look.tokens.number[1])
        size = min(size, _FULL * inner.height / CAP)
        room = inner.width - self._width(size) - 2 * self.look.tokens.gutter
        large = self._fit(room, size, is_large=True)
        is_low = large.words_height(self.look.tokens.gap) <= _TALL_WORDS * CAP * size
        return large if is_low else self._fit(room, size)

    def _is_calm(self, width: float) -> bool:
        """True when lines of large words still hold enough letters, and no word is cut."""
        style = self._words_style(is_large=True)
        return width >= _CALM * style.size and longest_word(self.panel.number.meaning, style) < width

    def _words_style(self, *, is_large: bool) -> TextStyle:
        return self.look.tokens.style(self.look.tokens.words[is_large], 550, leading=1.25)

    def _figure(self, x: float, baseline: float, size: float) -> tuple[Text, ...]:
        ink = Ink(Role.NUMBER, self.look.palette.on_accent, self.look.palette.accent)
        placed: list[Text] = []
        for text, style, offset in self._parts(size):
            placed.append(set_line(text, (x + offset, baseline), style, ink))
        return tuple(placed)

    def _words(self, fit: _Fit, x: float, top: float) -> tuple[Text, ...]:
        palette = self.look.palette
        meaning = set_paragraph(fit.meaning, (x, top), Ink(Role.BODY, palette.on_accent, palette.accent))
        if fit.against is None:
            return meaning
        below = top + fit.meaning.height + self.look.tokens.gap
        return (*meaning, *set_paragraph(fit.against, (x, below), Ink(Role.CAPTION, palette.soft, palette.accent)))

    def _parts(self, size: float) -> list[tuple[str, TextStyle, float]]:
        """The figure and its unit with their styles and offsets."""
        value = fonts.drawable(self.panel.value)
        match = _PARTS.fullmatch(value)
        if match is None or match["unit"].startswith(_RANGE):
            return [(value, self._style(size), 0.0)]
        figure, unit = match["figure"], match["unit"]
        if len(unit) <= _SHORT_UNIT and not is_square(unit or " "):
            return [(figure + ("\u200a" + unit if unit else ""), self._style(size), 0.0)]
        style = self._style(size)
        return [(figure, style, 0.0), (unit, self._style(size * _UNIT_SIZE), width_of(figure, style) + size * 0.16)]

    def _style(self, size: float) -> TextStyle:
        return self.look.tokens.style(round(size), 750, tracking=-0.025)

    def _width(self, size: float) -> float:
        text, style, offset = self._parts(size)[-1]
        return offset + width_of(text, style)

    def _fall(self, size: float) -> float:
        """How far commas and letters reach below the baseline of the figures."""
        return max(fonts.extent(text, style)[1] for text, style, _ in self._parts(size))

    def _largest(self, width: float, ceiling: float) -> float:
        size = ceiling * min(1.0, width / self._width(ceiling))
        return float(int(size))

    def _fit(self, width: float, size: float, *, is_large: bool = False) -> _Fit:
        number, tokens = self.panel.number, self.look.tokens
        meaning = paragraph(
            self.look.say(number.meaning, number.meaning_shorter),
            self._words_style(is_large=is_large),
            width,
            balanced=True,
        )
        if not (said := self._beneath):
            return _Fit(size, meaning, None)
        small = tokens.style(tokens.words[0] if is_large else tokens.caption, 400, leading=1.28)
        return _Fit(size, meaning, paragraph(said, small, width))

    @property
    def _beneath(self) -> str:
        """How the number follows from others, and what it is read against."""
        number, labels = self.panel.number, self.look.labels
        formula = labels.formula + number.formula.replace(" ", _NO_BREAK) if number.formula else ""
        against = labels.versus + number.against if number.against else ""
        return " · ".join(part for part in (formula, against) if part)

    def _stacked_height(self, fit: _Fit) -> float:
        return CAP * fit.size + self._gap(fit.size) + fit.words_height(self.look.tokens.gap)

    def _gap(self, size: float) -> float:
        return self.look.tokens.gap + max(_BELOW * size, self._fall(size))

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding
