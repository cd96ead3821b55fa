"""Makes small PDFs for tests: pages with text, drawings and forms, written by hand."""

import zlib
from dataclasses import dataclass, field

PROSE = "Quiet rivers carry warm light over the old stone bridges tonight"  # 62 letters: some 290 points at ten points
NARROW = "Quiet rivers carry warm light over the old bridges"  # for columns of some 220 points

Matrix = tuple[float, float, float, float, float, float]


@dataclass
class Made:
    """One page; all places in points from its upper left corner."""

    width: float = 612
    height: float = 792
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    ops: list[str] = field(default_factory=list)
    forms: list[bytes] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, said: str, *, size: float = 10, bold: bool = False, upwards: bool = False
    ) -> None:
        """Write a line whose letters stand on *y*."""
        escaped = said.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        turn = "0 1 -1 0" if upwards else "1 0 0 1"
        place = f"{turn} {x:.2f} {self.height - y:.2f} Tm"
        self.ops.append(f"BT /{'B' if bold else 'R'} {size} Tf {place} ({escaped}) Tj ET")

    def paragraph(self, x: float, y: float, rows: int, *, said: str = PROSE, size: float = 10) -> float:
        """Write the same line again and again; the place of the next one."""
        for row in range(rows):
            self.text(x, y + 1.2 * size * row, said, size=size)
        return y + 1.2 * size * rows

    def fill(self, x: float, y: float, width: float, height: float, *, gray: float = 0.4) -> None:
        """Paint a rectangle."""
        self.ops.append(f"{gray} g {x} {self.height - y - height} {width} {height} re f 0 g")

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the outline of a rectangle."""
        self.ops.append(f"1 w {x} {self.height - y - height} {width} {height} re S")

    def rule(self, x: float, y: float, width: float) -> None:
        """Draw a hairline to the right."""
        self.ops.append(f"0.5 w {x} {self.height - y} m {x + width} {self.height - y} l S")

    def form(self, ops: str, *, box: tuple[float, float, float, float], matrix: Matrix = (1, 0, 0, 1, 0, 0)) -> None:
        """Include a form XObject that is cut to *box*; its places are the PDF's own."""
        number = len(self.forms)
        head = f"/Type /XObject /Subtype /Form /BBox [{_row(box)}] /Resources << /Font << /R 3 0 R /B 4 0 R >> >>"
        self.forms.append(_stream(ops.encode(), head))
        self.ops.append(f"q {_row(matrix)} cm /F{number} Do Q")

    def link(self, x: float, y: float, width: float, height: float, url: str) -> None:
        """Let a rectangle lead to the web."""
        rect = _row((x, self.height - y - height, x + width, self.height - y))
        self.annotations.append(
            f"<< /Type /Annot /Subtype /Link /Rect [{rect}] /Border [0 0 0] /A << /S /URI /URI ({url}) >> >>"
        )


def pdf(*pages: Made, image: tuple[bytes, str] | None = None) -> bytes:
    """Write the pages into one file.

    Args:
        image: The bytes of a picture and the head of its stream, which pages may show as ``/Im``.
    """
    objects: list[bytes] = [b"", b"", _font("Helvetica"), _font("Helvetica-Bold")]
    if image is not None:
        objects.append(_raw(image[0], image[1]))
    kids: list[int] = []
    for page in pages:
        forms = []
        for form in page.forms:
            objects.append(form)
            forms.append(len(objects))
        objects.append(_stream("\n".join(page.ops).encode("latin-1"), ""))
        named = " ".join(f"/F{i} {number} 0 R" for i, number in enumerate(forms))
        named += " /Im 5 0 R" if image is not None else ""
        crop = f"/CropBox [{_row(page.crop)}]" if page.crop else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] {crop} /Rotate {page.rotate} "
            f"/Contents {len(objects)} 0 R /Annots [{' '.join(page.annotations)}] "
            f"/Resources << /Font << /R 3 0 R /B 4 0 R >> /XObject << {named} >> >> >>".encode()
        )
        kids.append(len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    return _written(objects)


def _written(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _font(name: str) -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def _stream(content: bytes, head: str) -> bytes:
    return _raw(zlib.compress(content), f"{head} /Filter /FlateDecode")


def _raw(content: bytes, head: str) -> bytes:
    return f"<< {head} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _row(numbers: tuple[float, ...]) -> str:
    return " ".join(f"{number:g}" for number in numbers)
