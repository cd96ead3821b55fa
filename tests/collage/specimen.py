"""A collage made by hand that breaks no rule, for the checker's tests to break."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from PIL import Image

from bot.collage import qr
from bot.collage.box import Box
from bot.collage.frame import Code, Curve, Frame, Item, Picture, PlacedPanel, Role, Surface, Text
from bot.collage.lettering.measure import paragraph
from bot.collage.lettering.typeset import Ink, set_line, set_paragraph
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas
from bot.model.entry import Entry
from bot.model.panel import Annotation, BigNumber, Chart, ChartKind, ChartSeries, Figure, Number
from tests.collage.samples import PAPER as CONVIT
from tests.collage.samples import entry

PAPER = replace(CONVIT, title="ConViT: Vision Transformers That Start as Convolutions")
TOKENS = tokens_of(Canvas.SLIDE)
BODY = 28.0
NUMBER = Number("+11.6 points", "ahead with a tenth of ImageNet to learn from", "Table 2", formula="59.6 − 48.0")
BARS = Chart(
    kind=ChartKind.BAR,
    title="Accuracy with 10 % of the images",
    caption="",
    source="Table 2",
    series=(ChartSeries("top-1", (59.6, 48.0), highlight=True),),
    categories=("ConViT-S with 10 % of the images", "DeiT-S with 10 % of the images"),
    unit="%",
)
MAPS = Figure(
    file="maps.png",
    sha256="0" * 64,
    caption="Heads begin as small convolutions; after training some stay local while others look at the whole image.",
    credit="Fig. 5 of d'Ascoli et al. (2021)",
    licence="CC BY 4.0",
    annotations=(Annotation("local heads keep their convolution", "0.5 0.5"),),
)
ENTRY: Entry = replace(entry(MAPS, BARS, BigNumber(NUMBER), paper=PAPER), accent="#3346c7")
PALETTE = palette_of(ENTRY)


@dataclass(frozen=True)
class Mosaic:
    """A raster of sharp squares on the left, white on the right."""

    width: int = 1600
    height: int = 552
    is_vector: bool = False
    block: int = 16
    label: float | None = None

    def locate(self, x: float, y: float) -> tuple[float, float]:
        return x, y

    def render(self, width: int, height: int) -> Image.Image:
        return self._drawn().resize((width, height), Image.Resampling.LANCZOS)

    def _drawn(self) -> Image.Image:
        columns, rows = self.width // self.block, self.height // self.block
        squares = Image.frombytes("L", (columns, rows), random.Random(7).randbytes(columns * rows))
        squares.paste(255, (round(columns * 0.72), 0, columns, rows))
        return squares.resize((self.width, self.height), Image.Resampling.NEAREST).convert("RGB")


class Blurred(Mosaic):
    """The same, but somebody enlarged it before."""

    def render(self, width: int, height: int) -> Image.Image:
        return super().render(width // 8, height // 8).resize((width, height), Image.Resampling.BICUBIC)


@cache
def specimen() -> Frame:
    """A slide with two texts, a figure, a chart and a number."""
    left, right = TOKENS.margin, TOKENS.margin + 4 * (TOKENS.span(1) + TOKENS.gutter)
    top, bottom = 196.0, 944.0
    question = _note("Question", "Convolutions learn from little data, while attention may reach further in the end. "
                     "Can one network begin as the former and become the latter?", top)  # fmt: skip
    idea = _note("Key idea", "Start the attention heads as convolutions, and give each of them a learned gate between "
                 "looking by position and looking by content.", question[1].box.bottom + 24)  # fmt: skip
    number = _number(Box(left, idea[1].box.bottom + 24, TOKENS.span(4), bottom - idea[1].box.bottom - 24))
    hero = _hero(Box(right, top, TOKENS.span(8), 488))
    chart = _chart(Box(right, top + 512, TOKENS.span(8), bottom - top - 512))
    parts = (question, idea, number, hero, chart)
    items = (*_head(), *(item for found, _ in parts for item in found), *_foot())
    return Frame(
        canvas=Canvas.SLIDE,
        width=1920,
        height=1080,
        margin=TOKENS.margin - 16,
        scale=TOKENS.scale,
        paper=PALETTE.paper,
        items=items,
        panels=tuple(panel for _, panel in parts),
    )


def changed(frame: Frame, role: Role, change: Callable[[Any], Item], *, at: int = 0) -> Frame:
    """*frame* with the item number *at* of *role* changed."""
    places = [i for i, item in enumerate(frame.items) if item.role is role]
    items = list(frame.items)
    items[places[at]] = change(items[places[at]])
    return replace(frame, items=tuple(items))


def reworded(frame: Frame, role: Role, words: str | None = None, *, at: int = 0, size: float | None = None) -> Frame:
    """*frame* with other words in place of a text, or with the same in another size."""

    def change(item: Text) -> Text:
        style = replace(item.style, size=size or item.style.size)
        ink = Ink(item.role, item.colour, item.background)
        return set_line(words or item.text, (item.box.x, item.baseline), style, ink)

    return changed(frame, role, change, at=at)


def every(frame: Frame, role: Role, change: Callable[[Any], Item]) -> Frame:
    """*frame* with all items of *role* changed."""
    return replace(frame, items=tuple(change(item) if item.role is role else item for item in frame.items))


def with_items(frame: Frame, *items: Item) -> Frame:
    """*frame* with more items on top."""
    return replace(frame, items=(*frame.items, *items))


def without(frame: Frame, *roles: Role) -> Frame:
    """*frame* without the items of *roles*."""
    return replace(frame, items=tuple(item for item in frame.items if item.role not in roles))


def with_panel(frame: Frame, at: int, change: Callable[[PlacedPanel], PlacedPanel]) -> Frame:
    """*frame* with its panel number *at* changed."""
    panels = list(frame.panels)
    panels[at] = change(panels[at])
    return replace(frame, panels=tuple(panels))


def grown(box: Box, *, left: float = 0.0, right: float = 0.0, bottom: float = 0.0) -> Box:
    """*box* with its edges moved outwards."""
    return Box(box.x - left, box.y, box.width + left + right, box.height + bottom)


def lowered(text: Text, by: float) -> Text:
    """*text* further down."""
    return replace(text, box=replace(text.box, y=text.box.y + by), baseline=text.baseline + by)


def line(text: str, at: tuple[float, float], size: float, role: Role, *, on: str = PALETTE.paper) -> Text:
    """A line of ink."""
    colour = "#ffffff" if on in {PALETTE.accent, PALETTE.bar} else PALETTE.ink
    return set_line(text, at, TOKENS.style(size, 500), Ink(role, colour, on))


def _head() -> tuple[Item, ...]:
    pill = Surface(Box(56, 44, 220, 42), PALETTE.accent, Role.CARD, radius=21)
    badge = line("ML-Collage 27/52", (80, 72), 20, Role.BADGE, on=PALETTE.accent)
    title = paragraph(PAPER.title, TOKENS.style(50, 750), 1600)
    names = paragraph(", ".join(PAPER.authors), TOKENS.style(22, 450), 1600)
    shown = (
        *set_paragraph(title, (56, 98), Ink(Role.TITLE, PALETTE.ink, PALETTE.paper)),
        *set_paragraph(names, (56, 153), Ink(Role.AUTHORS, PALETTE.muted, PALETTE.paper)),
    )
    meta = line("ICML 2021 · arXiv:2103.10697", (300, 72), 20, Role.META)
    pixel = qr.module_pixels(PAPER.url, 104 * TOKENS.scale) / TOKENS.scale
    side = pixel * len(qr.modules(PAPER.url))
    code = Code(PAPER.url, Box(1864 - side, 60, side, side), 4 * pixel, PALETTE.ink, PALETTE.paper)
    return (pill, badge, meta, *shown, code)


def _foot() -> tuple[Item, ...]:
    bar = Surface(Box(56, 962, 1808, 46), PALETTE.bar, Role.CARD, radius=16)
    words = "Offer the prior as a starting point, and let training decide how much to keep."
    take_away = line(words, (420, 995), 30, Role.TAKE_AWAY, on=PALETTE.bar)
    sources = f"Table 2; {MAPS.source}"
    credit = f"Paper: d'Ascoli et al. (2021), arXiv:2103.10697 · Source: {sources} · Drawn by Collagebot"
    return (bar, take_away, line(credit, (56, 1031), 16, Role.CREDIT))


def _note(label: str, text: str, top: float) -> tuple[tuple[Item, ...], PlacedPanel]:
    lines = paragraph(text, TOKENS.style(BODY, 400, leading=1.34), TOKENS.span(4))
    body = set_paragraph(lines, (56, top + 32), Ink(Role.BODY, PALETTE.ink, PALETTE.paper))
    box = Box(56, top, TOKENS.span(4), 32 + lines.height + 8)
    return (line(label.upper(), (56, top + 15), 20, Role.LABEL), *body), PlacedPanel("text", box)


def _number(box: Box) -> tuple[tuple[Item, ...], PlacedPanel]:
    card = Surface(box, PALETTE.accent, Role.CARD, radius=16)
    figure = line("+11.6", (80, box.y + 136), 150, Role.NUMBER, on=PALETTE.accent)
    style = TOKENS.style(BODY, 500)
    words = paragraph(NUMBER.meaning, style, box.width - 48)
    meaning = set_paragraph(words, (80, box.y + 176), Ink(Role.BODY, "#ffffff", PALETTE.accent))
    return (card, figure, *meaning), PlacedPanel("number", box, figure.box)


def _hero(box: Box) -> tuple[tuple[Item, ...], PlacedPanel]:
    card = Surface(box, PALETTE.card, Role.CARD, radius=16, outline=PALETTE.line)
    width = box.width - 48
    picture = Picture(Mosaic(), Box(box.x + 24, box.y + 24, width, width * 0.345), is_hero=True)
    ink = Ink(Role.CAPTION, PALETTE.muted, PALETTE.card)
    style = TOKENS.style(22, 400)
    caption = set_paragraph(paragraph(MAPS.caption, style, width), (box.x + 24, picture.box.bottom + 16), ink)
    at = (picture.box.x + 0.76 * width, picture.box.centre_y)
    pointing = Ink(Role.ANNOTATION, PALETTE.annotation, PALETTE.card)
    words = set_line("local heads stay", at, TOKENS.style(22, 550), pointing)
    arrow = Curve(((at[0] - 6, at[1] - 8), (at[0] - 90, at[1] - 20)), PALETTE.annotation, 3, Role.ANNOTATION, head=14)
    return (card, picture, *caption, words, arrow), PlacedPanel("figure", box, picture.box, MAPS.caption)


def _chart(box: Box) -> tuple[tuple[Item, ...], PlacedPanel]:
    card = Surface(box, PALETTE.card, Role.CARD, radius=16, outline=PALETTE.line)
    inner = box.inset(24)
    title = line(BARS.title, (inner.x, inner.y + 18), 22, Role.CAPTION, on=PALETTE.card)
    items: list[Item] = []
    top = inner.y + 36
    height = (inner.bottom - top - 16) / 2
    for row, (name, value) in enumerate(zip(BARS.categories, BARS.series[0].values, strict=True)):
        y = top + row * (height + 16)
        bar = Surface(Box(inner.x + 360, y, (value or 0) * 11, height), PALETTE.accent, Role.BAR)
        items += [
            line(name, (inner.x, y + height / 2 + 8), 20, Role.SERIES_NAME, on=PALETTE.card),
            bar,
            line(f"{value} %", (bar.box.right + 10, y + height / 2 + 8), 20, Role.VALUE, on=PALETTE.card),
        ]
    visual = Box(inner.x, top, inner.width, inner.bottom - top)
    return (card, title, *items), PlacedPanel("chart", box, visual, BARS.title)
