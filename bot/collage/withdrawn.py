"""Owns the picture that stands where one was that has been withdrawn: an empty card that says so, and nothing else."""

from collections.abc import Iterator

from bot.collage.box import Box
from bot.collage.compose import Collage, drawn
from bot.collage.diagrams.shapes import arc, rounded
from bot.collage.frame import Curve, Frame, Item, Role
from bot.collage.labels import labels_of
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.typeset import Align, Ink, set_line
from bot.collage.themes import Palette, Tokens, plain, tokens_of
from bot.model.canvas import Canvas, Theme
from bot.model.language import ENGLISH

_DASH = 14.0  # design units, like the gaps between them
_MARK = 0.75  # radius of the mark above the word, by its em
_APART = 1.5  # from the middle of the mark to the top of the word, by its em


def compose_withdrawn(canvas: Canvas, *, language: str = ENGLISH, theme: Theme = Theme.LIGHT) -> Collage:
    """Compose the picture; equal input gives equal bytes. Takes CPU time: call it in a thread of its own."""
    tokens, palette, word = tokens_of(canvas), plain(theme), labels_of(language).withdrawn
    frame = Frame(
        canvas=tokens.canvas,
        width=tokens.width,
        height=tokens.height,
        margin=min(tokens.margin, tokens.edge) - tokens.stroke,
        scale=tokens.scale,
        paper=palette.paper,
        items=tuple(_items(word, tokens, palette)),
        panels=(),
    )
    return drawn(frame, word)


def _items(word: str, tokens: Tokens, palette: Palette) -> Iterator[Item]:
    page = Box(0, 0, tokens.width, tokens.height)
    card = Box(tokens.margin, tokens.edge, tokens.content_width, tokens.height - 2 * tokens.edge)
    yield Curve(rounded(card, 2 * tokens.radius), palette.line, tokens.stroke, dash=_DASH)
    style = tokens.style(tokens.number[0], 550)
    radius, height = _MARK * style.size, (_MARK + _APART + CAP) * style.size
    top = page.centre_y - height / 2
    x, y = page.centre_x, top + radius
    yield Curve(arc((x, y), (radius, radius)), palette.grey, tokens.stroke * 1.5)
    yield Curve(((x - radius / 2, y), (x + radius / 2, y)), palette.grey, tokens.stroke * 1.5)
    ink = Ink(Role.TITLE, palette.muted, palette.paper)
    yield set_line(word, (x, top + height), style, ink, align=Align.CENTRE)
