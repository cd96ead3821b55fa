"""Owns telling captions from sentences that begin like one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.collage.box import Box, cover
from bot.sources.pdf.hyphens import joined
from bot.sources.pdf.rows import Row
from bot.sources.pdf.typography import Typography
from bot.sources.supplements import SUPPLEMENT, number_in_paper

_NUMBER = r"(?P<number>(?:[A-Z]{1,2}[.\-]?)?\d{1,3}(?:\.\d{1,2}){0,2}|[A-Z](?:\.\d{1,2})|[IVX]{1,5})"
_FIGURE = r"(?:Figure|Fig\.?)"
_OTHER = r"(?:Table|Tab\.|Algorithm|Alg\.|Listing|Scheme|Box|Plate|Chart)"
_LABEL = re.compile(
    rf"(?:{SUPPLEMENT})?(?:(?P<figure>{_FIGURE})|(?P<other>{_OTHER}))\s*{_NUMBER}(?![\d\w])", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*(?:[:|]|\.(?!\d)|[—–](?!\s?\d)|-(?=\s))\s*")
_PANEL = re.compile(r"\((?:[a-zA-Z]|[ivx]{1,4}|\d)\)\s")
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d*$")
_GOES_ON = re.compile(r"\s*(?:[,;)\]&/]|and\b|or\b|to\b|in\b|of\b|is\b|are\b|shows?\b|[a-z(])")
_STOP = re.compile(r"[.!?)]$")
_PROSE_LETTERS = 0.6
_SLACK = 1.2  # times the pitch of a caption: more is a gap behind it
_SAME_EDGE = 3.0  # points


class Kind(Enum):
    """What a caption stands at."""

    FIGURE = auto()
    OTHER = auto()
    """A table, an algorithm: what no figure may reach into."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption.

    Attributes:
        number: As printed: ``3``, ``A.1``, ``S2``; ``S1`` for ``Supplementary Figure 1``, too.
        text: Without ``Figure 3:``.
        box: Around all of its rows.
        label: The word before its number: ``Figure``, ``Table``.
    """

    kind: Kind
    number: str
    text: str
    box: Box
    page: int
    label: str


def split_captions(rows: Sequence[Row], page: int, typography: Typography) -> tuple[list[Caption], list[list[Row]]]:
    """Find the captions in a run of text.

    Args:
        page: On which it stands.

    Returns:
        The captions, and what else there is, in runs.
    """
    captions: list[Caption] = []
    rest: list[list[Row]] = [[]]
    i = behind = 0  # the last caption, or where the run begins
    while i < len(rows):
        if _begins(rows, i, typography.size, is_first=i == behind):
            behind = _end(rows, i)
            captions.append(_caption(rows[i:behind], page, typography))
            rest.append([])
            i = behind
        else:
            rest[-1].append(rows[i])
            i += 1
    return captions, [run for run in rest if run]


def is_panel(row: Row) -> bool:
    """It begins with ``(a)``, as the caption of a part of a figure does."""
    return _PANEL.match(row.text) is not None


def _begins(rows: Sequence[Row], i: int, size: float, *, is_first: bool) -> bool:
    """A caption begins with row *i*: it is labelled so, and stands apart from a paragraph above it."""
    text = rows[i].text
    label = _LABEL.match(text)
    if label is None or _CONTENTS.search(text):
        return False
    is_bold = rows[i].pieces[0].has_bold_start
    if not is_first and not is_bold and _runs_on(rows[i - 1], rows[i]):
        return False
    following = text[label.end() :]
    if _SEPARATOR.match(following):
        return True
    if _GOES_ON.match(following):
        return False
    is_alone = not following.strip()
    return is_bold or is_alone or (label[0].isupper() and label["figure"] is not None) or rows[i].size < size - 0.4


def _is_labelled(text: str) -> bool:
    label = _LABEL.match(text)
    return label is not None and _SEPARATOR.match(text[label.end() :]) is not None


def _runs_on(above: Row, row: Row) -> bool:
    """The row above is prose that this row may go on with."""
    letters = sum(letter.isalpha() or letter.isspace() for letter in above.text)
    is_prose = letters >= _PROSE_LETTERS * len(above.text) and len(above.text.split()) >= 3
    return is_prose and not is_panel(above) and above.box.x <= row.box.x + _SAME_EDGE


def _end(rows: Sequence[Row], start: int) -> int:
    """The first row behind the caption that begins at *start*."""
    pitch = None
    for i in range(start + 1, len(rows)):
        step = rows[i].baseline - rows[i - 1].baseline
        is_apart = pitch is not None and step > _SLACK * pitch
        is_heading = rows[i].boldness > 0.9 and rows[start].boldness < 0.5
        if is_apart or is_heading or (_STOP.search(rows[i - 1].text) and _is_labelled(rows[i].text)):
            return i
        pitch = max(step, pitch or 0.0)
    return len(rows)


def _caption(rows: Sequence[Row], page: int, typography: Typography) -> Caption:
    text = joined((row.text for row in rows), typography.compounds)
    label = _LABEL.match(rows[0].text)
    assert label is not None  # or else no caption would begin here
    separator = _SEPARATOR.match(text[label.end() :])
    said = text[label.end() + (separator.end() if separator else 0) :].strip()
    return Caption(
        kind=Kind.FIGURE if label["figure"] else Kind.OTHER,
        number=number_in_paper(label["number"], label[0]),
        text=said,
        box=cover(row.box for row in rows),
        page=page,
        label=label["figure"] or label["other"],
    )
