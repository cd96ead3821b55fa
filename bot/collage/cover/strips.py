"""Owns the head and the foot of a cover: the series and the month, how many papers, and whose figures."""

from collections.abc import Iterable

from bot.collage.arranging.header import Strip
from bot.collage.box import Box
from bot.collage.cover.edition import Edition
from bot.collage.frame import Item, Role, Surface, TextStyle
from bot.collage.labels import labels_of
from bot.collage.lettering import fonts
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import Paragraph, paragraph, width_of
from bot.collage.lettering.typeset import Align, Ink, set_line, set_paragraph
from bot.collage.themes import Palette, Tokens
from bot.model.canvas import Canvas

_WIDE_MONTH = 1.27  # times the largest number: the head of a slide has the room
_DESCENT = 0.2  # em below the baseline: whether the month has a descender or not, the tiles begin there
_PILL = 2.1  # height of the badge by its em


def head(edition: Edition, tokens: Tokens, palette: Palette) -> Strip:
    """The series above the month, which is as large as the page is wide."""
    pill, badge = _badge(edition, tokens, palette)
    style = _month_style(edition.title, tokens)
    baseline = pill.box.bottom + 1.5 * tokens.gutter + CAP * style.size
    at = (tokens.margin - _bearing(edition.title, style), baseline)
    month = set_line(edition.title, at, style, Ink(Role.TITLE, palette.ink, palette.paper))
    return Strip((pill, badge, month), baseline + _DESCENT * style.size + 0.8 * tokens.gutter)


def foot(edition: Edition, credits: Iterable[str], tokens: Tokens, palette: Palette) -> Strip:
    """How many papers there are, who drew them, and below that the *credits* of the figures shown."""
    lines = list(_lines(edition, credits, tokens))
    y = top = tokens.height - tokens.edge - sum(line.height for line in lines) - (len(lines) - 1) * tokens.gap
    texts: list[Item] = []
    for line in lines:
        texts += set_paragraph(line, (tokens.margin, y), Ink(Role.CREDIT, palette.muted, palette.paper))
        y += line.height + tokens.gap
    return Strip(tuple(texts), top - tokens.gutter)


def _lines(edition: Edition, credits: Iterable[str], tokens: Tokens) -> Iterable[Paragraph]:
    labels = labels_of(edition.language)
    said = " · ".join((labels.papers(len(edition.entries)), labels.drawn_by))
    yield paragraph(said, tokens.style(tokens.meta, 550), tokens.content_width)
    if sources := labels.sources(list(dict.fromkeys(credits))):
        yield paragraph(sources, tokens.style(tokens.credit, 450), tokens.content_width)


def _badge(edition: Edition, tokens: Tokens, palette: Palette) -> tuple[Surface, Item]:
    names = " · ".join(dict.fromkeys(entry.series.name for entry in edition.entries))
    style = tokens.style(tokens.meta, 650)
    height = _PILL * tokens.meta
    box = Box(tokens.margin, tokens.edge, width_of(names, style) + 1.6 * tokens.meta, height)
    ink = Ink(Role.BADGE, palette.on_bar, palette.bar)
    text = set_line(names, (box.centre_x, box.centre_y + CAP * style.size / 2), style, ink, align=Align.CENTRE)
    return Surface(box, palette.bar, Role.CARD, radius=height / 2), text


def _month_style(title: str, tokens: Tokens) -> TextStyle:
    largest = tokens.number[1] * (_WIDE_MONTH if tokens.canvas is Canvas.SLIDE else 1.0)
    width = width_of(title, tokens.style(largest, 800, tracking=-0.035))
    return tokens.style(float(int(largest * min(1.0, tokens.content_width / width))), 800, tracking=-0.035)


def _bearing(text: str, style: TextStyle) -> float:
    """The empty stretch before the ink of the first letter; at this size it would look like an indent."""
    piece = fonts.shape(fonts.drawable(text)[:1], style).pieces[0]
    return float(fonts.font(piece.family, style).getbbox(piece.text, anchor="ls")[0]) / style.scale
