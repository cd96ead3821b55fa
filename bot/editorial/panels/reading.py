"""Owns the panels of a collage file: which kinds there are, and how the plainer ones are read."""

from collections.abc import Callable
from enum import StrEnum

from bot.editorial.fields import Fields
from bot.editorial.panels.annotations import read_annotations
from bot.editorial.panels.bounds import CAPTION, LABEL, NOTE, QUOTE, STEP, TITLE
from bot.editorial.panels.charts import read_chart
from bot.editorial.panels.drawable import check_drawable
from bot.editorial.panels.figures import read_figure
from bot.editorial.panels.material import Material
from bot.editorial.panels.numbers import read_big_number
from bot.editorial.panels.tables import read_table
from bot.editorial.phrasing import read_phrasing, read_phrasings
from bot.model.panel import Diagram, Equation, Note, Panel, Quote, Step, Steps, Term

_MOST_TERMS = 6


class PanelKind(StrEnum):
    """What a panel can be."""

    NUMBER = "number"
    EQUATION = "equation"
    CHART = "chart"
    DIAGRAM = "diagram"
    FIGURE = "figure"
    TABLE = "table"
    TEXT = "text"
    QUOTE = "quote"
    STEPS = "steps"


def read_panel(fields: Fields, material: Material) -> Panel | None:
    """Read one panel; None when it cannot be known what it is."""
    before = len(fields.faults.found)
    panel = _panel(fields, material)
    if panel and len(fields.faults.found) == before:
        check_drawable(panel, fields, material.files)
    return panel


def _panel(fields: Fields, material: Material) -> Panel | None:
    kind = fields.choice("kind", PanelKind)
    if kind is PanelKind.NUMBER:
        return read_big_number(fields, material.numbers)
    if kind is PanelKind.FIGURE:
        return read_figure(fields, material)
    return _READERS[kind](fields) if kind else None


def _equation(fields: Fields) -> Equation:
    caption = read_phrasing(fields, "caption", words=CAPTION)
    equation = Equation(
        latex=fields.text("latex"),
        short=fields.optional_text("short"),
        caption=caption.text,
        caption_shorter=caption.shorter,
        source=fields.text("source"),
        terms=tuple(map(_term, fields.mappings("terms"))),
    )
    fields.finish()
    if len(equation.terms) > _MOST_TERMS:
        fields.fault("terms", f"There are {len(equation.terms)} terms. Name the {_MOST_TERMS} that matter most.")
    return equation


def _term(fields: Fields) -> Term:
    term = Term(fields.text("part"), read_phrasing(fields, "label", words=LABEL).text)
    fields.finish()
    return term


def _diagram(fields: Fields) -> Diagram:
    caption = read_phrasing(fields, "caption", words=CAPTION)
    diagram = Diagram(
        drawing=fields.block("drawing"),
        title=read_phrasing(fields, "title", words=TITLE).text,
        caption=caption.text,
        caption_shorter=caption.shorter,
        source=fields.text("source"),
        annotations=read_annotations(fields),
    )
    fields.finish()
    return diagram


def _note(fields: Fields) -> Note:
    said = read_phrasing(fields, "text", words=NOTE)
    label = read_phrasing(fields, "label", words=LABEL).text
    note = Note(label, said.text, source=fields.optional_text("source") or "", shorter=said.shorter)
    fields.finish()
    return note


def _quote(fields: Fields) -> Quote:
    said = read_phrasing(fields, "text", words=QUOTE)
    quote = Quote(said.text, fields.text("source"), said.shorter)
    fields.finish()
    return quote


def _steps(fields: Fields) -> Steps:
    said = read_phrasings(fields, "steps", words=STEP)
    if not 2 <= len(said) <= 5:
        fields.fault("steps", f"There are {len(said)} steps. Give 2 to 5.")
    steps = tuple(Step(each.text, each.shorter) for each in said)
    found = Steps(read_phrasing(fields, "title", words=TITLE).text, steps, fields.text("source"))
    fields.finish()
    return found


_READERS: dict[PanelKind, Callable[[Fields], Panel | None]] = {
    PanelKind.EQUATION: _equation,
    PanelKind.CHART: read_chart,
    PanelKind.DIAGRAM: _diagram,
    PanelKind.TABLE: read_table,
    PanelKind.TEXT: _note,
    PanelKind.QUOTE: _quote,
    PanelKind.STEPS: _steps,
}
