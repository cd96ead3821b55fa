"""Owns where it comes from: the credit, the source's id, and a code that a phone can read."""

import re
from collections.abc import Iterator

import zxingcpp
from PIL import Image

from bot.collage.check.reading import Reading, quoted
from bot.collage.check.report import Finding, count
from bot.collage.frame import Code, Picture, Role
from bot.collage.lettering import fonts
from bot.model.entry import Entry
from bot.model.panel import Figure


def sources(reading: Reading, entry: Entry, picture: Image.Image | None) -> Finding:
    """H9: the credit with the source's id and the figures' credits, and a code that leads to the paper."""
    credit = _closed(reading.all_text(Role.CREDIT))
    faults = [] if credit else ["there is no credit"]
    if credit and _closed(str(entry.paper.arxiv_id)) not in credit:
        faults.append(f"the credit does not name {entry.paper.arxiv_id}")
    faults += [*_figure_faults(reading, entry, credit), *_code_faults(reading, entry, picture)]
    return count("H9", "missing", faults)


def _closed(text: str) -> str:
    """*text* as it can be drawn, without blanks: lines may break anywhere."""
    return "".join(fonts.drawable(text).split())


def _figure_faults(reading: Reading, entry: Entry, credit: str) -> Iterator[str]:
    shown = sum(isinstance(item, Picture) for item in reading.frame.items)
    figures = [panel for panel in entry.panels if isinstance(panel, Figure)]
    credited = [figure for figure in figures if _is_credited(figure, credit)]
    if len(credited) < shown:
        yield f"{shown} figures are shown, {len(credited)} of them credited with their licence"


def _is_credited(figure: Figure, credit: str) -> bool:
    """True where it is named with its licence; figures of one origin may share it: ``Fig. 1, Fig. 3 of …``."""
    thing, _, origin = figure.source.partition(" of ")
    is_merged = bool(origin) and re.search(rf"(?<!\w){re.escape(_closed(thing))}[,o]", credit) is not None
    return _closed(figure.source) in credit or (is_merged and f"of{_closed(origin)}" in credit)


def _code_faults(reading: Reading, entry: Entry, picture: Image.Image | None) -> Iterator[str]:
    code = next((item for item in reading.frame.items if isinstance(item, Code)), None)
    if code is None:
        yield "there is no code"
        return
    if code.url != entry.paper.url:
        yield f"the code is meant to lead to {code.url}, not to {entry.paper.url}"
    if picture:
        read = _read(picture, code, reading.frame.scale)
        if read != entry.paper.url:
            yield f"the code reads {quoted(read)}" if read else "the code cannot be read"


def _read(picture: Image.Image, code: Code, scale: float) -> str | None:
    """What a reader sees in the code; light modules on a dark ground are read, too."""
    zone = code.box.inset(-code.quiet)
    left, top, right, bottom = (round(edge * scale) for edge in (zone.x, zone.y, zone.right, zone.bottom))
    found = zxingcpp.read_barcodes(picture.crop((left, top, right, bottom)).convert("L"))
    return found[0].text if found else None
