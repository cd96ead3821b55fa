"""Owns how a frame is read back: which item belongs to which panel, and which lines make a paragraph."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.collage.box import Box, cover
from bot.collage.check.bounds import Bounds, bounds_of
from bot.collage.frame import Frame, Item, PlacedPanel, Role, Shape, Surface, Text

PANEL_TEXT = frozenset({Role.BODY, Role.CAPTION, Role.TAKE_AWAY, Role.ANNOTATION})
"""What is read as prose; labels inside visuals, title, authors and credit are not."""

_SAME_BASELINE = 0.5  # design units
_NEXT_LINE = 1.3  # times the pitch: further down another paragraph begins
_STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Line:
    """The spans that stand on one baseline of a paragraph."""

    spans: tuple[Text, ...]

    @property
    def text(self) -> str:
        return " ".join(span.text for span in self.spans).replace("\u00a0", " ")

    @property
    def box(self) -> Box:
        return cover(span.box for span in self.spans)

    @property
    def baseline(self) -> float:
        return self.spans[0].baseline


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as it stands in the frame.

    Attributes:
        panel: The panel it belongs to; None in the head and the foot.
    """

    lines: tuple[Line, ...]
    panel: PlacedPanel | None

    @property
    def role(self) -> Role:
        return self.lines[0].spans[0].role

    @property
    def size(self) -> float:
        return self.lines[0].spans[0].style.size

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def box(self) -> Box:
        return cover(line.box for line in self.lines)

    @property
    def area(self) -> float:
        """What the paragraph takes of the canvas, with the air between its lines."""
        pitch = self.lines[0].spans[0].style.pitch
        return sum(line.box.width for line in self.lines) * pitch

    @property
    def words(self) -> int:
        return words_in(self.text)

    @property
    def is_prose(self) -> bool:
        """True for what counts as panel text."""
        is_statement = self.role is Role.NUMBER and self.panel is not None and self.panel.kind == _STATEMENT
        return self.role in PANEL_TEXT or is_statement


@dataclass(frozen=True)
class Reading:
    """A frame with what its items make together."""

    frame: Frame

    @property
    def canvas_area(self) -> float:
        return float(self.frame.width * self.frame.height)

    @property
    def css(self) -> float:
        """CSS pixels per design unit where the collage is read."""
        return self.bounds.css_width / self.frame.width

    @cached_property
    def bounds(self) -> Bounds:
        return bounds_of(self.frame.canvas)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        return tuple(item for item in self.frame.items if isinstance(item, Text))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The paragraphs in the order in which they are drawn."""
        return tuple(_passages((text, self.panel_of(text)) for text in self.texts))

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The paragraphs that count as panel text."""
        return tuple(passage for passage in self.passages if passage.is_prose)

    @cached_property
    def cards(self) -> tuple[Surface, ...]:
        """The surfaces that hold others."""
        return tuple(item for item in self.frame.items if isinstance(item, Surface) and item.role is Role.CARD)

    @cached_property
    def grounds(self) -> dict[str, list[Surface | Shape]]:
        """What letters may stand on, by its colour."""
        found: dict[str, list[Surface | Shape]] = {}
        for item in self.frame.items:
            if isinstance(item, Surface | Shape) and item.fill and item.role is not Role.RULE:
                found.setdefault(item.fill, []).append(item)
        return found

    @cached_property
    def _homes(self) -> dict[int, PlacedPanel | None]:
        return {id(item): self._home_of(item) for item in self.frame.items}

    def panel_of(self, item: Item) -> PlacedPanel | None:
        """The panel in which the middle of an item of the frame lies."""
        return self._homes[id(item)]

    def _home_of(self, item: Item) -> PlacedPanel | None:
        box = item.box
        x, y = box.centre_x, box.centre_y
        for panel in self.frame.panels:
            if panel.box.x <= x <= panel.box.right and panel.box.y <= y <= panel.box.bottom:
                return panel
        return None

    def all_text(self, role: Role) -> str:
        """All that is said in *role*, its lines joined by blanks."""
        return " ".join(text.text for text in self.texts if text.role is role).replace("\u00a0", " ")


def words_in(text: str) -> int:
    """The words of *text* that hold a letter or a digit; two characters of a script without blanks make one."""
    words = [word for word in text.split() if any(character.isalnum() for character in word)]
    return sum(1 if _first_wide(word) is None else max(1, _wide_letters(word) // 2) for word in words)


def _first_wide(word: str) -> str | None:
    return next((character for character in word if is_wide(character)), None)


def _wide_letters(word: str) -> int:
    return sum(map(is_wide, word))


def is_wide(character: str) -> bool:
    """True for Chinese characters, kana and the like, of which one says as much as half a word."""
    return "\u2e80" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af" or character >= "\U00020000"


def where(box: Box) -> str:
    """Say where *box* lies, in design units."""
    return f"at {box.x:.0f}, {box.y:.0f} ({box.width:.0f} × {box.height:.0f})"


def quoted(text: str, most: int = 40) -> str:
    """*text* in quotation marks, cut where it is long."""
    return f"“{text}”" if len(text) <= most else f"“{text[: most - 1]}…”"


def named(item: Item) -> str:
    """Say which item is meant, and where it lies."""
    words = f" {quoted(item.text)}" if isinstance(item, Text) else ""
    return f"{item.role}{words} {where(item.box)}"


def clusters(values: Iterable[float], slack: float) -> list[list[float]]:
    """Groups of values of which neighbours differ by at most *slack*, in rising order."""
    ordered = sorted(values)
    groups = [[value] for value in ordered[:1]]
    for before, value in pairwise(ordered):
        if value - before <= slack:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def _passages(texts: Iterable[tuple[Text, PlacedPanel | None]]) -> Iterator[Passage]:
    lines: list[list[Text]] = []
    home: PlacedPanel | None = None
    for text, panel in texts:
        last = lines[-1][-1] if lines else None
        if last and panel is home and _follows(last, text):
            lines[-1].append(text)
        elif last and panel is home and _is_below(lines[-1][0], text):
            lines.append([text])
        else:
            if lines:
                yield Passage(tuple(Line(tuple(line)) for line in lines), home)
            lines, home = [[text]], panel
    if lines:
        yield Passage(tuple(Line(tuple(line)) for line in lines), home)


def _is_alike(one: Text, other: Text) -> bool:
    return one.role is other.role and one.style.size == other.style.size and one.background == other.background


def _follows(last: Text, text: Text) -> bool:
    """True when *text* continues the line of *last*."""
    gap = text.box.x - last.box.right
    return (
        last.role is text.role
        and abs(text.baseline - last.baseline) < _SAME_BASELINE
        and -_SAME_BASELINE <= gap < last.style.size
    )


def _is_below(first: Text, text: Text) -> bool:
    """True when *text* starts the line below the one that *first* starts."""
    down = text.baseline - first.baseline
    is_near = _SAME_BASELINE < down <= _NEXT_LINE * text.style.pitch
    return _is_alike(first, text) and is_near and text.box.x < first.box.right + text.style.size
