"""Draws the pictures of content/README.md from its own examples: `python -m tests.pictures`."""

import math
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw

from bot.collage.box import Box
from bot.collage.draw import draw
from bot.collage.figures import read_figure
from bot.collage.frame import Frame
from bot.collage.panels.block import Look
from bot.collage.panels.blocks import block_of
from bot.collage.spec import FigurePanel, Shown
from bot.collage.themes import palette_of, tokens_of
from bot.editorial.collage_file import COLLAGE_FILE, read_collage
from bot.editorial.faults import Faults
from bot.editorial.panels.material import Material
from bot.model.canvas import Canvas
from bot.model.panel import Figure, Number, Panel
from tests.collage.samples import CONVIT

ROOT = Path(__file__).parent.parent
README = ROOT / "content" / "README.md"
PICTURES = ROOT / "docs" / "panels"
NUMBERS = (Number("81.3 %", "top-1 accuracy of ConViT-S on ImageNet", "Table 1", against="79.8 % for DeiT-S"),)
_EXAMPLE = re.compile(r"\(\.\./docs/panels/([\w-]+)\.webp\)\n(?:\n|<details>[^\n]*\n)*```yaml\n(.*?)```", re.S)
_WIDTHS = (675.0, 1140.0)  # design units, 900 and 1520 pixels; the first that is wide enough
_MARGIN = 20.0
_SHAPE = 0.62  # height by width where the panel does not mind
_LOW = 0.3  # of a few words
_EASE = 1.12  # of the least height: nothing looks its best there
_QUALITIES = (84, 76, 68, 60, 52, 44)  # the first that is small enough
MOST_BYTES = 40 * 1024


def examples(readme: str) -> dict[str, str]:
    """The examples of the README that have a picture, by the name of that picture."""
    return dict(_EXAMPLE.findall(readme))


def panel_of(example: str, folder: Path) -> tuple[Panel, Mapping[str, bytes]]:
    """Read one example with the bytes of its figure; *folder* is written to."""
    (folder / COLLAGE_FILE).write_text(f"panels:\n{example}")
    (folder / "fig3.png").write_bytes(stand_in())
    faults, material = Faults("README.md"), Material(folder, NUMBERS)
    found = read_collage(material, faults)
    if every := faults.all():
        raise SystemExit("\n".join(map(str, every)))
    return found.panels[0], material.files


def stand_in() -> bytes:
    """A picture where the README speaks of one from a paper: what four heads look at."""
    picture = Image.new("RGB", (1400, 360), "white")
    pen = ImageDraw.Draw(picture)
    for head, x, y in product(range(4), range(9), range(9)):
        far = math.dist((x, y), (4, 4)) / (1.2 + 1.6 * head)
        shade = 1 - math.exp(-far * far)
        colour = (round(70 + 175 * shade), round(60 + 182 * shade), round(170 + 77 * shade))
        left, top = 20 + head * 350 + x * 34, 26 + y * 34
        pen.rectangle((left, top, left + 31, top + 31), colour)
    encoded = BytesIO()
    picture.save(encoded, "PNG")
    return encoded.getvalue()


def picture_of(panel: Panel, files: Mapping[str, bytes]) -> Image.Image:
    """One panel alone on the paper of a collage."""
    tokens, palette = tokens_of(Canvas.SLIDE), palette_of(CONVIT)
    block = block_of(_shown(panel, files), Look(tokens, palette, tokens.body_start))
    widths = (width - 2 * _MARGIN for width in _WIDTHS)
    width = next(width for width in widths if math.isfinite(block.least(width)))
    shape = _LOW if block.kind == "note" else _SHAPE
    height = max(block.least(width), min(block.most(width), max(shape * width, _EASE * block.least(width))))
    frame = Frame(
        canvas=tokens.canvas,
        width=round(width + 2 * _MARGIN),
        height=round(height + 2 * _MARGIN),
        margin=_MARGIN,
        scale=tokens.scale,
        paper=palette.paper,
        items=block.place(Box(_MARGIN, _MARGIN, width, height)).items,
        panels=(),
    )
    return draw(frame)


def _shown(panel: Panel, files: Mapping[str, bytes]) -> Shown:
    if not isinstance(panel, Figure):
        return panel
    return FigurePanel(panel, read_figure(panel, files[panel.sha256]))


def _encoded(picture: Image.Image) -> Iterator[bytes]:
    for quality in _QUALITIES:
        encoded = BytesIO()
        picture.save(encoded, "WEBP", quality=quality, method=6)
        yield encoded.getvalue()


def main() -> Iterator[Path]:
    """Draw every picture of the README."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, example in examples(README.read_text()).items():
        with TemporaryDirectory() as folder:
            picture = picture_of(*panel_of(example, Path(folder)))
        path = PICTURES / f"{name}.webp"
        path.write_bytes(next(encoded for encoded in _encoded(picture) if len(encoded) <= MOST_BYTES))
        yield path


if __name__ == "__main__":
    for written in main():
        print(f"{written.relative_to(ROOT)}  {written.stat().st_size / 1024:.0f} kB")
