"""From the command to the address, and what the idle bot holds in memory."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.stopwatch import headline, line


def measure() -> None:
    """Print start-up time, first and second, and idle memory."""
    headline("Starting (sandbox, 21 entries)")
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/start.db"
        first, _ = _start(database, idle_s=30)
        second, resident = _start(database, idle_s=8)
        line("first start: migrate, load, serve", f"{first:.2f} s until the address is printed")
        line("second start", f"{second:.2f} s")
        line("idle, every collage drawn", f"{resident:.0f} MiB resident")


def _start(database: str, *, idle_s: float) -> tuple[float, float]:
    environment = {**os.environ, "PORT": "0", "DATABASE_URL": database}
    environment.pop("TELEGRAM_BOT_TOKEN", None)
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    seconds = time.perf_counter() - start
    time.sleep(idle_s)
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    return seconds, pages * os.sysconf("SC_PAGE_SIZE") / 2**20
