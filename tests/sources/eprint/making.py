"""E-prints of our own: TeX and pictures packed as arXiv packs them."""

import gzip
import io
import struct
import tarfile
import zlib
from collections.abc import Mapping

from bot.model.manuscript import FoundFigure, Reading
from bot.sources.eprint import read_eprint

PREAMBLE = r"\documentclass{article}\usepackage{graphicx}"


def paper(body: str, preamble: str = "") -> str:
    """A whole file of LaTeX."""
    return f"{PREAMBLE}\n{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


def tar(files: Mapping[str, bytes | str]) -> bytes:
    """A tar, not compressed."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, body in files.items():
            content = body.encode() if isinstance(body, str) else body
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """A tar.gz."""
    return gzip.compress(tar(files), mtime=0)


def png(width: int = 100, height: int = 50, dots_per_inch: int | None = None) -> bytes:
    """A white PNG."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    per_metre = round(dots_per_inch / 0.0254) if dots_per_inch else 0
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)) if per_metre else b"",
            chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * width) * height)),
            chunk(b"IEND", b""),
        ]
    )


def pdf(width: int = 200, height: int = 100, pages: int = 1) -> bytes:
    """A PDF of empty pages, *width* x *height* points."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        *[f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] >>"] * pages,
    ]
    said = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(said))
        said += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(said)
    said += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return said + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def read(body: str, preamble: str = "", **files: bytes | str) -> Reading:
    """Read a paper of one file; pictures ``a_png`` are called ``a.png``."""
    named = {name.replace("__", "/").replace("_", "."): content for name, content in files.items()}
    return read_eprint(packed({"main.tex": paper(body, preamble), **named}))


def figure(inside: str, preamble: str = "", environment: str = "figure", **files: bytes | str) -> FoundFigure:
    """Read a paper with one figure, and pictures a, b, c, d in it."""
    pictures = {f"{name}_png": png() for name in "abcd"} | files
    reading = read(f"\\begin{{{environment}}}{inside}\\end{{{environment}}}", preamble, **pictures)
    assert len(reading.figures) == 1
    return reading.figures[0]


def names(found: FoundFigure) -> list[str]:
    """The files a figure is made of."""
    return [image.name for image in found.images]
