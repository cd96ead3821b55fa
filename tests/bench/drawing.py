"""One slide, warm and as a whole process, beside the floor and beside others who draw the same; then the catalogue."""

import io
import json
import pickle
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

import bot.collage
from bot.collage import themes
from bot.collage.check.judge import check
from bot.collage.compose import compose
from bot.collage.cover import compose_cover
from bot.collage.draw import draw
from bot.collage.frame import Frame, Picture
from bot.editorial.content import Content, read_content
from bot.model.canvas import Canvas
from bot.settings import ROOT
from tests.bench import slide
from tests.bench.peers import chromium, satori, typst
from tests.bench.stopwatch import Process, headline, line, median_process, run_python, timed

_FONTS = Path(bot.collage.__file__).parent / "fonts"
_FETCHED = ROOT / "var" / "bench"
_WARM, _COLD = 15, 5
_PLAIN, _SENT = 1920, 2560  # pixels: as the others draw, and as a collage is sent
_WHOLE = """
import pickle
from bot.collage import themes
from bot.collage.compose import compose
from bot.model.canvas import Canvas
themes.LONG_SIDE_PX = {pixels}
with open({path!r}, "rb") as file:
    entry, files = pickle.load(file)
compose(entry, Canvas.SLIDE, files=files)
"""


@dataclass(frozen=True, slots=True)
class _Measured:
    """One renderer: seconds in a warm process, and what a process of its own takes."""

    warm: float
    whole: Process


def measure() -> None:
    """Print time and memory of the slide, and of the catalogue."""
    headline("The slide: 4 figures of 1600×1000, 6 blocks of text (medians; peak of the largest process)")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        names = _write(folder)
        floor = _floor(_PLAIN)
        line(
            "the floor: decode, resize, encode",
            f"warm {floor * 1e3:.0f} ms; at {_SENT} px {_floor(_SENT) * 1e3:.0f} ms",
        )
        ours = _ours(folder, _PLAIN)
        _print("Collagebot", ours)
        line("", f"warm {ours.warm / floor:.2f}× the floor")
        sent = _ours(folder, _SENT)
        _print(f"Collagebot at {_SENT} px, as sent", sent)
        line(
            "",
            f"warm {sent.warm / ours.warm:.2f}×, whole {sent.whole.seconds / ours.whole.seconds:.2f}× of {_PLAIN} px",
        )
        for name, other in _others(folder, names):
            _print(name, other)
            times = (
                f"warm {other.warm / ours.warm:.1f}×, whole {other.whole.seconds / ours.whole.seconds:.1f}× our time"
            )
            line("", f"{times}, {other.whole.peak / ours.whole.peak:.1f}× our memory")
    _catalogue()


def _print(name: str, found: _Measured) -> None:
    whole = f"whole process {found.whole.seconds:.2f} s, {found.whole.peak:.0f} MiB"
    line(name, f"warm {found.warm * 1e3:.0f} ms; {whole}")


def _write(folder: Path) -> list[str]:
    """Write the slide for those who read it from a folder; give the names of the figures."""
    sample = slide.sample()
    names = [f"{index}.png" for index in range(len(sample.figures))]
    for name, content in zip(names, sample.figures, strict=True):
        (folder / name).write_bytes(content)
    (folder / "entry.pickle").write_bytes(pickle.dumps((sample.entry, sample.files)))
    texts = {
        "title": slide.TITLE,
        "authors": ", ".join(slide.AUTHORS),
        "question": slide.QUESTION,
        "idea": slide.KEY_IDEA,
        "away": slide.TAKE_AWAY,
        "captions": slide.CAPTIONS,
        "figures": names,
    }
    (folder / "slide.json").write_text(json.dumps(texts), encoding="utf-8")
    return names


@contextmanager
def _long_side(pixels: int) -> Iterator[None]:
    before, themes.LONG_SIDE_PX = themes.LONG_SIDE_PX, pixels
    try:
        yield
    finally:
        themes.LONG_SIDE_PX = before


def _ours(folder: Path, pixels: int) -> _Measured:
    sample = slide.sample()
    with _long_side(pixels):
        compose(sample.entry, Canvas.SLIDE, files=sample.files)
        warm = timed(lambda: compose(sample.entry, Canvas.SLIDE, files=sample.files), _WARM)
    code = _WHOLE.format(pixels=pixels, path=str(folder / "entry.pickle"))
    return _Measured(warm.p50, median_process(lambda: run_python(code), _COLD))


def _floor(pixels: int) -> float:
    """Decode the figures, resize them to the sizes at which our slide shows them, encode a picture of its size."""
    sample = slide.sample()
    with _long_side(pixels):
        frame = compose(sample.entry, Canvas.SLIDE, files=sample.files).frame
    return timed(lambda: _encode(frame, sample.figures), _WARM).p50


def _encode(frame: Frame, figures: tuple[bytes, ...]) -> None:
    page = Image.new("RGB", frame.pixel_size, frame.paper)
    boxes = [item.box for item in frame.items if isinstance(item, Picture)]
    for box, content in zip(boxes, figures, strict=False):
        with Image.open(io.BytesIO(content)) as opened:
            size = round(box.width * frame.scale), round(box.height * frame.scale)
            shown = opened.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        page.paste(shown, (round(box.x * frame.scale), round(box.y * frame.scale)))
    page.save(io.BytesIO(), "JPEG", quality=91, subsampling=0)


def _others(folder: Path, names: list[str]) -> Iterator[tuple[str, _Measured]]:
    if package := typst.install(_FETCHED / "typst"):
        whole = median_process(lambda: typst.cold(package, folder, _FONTS), _COLD)
        yield "typst (PyPI), one fixed arrangement", _Measured(typst.warm(package, folder, _FONTS, _WARM), whole)
    else:
        line("typst", "no registry answers, not compared")
    font = _FONTS / "Inter-roman.var.ttf"
    if script := satori.install(_FETCHED / "satori"):
        whole = median_process(lambda: satori.cold(script, folder, font), _COLD)
        yield "satori + resvg (npm)", _Measured(satori.warm(script, folder, font, _WARM), whole)
    else:
        line("satori + resvg", "no npm or no registry, not compared")
    if browser := chromium.find():
        page = chromium.write_page(folder, names)
        whole = median_process(lambda: chromium.cold(browser, page), _COLD)
        yield "headless Chromium", _Measured(chromium.warm(browser, page, _WARM).p50, whole)
    else:
        line("headless Chromium", "not installed, not compared")


def _catalogue() -> None:
    """Every entry as slide and portrait, drawn for the first time in this process; then the checker on each."""
    content = read_content(ROOT / "content")
    canvases = (Canvas.SLIDE, Canvas.PORTRAIT)
    start = time.perf_counter()
    drawn = [(entry, compose(entry, canvas, files=content.files)) for entry in content.entries for canvas in canvases]
    seconds = time.perf_counter() - start
    headline("The catalogue")
    line(
        f"{len(content.entries)} entries × {len(canvases)}",
        f"{seconds:.1f} s, {seconds / len(drawn) * 1e3:.0f} ms each",
    )
    checks = []
    for entry, collage in drawn:
        picture = draw(collage.frame)
        start = time.perf_counter()
        check(entry, collage.frame, picture=picture, encoded=collage.jpeg)
        checks.append(time.perf_counter() - start)
    checks.sort()
    line("the checker", f"median {checks[len(checks) // 2] * 1e3:.0f} ms, slowest {checks[-1] * 1e3:.0f} ms")
    _cover(content)


def _cover(content: Content) -> None:
    """The cover of four papers, warm, beside their four portraits."""
    papers = content.entries[:4]

    def portraits() -> None:
        for entry in papers:
            compose(entry, Canvas.PORTRAIT, files=content.files)

    def cover() -> None:
        compose_cover("September 2021", papers, Canvas.PORTRAIT, files=content.files)

    portraits()
    cover()
    drawn, covered = timed(portraits, _WARM).p50, timed(cover, _WARM).p50
    line("a cover of four", f"warm {covered * 1e3:.0f} ms, {covered / drawn:.2f}× its four portraits")
