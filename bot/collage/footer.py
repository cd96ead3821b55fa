"""Owns the foot of a collage: the take-away, the credit, and on a portrait the QR code."""

from dataclasses import replace

from bot.collage.frame import Box, Code, Item, Role, Surface, Text
from bot.collage.header import Strip, place_code
from bot.collage.measure import Paragraph, paragraph
from bot.collage.panels.block import Look
from bot.collage.spec import Spec
from bot.collage.typeset import Align, Ink, set_paragraph
from bot.model.canvas import Canvas

_CODE_LEAST, _CODE_ROOM = 166.0, 210.0  # design units


def footer(spec: Spec, credit: str, look: Look) -> Strip:
    """Lay out the foot, from the bottom edge upwards."""
    if look.tokens.canvas is Canvas.SLIDE:
        return _wide(spec, credit, look)
    return _with_code(spec, credit, look)


def _wide(spec: Spec, credit: str, look: Look) -> Strip:
    tokens = look.tokens
    lines = _credit(credit, look, tokens.content_width)
    take_away = _take_away(spec, look, tokens.content_width)
    top = tokens.height - tokens.edge - lines.height
    height = take_away.height + 1.35 * tokens.take_away
    bar = Box(tokens.margin, top - tokens.gap * 1.2 - height, tokens.content_width, height)
    return Strip((*_bar(take_away, bar, look), *_credit_lines(lines, top, look)), bar.y - tokens.gutter)


def _with_code(spec: Spec, credit: str, look: Look) -> Strip:
    """Bar and credit on the left, as high together as the code on the right."""
    tokens = look.tokens
    code = _code(spec, credit, look)
    lines, take_away, height = _left(spec, credit, look, code)
    gap = tokens.gap * 1.25
    height = max(code.box.height, height)
    top = tokens.height - tokens.edge - height
    bar = Box(tokens.margin, top, _left_width(look, code), height - gap - lines.height)
    placed = replace(code, box=replace(code.box, y=top + (height - code.box.height) / 2))
    items: tuple[Item, ...] = (*_bar(take_away, bar, look), *_credit_lines(lines, bar.bottom + gap, look), placed)
    return Strip(items, top - max(tokens.gutter, code.quiet))


def _code(spec: Spec, credit: str, look: Look) -> Code:
    """The code, grown to the height of the words beside it where those need more."""
    right = look.tokens.width - look.tokens.margin
    least = place_code(spec.url, look, right=right, top=0.0, room=_CODE_LEAST)
    *_, height = _left(spec, credit, look, least)
    return place_code(spec.url, look, right=right, top=0.0, room=min(max(_CODE_LEAST, height), _CODE_ROOM))


def _left(spec: Spec, credit: str, look: Look, code: Code) -> tuple[Paragraph, Paragraph, float]:
    """Credit and take-away beside *code*, and the height both need."""
    width = _left_width(look, code)
    lines, take_away = _credit(credit, look, width), _take_away(spec, look, width)
    needed = take_away.height + 1.3 * look.tokens.take_away + look.tokens.gap * 1.25 + lines.height
    return lines, take_away, needed


def _left_width(look: Look, code: Code) -> float:
    return look.tokens.content_width - code.box.width - 1.25 * look.tokens.gutter


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


def _credit(credit: str, look: Look, width: float) -> Paragraph:
    return paragraph(credit, look.tokens.style(look.tokens.credit, 450, leading=1.28), width)


def _credit_lines(lines: Paragraph, top: float, look: Look) -> tuple[Text, ...]:
    ink = Ink(Role.CREDIT, look.palette.muted, look.palette.paper)
    return set_paragraph(lines, (look.tokens.margin, top), ink)
