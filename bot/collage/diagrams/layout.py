"""Owns which layout a drawing gets in a box: the one that fills it best with the largest letters."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.collage.box import Box
from bot.collage.diagrams.drawing import Drawing, Way
from bot.collage.diagrams.flow.flow import Flow
from bot.collage.diagrams.flow.measures import Measures
from bot.collage.diagrams.flow.scheme import Scheme
from bot.collage.diagrams.free.footing import Footing
from bot.collage.diagrams.free.grid import Grid
from bot.collage.diagrams.free.laying import Laying
from bot.collage.diagrams.laid import Laid
from bot.collage.diagrams.language import parse
from bot.collage.diagrams.sizing import Type, words_of
from bot.collage.diagrams.strokes import Style
from bot.collage.themes import Palette, Tokens

_WRAPS = (11.0, 7.5, 5.0)  # em
_LARGE = 0.05  # what large letters are worth, as a share of the room
_WRAPPED = 0.03  # what each step of narrower words costs
_WANTED = 1.0  # what the way the editor asks for is worth
_TALL = 0.85  # of the height: narrower boxes are tall
_TALLEST = 3.0  # times its width a drawing with places may be high
_HEIGHTS = 1024  # that are tried between nothing and that


@dataclass(frozen=True, slots=True)
class Candidate:
    """A layout that might do, and what speaks for it beside how well it fills the room."""

    plan: Flow | Grid
    bonus: float


def least_height(text: str, tokens: Tokens, width: float) -> float:
    """The smallest height of a drawing at *width*; infinite when it cannot be that narrow."""
    return _least(text, tokens, round(width, 1))


def drawn_size(text: str, tokens: Tokens, width: float, height: float) -> tuple[float, float] | None:
    """About how wide and how high what is drawn in a room is; None where the drawing does not fit."""
    plan = _chosen(text, tokens, *_rounded(width, height))
    return plan.drawn(width, height) if plan else None


def laid_out(text: str, tokens: Tokens, palette: Palette, box: Box) -> Laid:
    """Lay a drawing out in *box*, which is at least `least_height` high."""
    room = Box(box.x, box.y, *_rounded(box.width, box.height))  # a plan fits the room it was made for, no smaller one
    plan = _best(text, tokens, room.width, room.height)
    if plan is None:
        raise ValueError(f"the drawing does not fit in {box.width:.0f} x {box.height:.0f}")
    if isinstance(plan, Flow):
        return plan.laid(room, Style(palette, tokens, plan.em))
    return Laying(plan, room, Style(palette, tokens, plan.em)).laid()


def _rounded(width: float, height: float) -> tuple[float, float]:
    return math.ceil(10 * width - 0.001) / 10, math.ceil(10 * height - 0.001) / 10


@lru_cache(maxsize=512)
def _least(text: str, tokens: Tokens, width: float) -> float:
    candidates = _candidates(text, tokens)
    grids = [each.plan for each in candidates if isinstance(each.plan, Grid)]
    if grids:
        return _least_free(grids, width)
    needs = [each.plan.needs() for each in candidates if isinstance(each.plan, Flow)]
    return min((height for wide, height in needs if wide <= width), default=math.inf)


def _least_free(plans: Sequence[Grid], width: float) -> float:
    """The smallest of equally spaced heights at which any of *plans* fits."""
    step = _TALLEST * width / _HEIGHTS
    best = _HEIGHTS + 1
    for plan in plans:
        if not plan.fits(width, (best - 1) * step):
            continue
        low, best = 0, best - 1
        while best - low > 1:
            middle = (low + best) // 2
            low, best = (low, middle) if plan.fits(width, middle * step) else (middle, best)
    return best * step if best <= _HEIGHTS else math.inf


def _best(text: str, tokens: Tokens, width: float, height: float) -> Flow | Grid | None:
    chosen = _chosen(text, tokens, width, height)
    return chosen.filled_out(width, height) if isinstance(chosen, Grid) else chosen


@lru_cache(maxsize=512)
def _chosen(text: str, tokens: Tokens, width: float, height: float) -> Flow | Grid | None:
    """The best candidate with all its nodes grown alike."""
    best: tuple[float, Flow | Grid] | None = None
    has_tall = any(node.at_tall for node in parse(text).nodes)
    for candidate in _candidates(text, tokens):
        grown = candidate.plan.grown(width, height)
        if grown is None:
            continue
        score = _fill(grown, width, height) + candidate.bonus
        if isinstance(grown, Grid) and has_tall:
            score += 1.0 if grown.footing.is_tall == (width < _TALL * height) else 0.0
        if best is None or score > best[0] + 1e-9:
            best = score, grown
    return best[1] if best else None


@lru_cache(maxsize=128)
def _candidates(text: str, tokens: Tokens) -> tuple[Candidate, ...]:
    return tuple(_offered(parse(text), tokens))


def _offered(drawing: Drawing, tokens: Tokens) -> Iterator[Candidate]:
    small, large = tokens.tick
    has_tall = any(node.at_tall for node in drawing.nodes)
    for em in (large, small):
        seen: set[tuple[float, ...]] = set()
        for i, wrap in enumerate(_WRAPS):
            type_, bonus = Type(tokens, em, small, wrap), (_LARGE if em == large else 0.0) - i * _WRAPPED
            widths = tuple(words_of(node.label, node.second, type_).width for node in drawing.nodes)
            if widths in seen:
                continue
            seen.add(widths)
            if drawing.has_places:
                for is_tall in (False, True) if has_tall else (False,):
                    yield Candidate(Grid(Footing(drawing, type_, is_tall)), bonus)
                continue
            for way in Way:
                yield Candidate(
                    Flow(Measures(Scheme(drawing, way, type_))), bonus + (_WANTED if way is drawing.way else 0.0)
                )


def _fill(plan: Flow | Grid, width: float, height: float) -> float:
    if isinstance(plan, Grid):
        return plan.filled(width, height) / (width * height)
    return plan.area / (width * height)
