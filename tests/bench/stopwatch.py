"""Owns measuring: repeated calls, quantiles, memory, and how a result is printed."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """How long repeated calls took, in seconds."""

    samples: Sequence[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.samples)

    @property
    def p99(self) -> float:
        return sorted(self.samples)[min(len(self.samples) - 1, int(len(self.samples) * 0.99))]

    def __str__(self) -> str:
        return f"p50 {self.p50 * 1e3:8.2f} ms   p99 {self.p99 * 1e3:8.2f} ms   ({len(self.samples)} calls)"


def timed(what: Callable[[], object], calls: int) -> Timing:
    """Call *what* that many times."""
    samples = []
    for _ in range(calls):
        start = time.perf_counter()
        what()
        samples.append(time.perf_counter() - start)
    return Timing(samples)


async def timed_async(what: Callable[[], Awaitable[object]], calls: int) -> Timing:
    """Await *what* that many times, one after the other."""
    samples = []
    for _ in range(calls):
        start = time.perf_counter()
        await what()
        samples.append(time.perf_counter() - start)
    return Timing(samples)


def ratio(ours: float, alternative: float) -> str:
    """Say how we compare: above 1 we are faster."""
    return f"{alternative / ours:.1f}× as fast as" if ours else "–"


def peak_mib() -> float:
    """The largest resident size of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass(frozen=True, slots=True)
class Process:
    """A process that has ended: its seconds, and its largest resident size in MiB."""

    seconds: float
    peak: float


def run_process(command: Sequence[str]) -> Process:
    """Run *command* to its end, from a small process: a child counts the memory of whoever forked it as its own.

    Raises:
        CalledProcessError: It failed.
    """
    launcher = [sys.executable, "-S", "-c", _LAUNCHER, *command]
    done = subprocess.run(launcher, capture_output=True, text=True, check=True)
    seconds, peak = map(float, done.stdout.split()[-2:])
    return Process(seconds, peak / 1024)


_LAUNCHER = """
import os, sys, time
start = time.perf_counter()
null = os.open(os.devnull, os.O_RDWR)
moves = [(os.POSIX_SPAWN_DUP2, null, stream) for stream in (0, 1, 2)]
_, status, usage = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=moves), 0)
print(time.perf_counter() - start, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def run_python(code: str) -> Process:
    """Run *code* in a Python of its own."""
    return run_process([sys.executable, "-c", code])


def median_process(run: Callable[[], Process], calls: int) -> Process:
    """The median seconds and the median peak of *calls* runs, after one that warms the disk."""
    run()
    found = [run() for _ in range(calls)]
    return Process(statistics.median(each.seconds for each in found), statistics.median(each.peak for each in found))


def headline(text: str) -> None:
    """Print what is measured next."""
    print(f"\n{text}", flush=True)


def line(name: str, value: object) -> None:
    """Print one result."""
    print(f"  {name:<44}{value}", flush=True)
