"""Owns what a float of the source is: one or more figures and tables, each with its caption and its pictures."""

from dataclasses import dataclass, field

from bot.sources.eprint.limits import Deadline
from bot.sources.eprint.paper.float_scan import Picture, Scan, Tabular

_TOLERANCE = 1.03  # the authors' shares of a row add up to a little more than one, and TeX only warns


@dataclass
class Captioned:
    """One numbered figure or table of a float.

    Attributes:
        kind: ``figure`` or ``table``.
        caption: LaTeX; None where there is none.
        labels: Of the whole; *part_labels* those of its parts, by part.
        part_captions: By part, in order.
        is_drawn: TeX draws some of it, so that the pictures are not all of it.
        tabulars: The tables in it.
    """

    kind: str
    caption: str | None = None
    is_numbered: bool = True
    is_continued: bool = False
    is_drawn: bool = False
    labels: list[str] = field(default_factory=list)
    part_labels: dict[int, list[str]] = field(default_factory=dict)
    part_captions: dict[int, str] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    tabulars: list[Tabular] = field(default_factory=list)

    @property
    def columns(self) -> int:
        """How many pictures stand in the first row."""
        if not self.pictures:
            return 1
        row = [picture for picture in self.pictures if picture.row == self.pictures[0].row]
        total, count = 0.0, 0
        for picture in row:
            total += picture.share
            if total > _TOLERANCE and count:
                break
            count += 1
        return max(1, count)


def captioned(latex: str, kind: str, *, deadline: Deadline) -> list[Captioned]:
    """Read a float.

    Args:
        kind: ``figure`` or ``table``, for captions that do not say it.

    Returns:
        As many as it has captions, at least one; their pictures are those in the same box, or else the nearest ones.
    """
    scan = Scan(kind, deadline)
    scan.read(latex)
    results = [
        Captioned(caption.kind, caption.latex, is_numbered=caption.is_numbered, labels=caption.labels)
        for caption in scan.captions
    ] or [Captioned(kind, is_numbered=False, labels=scan.early_labels)]
    for picture in scan.pictures:
        results[_owner(scan, picture, "figure")].pictures.append(picture)
    for tabular in scan.tabulars:
        results[_owner(scan, tabular, "table")].tabulars.append(tabular)
    for result in results:
        _finish(result, scan, is_alone=len(results) == 1)
    return results


def _owner(scan: Scan, thing: Picture | Tabular, kind: str) -> int:
    """Which caption something belongs to: of its kind, in its box, on the side where captions stand, the nearest."""
    if len(scan.captions) < 2:
        return 0
    first = min([one.place for one in scan.pictures] + [one.place for one in scan.tabulars])
    is_below = first < scan.captions[0].place

    def distance(which: int) -> tuple[bool, int, bool, int]:
        caption = scan.captions[which]
        shared = sum(mine == theirs for mine, theirs in zip(thing.boxes, caption.boxes, strict=False))
        on_its_side = (caption.place > thing.place) is is_below
        return caption.kind != kind, -shared, not on_its_side, abs(caption.place - thing.place)

    return min(range(len(scan.captions)), key=distance)


def _finish(result: Captioned, scan: Scan, *, is_alone: bool) -> None:
    parts = {picture.part for picture in result.pictures if picture.part is not None}
    wanted = set(scan.part_captions) | set(scan.part_labels) if is_alone else parts
    result.part_captions = {part: said for part, said in scan.part_captions.items() if part in wanted}
    result.part_labels = {part: said for part, said in scan.part_labels.items() if part in wanted}
    result.is_continued = scan.is_continued
    result.is_drawn = scan.is_drawn
