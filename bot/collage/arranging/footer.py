"""Owns the foot of a collage: the take-away, the credit, and where it is not in the head the QR code."""

from collections.abc import Sequence

from bot.collage import qr
from bot.collage.arranging.header import Strip
from bot.collage.box import Box
from bot.collage.frame import Item, Role, Surface, Text
from bot.collage.lettering.measure import Paragraph, paragraph
from bot.collage.lettering.typeset import Align, Ink, set_paragraph
from bot.collage.panels.block import Look
from bot.collage.spec import Spec
from bot.model.canvas import Canvas

_CREDIT_LINES = 2
_CODE_LEAST, _CODE_ROOM = 166.0, 210.0  # design units


def footer(spec: Spec, credit: Sequence[str], look: Look) -> Strip:
    """Lay out the foot, from the bottom edge upwards.

    Args:
        credit: Every way to say it, the fullest first; shown is the first that takes two lines at most.
    """
    if look.tokens.canvas is Canvas.SLIDE:
        return _wide(spec, credit, look)
    return _with_code(spec, credit, look)


def _wide(spec: Spec, credit: Sequence[str], look: Look) -> Strip:
    tokens = look.tokens
    lines = _credit(credit, look, tokens.content_width)
    take_away = _take_away(spec, look, tokens.content_width)
    top = tokens.height - tokens.edge - lines.height
    height = take_away.height + 1.35 * tokens.take_away
    bar = Box(tokens.margin, top - tokens.gap * 1.2 - height, tokens.content_width, height)
    return Strip((*_bar(take_away, bar, look), *_credit_lines(lines, top, look)), bar.y - tokens.gutter)


def _with_code(spec: Spec, credit: Sequence[str], look: Look) -> Strip:
    """Bar and credit on the left, as high together as the code on the right."""
    tokens = look.tokens
    room = _code_room(spec, credit, look)
    side = _code(spec, look, top=0.0, room=room).box.height
    lines, take_away, needed = _left(spec, credit, look, side)
    height = max(side, needed)
    top = tokens.height - tokens.edge - height
    bar = Box(tokens.margin, top, _left_width(look, side), height - _gap(look) - lines.height)
    sign = _code(spec, look, top=top + (height - side) / 2, room=room)
    words = (*_bar(take_away, bar, look), *_credit_lines(lines, bar.bottom + _gap(look), look))
    return Strip((*words, *sign.items), top - max(tokens.gutter, sign.quiet))


def _code(spec: Spec, look: Look, *, top: float, room: float) -> qr.Sign:
    return qr.sign(spec.url, look, right=look.tokens.width - look.tokens.margin, top=top, room=room)


def _code_room(spec: Spec, credit: Sequence[str], look: Look) -> float:
    """How large the code may be: as high as the words beside it, within limits."""
    *_, height = _left(spec, credit, look, _CODE_LEAST)
    return min(max(_CODE_LEAST, height), _CODE_ROOM)


def _left(spec: Spec, credit: Sequence[str], look: Look, side: float) -> tuple[Paragraph, Paragraph, float]:
    """Credit and take-away beside a code *side* wide, and the height both need."""
    width = _left_width(look, side)
    lines, take_away = _credit(credit, look, width), _take_away(spec, look, width)
    return lines, take_away, take_away.height + 1.3 * look.tokens.take_away + _gap(look) + lines.height


def _left_width(look: Look, side: float) -> float:
    return look.tokens.content_width - side - 1.25 * look.tokens.gutter


def _gap(look: Look) -> float:
    """Between bar and credit."""
    return look.tokens.gap * 1.25


def _bar(take_away: Paragraph, bar: Box, look: Look) -> tuple[Item, ...]:
    palette = look.palette
    ink = Ink(Role.TAKE_AWAY, palette.on_bar, palette.bar)
    top = bar.centre_y - (take_away.height - 0.12 * take_away.size) / 2
    texts = set_paragraph(take_away, (bar.centre_x, top), ink, align=Align.CENTRE)
    return (Surface(bar, palette.bar, Role.CARD, radius=look.tokens.radius), *texts)


def _take_away(spec: Spec, look: Look, width: float) -> Paragraph:
    style = look.tokens.style(look.tokens.take_away, 600, leading=1.25)
    words = look.say(spec.take_away[0], spec.take_away[1:])
    return paragraph(words, style, width - 3 * look.tokens.padding, balanced=True)


def _credit(credit: Sequence[str], look: Look, width: float) -> Paragraph:
    style = look.tokens.style(look.tokens.credit, 450, leading=1.28)
    tried = (paragraph(words, style, width) for words in credit)
    return next((found for found in tried if len(found.lines) <= _CREDIT_LINES), paragraph(credit[-1], style, width))


def _credit_lines(lines: Paragraph, top: float, look: Look) -> tuple[Text, ...]:
    ink = Ink(Role.CREDIT, look.palette.muted, look.palette.paper)
    return set_paragraph(lines, (look.tokens.margin, top), ink)
