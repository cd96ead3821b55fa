"""Owns what a tile shows of an entry: one visual without its words, the hero where it tells anything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.collage.box import Box
from bot.collage.cover.formula import FormulaBlock
from bot.collage.cover.picture import PictureBlock
from bot.collage.diagrams.wordless import is_telling
from bot.collage.frame import Raster
from bot.collage.panels.block import Block, Look
from bot.collage.panels.blocks import block_of
from bot.collage.spec import FigurePanel, Shown
from bot.model.entry import Entry
from bot.model.panel import BigNumber, Chart, Diagram, Equation, Figure, Number, Panel, Steps, Table

_WORTH = (1.0, 0.8, 0.7, 0.6)  # of the entry's own panels, the hero first
_DULL = 0.5  # times its worth: boxes and arrows without words
_SPARE_WORTH = 0.55  # of a number it only lists


@dataclass(frozen=True, slots=True)
class Teaser:
    """One visual that a tile might show.

    Attributes:
        worth: 1 for the hero.
        credit: What must be said beside it: whose figure it is.
    """

    block: Block
    worth: float
    credit: str = ""

    def fits(self, room: Box) -> bool:
        """True when it can be drawn in *room* without being crowded."""
        return self.block.least(room.width) <= room.height


@dataclass(frozen=True, slots=True)
class Looks:
    """How the visuals of one tile look.

    Attributes:
        card: Of those on a card of their own.
        ground: Of numbers, which stand on the tile itself.
        picture: Of pictures, which are drawn on it.
    """

    card: Look
    ground: Look
    picture: Look


def teasers(
    entry: Entry, looks: Looks, panels: Iterable[Panel], rasters: Mapping[Figure, Raster]
) -> tuple[Teaser, ...]:
    """Everything a tile might show of *entry*, the most telling first.

    Args:
        panels: Of the entry, in the language of the cover.
        rasters: The figures that can be shown.
    """
    spoken = tuple(panels)
    shown = (_bare(panel, rasters) for panel in spoken)
    found = [panel for panel in shown if panel is not None]
    own = [_teaser(panel, looks, worth) for panel, worth in zip(found, _WORTH, strict=False)]
    spares = _spares(entry, found) if spoken == entry.panels else ()  # an entry lists its numbers in English
    own += [_teaser(BigNumber(number), looks, _SPARE_WORTH) for number in spares]
    return tuple(sorted(own, key=lambda teaser: -teaser.worth))


def _teaser(panel: Shown, looks: Looks, worth: float) -> Teaser:
    is_dull = isinstance(panel, Diagram) and not is_telling(panel.drawing)
    credit = panel.source if isinstance(panel, FigurePanel) else ""
    return Teaser(_block(panel, looks), worth * (_DULL if is_dull else 1.0), credit)


def _block(panel: Shown, looks: Looks) -> Block:
    match panel:
        case BigNumber():
            return block_of(panel, looks.ground)
        case Equation():
            return FormulaBlock(panel, looks.picture)
        case Diagram() | Chart():
            return PictureBlock(panel, looks.picture)
        case _:
            return block_of(panel, looks.card)


def _spares(entry: Entry, found: list[Shown]) -> Iterator[Number]:
    shown = {panel.number for panel in found if isinstance(panel, BigNumber)}
    return (number for number in entry.numbers[:1] if number not in shown)


def _bare(panel: Panel, rasters: Mapping[Figure, Raster]) -> Shown | None:
    """The panel with nothing around its picture; None for words, and for a figure that cannot be shown."""
    match panel:
        case Chart() | Diagram():
            return replace(panel, title="", caption="", caption_shorter=(), annotations=())
        case Table():
            return replace(panel, title="", caption="", caption_shorter=())
        case Figure():
            return _bare_figure(panel, rasters)
        case BigNumber() | Equation():
            return panel
        case Steps():
            return replace(panel, title="")
        case _:
            return None


def _bare_figure(figure: Figure, rasters: Mapping[Figure, Raster]) -> FigurePanel | None:
    raster = rasters.get(figure)
    bare = replace(figure, title="", caption="", caption_shorter=(), annotations=())
    return FigurePanel(bare, raster) if raster else None
