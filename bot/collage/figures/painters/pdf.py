"""Owns drawing a page of a PDF. A program of its own: it knows nothing of the bot, and may crash or be stopped.

Reads the PDF from standard input and the order as JSON from its first argument; answers as `painters` do, see
`bot.collage.figures.vector`.
"""

import contextlib
import json
import math
import statistics
import sys
from typing import Any, NoReturn

import pypdfium2
import pypdfium2.raw as pdfium

_MOST_LETTERS = 3000  # that are looked at for the size of labels
_SECONDS, _MEMORY = 15, 500_000_000  # of CPU time, and bytes of address space


def main() -> None:
    """Answer one order."""
    order = json.loads(sys.argv[1])
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        _refuse(
            "it asks for a password; save it without one"
            if "assword" in str(error)
            else "it is a damaged PDF; export it again"
        )
    number = int(order["page"])
    if not 1 <= number <= len(document):
        _refuse(f"it has no page {number} but {len(document)}; correct page")
    page = document[number - 1]
    answer = {"size": page.get_size(), "label": _label(page, order)}
    _answer(answer, *_painted(page, order))


def _painted(page: Any, order: dict[str, Any]) -> tuple[tuple[int, int], bytes]:
    """Draw the part of the page that the order names."""
    left, top, right, bottom = order["part"]
    width, height = _size(order, *page.get_size())
    full = max(1, round(width / (right - left))), max(1, round(height / (bottom - top)))
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    start = -round(left * full[0]), -round(top * full[1])
    pdfium.FPDF_RenderPageBitmap(bitmap, page, *start, *full, 0, pdfium.FPDF_REVERSE_BYTE_ORDER)
    return (width, height), bytes(bitmap.buffer)


def _size(order: dict[str, Any], page_width: float, page_height: float) -> tuple[int, int]:
    """The size that was ordered, or one whose longer side is as ordered."""
    if "width" in order:
        return order["width"], order["height"]
    left, top, right, bottom = order["part"]
    width, height = page_width * (right - left), page_height * (bottom - top)
    scale = order["longest"] / max(width, height, 1.0)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _label(page: Any, order: dict[str, Any]) -> float | None:
    """The em of the median letter in the part, in points; None where there are no letters."""
    left, top, right, bottom = order["part"]
    width, height = page.get_size()
    letters, matrix = page.get_textpage(), pdfium.FS_MATRIX()
    ems: list[float] = []
    for i in range(min(letters.count_chars(), _MOST_LETTERS)):
        x, y = letters.get_charbox(i)[:2]
        if left <= x / width <= right and top <= 1 - y / height <= bottom:
            pdfium.FPDFText_GetMatrix(letters, i, matrix)
            ems.append(pdfium.FPDFText_GetFontSize(letters, i) * math.hypot(matrix.c, matrix.d))
    return statistics.median(ems) if ems else None


def _answer(answer: dict[str, Any], size: tuple[int, int], pixels: bytes) -> None:
    sys.stdout.buffer.write(json.dumps({**answer, "pixels": size}).encode() + b"\n" + pixels)


def _refuse(fault: str) -> NoReturn:
    sys.stderr.write(fault)
    raise SystemExit(2)


def _without_system_fonts() -> Any:
    """Let no font of this machine stand in for one that is not embedded: the picture must be the same everywhere."""
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    none = {name: kinds[name](lambda *_: None) for name in ("MapFont", "GetFont")}
    info = pdfium.FPDF_SYSFONTINFO(version=1, GetFontData=kinds["GetFontData"](lambda *_: 0), **none)
    pdfium.FPDF_SetSystemFontInfo(info)
    return info  # it must outlive what is drawn


def _limit() -> None:
    try:
        import resource  # not everywhere
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _limit()
    fonts = _without_system_fonts()
    main()
