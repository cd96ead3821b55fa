"""Owns chart panels: a white card with a title, the chart, and a caption where there is room."""

from dataclasses import dataclass, replace

from bot.collage.charts.bars import Bars
from bot.collage.charts.curves import Curves
from bot.collage.charts.scatter import Scatter
from bot.collage.charts.values import ChartLook, finite
from bot.collage.frame import Box, Role, Text
from bot.collage.measure import Paragraph, paragraph
from bot.collage.panels.block import Look, Placed, card
from bot.collage.typeset import Ink, set_paragraph
from bot.model.panel import Chart, ChartKind

_SPACIOUS = 1.35  # times its least height: then the plot has room for larger type
_ROOMY = 1.25  # times the least height of the plot: then the caption is shown, too


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
        return self._head(inner) + self._plot.least(inner) + 2 * self._padding

    def most(self, width: float) -> float:
        inner = width - 2 * self._padding
        return self._head(inner) + self._plot.most(inner) + self._tail(inner) + 2 * self._padding

    def filled(self, box: Box) -> float:
        inner = box.width - 2 * self._padding
        plot = box.height - self._head(inner) - 2 * self._padding
        shape = inner / max(plot, 1.0)
        flattest, steepest = self._plot.shapes
        return box.area * min(1.0, flattest / shape, shape / steepest)

    def place(self, box: Box) -> Placed:
        inner = box.inset(self._padding)
        block = self._enlarged(inner)
        head, tail = block._head(inner.width), block._tail(inner.width)
        if inner.height - head - tail < _ROOMY * block._plot.least(inner.width):
            tail = 0.0
        plot = Box(inner.x, inner.y + head, inner.width, inner.height - head - tail)
        items = block._plot.items(plot)
        texts = (*block._title_lines(inner), *(block._caption_lines(inner) if tail else ()))
        return Placed((card(box, self.look), *items, *texts), plot)

    def _enlarged(self, inner: Box) -> "ChartBlock":
        """The same chart in large type, if that leaves the plot its room."""
        large = replace(self, is_large=True)
        used = large._head(inner.width) + large._tail(inner.width)
        return large if used + _SPACIOUS * large._plot.least(inner.width) <= inner.height else self

    @property
    def _style(self) -> ChartLook:
        return ChartLook(self.look, self.is_large)

    @property
    def _plot(self) -> Bars | Curves | Scatter:
        chart = self.panel
        if chart.kind is ChartKind.SCATTER:
            return Scatter(chart, self._style)
        if chart.kind is ChartKind.LINE and len(chart.categories) > 1:
            return Curves(chart, self._style)
        return Bars(chart, self._style)

    @property
    def _can_draw(self) -> bool:
        return any(value is not None for series in self.panel.series for value in finite(series))

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
        is_telling = chart.kind is ChartKind.BAR and " " in chart.x_label  # "method" says nothing the bars do not
        rows = chart.x_label if is_telling else ""
        parts = [
            chart.y_label,
            rows,
            "log scale" if chart.log_y else "",
            "lower is better" if chart.lower_is_better else "",
        ]
        text = " · ".join(part for part in parts if part)
        return paragraph(text, self._style.tick, width) if text else None

    def _caption(self, width: float) -> Paragraph:
        style = self.look.tokens.style(self.look.tokens.caption, 400, leading=1.3)
        return paragraph(self.look.say(self.panel.caption, self.panel.caption_shorter), style, width)

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding
