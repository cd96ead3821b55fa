"""Owns how a panel is written in a collage file: the counterpart of `bot.editorial.panels`."""

from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from bot.editorial.export.yaml_text import yaml_text
from bot.editorial.panels.reading import PanelKind
from bot.model.panel import (
    Annotation,
    BigNumber,
    Chart,
    ChartSeries,
    Diagram,
    Equation,
    Figure,
    Note,
    Panel,
    Quote,
    Shorter,
    Steps,
    Table,
)


def collage_text(panels: Sequence[Panel], accent: str | None = None) -> str:
    """Write a collage file that shows *panels*."""
    return yaml_text({"accent": accent, "panels": [{"kind": str(_KINDS[type(it)]), **_fields(it)} for it in panels]})


def phrasing(text: str, shorter: Shorter) -> Any:
    """A text as it is written: alone, or with its shorter forms."""
    if not shorter:
        return text
    names = ("medium", "short") if len(shorter) > 1 else ("short",)
    return {"long": text, **dict(zip(names, shorter, strict=False))}


_KINDS: dict[type[Panel], PanelKind] = {
    BigNumber: PanelKind.NUMBER,
    Equation: PanelKind.EQUATION,
    Chart: PanelKind.CHART,
    Diagram: PanelKind.DIAGRAM,
    Figure: PanelKind.FIGURE,
    Table: PanelKind.TABLE,
    Note: PanelKind.TEXT,
    Quote: PanelKind.QUOTE,
    Steps: PanelKind.STEPS,
}


@singledispatch
def _fields(panel: Panel) -> dict[str, Any]:
    raise TypeError(f"{panel!r} is no panel")


@_fields.register
def _(panel: BigNumber) -> dict[str, Any]:
    number = panel.number
    meaning = phrasing(number.meaning, number.meaning_shorter)
    return {
        "value": number.value,
        "written": panel.written,
        "meaning": meaning,
        "against": number.against,
        "source": number.source,
    }


@_fields.register
def _(panel: Equation) -> dict[str, Any]:
    terms = [{"part": term.latex, "label": term.label} for term in panel.terms]
    caption = phrasing(panel.caption, panel.caption_shorter)
    return {
        "latex": panel.latex,
        "short": panel.short,
        "caption": caption,
        "source": panel.source,
        "terms": terms,
    }


@_fields.register
def _(panel: Chart) -> dict[str, Any]:
    baseline = {"value": panel.baseline.value, "label": panel.baseline.label} if panel.baseline else None
    return {
        "type": str(panel.kind),
        "title": panel.title,
        "caption": phrasing(panel.caption, panel.caption_shorter),
        "source": panel.source,
        "categories": list(panel.categories),
        "series": [_row(row) for row in panel.series],
        "x_label": panel.x_label,
        "y_label": panel.y_label,
        "unit": panel.unit,
        "log_x": panel.log_x,
        "log_y": panel.log_y,
        "lower_is_better": panel.lower_is_better,
        "emphasis": list(panel.emphasis),
        "baseline": baseline,
        "annotations": _annotations(panel.annotations),
    }


@_fields.register
def _(panel: Figure) -> dict[str, Any]:
    crop = panel.crop
    return {
        "file": panel.file,
        "title": panel.title,
        "caption": phrasing(panel.caption, panel.caption_shorter),
        "credit": panel.credit,
        "licence": panel.licence,
        "page": panel.page if panel.page > 1 else None,
        "crop": [crop.left, crop.top, crop.right, crop.bottom] if crop else None,
        "annotations": _annotations(panel.annotations),
    }


@_fields.register
def _(panel: Diagram) -> dict[str, Any]:
    return {
        "title": panel.title,
        "drawing": panel.drawing,
        "caption": phrasing(panel.caption, panel.caption_shorter),
        "source": panel.source,
        "annotations": _annotations(panel.annotations),
    }


@_fields.register
def _(panel: Table) -> dict[str, Any]:
    return {
        "title": panel.title,
        "columns": list(panel.columns),
        "rows": [list(row) for row in panel.rows],
        "highlight": panel.highlight,
        "caption": phrasing(panel.caption, panel.caption_shorter),
        "source": panel.source,
    }


@_fields.register
def _(panel: Note) -> dict[str, Any]:
    return {"label": panel.label, "text": phrasing(panel.text, panel.shorter), "source": panel.source}


@_fields.register
def _(panel: Quote) -> dict[str, Any]:
    return {"text": phrasing(panel.text, panel.shorter), "source": panel.source}


@_fields.register
def _(panel: Steps) -> dict[str, Any]:
    steps = [phrasing(step.text, step.shorter) for step in panel.steps]
    return {"title": panel.title, "steps": steps, "source": panel.source}


def _row(row: ChartSeries) -> dict[str, Any]:
    return {
        "name": row.name,
        "values": list(row.values),
        "highlight": row.highlight,
        "x": list(row.x),
        "labels": list(row.labels),
        "low": list(row.low),
        "high": list(row.high),
    }


def _annotations(annotations: Sequence[Annotation]) -> list[dict[str, Any]]:
    return [{"text": phrasing(it.text, it.shorter), "to": it.to} for it in annotations]
