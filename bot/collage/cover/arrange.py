"""Owns the arrangement of a cover: the month huge, a mosaic of its papers, one line below."""

from bot.collage.box import Box
from bot.collage.cover.edition import Edition
from bot.collage.cover.fit import Fit, fit
from bot.collage.cover.hues import Palettes, distinct
from bot.collage.cover.mosaic import MOST, flat, mosaic
from bot.collage.cover.strips import foot, head
from bot.collage.cover.teaser import Looks, teasers
from bot.collage.cover.tile import Tile, tile_look
from bot.collage.frame import Frame, Item, PlacedPanel
from bot.collage.labels import labels_of
from bot.collage.panels.block import Look
from bot.collage.themes import Palette, Tokens, tokens_of
from bot.errors import CollageError
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry

_FEW = 6  # papers: of more only the titles are said, and every unit goes to the pictures
_DENSE_AIR = 0.6
_SAFE = 16.0  # design units by which ink may reach into the margin


def arrange_cover(edition: Edition, canvas: Canvas, theme: Theme) -> Frame:
    """Arrange the cover of *edition*; of more than `MOST` entries it shows the first.

    Raises:
        CollageError: It has no entries.
    """
    if not edition.entries:
        raise CollageError("a cover needs at least one paper")
    tokens, shown = tokens_of(canvas), edition.entries[:MOST]
    palettes = distinct(shown, theme, edition.rasters)
    tiles = [_tile(entry, edition, tokens, own) for entry, own in zip(shown, palettes, strict=True)]
    above, room = _room(edition, tiles, tokens, palettes[0].card)
    rows = mosaic(len(tiles), room, tokens.gutter, canvas)
    fitted = fit(tiles, rows, tokens)
    below = foot(edition, _credits(fitted), tokens, palettes[0].card).items
    return _frame((*above, *_items(fitted, flat(rows)), *below), _panels(fitted, flat(rows)), tokens, palettes[0].card)


def _tile(entry: Entry, edition: Edition, tokens: Tokens, palettes: Palettes) -> Tile:
    labels, text = labels_of(edition.language), entry.text(edition.language)
    is_dense = len(edition.entries) > _FEW
    air = _DENSE_AIR if is_dense else 1.0
    looks = Looks(*(tile_look(Look(tokens, each, tokens.body_start, labels=labels), air=air) for each in palettes))
    return Tile(
        place=edition.place_of(entry),
        byline=entry.paper.byline,
        title=entry.paper.title,
        headline="" if is_dense else text.headline or text.key_idea,
        teasers=teasers(entry, looks, entry.panels_for(edition.language), edition.rasters),
        look=looks.card,
        ground=palettes.ground,
    )


def _room(edition: Edition, tiles: list[Tile], tokens: Tokens, palette: Palette) -> tuple[tuple[Item, ...], Box]:
    """The head, and the room between it and a foot that credits every figure the tiles might show."""
    above = head(edition, tokens, palette)
    credits = [teaser.credit for tile in tiles for teaser in tile.teasers if teaser.credit]
    height = foot(edition, credits, tokens, palette).edge - above.edge
    return above.items, Box(tokens.margin, above.edge, tokens.content_width, height)


def _credits(fitted: Fit) -> list[str]:
    chosen = (tile.choice(room) for tile, room in zip(fitted.tiles, fitted.rooms, strict=True))
    return [each.credit for each in chosen if each and each.credit]


def _items(fitted: Fit, boxes: tuple[Box, ...]) -> tuple[Item, ...]:
    placed = zip(fitted.tiles, boxes, fitted.rooms, strict=True)
    return tuple(item for tile, box, room in placed for item in tile.items(box, room, fitted.voice))


def _panels(fitted: Fit, boxes: tuple[Box, ...]) -> tuple[PlacedPanel, ...]:
    placed = zip(fitted.tiles, boxes, fitted.rooms, strict=True)
    return tuple(PlacedPanel("tile", box, room if tile.choice(room) else None) for tile, box, room in placed)


def _frame(items: tuple[Item, ...], panels: tuple[PlacedPanel, ...], tokens: Tokens, palette: Palette) -> Frame:
    return Frame(
        canvas=tokens.canvas,
        width=tokens.width,
        height=tokens.height,
        margin=tokens.margin - _SAFE,
        scale=tokens.scale,
        paper=palette.paper,
        items=items,
        panels=panels,
    )
