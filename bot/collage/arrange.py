"""Owns the arrangement: what is left out when space is dear, and which candidate is the best."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bot.collage.footer import footer
from bot.collage.frame import Box, Frame, PlacedPanel
from bot.collage.grid import grids
from bot.collage.header import Strip, header
from bot.collage.panels.block import Look
from bot.collage.panels.blocks import block_of
from bot.collage.panels.text import TextBlock
from bot.collage.solve import Solved, Solver
from bot.collage.spec import Shown, Spec, credit_of
from bot.collage.themes import Palette, Tokens
from bot.errors import CollageError
from bot.model.canvas import Canvas
from bot.model.panel import Note

_SAFE = 16.0  # design units by which ink may reach into the margin
_LARGER_COST, _SMALLER_COST = 0.25, 1.2  # of the score, for type e times as large, as small as it should be
_FULL_HOUSE = 3  # visuals; with fewer, spare numbers may fill the page
_SPARE_COST = 0.04
_QUESTION_COST = {Canvas.SLIDE: 0.5, Canvas.PORTRAIT: 0.0, Canvas.SQUARE: 0.0}


@dataclass(frozen=True, slots=True)
class _Choice:
    """The panels to show.

    Attributes:
        cost: What it costs to show these, in units of the score.
        is_tight: Formulas may be smaller than they should.
    """

    texts: tuple[Note, ...]
    visuals: tuple[Shown, ...]
    cost: float = 0.0
    is_tight: bool = False


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A choice with the best place for its panels."""

    score: float
    choice: _Choice
    look: Look
    solved: Solved


def arrange(spec: Spec, tokens: Tokens, palette: Palette) -> Frame:
    """Find the best arrangement of *spec* on the canvas of *tokens*.

    Visuals are left out only when no type size lets all of them fit, the last ones first.

    Raises:
        CollageError: Not even the key idea with one visual fits; the message names the text that is too long.
    """
    for step in _steps(spec, tokens.canvas):
        attempts = [attempt for choice in step for attempt in _attempts(spec, choice, tokens, palette)]
        if attempts:
            return _frame(spec, max(attempts, key=lambda attempt: attempt.score))
    raise CollageError(f"{spec.slug}: {_longest(spec)} is too long for a {tokens.canvas}; shorten it")


def _steps(spec: Spec, canvas: Canvas) -> Iterator[tuple[_Choice, ...]]:
    """What to show, in falling order of preference; the choices of one step compete."""
    texts = tuple(text for text in (spec.question, spec.key_idea) if text.text.strip())
    yield (*_with_and_without_question(texts, spec.panels, canvas), *_with_spares(texts, spec))
    for is_tight in (False, True):
        for count in range(len(spec.panels), 0, -1):
            for shown in combinations(spec.panels, count):
                yield _with_and_without_question(texts, shown, canvas, is_tight=is_tight)
    stand_ins: tuple[Shown, ...] = (*spec.spares, spec.headline)
    yield from (_with_and_without_question(texts, (stand_in,), canvas) for stand_in in stand_ins)


def _with_and_without_question(
    texts: tuple[Note, ...], shown: tuple[Shown, ...], canvas: Canvas, *, is_tight: bool = False
) -> tuple[_Choice, ...]:
    full = _Choice(texts, shown, is_tight=is_tight)
    return (full, _Choice(texts[-1:], shown, _QUESTION_COST[canvas], is_tight)) if len(texts) > 1 else (full,)


def _with_spares(texts: tuple[Note, ...], spec: Spec) -> tuple[_Choice, ...]:
    """A few visuals with numbers beside them that the entry lists but does not show."""
    room = _FULL_HOUSE - len(spec.panels)
    return tuple(
        _Choice(texts, (*spec.panels, *spec.spares[:count]), _SPARE_COST * count)
        for count in range(1, min(len(spec.spares), room) + 1)
    )


def _longest(spec: Spec) -> str:
    return "the key idea" if len(spec.key_idea.text) >= len(spec.take_away[0]) else "the take-away"


def _attempts(spec: Spec, choice: _Choice, tokens: Tokens, palette: Palette) -> Iterator[_Attempt]:
    """The best candidate at each size of type that has any."""
    looks = [Look(tokens, palette, body) for body in tokens.body]
    visuals = tuple(block_of(panel, looks[0], is_tight=choice.is_tight) for panel in choice.visuals)
    texts = [[TextBlock(panel, look) for panel in choice.texts] for look in looks]
    _, _, room = _strips(spec, choice, looks[0])
    solver = Solver(tokens, room, visuals)
    for look, blocks in zip(looks, texts, strict=True):
        solved = (solver.solve(grid) for grid in grids(blocks, visuals, tokens.canvas))
        best = max((each for each in solved if each), key=lambda each: each.score, default=None)
        if best:
            yield _Attempt(best.score - choice.cost - _type_cost(look), choice, look, best)


def _type_cost(look: Look) -> float:
    change = math.log(look.body / look.tokens.body_start)
    return _LARGER_COST * change if change > 0 else -_SMALLER_COST * change


def _strips(spec: Spec, choice: _Choice, look: Look) -> tuple[Strip, Strip, Box]:
    """Head, foot, and the room between them."""
    head = header(spec, look)
    foot = footer(spec, credit_of(spec, choice.visuals), look)
    return head, foot, Box(look.tokens.margin, head.edge, look.tokens.content_width, foot.edge - head.edge)


def _frame(spec: Spec, attempt: _Attempt) -> Frame:
    look, tokens = attempt.look, attempt.look.tokens
    head, foot, _ = _strips(spec, attempt.choice, look)
    placed = [(block, box, block.place(box)) for block, box in attempt.solved.places]
    items = tuple(item for _, _, each in placed for item in each.items)
    return Frame(
        canvas=tokens.canvas,
        width=tokens.width,
        height=tokens.height,
        margin=tokens.margin - _SAFE,
        scale=tokens.scale,
        paper=look.palette.paper,
        items=(*head.items, *items, *foot.items),
        panels=tuple(PlacedPanel(block.kind, box, each.visual) for block, box, each in placed),
    )
