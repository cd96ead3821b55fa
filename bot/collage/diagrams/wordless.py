"""Owns drawings without their words: what is left when nothing is said, laid out to fill a box."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, lru_cache

from bot.collage.box import Box
from bot.collage.colours import mix
from bot.collage.diagrams.brush import Brush
from bot.collage.diagrams.drawing import Drawing, Edge, Group, Node, Tone, Way
from bot.collage.diagrams.flow.flow import Flow
from bot.collage.diagrams.flow.measures import Measures
from bot.collage.diagrams.flow.scheme import Scheme
from bot.collage.diagrams.free.footing import Footing
from bot.collage.diagrams.free.grid import Grid
from bot.collage.diagrams.free.laying import Laying
from bot.collage.diagrams.glyphs.reading import said_and_lit
from bot.collage.diagrams.kinds import KINDS
from bot.collage.diagrams.language import parse
from bot.collage.diagrams.sizing import Type
from bot.collage.diagrams.strokes import Style
from bot.collage.frame import Item
from bot.collage.themes import Palette, Tokens

_PARTS = (9, 11, 14, 18, 24, 32, 44, 64, 96)  # of the shorter side, one of which is the em: the boldest first
_LEAST = 1 / 22  # of the shorter side: em of strokes and arrow heads, however fine the drawing
_BOLD = 0.012  # what each step of bolder strokes is worth, as a share of the room
_STROKE = 0.085  # of the em: hairlines of a picture that says nothing are a little stronger
_WRAP = 10.0  # em; nothing is wrapped


class _Strong(Brush):
    """A brush for pictures without letters: what would lie behind words may be seen from afar."""

    @cached_property
    def fill(self) -> str:
        shares = {Tone.SOFT: 0.3, Tone.TINT: 0.4}
        hue = self.palette.accent if self.tone is Tone.TINT else self.palette.muted
        return mix(self.palette.card, hue, shares[self.tone]) if self.tone in shares else super().fill

    @cached_property
    def main(self) -> str:
        return mix(self.palette.card, self.palette.muted, 0.66) if self.tone is Tone.SOFT else super().main


class _Loud(Style):
    def brush(self, tone: Tone) -> Brush:
        return _Strong(self.palette, self.tokens, tone, self.em)


def wordless(drawing: Drawing) -> Drawing | None:
    """Leave out what *drawing* says: labels, titles, formulas and words alone; None when nothing is left.

    Words that lie on a picture become a token each, and so do tokens one can read.
    """
    nodes = tuple(silent for node in drawing.nodes if (silent := _silent(node, drawing)))
    kept = {node.name for node in nodes}
    if not nodes:
        return None
    return replace(
        drawing,
        nodes=nodes,
        edges=tuple(_mute(edge) for edge in drawing.edges if {edge.start, edge.end} <= kept),
        groups=tuple(_groups(drawing, kept)),
        rows=tuple(row for row in drawing.rows if set(row) <= kept),
    )


def is_telling(text: str) -> bool:
    """True when a drawing still shows something without its words: pictures or paths, not boxes and arrows alone."""
    drawing = wordless(parse(text))
    return drawing is not None and (bool(drawing.paths) or any(_is_picture(node) for node in drawing.nodes))


def has_picture(text: str, width: float, height: float, tokens: Tokens) -> bool:
    """True when a drawing can be shown without its words in a room of this size."""
    return _plan(text, tokens, round(width), round(height)) is not None


def picture(text: str, tokens: Tokens, palette: Palette, box: Box) -> tuple[Item, ...]:
    """Lay a drawing out in *box* without its words; nothing when it does not fit."""
    plan = _plan(text, tokens, round(box.width), round(box.height))
    if plan is None:
        return ()
    em = max(plan.em, _LEAST * min(box.width, box.height))
    style = _Loud(palette, _bold(tokens, em), em)
    room = Box(box.x, box.y, round(box.width), round(box.height))
    return plan.laid(room, style).items if isinstance(plan, Flow) else Laying(plan, room, style).laid().items


@lru_cache(maxsize=256)
def _plan(text: str, tokens: Tokens, width: float, height: float) -> Flow | Grid | None:
    """The layout that fills the room best; of those that fill it alike, the boldest."""
    best: tuple[float, Flow | Grid] | None = None
    for step, plan in _plans(text, tokens, width, height):
        grown = plan.grown(width, height)
        if grown is None:
            continue
        score = _filled(grown, width, height) - step * _BOLD
        if best is None or score > best[0] + 1e-9:
            best = score, grown
    if best and isinstance(best[1], Grid):
        return best[1].filled_out(width, height)
    return best[1] if best else None


def _plans(text: str, tokens: Tokens, width: float, height: float) -> Iterator[tuple[int, Flow | Grid]]:
    said = parse(text)
    drawing = wordless(said)
    if drawing is None:
        return
    is_tall = height > width and any(node.at_tall for node in drawing.nodes)
    for step, parts in enumerate(_PARTS):
        em = min(width, height) / parts
        type_ = Type(tokens, em, em, _WRAP)
        if said.has_places:
            yield step, Grid(Footing(drawing, type_, is_tall))
        else:
            yield from ((step, Flow(Measures(Scheme(drawing, way, type_)))) for way in Way)


def _filled(plan: Flow | Grid, width: float, height: float) -> float:
    across, down = plan.drawn(width, height)
    return min(1.0, across / width) * min(1.0, down / height)


def _bold(tokens: Tokens, em: float) -> Tokens:
    return replace(tokens, hairline=max(0.7 * tokens.hairline, _STROKE * em))


def _silent(node: Node, drawing: Drawing) -> Node | None:
    """*node* without its words; None where it is nothing else."""
    if node.kind == "formula":
        return None
    if node.kind == "text":
        return _token(node) if any(_lies_on(node, other) for other in drawing.nodes) else None
    if node.kind == "words":
        said, lit = said_and_lit(node.parameters)
        parameters = (str(len(said)), *(("lit", *(str(number) for number in sorted(lit))) if lit else ()))
        node = replace(node, kind="tokens", parameters=parameters)
    return replace(node, label="", second="")


def _token(node: Node) -> Node:
    lit = ("lit", "1") if node.tone in (Tone.ACCENT, Tone.WARN) else ()
    return replace(node, kind="tokens", parameters=("1", *lit), tone=Tone.TINT, label="", second="", size=None)


def _lies_on(node: Node, other: Node) -> bool:
    """True when *node* stands in a region, so that leaving it out would leave a hole."""
    if other.kind not in ("blob", "cloud") or not (node.at and other.at and other.size):
        return False
    return all(abs(node.at[i] - other.at[i]) <= other.size[i] / 2 for i in (0, 1))


def _mute(edge: Edge) -> Edge:
    return replace(edge, label="")


def _groups(drawing: Drawing, kept: set[str]) -> Iterator[Group]:
    for group in drawing.groups:
        if members := tuple(name for name in group.members if name in kept):
            yield replace(group, title="", members=members)


def _is_picture(node: Node) -> bool:
    return not KINDS[node.kind].holds_words and node.kind != "dot"
