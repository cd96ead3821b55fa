"""Owns the numbers and panels of an entry file."""

from enum import StrEnum

from bot.collage import latex_fault
from bot.editorial.faults import nearest
from bot.editorial.fields import Fields
from bot.model.panel import BigNumber, Chart, ChartKind, ChartSeries, Equation, Number, Panel


class _PanelKind(StrEnum):
    NUMBER = "number"
    EQUATION = "equation"
    CHART = "chart"


def read_number(fields: Fields) -> Number:
    """Read one number with what it means and where it stands."""
    number = Number(
        value=fields.text("value"),
        meaning=fields.text("meaning"),
        against=fields.optional_text("against"),
        source=fields.text("source"),
    )
    fields.finish()
    return number


def read_panel(fields: Fields, numbers: tuple[Number, ...]) -> Panel | None:
    """Read one panel; a big number must be one of *numbers*."""
    match fields.choice("kind", _PanelKind):
        case _PanelKind.NUMBER:
            return _big_number(fields, numbers)
        case _PanelKind.EQUATION:
            return _equation(fields)
        case _PanelKind.CHART:
            return _chart(fields)
    return None


def _big_number(fields: Fields, numbers: tuple[Number, ...]) -> BigNumber | None:
    value = fields.text("value")
    fields.finish()
    found = next((number for number in numbers if number.value == value), None)
    if found is None and value:
        remedy = nearest(value, (number.value for number in numbers))
        fields.fault("value", f"{value!r} is not among the numbers above. {remedy}")
    return BigNumber(found) if found else None


def _equation(fields: Fields) -> Equation:
    equation = Equation(
        latex=fields.text("latex"),
        short=fields.optional_text("short"),
        caption=fields.text("caption"),
        source=fields.text("source"),
    )
    fields.finish()
    for name, latex in (("latex", equation.latex), ("short", equation.short)):
        if latex and (fault := latex_fault(latex)):
            fields.fault(name, f"This LaTeX would not be set as meant: {fault}. Correct it.")
    return equation


def _chart(fields: Fields) -> Chart | None:
    kind = fields.choice("type", ChartKind)
    groups = fields.mappings("series")
    chart = Chart(
        kind=kind or ChartKind.BAR,
        title=fields.text("title"),
        caption=fields.text("caption"),
        source=fields.text("source"),
        series=tuple(map(_series, groups)),
        categories=fields.texts("categories"),
        x_label=fields.optional_text("x_label") or "",
        y_label=fields.optional_text("y_label") or "",
        unit=fields.optional_text("unit") or "",
        log_x=fields.flag("log_x"),
        log_y=fields.flag("log_y"),
        lower_is_better=fields.flag("lower_is_better"),
        emphasis=fields.texts("emphasis"),
    )
    fields.finish()
    if not groups:
        fields.fault("series", "The chart has no series. Add at least one with `name` and `values`.")
    for category in set(chart.emphasis) - set(chart.categories):
        fields.fault("emphasis", f"{category!r} is not a category. {nearest(category, chart.categories)}")
    for row, group in zip(chart.series, groups, strict=True):
        _check_row(chart, row, group)
    return chart if kind else None


def _series(fields: Fields) -> ChartSeries:
    row = ChartSeries(
        name=fields.text("name"),
        values=fields.measures("values"),
        highlight=fields.flag("highlight"),
        x=tuple(value for value in fields.measures("x") if value is not None),
        labels=fields.texts("labels", blank=True),
    )
    fields.finish()
    return row


def _check_row(chart: Chart, row: ChartSeries, fields: Fields) -> None:
    scatter = chart.kind is ChartKind.SCATTER
    partner, length = ("x", len(row.x)) if scatter else ("categories", len(chart.categories))
    if len(row.values) != length:
        fields.fault("values", f"{row.name!r} has {len(row.values)} values for {length} {partner}. Make them as many.")
    if all(value is None for value in row.values):
        fields.fault("values", f"{row.name!r} has no values. Fill them or take it out.")
    if row.labels and len(row.labels) != len(row.values):
        fields.fault("labels", f"{row.name!r} has {len(row.labels)} labels, {len(row.values)} points. Name each.")
    if not scatter and (row.x or row.labels):
        fields.fault("x" if row.x else "labels", "Only a scatter chart has `x` and `labels`. Take them out.")
    if chart.log_y and any(value is not None and value <= 0 for value in row.values):
        fields.fault("values", f"{row.name!r} has values of 0 or less. A logarithmic axis cannot show them.")
    if chart.log_x and any(value <= 0 for value in row.x):
        fields.fault("x", f"{row.name!r} has x values of 0 or less. A logarithmic axis cannot show them.")
