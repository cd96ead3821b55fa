"""Owns the type of a cover: the sizes at which its tiles together show and say the most."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.collage.box import Box
from bot.collage.cover.tile import Tile, Voice, is_wide
from bot.collage.themes import Tokens
from bot.errors import CollageError

_LARGER = 1.1  # times the size of the headline a title has at least
_HEADLINE_WORTH = 0.3
_CALM_WORTH = 0.25  # for a headline in the largest type
_TITLE_WORTH = 0.5  # for a title twice as large as the smallest
_PICTURE_WORTH = 1.6  # for a visual as high as its tile
_MOST_COUNTED = 0.55  # of its height: more of a visual is not better
_SMALL, _SMALL_COST = 0.42, 3.0  # of its height: a visual below it looks like an ornament
_BARE_COST = 1.0  # for a tile without a visual
_FEW = 0.34  # of the tiles may have no visual while the others do
_LINES = 3  # of a title; each line more costs
_LINE_COST = 0.25
_CUT_COST = 1.8  # for a title that ends in an ellipsis

Rows = Sequence[Sequence[Box]]
Form = Callable[[Tile, Box, Voice], Tile]

_FORMS: tuple[tuple[Form, float], ...] = (
    (lambda tile, box, voice: tile, 0.0),
    (lambda tile, box, voice: tile.shortened(), 0.06),
    (lambda tile, box, voice: tile.brief(box, voice), 0.06),
)
"""What titles may be: whole, without subtitles, or cut to a few lines; and what that costs."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Tiles with their type and the boxes of their visuals, in reading order."""

    score: float
    tiles: tuple[Tile, ...]
    voice: Voice
    rooms: tuple[Box, ...]


def fit(tiles: Sequence[Tile], rows: Rows, tokens: Tokens) -> Fit:
    """Fit *tiles* with their visuals, or all without where too few would have one; long titles are cut if need be.

    Raises:
        CollageError: There are too many tiles for the canvas.
    """
    found = _best(tiles, rows, tokens)
    if found and _bare(found) <= _FEW * len(tiles):
        return found
    plain = [replace(tile, teasers=()) for tile in tiles]
    if found := _best(plain, rows, tokens):
        return found
    smallest = Voice(tokens.body[-1], None)
    boxes = [box for row in rows for box in row]
    cut = [tile.cut_to(box, smallest) for tile, box in zip(plain, boxes, strict=True)]
    if found := _fit(cut, rows, smallest):
        return found
    raise CollageError(f"{len(tiles)} papers do not fit a cover; leave some out")


def _bare(found: Fit) -> int:
    return sum(tile.choice(room) is None for tile, room in zip(found.tiles, found.rooms, strict=True))


def _best(tiles: Sequence[Tile], rows: Rows, tokens: Tokens) -> Fit | None:
    """The best of all type; None when the words fit at none."""
    found = [
        replace(each, score=each.score - cost)
        for form, cost in _FORMS
        for voice in _voices(tokens)
        if (each := _fit(_formed(tiles, rows, voice, form), rows, voice))
    ]
    return max(found, key=lambda each: each.score, default=None)


def _formed(tiles: Sequence[Tile], rows: Rows, voice: Voice, form: Form) -> list[Tile]:
    boxes = (box for row in rows for box in row)
    return [form(tile, box, voice) for tile, box in zip(tiles, boxes, strict=True)]


def _voices(tokens: Tokens) -> Iterator[Voice]:
    """Every pair of sizes for titles and headlines, then titles alone."""
    for title in sorted({step.size for step in tokens.title} | set(tokens.body), reverse=True):
        yield from (Voice(title, size) for size in tokens.body if title >= _LARGER * size)
        yield Voice(title, None)


def _fit(tiles: Sequence[Tile], rows: Rows, voice: Voice) -> Fit | None:
    """Give every visual the room that the words of its tile leave; None when those of a tile do not fit."""
    boxes = [box for row in rows for box in row]
    rooms = [tile.room(box, tile.words_height(box, voice)) for tile, box in zip(tiles, boxes, strict=True)]
    given = tuple(room for room in rooms if room)
    if len(given) < len(rooms):
        return None
    score = sum(_worth(tile, box, room, voice) for tile, box, room in zip(tiles, boxes, given, strict=True))
    return Fit(score / len(tiles) + _spoken(voice, tiles[0].look.tokens), tuple(tiles), voice, given)


def _worth(tile: Tile, box: Box, room: Box, voice: Voice) -> float:
    chosen = tile.choice(room)
    title = _LINE_COST * max(0, tile.lines(box, voice) - _LINES) + _CUT_COST * tile.is_cut
    if chosen is None:
        return -_BARE_COST - title
    share = _MOST_COUNTED if is_wide(box) else min(_MOST_COUNTED, room.height / box.height)
    return chosen.worth + _PICTURE_WORTH * share - _SMALL_COST * max(0.0, _SMALL - share) - title


def _spoken(voice: Voice, tokens: Tokens) -> float:
    larger = min(1.0, voice.title / tokens.body[-1] - 1)
    said = _HEADLINE_WORTH + _CALM_WORTH * voice.headline / tokens.body[0] if voice.headline else 0.0
    return said + _TITLE_WORTH * larger
