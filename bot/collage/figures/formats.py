"""Owns what kind of file a figure is, told from its bytes: names lie."""

from enum import Enum

from bot.collage.figures.limits import MEGABYTE, MOST_BYTES, FigureFault

_HEAD = 4096  # bytes: a format shows itself in the first of them


class Format(Enum):
    """How a figure is read."""

    BITMAP = "bitmap"
    SVG = "svg"
    PDF = "pdf"


_REFUSED = (
    ((b"%!PS", b"\xc5\xd0\xd3\xc6"), "it is PostScript, which is a program; convert it to PDF (epstopdf)"),
    ((b"\x1f\x8b",), "it is compressed with gzip; unpack it first"),
    ((b"PK\x03\x04",), "it is a zip archive; take the figure out of it"),
    ((b"<!doctype html", b"<html"), "it is a web page, not a picture; download the picture itself"),
    ((b"version https://git-lfs",), "it is a pointer of Git LFS, not a picture; fetch the file itself"),
)


def format_of(content: bytes) -> Format:
    """Tell how to read *content*.

    Raises:
        FigureFault: It is empty, too large, or nothing that can be drawn.
    """
    if not content:
        raise FigureFault("it is empty; save it again")
    if len(content) > MOST_BYTES:
        raise FigureFault(f"it has more than {MOST_BYTES // MEGABYTE} MB; save it smaller")
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    for starts, fault in _REFUSED:
        if head.startswith(starts) or head.lower().startswith(starts):
            raise FigureFault(fault)
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"<") or b"<svg" in content[:_HEAD]:
        return Format.SVG
    return Format.BITMAP
