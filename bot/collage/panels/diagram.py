"""Owns diagram panels: a white card with a title, the drawing with its annotations, a caption where there is room."""

import math
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

from bot.collage.annotations.annotate import Aim, Annotated, Ground, annotate
from bot.collage.annotations.strips import Side, Strip
from bot.collage.annotations.targets import node_of
from bot.collage.box import Box, cover
from bot.collage.diagrams.laid import Laid
from bot.collage.diagrams.layout import drawn_size, laid_out, least_height
from bot.collage.frame import Curve, Item, Role, Text
from bot.collage.lettering.measure import Paragraph, paragraph
from bot.collage.lettering.typeset import Ink, set_paragraph
from bot.collage.panels.block import Look, Placed, card
from bot.collage.panels.easing import eased
from bot.collage.themes import Tokens
from bot.model.panel import Diagram

_ROOMY = 1.12  # times the least height of the drawing: then the caption is shown, too
_SPACIOUS = 1.5  # times the least height of the drawing: then the title is large
_ELASTIC = 2.6  # times its least height a drawing fills
_STEEPEST = 0.8  # height by width of the drawing in a card as high as can be
_SHORT_OF = 0.3  # em: how far before its target an arrow ends
_LOOSE = 1.15  # times its own width a drawing fills with the air around it
_WIDE = 2.4  # width by height of a very wide box
_STEP = 12  # design units: boxes whose heights differ by less look alike
_FULL = 0.74  # of the height of its room: a drawing in the middle of so much looks at home


@dataclass(frozen=True, slots=True)
class DiagramBlock:
    """A measured diagram card.

    Attributes:
        is_tight: Do without the title, because there is no other way to show the drawing.
    """

    panel: Diagram
    look: Look
    is_tight: bool = False
    kind: str = "diagram"

    def least(self, width: float) -> float:
        inner = width - 2 * self._padding
        if inner <= 0:
            return math.inf
        return self._head(inner, is_large=False) + self._drawing_least(inner) + 2 * self._padding

    def most(self, width: float) -> float:
        inner = width - 2 * self._padding
        drawing = self._drawing_least(inner)
        if not math.isfinite(drawing):
            return math.inf
        drawing = max(drawing, min(_ELASTIC * drawing, _STEEPEST * inner))
        return self._head(inner, is_large=True) + drawing + self._tail(inner) + 2 * self._padding

    def widest(self, height: float) -> float:
        room = max(1.0, height - self._head(math.inf, is_large=False) - 2 * self._padding)
        return _LOOSE * _flattest(self.panel.drawing, self.look.tokens) * room + 2 * self._padding

    def filled(self, box: Box) -> float:
        room = Box(0, 0, box.width, _STEP * math.ceil(box.height / _STEP)).inset(self._padding)
        is_large, has_tail = self._roominess(room)
        taken = self._head(room.width, is_large=is_large) + (self._tail(room.width) if has_tail else 0.0)
        drawn = drawn_size(self.panel.drawing, self.look.tokens, room.width, room.height - taken)
        if drawn is None:
            return 0.0
        return box.area * min(1.0, drawn[1] / (_FULL * room.height)) * min(1.0, 1.05 * drawn[0] / room.width)

    def place(self, box: Box) -> Placed:
        inner = box.inset(self._padding)
        is_large, has_tail = self._roominess(inner)
        head = self._head(inner.width, is_large=is_large)
        tail = self._tail(inner.width) if has_tail else 0.0
        laid, annotated = self._annotated(Box(inner.x, inner.y + head, inner.width, inner.height - head - tail))
        texts = (*self._title_items(inner, is_large=is_large), *(self._caption_items(inner) if has_tail else ()))
        items = (card(box, self.look), *laid.items, *annotated.items, *texts)
        return Placed(items, laid.box, self._about(laid))

    def _drawing_least(self, width: float) -> float:
        return least_height(self.panel.drawing, self.look.tokens, width)

    def _about(self, laid: Laid) -> str:
        words = [item.text for item in laid.items if isinstance(item, Text)]
        return " ".join((self.panel.title, self.panel.caption, *words))

    def _roominess(self, inner: Box) -> tuple[bool, bool]:
        """Whether there is room for a large title, and for the caption."""
        needed = self._drawing_least(inner.width)
        tail = self._tail(inner.width)
        has_tail = tail > 0 and inner.height - self._head(inner.width, is_large=False) - tail >= _ROOMY * needed
        left = inner.height - self._head(inner.width, is_large=True) - (tail if has_tail else 0.0)
        return left >= _SPACIOUS * needed, has_tail

    # the drawing with its annotations

    def _annotated(self, room: Box) -> tuple[Laid, Annotated]:
        """The drawing with its annotations: in its empty places, or beside it where it has too few of them."""
        return eased(partial(self._tried, room), room, self._texts, self.look, self._suits)

    def _suits(self, part: Box, side: Side) -> bool:
        """True when the drawing fits *part*, which a strip at *side* leaves it."""
        return self._drawing_least(part.width) <= part.height

    def _tried(self, room: Box, part: Box, strip: Strip | None) -> tuple[Laid, Annotated]:
        laid = laid_out(self.panel.drawing, self.look.tokens, self.look.palette, part)
        clear = _SHORT_OF * self.look.tokens.caption
        aims = [
            Aim(text, _target(laid, annotation.to), clear)
            for text, annotation in zip(self._texts, self.panel.annotations, strict=True)
            if node_of(annotation.to)[0] in laid.nodes
        ]
        return laid, annotate(aims, self.look, self._ground(room, laid, strip))

    def _ground(self, room: Box, laid: Laid, strip: Strip | None) -> Ground:
        """Nodes and letters are solid, what nodes stand on is soft, arrows are lines."""
        texts = [item.box for item in laid.items if isinstance(item, Text)]
        solid = [body for name, body in laid.bodies.items() if name not in laid.pictures]
        soft = [laid.nodes[name] for name in sorted(laid.pictures)]
        arrows = [item for item in laid.items if isinstance(item, Curve) and item.role is Role.ARROW]
        lines = tuple(piece for arrow in arrows for piece in pairwise(arrow.points))
        return Ground(room, self.look.palette.card, (*solid, *texts), tuple(soft), lines, strip)

    @property
    def _texts(self) -> list[str]:
        return [self.look.say(each.text, each.shorter) for each in self.panel.annotations]

    # title and caption

    def _head(self, width: float, *, is_large: bool) -> float:
        title = self._title(width, is_large=is_large)
        return title.height + 1.5 * self.look.tokens.gap if title.lines else 0.0

    def _tail(self, width: float) -> float:
        caption = self._caption(width)
        return caption.height + 1.4 * self.look.tokens.gap if caption.lines else 0.0

    def _title(self, width: float, *, is_large: bool) -> Paragraph:
        size = self.look.tokens.chart_title[int(is_large)]
        style = self.look.tokens.style(size, 650, leading=1.22)
        return paragraph("" if self.is_tight else self.panel.title, style, width, balanced=True)

    def _caption(self, width: float) -> Paragraph:
        style = self.look.tokens.style(self.look.tokens.caption, 400, leading=1.3)
        return paragraph(self.look.say(self.panel.caption, self.panel.caption_shorter), style, width)

    def _title_items(self, inner: Box, *, is_large: bool) -> tuple[Item, ...]:
        ink = Ink(Role.CAPTION, self.look.palette.ink, self.look.palette.card)
        return set_paragraph(self._title(inner.width, is_large=is_large), (inner.x, inner.y), ink)

    def _caption_items(self, inner: Box) -> tuple[Item, ...]:
        caption = self._caption(inner.width)
        ink = Ink(Role.CAPTION, self.look.palette.muted, self.look.palette.card)
        return set_paragraph(caption, (inner.x, inner.bottom - caption.height), ink)

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding


@lru_cache(maxsize=64)
def _flattest(drawing: str, tokens: Tokens) -> float:
    """Width by height of the drawing where it has all the width it wants."""
    width = tokens.content_width
    height = max(width / _WIDE, least_height(drawing, tokens, width))
    drawn = drawn_size(drawing, tokens, width, height) if math.isfinite(height) else None
    return drawn[0] / max(1.0, drawn[1]) if drawn else 1.0


def _target(laid: Laid, to: str) -> Box:
    """What an arrow ends at: a place in a node, its shape with its words, or the middle of what others stand on."""
    name, share = node_of(to)
    box = laid.nodes[name]
    if share or name in laid.pictures:
        across, down = share or (0.5, 0.5)
        return Box(box.x + across * box.width, box.y + down * box.height, 0.0, 0.0)
    return cover((box, laid.bodies[name]))
