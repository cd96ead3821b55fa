"""CPU work in worker processes: bounded, killed in time, and out of the event loop's way."""

import asyncio
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.errors import SourceRefused
from bot.sources.apart import apart

ROOT = Path(__file__).parents[2]


def squared(number: int) -> int:
    return number * number


def refuse(reason: str) -> None:
    raise SourceRefused(reason)


def take_memory(count: int) -> int:
    return len(bytes(count))


def shout(count: int) -> int:
    return os.write(2, b"x" * count)


def spin(seconds: float) -> tuple[float, float]:
    """When it began and when it ended, on the clock that all processes share."""
    start = time.monotonic()
    digest = b""
    while time.monotonic() < start + seconds:
        digest = hashlib.sha256(digest).digest()
    return start, time.monotonic()


def meet(folder: str, name: str) -> None:
    """Wait until another one is there at the same time."""
    (Path(folder) / name).touch()
    while len(list(Path(folder).iterdir())) < 2:
        time.sleep(0.01)


def place() -> int:
    return os.getpid()


async def test_work_is_done_in_another_process() -> None:
    assert await apart(squared, 7, seconds=20) == 49
    assert await apart(place, seconds=20) != os.getpid()


async def test_a_worker_is_used_again() -> None:
    assert await apart(place, seconds=20) == await apart(place, seconds=20)


async def test_work_that_takes_too_long_is_killed_and_the_next_is_done() -> None:
    worker = await apart(place, seconds=20)
    with pytest.raises(SourceRefused, match=r"the source took longer than 0\.2 s"):
        await apart(time.sleep, 600, seconds=0.2, what="the source")
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    assert await apart(squared, 3, seconds=20) == 9


async def test_a_worker_that_dies_is_a_refusal_and_the_next_is_done() -> None:
    with pytest.raises(SourceRefused, match="broke"):
        await apart(os.abort, seconds=20)
    assert await apart(squared, 3, seconds=20) == 9


async def test_work_that_wants_too_much_memory_is_refused_and_the_next_is_done() -> None:
    with pytest.raises(SourceRefused, match="memory"):
        await apart(take_memory, 2**40, seconds=20)
    with pytest.raises(SourceRefused, match="memory"):
        await apart(take_memory, 10**9, seconds=20, memory=10**9)
    assert await apart(take_memory, 1000, seconds=20) == 1000


async def test_our_errors_come_back_as_they_are() -> None:
    with pytest.raises(SourceRefused, match=r"^so it is$"):
        await apart(refuse, "so it is", seconds=20)


async def test_two_work_at_once_and_a_third_waits() -> None:
    with TemporaryDirectory() as folder:
        await asyncio.gather(*(apart(meet, folder, name, seconds=20) for name in ("one", "other")))
    worked = await asyncio.gather(*(apart(spin, 0.5, seconds=20) for _ in range(4)))
    assert max(sum(start <= begun < end for start, end in worked) for begun, _ in worked) <= 2


async def test_a_worker_that_writes_much_to_its_standard_error_goes_on() -> None:
    assert await apart(shout, 500_000, seconds=20) == 500_000


async def test_the_event_loop_goes_on_meanwhile() -> None:
    await apart(place, seconds=20)
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    beating = asyncio.create_task(beat())
    await asyncio.gather(apart(spin, 0.5, seconds=20), apart(spin, 0.5, seconds=20))
    beating.cancel()
    assert beats >= 5  # a loop held up would have had none


async def test_giving_up_kills_the_worker() -> None:
    worker = await apart(place, seconds=20)
    waiting = asyncio.create_task(apart(time.sleep, 600, seconds=600))
    await asyncio.sleep(0.2)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


SCRIPT = """
import asyncio, math
from bot.sources.apart import apart
print("begun")
async def main():
    print(await apart(math.factorial, 5, seconds=30))
if __name__ == "__main__":
    asyncio.run(main())
"""


def run(*command: str, stdin: str | None = None) -> str:
    done = subprocess.run([sys.executable, *command], input=stdin, capture_output=True, text=True, cwd=ROOT, timeout=50)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_it_works_in_a_script_from_standard_input() -> None:
    assert run("-", stdin=SCRIPT).split() == ["begun", "120"]


@pytest.mark.slow
def test_it_works_in_a_script_of_a_file(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{SCRIPT}")
    assert run(str(script)).split() == ["begun", "120"]


@pytest.mark.slow
def test_a_worker_of_the_bot_does_not_run_the_bot() -> None:
    """A worker loads the main module of its parent under another name; ours then does nothing."""
    script = (
        "import asyncio, math, runpy, sys\n"
        "from bot.sources.apart import apart\n"
        "import bot.__main__\n"
        "sys.modules['__main__'] = bot.__main__\n"
        "print(asyncio.run(apart(math.factorial, 5, seconds=30)))\n"
    )
    assert run("-c", script).split() == ["120"]
