"""Owns equation panels: the formula large and centred on a tint, its parts named, its caption below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.collage.box import Box, cover
from bot.collage.formulas.equation import typeset
from bot.collage.formulas.terms import broken
from bot.collage.frame import Formula, Item, Role
from bot.collage.lettering.measure import Paragraph, paragraph
from bot.collage.lettering.typeset import Align, Ink, set_paragraph
from bot.collage.panels.block import Look, Placed, content_area, tinted
from bot.collage.panels.formula import Line, lines_of
from bot.model.panel import Equation

_COMFORT = 1.25  # times the smallest em: below it a shorter or a broken form is better
_LAST_RESORT = 0.75  # of the smallest em: still legible when the picture fills the screen
_LARGE = 0.6  # of the largest em
_AIR = 3.0  # paddings of air that a large card may show above and below the formula
_LINE_GAP = 0.55  # em of the formula between the two lines of a broken one


@dataclass(frozen=True, slots=True)
class _Set:
    """A formula at the size at which it fits a width; *em* is 0 where its parts cannot be named."""

    lines: tuple[Line, ...]
    em: float

    @property
    def height(self) -> float:
        return sum(line.height for line in self.lines) + self.gap * (len(self.lines) - 1)

    @property
    def gap(self) -> float:
        return _LINE_GAP * self.em


@dataclass(frozen=True, slots=True)
class EquationBlock:
    """A measured equation card.

    Attributes:
        is_tight: Accept a formula below the usual floor, because there is no other way to show it.
    """

    panel: Equation
    look: Look
    is_tight: bool = False
    kind: str = "equation"

    def least(self, width: float) -> float:
        found = self._set(width - 2 * self._padding)
        floor = self.look.tokens.equation[0] * (_LAST_RESORT if self.is_tight else 1.0)
        if found.em < floor:
            return float("inf")
        return self._content_height(found, width) + 2 * self._padding

    def most(self, width: float) -> float:
        return self.least(width) + _AIR * self._padding

    def filled(self, box: Box) -> float:
        return content_area(self.place(box).items[1:], box, 1.25 * self._padding)

    def place(self, box: Box) -> Placed:
        palette = self.look.palette
        found = self._set(box.width - 2 * self._padding)
        top = box.y + max(0.0, box.height - self._content_height(found, box.width)) / 2
        drawn = tuple(self._drawn(found, box.x + self._padding, top))
        caption = set_paragraph(
            self._caption(found, box.width),
            (box.centre_x, top + found.height + self._gap),
            Ink(Role.CAPTION, palette.muted, palette.tint),
            align=Align.CENTRE,
        )
        visual = cover(item.box for item in drawn)
        names = " ".join(term.label for term in self.panel.terms)
        about = f"{self.panel.caption} {names}".strip()
        return Placed((tinted(box, palette.tint, self.look), *drawn, *caption), visual, about)

    def _drawn(self, found: _Set, left: float, top: float) -> Iterator[Item]:
        palette = self.look.palette
        for line in found.lines:
            size = typeset(line.latex, palette.ink)
            at = Box(left + line.x, top + line.rise, size.width * found.em, size.height * found.em)
            yield Formula(line.latex, at, palette.ink, palette.tint)
            yield from line.names(left, at, palette.tint)
            top += line.height + found.gap

    def _set(self, width: float) -> _Set:
        """The long form where it is comfortable to read, else the short one, else the long one on two lines."""
        comfort = _COMFORT * self.look.tokens.equation[0]
        found: list[_Set] = []
        for form in self._forms():
            found.append(self._at(form, width))
            if found[-1].em >= comfort:
                return found[-1]
        best = max(found, key=lambda each: each.em)
        if best.em == 0.0 and self.is_tight:
            return self._at((self.panel.latex,), width, is_named=False)
        return best

    def _forms(self) -> Iterator[tuple[str, ...]]:
        yield (self.panel.latex,)
        if self.panel.short is not None:
            yield (self.panel.short,)
        if lines := broken(self.panel.latex):
            yield lines

    def _at(self, form: Sequence[str], width: float, *, is_named: bool = True) -> _Set:
        widest = max(typeset(line, self.look.palette.ink).width for line in form)
        em = min(self.look.tokens.equation[1], width / widest)
        lines = lines_of(form, self.panel.terms if is_named else (), self.look, em=em, width=width)
        return _Set(lines, em if lines else 0.0)

    def _content_height(self, found: _Set, width: float) -> float:
        return found.height + self._gap + self._caption(found, width).height

    def _caption(self, found: _Set, width: float) -> Paragraph:
        """The caption; below a large formula it is as large as running text."""
        tokens = self.look.tokens
        is_large = found.em > _LARGE * tokens.equation[1]
        style = tokens.style(tokens.body_start if is_large else tokens.caption, 450, leading=1.3)
        return paragraph(
            self.look.say(self.panel.caption, self.panel.caption_shorter),
            style,
            width - 2 * self._padding,
            balanced=True,
        )

    @property
    def _gap(self) -> float:
        return self.look.tokens.gap * 2

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding
