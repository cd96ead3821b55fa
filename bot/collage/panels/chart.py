"""Owns chart panels: a white card with a title, the chart with its annotations, and a caption where there is room."""

from dataclasses import dataclass, replace
from functools import partial

from bot.collage.annotations.annotate import Aim, Annotated, annotate, ground_of
from bot.collage.annotations.strips import Side, Strip, height_below
from bot.collage.box import Box
from bot.collage.charts.bars import Bars
from bot.collage.charts.curves import Curves
from bot.collage.charts.dots import Dots
from bot.collage.charts.drawn import Drawn, mark_of
from bot.collage.charts.scatter import Scatter
from bot.collage.charts.values import ChartLook, finite
from bot.collage.frame import Role, Text
from bot.collage.lettering.measure import Paragraph, paragraph
from bot.collage.lettering.typeset import Ink, set_paragraph
from bot.collage.panels.block import Look, Placed, card
from bot.collage.panels.easing import eased
from bot.model.panel import Annotation, Chart, ChartKind

_HEAD = 2.4  # em of its title: about the height of title and axis
_SPACIOUS = 1.35  # times its least height: then the plot has room for larger type
_ROOMY = 1.25  # times the least height of the plot: then the caption is shown, too
_SHORT_OF = 0.35  # em: how far before its target an arrow ends

Plot = Bars | Curves | Dots | Scatter


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A measured chart card."""

    panel: Chart
    look: Look
    is_large: bool = False
    kind: str = "chart"

    def least(self, width: float) -> float:
        inner = width - 2 * self._padding
        if not self._can_draw or inner < self._plot.narrowest:
            return float("inf")
        return self._head(inner) + self._plot_least(inner) + 2 * self._padding

    def most(self, width: float) -> float:
        inner = width - 2 * self._padding
        plot = max(self._plot.most(inner), self._plot_least(inner))
        return self._head(inner) + plot + self._tail(inner) + 2 * self._padding

    def widest(self, height: float) -> float:
        flattest, _ = self._plot.shapes
        return flattest * max(1.0, height - 2 * self._padding - _HEAD * self._style.title.size) + 2 * self._padding

    def filled(self, box: Box) -> float:
        inner = box.width - 2 * self._padding
        plot = box.height - self._head(inner) - 2 * self._padding
        shape = inner / max(plot, 1.0)
        flattest, steepest = self._plot.shapes
        return box.area * min(1.0, flattest / shape, shape / steepest)

    def place(self, box: Box) -> Placed:
        inner = box.inset(self._padding)
        large, dropped = self._enlarged(inner)._laid(box, inner)
        if not dropped:
            return large
        small, still_dropped = self._laid(box, inner)
        return small if len(still_dropped) < len(dropped) else large

    def _laid(self, box: Box, inner: Box) -> tuple[Placed, tuple[str, ...]]:
        """The card with everything in it, and the annotations that found no place."""
        head, tail = self._head(inner.width), self._tail(inner.width)
        if inner.height - head - tail < _ROOMY * self._plot_least(inner.width):
            tail = 0.0
        plot = Box(inner.x, inner.y + head, inner.width, inner.height - head - tail)
        drawn, annotated = self._annotated(plot)
        texts = (*self._title_lines(inner), *(self._caption_lines(inner) if tail else ()))
        about = f"{self.panel.title} {self.panel.caption}"
        items = (card(box, self.look), *drawn.items, *annotated.items, *texts)
        return Placed(items, plot, about), annotated.dropped

    def _enlarged(self, inner: Box) -> "ChartBlock":
        """The same chart in large type, if that leaves the plot its room."""
        large = replace(self, is_large=True)
        used = large._head(inner.width) + large._tail(inner.width)
        return large if used + _SPACIOUS * large._plot_least(inner.width) <= inner.height else self

    def _annotated(self, box: Box) -> tuple[Drawn, Annotated]:
        """The chart with its annotations: in its empty places, or beside it where it has too few of them."""
        return eased(partial(self._tried, box), box, self._texts, self.look, self._suits)

    def _suits(self, room: Box, side: Side) -> bool:
        """True when the plot can be read in *room*, which a strip at *side* leaves it."""
        plot = self._plot
        is_cramped = side.is_beside and isinstance(plot, Bars) and plot.is_cramped(room.width)
        return not is_cramped and room.width >= plot.narrowest and room.height >= plot.least(room.width) - 1

    def _tried(self, box: Box, room: Box, strip: Strip | None) -> tuple[Drawn, Annotated]:
        drawn = self._plot.drawn(room)
        clear = _SHORT_OF * self.look.tokens.caption
        aims = [
            Aim(text, drawn.marks[mark], clear)
            for text, annotation in zip(self._texts, self._shown, strict=True)
            if (mark := mark_of(self.panel, annotation.to)) in drawn.marks and mark
        ]
        ground = ground_of(drawn.items, box, self.look.palette.card, strip=strip)
        return drawn, annotate(aims, self.look, ground)

    @property
    def _shown(self) -> tuple[Annotation, ...]:
        """The annotations that point at something."""
        return tuple(each for each in self.panel.annotations if mark_of(self.panel, each.to))

    @property
    def _texts(self) -> list[str]:
        return [self.look.say(each.text, each.shorter) for each in self._shown]

    @property
    def _style(self) -> ChartLook:
        return ChartLook(self.look, self.is_large)

    @property
    def _plot(self) -> Plot:
        chart = self.panel
        if chart.kind is ChartKind.SCATTER:
            return Scatter(chart, self._style)
        if chart.kind is ChartKind.LINE and len(chart.categories) > 1:
            return Curves(chart, self._style)
        if chart.kind is ChartKind.RANGE or (chart.log_y and self._is_positive):
            return Dots(chart, self._style)
        return Bars(chart, self._style)

    @property
    def _is_positive(self) -> bool:
        return all(value > 0 for series in self.panel.series for value in finite(series) if value is not None)

    @property
    def _can_draw(self) -> bool:
        return any(value is not None for series in self.panel.series for value in finite(series))

    def _plot_least(self, width: float) -> float:
        """The smallest height of the plot with room for its annotations."""
        return self._plot.least(width) + height_below(self._texts, self.look, width)

    def _head(self, width: float) -> float:
        axis = self._axis(width)
        below = self.look.tokens.gap * (1.1 if axis else 1.4)
        return self._title(width).height + (axis.height + self.look.tokens.gap if axis else 0.0) + below

    def _tail(self, width: float) -> float:
        return self._caption(width).height + 1.4 * self.look.tokens.gap

    def _title_lines(self, inner: Box) -> tuple[Text, ...]:
        palette = self.look.palette
        title, axis = self._title(inner.width), self._axis(inner.width)
        texts = set_paragraph(title, (inner.x, inner.y), Ink(Role.CAPTION, palette.ink, palette.card))
        if axis is None:
            return texts
        below = inner.y + title.height + self.look.tokens.gap
        return (*texts, *set_paragraph(axis, (inner.x, below), Ink(Role.TICK, palette.muted, palette.card)))

    def _caption_lines(self, inner: Box) -> tuple[Text, ...]:
        caption = self._caption(inner.width)
        ink = Ink(Role.CAPTION, self.look.palette.muted, self.look.palette.card)
        return set_paragraph(caption, (inner.x, inner.bottom - caption.height), ink)

    def _title(self, width: float) -> Paragraph:
        return paragraph(self.panel.title, self._style.title, width, balanced=True)

    def _axis(self, width: float) -> Paragraph | None:
        chart = self.panel
        is_lying = chart.kind in {ChartKind.BAR, ChartKind.RANGE}
        rows = chart.x_label if is_lying and " " in chart.x_label else ""  # "method" says nothing the bars do not
        parts = [
            chart.y_label,
            rows,
            self.look.labels.log_scale if chart.log_y else "",
            self.look.labels.lower_is_better if chart.lower_is_better else "",
        ]
        text = " · ".join(part for part in parts if part)
        return paragraph(text, self._style.tick, width) if text else None

    def _caption(self, width: float) -> Paragraph:
        style = self.look.tokens.style(self.look.tokens.caption, 400, leading=1.3)
        return paragraph(self.look.say(self.panel.caption, self.panel.caption_shorter), style, width)

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding
