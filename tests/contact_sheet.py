"""Draws every entry as slide and as portrait on one sheet: `python -m tests.contact_sheet`."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.collage.compose import compose
from bot.editorial.content import read_content
from bot.model.canvas import Canvas
from bot.model.entry import Entry

ROOT = Path(__file__).parent.parent
SHEET = ROOT / "docs" / "pictures" / "contact-sheet.webp"
_HEIGHT, _GAP, _ACROSS = 300, 12, 3  # pixels; entries side by side
_GROUND = "#8d8f94"
_QUALITY = 72


def main() -> None:
    """Draw the sheet anew."""
    content = read_content(ROOT / "content")
    shapes = (Canvas.SLIDE, Canvas.PORTRAIT)
    pairs = [[_small(entry, canvas, content.files) for canvas in shapes] for entry in _read(content.entries)]
    width = sum(picture.width + _GAP for picture in pairs[0])
    rows = -(-len(pairs) // _ACROSS)
    sheet = Image.new("RGB", (_ACROSS * (width + _GAP) + _GAP, rows * (_HEIGHT + _GAP) + _GAP), _GROUND)
    for place, pair in enumerate(pairs):
        x, y = _GAP + place % _ACROSS * (width + _GAP), _GAP + place // _ACROSS * (_HEIGHT + _GAP)
        for picture in pair:
            sheet.paste(picture, (x, y))
            x += picture.width + _GAP
    sheet.save(SHEET, "WEBP", quality=_QUALITY, method=6)
    print(f"{SHEET.relative_to(ROOT)}: {sheet.width}×{sheet.height}, {SHEET.stat().st_size // 1024} KiB")


def _read(entries: tuple[Entry, ...]) -> list[Entry]:
    """The numbered series first, each in its order."""
    return sorted(entries, key=lambda entry: (entry.number is None, entry.number or 0, entry.slug))


def _small(entry: Entry, canvas: Canvas, files: Mapping[str, bytes]) -> Image.Image:
    collage = compose(entry, canvas, files=files)
    with Image.open(BytesIO(collage.jpeg)) as opened:
        return opened.resize((round(opened.width * _HEIGHT / opened.height), _HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
