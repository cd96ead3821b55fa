"""Small figures made by code, as bytes."""

import io
import random
from hashlib import sha256
from typing import Any

from PIL import Image, ImageDraw

from bot.model.panel import Annotation, Crop, Figure

INK = "#2a6fb0"


def figure(content: bytes = b"", *, page: int = 1, crop: Crop | None = None, **words: Any) -> Figure:
    """A figure panel for *content*."""
    said = {"caption": "What the figure shows, in one plain sentence.", "title": "", **words}
    return Figure(
        file="drawing.png",
        sha256=sha256(content).hexdigest(),
        credit="Fig. 1 of Doe et al. (2021)",
        licence="CC BY 4.0",
        page=page,
        crop=crop,
        **said,
    )


def pointing(*targets: str) -> tuple[Annotation, ...]:
    """One annotation for each of *targets*."""
    return tuple(Annotation(f"the figure shows part {place}", target) for place, target in enumerate(targets))


def bars(width: int, height: int, *, ground: str = "white", ink: str = INK, border: int = 0) -> Image.Image:
    """Six bars in a frame, with *border* pixels of the ground around it."""
    picture = Image.new("RGB", (width + 2 * border, height + 2 * border), ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((border, border, border + width - 1, border + height - 1), outline=ink, width=2)
    for place in range(6):
        left = border + width * (place + 0.2) / 6
        pen.rectangle((left, border + height * (0.1 + 0.1 * place), left + width / 9, border + height * 0.9), fill=ink)
    return picture


def saved(picture: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """The bytes of *picture* in a format of Pillow."""
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def noise(width: int, height: int) -> Image.Image:
    """A picture that no format makes small."""
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


def svg(inside: str, *, head: str = 'viewBox="0 0 200 100"', before: str = "") -> bytes:
    """An SVG document."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {names} {head}>{inside}</svg>".encode()


def pdf(*streams: str, size: tuple[int, int] = (200, 100), extra: str = "") -> bytes:
    """A PDF with one page for each stream of drawing commands, in Helvetica as ``/F``."""
    count = len(streams)
    kids = " ".join(f"{3 + 2 * page} 0 R" for page in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 {size[0]} {size[1]}] {extra} >>",
    ]
    for page, stream in enumerate(streams):
        font = "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /Resources {font} /Contents {4 + 2 * page} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _assembled(objects)


def _assembled(objects: list[str]) -> bytes:
    body, offsets = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{body}{head}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode()
