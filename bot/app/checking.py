"""Owns checking by hand: content files in, a report on each collage out."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app.drawing import Order, picture_name
from bot.collage.check.judge import check
from bot.collage.check.report import Report
from bot.collage.compose import compose
from bot.collage.draw import draw
from bot.errors import CollageError
from bot.model.canvas import Canvas
from bot.model.entry import Entry

CHECKED = (Canvas.SLIDE, Canvas.PORTRAIT)
"""The canvases that are checked unless others are asked for."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one collage.

    Attributes:
        name: Of the entry.
        seconds: What checking took, without composing.
        trouble: Why it could not be composed; the report is empty then.
    """

    name: str
    canvas: Canvas
    report: Report
    seconds: float = 0.0
    trouble: str = ""

    @property
    def is_sendable(self) -> bool:
        """True when it was composed and no hard rule fails."""
        return not self.trouble and not self.report.failures

    def row(self) -> str:
        """One line of the table over many entries."""
        head = f"{self.name:52} {self.canvas:9}"
        if self.trouble:
            return f"{head} cannot be composed: {self.trouble}"
        hard = ",".join(finding.rule for finding in self.report.failures) or "–"
        worst = self.report.worst
        soft = f"{worst.rule:>4} {worst.score:.2f}" if worst else "–"
        ships = "ships" if self.report.ships else "does not ship"
        return f"{head} {hard:12} {self.report.mean:9.2f}  {soft:>10} {self.seconds:8.2f}  {ships}"

    def page(self) -> str:
        """Every rule with its figure."""
        head = f"{self.name}, {self.canvas}"
        return f"{head}: {self.trouble}" if self.trouble else f"{head}\n{self.report.to_table()}"


HEAD = f"{'entry':52} {'canvas':9} {'hard':12} {'soft mean':>9}  {'worst soft':>10} {'seconds':>8}"
"""Stands above the rows."""


def checked(
    entries: Sequence[Entry], files: Mapping[str, bytes], order: Order, *, folder: Path | None = None
) -> Iterator[Checked]:
    """Compose *entries* and check each collage, yielding each report as soon as it is there.

    Args:
        files: The bytes of their figures, by sha256.
        folder: Where each picture is written with its report beside it, ``<name>.jpg`` and ``<name>.json``.
    """
    for entry in entries:
        for canvas in order.canvases:
            try:
                yield _check_one(entry, canvas, files, order, folder=folder)
            except CollageError as error:
                yield Checked(entry.slug, canvas, Report(), trouble=str(error))


def _check_one(
    entry: Entry, canvas: Canvas, files: Mapping[str, bytes], order: Order, *, folder: Path | None
) -> Checked:
    collage = compose(entry, canvas, language=order.language, theme=order.theme, files=files)
    picture = draw(collage.frame)
    start = time.perf_counter()
    report = check(entry, collage.frame, picture=picture, encoded=collage.jpeg)
    seconds = time.perf_counter() - start
    if folder:
        _write(folder / picture_name(entry, canvas, order), collage.jpeg, report)
    return Checked(entry.slug, canvas, report, seconds)


def _write(path: Path, picture: bytes, report: Report) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)
    path.with_suffix(".json").write_text(json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n")
