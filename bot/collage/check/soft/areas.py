"""Owns the targets of proportion: how much is visual, how much is text, and what stands out."""

from bot.collage.check.reading import PANEL_TEXT, Reading
from bot.collage.check.report import Finding, Measure
from bot.collage.frame import PlacedPanel, Role, Text

_WHOLE = frozenset({"number", "equation", "statement"})


def visuals(reading: Reading) -> Finding:
    """S2: the share of the canvas that is visual."""
    area = sum(_area(reading, panel) for panel in reading.frame.panels)
    return Finding("S2", (Measure("visual", area / reading.canvas_area, reading.bounds.visual),))


def text(reading: Reading) -> Finding:
    """S3: the share of the canvas that is panel text, with the air between its lines."""
    area = sum(passage.area for passage in reading.prose)
    return Finding("S3", (Measure("text", area / reading.canvas_area, reading.bounds.text),))


def contrasts(reading: Reading) -> Finding:
    """S12: title by body, number by body, hero by the next visual."""
    measures = (*_type_ratios(reading), *_hero_ratio(reading))
    return Finding("S12", measures)


def _type_ratios(reading: Reading) -> tuple[Measure, ...]:
    body = _largest(reading, Role.BODY, is_running=True) or _largest(reading, Role.BODY)
    if not body:
        return ()
    sizes = {
        "title / body": (_largest(reading, Role.TITLE), reading.bounds.title_ratio),
        "number / body": (_largest(reading, Role.NUMBER), reading.bounds.number_ratio),
    }
    return tuple(Measure(name, size / body, bounds) for name, (size, bounds) in sizes.items() if size)


def _largest(reading: Reading, role: Role, *, is_running: bool = False) -> float:
    """The largest type in *role*, of big numbers only, not of sentences set large."""
    return max((item.style.size for item in reading.texts if _counts(reading, item, role, is_running)), default=0.0)


def _counts(reading: Reading, item: Text, role: Role, is_running: bool) -> bool:
    if item.role is not role:
        return False
    panel = reading.panel_of(item)
    if is_running:
        return panel is not None and panel.visual is None
    return role is not Role.NUMBER or panel is None or panel.kind != "statement"


def _hero_ratio(reading: Reading) -> tuple[Measure, ...]:
    areas = sorted((_area(reading, panel) for panel in reading.frame.panels if panel.visual), reverse=True)
    if len(areas) < 2:
        return ()
    return (Measure("hero / next", areas[0] / max(areas[1], 1.0), reading.bounds.hero_ratio),)


def _area(reading: Reading, panel: PlacedPanel) -> float:
    """The room a panel gives to its picture; a number and a formula are nothing without the card around them."""
    if panel.visual is None:
        return 0.0
    if panel.kind not in _WHOLE:
        return panel.visual.area
    words = sum(passage.area for passage in reading.prose if passage.panel is panel and passage.role in PANEL_TEXT)
    return max(panel.visual.area, panel.box.area - words)
