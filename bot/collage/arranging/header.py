"""Owns the head of a collage: badge, title, authors, where it appeared, and on a slide the QR code."""

from dataclasses import dataclass

from bot.collage import qr
from bot.collage.box import Box
from bot.collage.frame import Item, Role, Surface, Text
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import Paragraph, paragraph, width_of
from bot.collage.lettering.typeset import Align, Ink, set_line, set_paragraph
from bot.collage.panels.block import Look
from bot.collage.spec import Spec
from bot.errors import CollageError
from bot.model.canvas import Canvas

_PILL = 2.1  # height of the badge by its em
_CODE_LEAST, _CODE_ROOM = 110.0, 152.0  # design units: the code beside a slide's title is as high as the head
_AUTHOR_LINES = {Canvas.SLIDE: 1, Canvas.PORTRAIT: 2, Canvas.SQUARE: 1}


@dataclass(frozen=True, slots=True)
class Strip:
    """The items of the head or the foot, and the y at which the panels may begin or must end."""

    items: tuple[Item, ...]
    edge: float


def header(spec: Spec, look: Look) -> Strip:
    """Lay out the head.

    Raises:
        CollageError: The title is too long for the canvas at the smallest size.
    """
    tokens = look.tokens
    width = tokens.content_width
    if tokens.canvas is Canvas.SLIDE:
        width -= _CODE_ROOM + 2 * tokens.gutter
    texts, bottom = _words(spec, look, width)
    code = _code(spec, look, bottom - tokens.edge)
    bottom = max(bottom, *(sign.box.bottom for sign in code)) if code else bottom
    y = bottom + tokens.authors * 0.85
    rule = Surface(Box(tokens.margin, y, tokens.content_width, tokens.hairline), look.palette.line, Role.RULE)
    signs = tuple(item for sign in code for item in sign.items)
    return Strip((*_badge_row(spec, look, width), *texts, rule, *signs), y + tokens.gutter * 1.1)


def _words(spec: Spec, look: Look, width: float) -> tuple[tuple[Text, ...], float]:
    """Title and authors, and where they end."""
    tokens, palette = look.tokens, look.palette
    title, authors = _title(spec, look, width), _authors(spec, look, width)
    y = tokens.edge + _PILL * tokens.meta + tokens.meta * 1.05
    texts = set_paragraph(title, (tokens.margin, y), Ink(Role.TITLE, palette.ink, palette.paper))
    y += title.height + tokens.authors * 0.75
    texts += set_paragraph(authors, (tokens.margin, y), Ink(Role.AUTHORS, palette.muted, palette.paper))
    return texts, y + authors.height


def _code(spec: Spec, look: Look, height: float) -> tuple[qr.Sign, ...]:
    """On a slide the code stands here, on the other canvases in the foot."""
    tokens = look.tokens
    if tokens.canvas is not Canvas.SLIDE:
        return ()
    room = min(_CODE_ROOM, max(_CODE_LEAST, height))
    return (qr.sign(spec.url, look, right=tokens.width - tokens.margin, top=tokens.edge, room=room),)


def _badge_row(spec: Spec, look: Look, width: float) -> tuple[Item, ...]:
    tokens, palette = look.tokens, look.palette
    style = tokens.style(tokens.meta, 650)
    height = _PILL * tokens.meta
    box = Box(tokens.margin, tokens.edge, width_of(spec.badge, style) + 1.6 * tokens.meta, height)
    baseline = box.centre_y + CAP * style.size / 2
    ink = Ink(Role.BADGE, palette.on_accent, palette.accent)
    badge = set_line(spec.badge, (box.centre_x, baseline), style, ink, align=Align.CENTRE)
    pill = Surface(box, palette.accent, Role.CARD, radius=height / 2)
    return (pill, badge, _meta(spec, look, box, width))


def _meta(spec: Spec, look: Look, pill: Box, width: float) -> Text:
    """Venue and id across from the badge, with fewer words where they do not fit."""
    tokens, palette = look.tokens, look.palette
    style = tokens.style(tokens.meta, 450)
    room = tokens.margin + width - pill.right - tokens.gutter
    text = next((text for text in spec.meta if width_of(text, style) <= room), spec.meta[-1])
    ink = Ink(Role.META, palette.muted, palette.paper)
    baseline = pill.centre_y + CAP * style.size / 2
    return set_line(text, (tokens.margin + width, baseline), style, ink, align=Align.RIGHT)


def _title(spec: Spec, look: Look, width: float) -> Paragraph:
    for step in look.tokens.title:
        style = look.tokens.style(step.size, 750, leading=1.18, tracking=-0.018)
        title = paragraph(spec.title, style, width, balanced=True)
        if len(title.lines) <= step.lines:
            return title
    raise CollageError(
        f"{spec.slug}: the title does not fit a {look.tokens.canvas} ({len(spec.title)} characters); shorten it"
    )


def _authors(spec: Spec, look: Look, width: float) -> Paragraph:
    """As many of the authors as fit: on one line of a slide or a square, on two of a portrait."""
    lines = _AUTHOR_LINES[look.tokens.canvas]
    style = look.tokens.style(look.tokens.authors, 450, leading=1.25)
    tried = [paragraph(names, style, width) for names in spec.authors]
    return next((found for found in tried if len(found.lines) <= lines), tried[-1])
