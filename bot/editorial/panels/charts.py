"""Owns the charts of a collage file."""

from bot.editorial.faults import nearest
from bot.editorial.fields import Fields
from bot.editorial.panels.annotations import read_annotations
from bot.editorial.panels.bounds import CAPTION, LABEL, TITLE
from bot.editorial.phrasing import read_phrasing
from bot.model.panel import Baseline, Chart, ChartKind, ChartSeries

_Values = tuple[float | None, ...]


def read_chart(fields: Fields) -> Chart | None:
    """Read a chart; None when its type is unknown."""
    kind = fields.choice("type", ChartKind)
    groups = fields.mappings("series")
    caption = read_phrasing(fields, "caption", words=CAPTION)
    chart = Chart(
        kind=kind or ChartKind.BAR,
        title=read_phrasing(fields, "title", words=TITLE).text,
        caption=caption.text,
        caption_shorter=caption.shorter,
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
        baseline=_baseline(fields),
        annotations=read_annotations(fields),
    )
    fields.finish()
    if kind:
        _check(chart, fields, groups)
    return chart if kind else None


def _baseline(fields: Fields) -> Baseline | None:
    group = fields.mapping("baseline")
    if group is None:
        return None
    value = group.measure("value")
    if value is None:
        group.fault("value", "The baseline needs a `value`. Write a number.")
    baseline = Baseline(value or 0.0, read_phrasing(group, "label", words=LABEL).text)
    group.finish()
    return baseline


def _series(fields: Fields) -> ChartSeries:
    row = ChartSeries(
        name=fields.text("name"),
        values=fields.measures("values"),
        highlight=fields.flag("highlight"),
        x=tuple(value for value in fields.measures("x") if value is not None),
        labels=fields.texts("labels", blank=True),
        low=fields.measures("low"),
        high=fields.measures("high"),
    )
    fields.finish()
    return row


def _check(chart: Chart, fields: Fields, groups: list[Fields]) -> None:
    if not groups:
        fields.fault("series", "The chart has no series. Add at least one with `name` and `values`.")
    for category in set(chart.emphasis) - set(chart.categories):
        fields.fault("emphasis", f"{category!r} is not a category. {nearest(category, chart.categories)}")
    if chart.log_y and chart.baseline and chart.baseline.value <= 0:
        fields.fault("baseline", "The baseline is 0 or less. A logarithmic axis cannot show it.")
    for row, group in zip(chart.series, groups, strict=True):
        _check_lengths(chart, row, group)
        _check_ends(chart, row, group)
        _check_logarithms(chart, row, group)


def _check_lengths(chart: Chart, row: ChartSeries, fields: Fields) -> None:
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


def _check_ends(chart: Chart, row: ChartSeries, fields: Fields) -> None:
    for name, ends in (("low", row.low), ("high", row.high)):
        if chart.kind is not ChartKind.RANGE and ends:
            fields.fault(name, "Only a range chart has `low` and `high`. Take them out.")
        elif chart.kind is ChartKind.RANGE and len(ends) != len(row.values):
            counts = f"{len(ends)} {name} ends for {len(row.values)} values"
            fields.fault(name, f"{row.name!r} has {counts}. Make them as many.")
    for at, (low, value, high) in enumerate(zip(row.low, row.values, row.high, strict=False), 1):
        if not _ascends((low, value, high)):
            fields.fault("low", f"Range {at} of {row.name!r} does not go up from low over value to high. Correct it.")


def _check_logarithms(chart: Chart, row: ChartSeries, fields: Fields) -> None:
    named: list[tuple[str, _Values, bool]] = [
        ("values", row.values, chart.log_y),
        ("low", row.low, chart.log_y),
        ("x", row.x, chart.log_x),
    ]
    for name, values, is_logarithmic in named:
        if is_logarithmic and any(value is not None and value <= 0 for value in values):
            said = "x values" if name == "x" else "values"
            fields.fault(name, f"{row.name!r} has {said} of 0 or less. A logarithmic axis cannot show them.")


def _ascends(values: _Values) -> bool:
    given = [value for value in values if value is not None]
    return given == sorted(given)
