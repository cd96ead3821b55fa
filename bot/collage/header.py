"""Owns the head of a collage: badge, title, authors, where it appeared."""

from dataclasses import dataclass

from bot.collage import qr
from bot.collage.fonts import CAP
from bot.collage.frame import Box, Code, Item, Role, Surface, Text
from bot.collage.measure import Paragraph, paragraph, width_of
from bot.collage.panels.block import Look
from bot.collage.spec import Spec
from bot.collage.typeset import Align, Ink, set_line, set_paragraph
from bot.errors import CollageError
from bot.model.canvas import Canvas

_PILL = 2.1  # height of the badge by its em
_CODE_LEAST, _CODE_ROOM = 110.0, 152.0  # design units: the code beside a slide's title is as high as the head


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
    tokens, palette = look.tokens, look.palette
    width = tokens.content_width
    if tokens.canvas is Canvas.SLIDE:
        width -= _CODE_ROOM + 2 * tokens.gutter
    badge = _badge_row(spec, look, width)
    title = _title(spec, look, width)
    y = tokens.edge + _PILL * tokens.meta + tokens.meta * 1.05
    texts = set_paragraph(title, (tokens.margin, y), Ink(Role.TITLE, palette.ink, palette.paper))
    y += title.height + tokens.authors * 0.62
    authors = _authors(spec, look, width)
    texts += set_paragraph(authors, (tokens.margin, y), Ink(Role.AUTHORS, palette.muted, palette.paper))
    y += authors.height
    code = _code(spec, look, y - tokens.edge) if tokens.canvas is Canvas.SLIDE else None
    y = max(y, code.box.bottom if code else 0.0) + tokens.authors * 0.85
    rule = Surface(Box(tokens.margin, y, tokens.content_width, tokens.hairline), palette.line, Role.RULE)
    items = (*badge, *texts, rule, *((code,) if code else ()))
    return Strip(items, y + tokens.gutter * 1.1)


def place_code(url: str, look: Look, *, right: float, top: float, room: float) -> Code:
    """The QR code for *url* in the corner at *right*, *top*: as large as *room* allows in whole pixels per module."""
    scale = look.tokens.scale
    pixel = qr.module_pixels(url, room * scale) / scale
    side = pixel * len(qr.modules(url))
    box = Box(right - side, top, side, side)
    return Code(url, box, qr.QUIET_MODULES * pixel, look.palette.ink, look.palette.paper)


def _code(spec: Spec, look: Look, height: float) -> Code:
    tokens = look.tokens
    room = min(_CODE_ROOM, max(_CODE_LEAST, height))
    return place_code(spec.url, look, right=tokens.width - tokens.margin, top=tokens.edge, room=room)


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
    """Venue and id beside the badge: a little smaller, then with fewer words where they do not fit."""
    tokens, palette = look.tokens, look.palette
    room = tokens.margin + width - pill.right - tokens.gutter
    sizes = [tokens.style(tokens.meta * share, 450) for share in (1.0, 0.9)]
    tried = ((text, style) for text in spec.meta for style in sizes)
    text, style = next((pair for pair in tried if width_of(*pair) <= room), (spec.meta[-1], sizes[-1]))
    ink = Ink(Role.META, palette.muted, palette.paper)
    baseline = pill.centre_y + CAP * style.size / 2
    if tokens.canvas is Canvas.SLIDE:
        return set_line(text, (pill.right + tokens.gutter, baseline), style, ink)
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
    """As many of the authors as fit: on one line of a slide, on two of a portrait."""
    lines = 1 if look.tokens.canvas is Canvas.SLIDE else 2
    style = look.tokens.style(look.tokens.authors, 450, leading=1.25)
    tried = [paragraph(names, style, width) for names in spec.authors]
    return next((found for found in tried if len(found.lines) <= lines), tried[-1])
