"""Owns the slide drawn by typst (PyPI), fetched on the first run."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.stopwatch import Process, run_process

_SOURCE = Path(__file__).parent / "slide.typ"
_CODE = """
import sys, time, json, statistics
sys.path.insert(0, sys.argv[1])
import typst
source, fonts, calls = sys.argv[2], sys.argv[3], int(sys.argv[4])
times = []
for _ in range(calls):
    start = time.perf_counter()
    typst.compile(source, output=source.replace('.typ', '.png'), format='png', ppi=72.0, font_paths=[fonts])
    times.append(time.perf_counter() - start)
print(json.dumps({'median': statistics.median(times)}))
"""


def install(folder: Path) -> Path | None:
    """Where the package lies; None where no registry answers."""
    if not (folder / "typst").is_dir():
        uv = Path(sys.executable).parent / "uv"
        command = [str(uv), "pip", "install", "--quiet", "--target", str(folder), "typst==0.15.0"]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            return None
    return folder


def cold(package: Path, slide: Path, fonts: Path) -> Process:
    """The whole process: start, lay out, draw once."""
    return run_process(_command(package, slide, fonts, 1))


def warm(package: Path, slide: Path, fonts: Path, calls: int) -> float:
    """The median of *calls* in one process, in seconds."""
    done = subprocess.run(_command(package, slide, fonts, calls), capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["median"])


def _command(package: Path, slide: Path, fonts: Path, calls: int) -> list[str]:
    source = slide / _SOURCE.name
    shutil.copy(_SOURCE, source)
    return [sys.executable, "-c", _CODE, str(package), str(source), str(fonts), str(calls)]
