"""Owns the arrangement: what is said shorter or left out when space is dear, and which candidate is the best."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import nlargest
from itertools import chain, combinations

from bot.collage.arranging.footer import footer
from bot.collage.arranging.grid import Grid, grids
from bot.collage.arranging.header import Strip, header
from bot.collage.arranging.solve import Draft, Memory, Solver
from bot.collage.arranging.words import forms_of, words_of
from bot.collage.box import Box
from bot.collage.check.report import Report
from bot.collage.check.soft import soft_of_frame
from bot.collage.frame import Frame, PlacedPanel
from bot.collage.panels.block import Block, Look
from bot.collage.panels.blocks import block_of
from bot.collage.panels.text import TextBlock
from bot.collage.spec import Shown, Spec, credit_of
from bot.collage.themes import Palette, Tokens
from bot.errors import CollageError
from bot.model.canvas import Canvas
from bot.model.panel import BigNumber, Note, Quote, Steps

_SAFE = 16.0  # design units by which ink may reach into the margin
_LARGER_COST, _SMALLER_COST = 0.25, 1.2  # of the score, for type e times as large, as small as it should be
_SHORTER_COST = 0.06  # for each step of brevity
_WORDY_COST = 0.5  # for e times as many words as a collage should have
_MOST_WORDS = {Canvas.SLIDE: 125, Canvas.PORTRAIT: 82, Canvas.SQUARE: 82}
_FULL_HOUSE = 3  # panels; with fewer, spare numbers may fill the page
_SPARE_COST = 0.04
_QUESTION_COST = 0.03
_PROMISING = 48  # grids, the best at one size of type, that are tried at the others, too
_LOOKED_AT = 24  # candidates whose blank is measured exactly
_RUNNING_TEXT = (Note, Quote, Steps)
_JUDGED = 9  # candidates, the best by their score, that the checker's soft rules compare
_FINE = 0.97  # mean of the soft rules at which no further candidate is compared
_LEADING = 1.8  # times as large as elsewhere a number may be where it leads
_MORE_STEPS = 2  # after the first step in which anything fits, if that does not meet the soft rules


@dataclass(frozen=True, slots=True)
class _Choice:
    """The panels to show.

    Attributes:
        cost: What it costs to show these, in units of the score.
        is_tight: Formulas and diagrams may be smaller than they should.
        is_small: Running text, too.
    """

    texts: tuple[Note, ...]
    panels: tuple[Shown, ...]
    cost: float = 0.0
    is_tight: bool = False
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A choice on a grid, in one size and brevity of its texts.

    Attributes:
        cost: Of the choice and the look.
    """

    choice: _Choice
    look: Look
    solver: Solver
    draft: Draft
    cost: float

    @property
    def estimate(self) -> float:
        """The score as if every block filled what it can take."""
        return self.draft.score - self.cost

    def score(self) -> float:
        """The score as the blocks would fill their boxes."""
        return self.solver.score(self.draft) - self.cost


def arrange(spec: Spec, tokens: Tokens, palette: Palette) -> Frame:
    """Find the best arrangement of *spec* on the canvas of *tokens*.

    Texts are said shorter before a panel is left out, the last one first, and that before type gets small.

    Raises:
        CollageError: Not even the key idea with one panel fits; the message names the text that is too long.
    """
    table = _Table(spec, tokens, palette)
    found: tuple[Report, Frame] | None = None
    tried = 0
    for step in _steps(spec, tokens.canvas):
        found = max(filter(None, (found, _best(table, step))), key=lambda pair: _rank(pair[0]), default=None)
        tried += found is not None
        if found and (found[0].ships or tried > _MORE_STEPS):
            return found[1]
    if found is None:
        raise CollageError(f"{spec.slug}: {_longest(spec)} is too long for a {tokens.canvas}; shorten it")
    return found[1]


def _steps(spec: Spec, canvas: Canvas) -> Iterator[tuple[_Choice, ...]]:
    """What to show, in falling order of preference; the choices of one step compete."""
    texts = tuple(text for text in (spec.question, spec.key_idea) if text.text.strip())
    full = _Choice(texts, spec.panels)
    first, *others = _with_and_without_question(full, canvas)
    yield (*first, *_with_spares(texts, spec))
    yield from others
    for choice in _less(spec):
        yield from _with_and_without_question(replace(choice, texts=texts), canvas)


def _with_and_without_question(choice: _Choice, canvas: Canvas) -> Iterator[tuple[_Choice, ...]]:
    """A slide leaves the question out when nothing else helps; where room is dear anyway both ways compete."""
    without = (replace(choice, texts=choice.texts[-1:], cost=_QUESTION_COST),) if len(choice.texts) > 1 else ()
    if canvas is Canvas.SLIDE:
        yield (choice,)
        if without:
            yield without
    else:
        yield (choice, *without)


def _less(spec: Spec) -> Iterator[_Choice]:
    """Fewer panels, then smaller type; the hero goes last of all, and stand-ins come when nothing else fits."""
    hero, rest = spec.panels[:1], spec.panels[1:]
    for first, others in ((hero, rest), ((), rest)):
        for is_small, is_tight in ((False, False), (True, False), (True, True)):
            for shown in _subsets(others):
                if first or shown:
                    yield _Choice((), (*first, *shown), is_small=is_small, is_tight=is_tight)
    stand_ins: tuple[Shown, ...] = (*spec.spares, spec.headline)
    yield from (_Choice((), (stand_in,), is_small=True) for stand_in in stand_ins)


def _subsets(panels: tuple[Shown, ...]) -> Iterator[tuple[Shown, ...]]:
    """Fewer and fewer of *panels*, the least valuable left out first."""
    for count in range(len(panels), -1, -1):
        yield from combinations(panels, count)


def _with_spares(texts: tuple[Note, ...], spec: Spec) -> tuple[_Choice, ...]:
    """A few panels with numbers beside them that the entry lists but does not show."""
    room = _FULL_HOUSE - len(spec.panels)
    return tuple(
        _Choice(texts, (*spec.panels, *spec.spares[:count]), _SPARE_COST * count)
        for count in range(1, min(len(spec.spares), room) + 1)
    )


def _longest(spec: Spec) -> str:
    return "the key idea" if len(spec.key_idea.text) >= len(spec.take_away[0]) else "the take-away"


@dataclass(frozen=True)
class _Table:
    """What has been measured for one collage, so that no choice measures it again."""

    spec: Spec
    tokens: Tokens
    palette: Palette
    memory: Memory = field(default_factory=Memory)
    blocks: dict[tuple[int, float, int, bool], Block] = field(default_factory=dict)

    @cached_property
    def brevities(self) -> range:
        """How short the texts can be said at all."""
        spec = self.spec
        forms = [len(spec.take_away) - 1, *(len(note.shorter) for note in (spec.question, spec.key_idea))]
        return range(max(*forms, *map(forms_of, spec.panels)) + 1)

    def looks(self, *, is_small: bool) -> Iterator[Look]:
        """Every size of running text with every brevity."""
        for body in self.tokens.body:
            if (body == self.tokens.body[-1]) is is_small:
                labels = self.spec.labels
                yield from (Look(self.tokens, self.palette, body, brevity, labels) for brevity in self.brevities)

    def text(self, note: Note, look: Look) -> Block:
        """The measured question or key idea."""
        key = (id(note), look.body, look.brevity, False)
        if key not in self.blocks:
            self.blocks[key] = TextBlock(note, look)
        return self.blocks[key]

    def block(self, panel: Shown, look: Look, *, is_tight: bool) -> Block:
        """The measured panel; only running text depends on the size of the body."""
        body = look.body if isinstance(panel, _RUNNING_TEXT) else self.tokens.body_start
        key = (id(panel), body, look.brevity, is_tight)
        if key not in self.blocks:
            measured = replace(look, body=body, tokens=self._tokens_for(panel))
            self.blocks[key] = block_of(panel, measured, is_tight=is_tight)
        return self.blocks[key]

    def _tokens_for(self, panel: Shown) -> Tokens:
        """A number that leads the collage may be as large as its room."""
        if not isinstance(panel, BigNumber) or panel is not self.spec.panels[0]:
            return self.tokens
        smallest, largest = self.tokens.number
        return replace(self.tokens, number=(smallest, _LEADING * largest))

    def strips(self, choice: _Choice, look: Look) -> tuple[Strip, Strip, Box]:
        """Head, foot, and the room between them."""
        head = header(self.spec, look)
        foot = footer(self.spec, credit_of(self.spec, choice.panels), look)
        return head, foot, Box(look.tokens.margin, head.edge, look.tokens.content_width, foot.edge - head.edge)


def _best(table: _Table, choices: Iterable[_Choice]) -> tuple[Report, Frame] | None:
    """The best frame of a step: the checker's soft rules choose among those with the highest scores."""
    attempts = chain.from_iterable(_attempts(table, choice) for choice in choices)
    looked_at = nlargest(_LOOKED_AT, attempts, key=lambda attempt: attempt.estimate)
    best: tuple[Report, Frame] | None = None
    for attempt in nlargest(_JUDGED, looked_at, key=_Attempt.score):
        frame = _frame(table, attempt)
        report = soft_of_frame(frame)
        if best is None or _rank(report) > _rank(best[0]):
            best = (report, frame)
        if report.mean >= _FINE and report.ships:
            break
    return best


def _rank(report: Report) -> tuple[bool, float]:
    """How good a frame is; what differs less than the rules can tell apart is left to the score."""
    return report.ships, round(report.mean, 2)


def _attempts(table: _Table, choice: _Choice) -> Iterator[_Attempt]:
    """The best drafts at each size and brevity of the text; all looks but the first try only the best grids."""
    count, tokens = len(choice.texts), table.tokens
    promising: Sequence[Grid] = grids(count, len(choice.panels), tokens.canvas)
    for look in table.looks(is_small=choice.is_small):
        blocks = (
            *(table.text(note, look) for note in choice.texts),
            *(table.block(panel, look, is_tight=choice.is_tight) for panel in choice.panels),
        )
        _, _, room = table.strips(choice, look)
        solver = Solver(tokens, room, blocks, count, table.memory)
        drafts = nlargest(_PROMISING, filter(None, map(solver.solve, promising)), key=lambda draft: draft.score)
        promising = [draft.grid for draft in drafts] if len(drafts) == _PROMISING else promising
        cost = choice.cost + _look_cost(choice, look)
        yield from (_Attempt(choice, look, solver, draft, cost) for draft in drafts)


def _look_cost(choice: _Choice, look: Look) -> float:
    change = math.log(look.body / look.tokens.body_start)
    words = sum(words_of(panel, look) for panel in (*choice.texts, *choice.panels))
    wordy = max(0.0, math.log(max(words, 1) / _MOST_WORDS[look.tokens.canvas]))
    size = _LARGER_COST * change if change > 0 else -_SMALLER_COST * change
    return size + _SHORTER_COST * look.brevity + _WORDY_COST * wordy


def _frame(table: _Table, attempt: _Attempt) -> Frame:
    look, tokens = attempt.look, attempt.look.tokens
    head, foot, _ = table.strips(attempt.choice, look)
    placed = [(block, box, block.place(box)) for block, box in attempt.solver.places(attempt.draft)]
    items = tuple(item for _, _, each in placed for item in each.items)
    return Frame(
        canvas=tokens.canvas,
        width=tokens.width,
        height=tokens.height,
        margin=tokens.margin - _SAFE,
        scale=tokens.scale,
        paper=look.palette.paper,
        items=(*head.items, *items, *foot.items),
        panels=tuple(PlacedPanel(block.kind, box, each.visual, each.about) for block, box, each in placed),
    )
