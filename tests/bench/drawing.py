"""One collage, warm and in a process of its own, beside a headless browser that draws a page of the same words."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bot.collage import compose
from bot.editorial.content import read_content
from bot.model.canvas import Canvas
from bot.settings import ROOT
from tests.bench.stopwatch import headline, line, ratio, run_python, timed

COLD = """
from bot.collage import compose
from bot.editorial.content import read_content
from bot.model.canvas import Canvas
from bot.settings import ROOT
entry = next(e for e in read_content(ROOT / "content").entries if e.number == 27)
compose(entry, Canvas.{canvas})
"""
PAGE = """<!doctype html><meta charset=utf-8><body style="width:1440px;height:1800px;font:38px sans-serif;margin:64px">
<h1>{title}</h1><p>{authors}</p><p>{idea}</p><p style="font-size:120px">{number}</p><p>{away}</p>"""
CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1440,1800",
            "--force-device-scale-factor=1.4222", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]  # fmt: skip


def measure() -> None:
    """Print time and memory of one collage."""
    entries = read_content(ROOT / "content").entries
    entry = next(entry for entry in entries if entry.number == 27)
    headline("One collage (entry 27)")
    for canvas in Canvas:
        compose(entry, canvas)
        warm = timed(lambda canvas=canvas: compose(entry, canvas), 15)  # type: ignore[misc]
        seconds, peak = run_python(COLD.format(canvas=canvas.name))
        line(f"{canvas}, warm", warm)
        line(f"{canvas}, whole process", f"{seconds:.2f} s, peak {peak:.0f} MiB")
    everything = timed(lambda: [compose(one, Canvas.PORTRAIT) for one in entries], 1)
    line(f"all {len(entries)} portraits", f"{everything.p50:.1f} s, {everything.p50 / len(entries) * 1e3:.0f} ms each")
    browser = shutil.which("chromium")
    if browser is None:
        line("headless Chromium", "not installed, not compared")
        return
    portrait, _ = run_python(COLD.format(canvas="PORTRAIT"))
    alternative = _screenshot(browser, entry.paper.title, ", ".join(entry.paper.authors), entry.text().key_idea)
    line(
        "headless Chromium, a page of the same words", f"{alternative:.2f} s; ours is {ratio(portrait, alternative)} it"
    )


def _screenshot(browser: str, title: str, authors: str, idea: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(
            PAGE.format(title=title, authors=authors, idea=idea, number="82.2 %", away=idea), encoding="utf-8"
        )
        command = [
            browser,
            *CHROMIUM,
            f"--user-data-dir={folder}/profile",
            f"--screenshot={folder}/page.png",
            f"file://{page}",
        ]
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        return time.perf_counter() - start
