"""Owns the slide drawn by satori and resvg (npm), fetched on the first run."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.bench.stopwatch import Process, run_process

_PACKAGES = ("satori@0", "@resvg/resvg-js@2")
_SCRIPT = Path(__file__).parent / "satori.mjs"


def install(folder: Path) -> Path | None:
    """The script beside its packages; None where there is no node or no registry."""
    script = folder / _SCRIPT.name
    if shutil.which("npm") is None:
        return None
    if not (folder / "node_modules" / "satori").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder), *_PACKAGES]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            return None
    shutil.copy(_SCRIPT, script)
    return script


def cold(script: Path, slide: Path, font: Path) -> Process:
    """The whole process: start, lay out, draw once."""
    return run_process(["node", str(script), str(slide), str(font), "1"])


def warm(script: Path, slide: Path, font: Path, calls: int) -> float:
    """The median of *calls* in one process, in seconds."""
    done = subprocess.run(
        ["node", str(script), str(slide), str(font), str(calls)], capture_output=True, text=True, check=True
    )
    return float(json.loads(done.stdout)["median"])
