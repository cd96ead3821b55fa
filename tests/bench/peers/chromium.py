"""Owns the slide as a page in headless Chromium."""

import shutil
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench import slide
from tests.bench.stopwatch import Process, Timing, run_process, timed

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PAGE = """<!doctype html><meta charset=utf-8><style>
body {{ margin: 0; padding: 56px; width: 1808px; height: 968px; background: #f6f5f1; font: 25px/1.3 Inter, sans-serif }}
h1 {{ font-size: 46px; margin: 0 }} main {{ display: grid; grid-template-columns: 560px 1fr; gap: 24px }}
section {{ display: grid; grid-template-columns: 1fr 1fr; gap: 24px }} img {{ width: 100% }}
figcaption {{ font-size: 22px }} figure {{ margin: 0 }}</style>
<h1>{title}</h1><p>{authors}</p><main><div><p>{question}</p><p>{idea}</p><p>{away}</p></div><section>{figures}</section></main>"""


def find() -> str | None:
    """The browser of this machine."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def write_page(folder: Path, figures: list[str]) -> Path:
    """Write the slide as HTML beside its figures."""
    pairs = zip(figures, slide.CAPTIONS, strict=True)
    shown = "".join(f"<figure><img src={name}><figcaption>{caption}</figcaption></figure>" for name, caption in pairs)
    page = folder / "slide.html"
    page.write_text(
        _PAGE.format(
            title=slide.TITLE,
            authors=", ".join(slide.AUTHORS),
            question=slide.QUESTION,
            idea=slide.KEY_IDEA,
            away=slide.TAKE_AWAY,
            figures=shown,
        ),
        encoding="utf-8",
    )
    return page


def cold(browser: str, page: Path) -> Process:
    """The whole process: start, load, one screenshot."""
    folder = page.parent
    size = f"--window-size={slide.WIDTH},{slide.HEIGHT}"
    profile, shot = f"--user-data-dir={folder}/profile", f"--screenshot={folder}/chromium.png"
    return run_process([browser, "--headless", *_FLAGS, size, profile, shot, page.as_uri()])


def warm(browser: str, page: Path, calls: int) -> Timing:
    """A page that stays open and loads the slide again each time, pictures and all."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=list(_FLAGS))
        tab = opened.new_page(viewport={"width": slide.WIDTH, "height": slide.HEIGHT})

        def shoot() -> None:
            tab.goto(f"{page.as_uri()}?{time.perf_counter_ns()}", wait_until="load")
            tab.screenshot(type="jpeg", quality=91)

        shoot()
        found = timed(shoot, calls)
        opened.close()
    return found
