"""Owns the worker processes: reading and drawing happen there, within bounds, and never hold the event loop up."""

import asyncio
import contextlib
import os
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, TypeVarTuple

from anyio import BrokenWorkerProcess, CapacityLimiter, fail_after, to_process
from anyio.lowlevel import RunVar

from bot.errors import SourceRefused

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

MEMORY = 5 * 2**29
"""Bytes of address space that a worker may take: 2.5 GiB."""
_AT_ONCE = 2
_NICENESS = 10
"""Of the workers, so that answers go first when there are no more cores than workers."""

_places: RunVar[dict[str, CapacityLimiter]] = RunVar("places")
_is_settled = False


async def apart(
    work: Callable[[*Ts], T],
    *args: *Ts,
    seconds: float,
    memory: int = MEMORY,
    what: str = "this paper",
    lane: str = "reading",
) -> T:
    """Run CPU work in a worker process. Two run at once in a lane, others wait for their turn.

    Args:
        work: A function of a module, synchronous and pure; it, its arguments and its result pickle.
        seconds: How long it may take, waiting and starting not counted; then its worker is killed.
        memory: Bytes of address space; asking for more is a refusal.
        what: For the message, as its subject: ``the source``.
        lane: Work of another lane does not wait for this one.

    Returns:
        What *work* returns; what it raises is raised here.

    Raises:
        SourceRefused: It took too long or too much memory, or its worker died. The next call finds a fresh one.
    """
    async with _limiter(lane):
        try:
            await _to_its_end(_in_worker(_settle, memory))  # a worker whose start is cut short would be left behind
            with fail_after(seconds):
                return await _in_worker(_settled, memory, work, args)
        except TimeoutError as error:
            raise SourceRefused(f"{what} took longer than {seconds:g} s to work on; choose another paper.") from error
        except MemoryError as error:
            raise SourceRefused(f"{what} takes too much memory; choose another paper.") from error
        except BrokenWorkerProcess as error:
            raise SourceRefused(f"{what} broke the program that works on it; choose another paper.") from error


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for *work*; whoever is cancelled meanwhile, and however often, goes only when it is done."""
    task = asyncio.ensure_future(work)
    given_up: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            given_up = error
    failed = task.exception()
    if reason := given_up or failed:
        raise reason


async def _in_worker(work: Callable[[*Ts], T], *args: *Ts) -> T:
    # Our own limiter is held already; the library's would count its workers over all callers.
    return await to_process.run_sync(work, *args, cancellable=True, limiter=CapacityLimiter(1))


def _limiter(lane: str) -> CapacityLimiter:
    try:
        lanes = _places.get()
    except LookupError:
        lanes = {}
        _places.set(lanes)
    return lanes.setdefault(lane, CapacityLimiter(_AT_ONCE))


def _settled(memory: int, work: Callable[[*Ts], T], args: tuple[*Ts]) -> T:
    _settle(memory)
    return work(*args)


def _settle(memory: int) -> None:
    """Bound this worker's memory; the first time also step back behind the event loop, and be silent.

    Nobody reads a worker's standard error: a library that writes much to it would wait forever.
    """
    _bound_memory(memory)
    global _is_settled
    if not _is_settled:
        _is_settled = True
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  # a device
            os.dup2(nowhere.fileno(), 2)
        with contextlib.suppress(OSError, AttributeError):
            os.nice(_NICENESS)


def _bound_memory(memory: int) -> None:
    try:
        import resource  # not on every system
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    with contextlib.suppress(ValueError, OSError):  # some systems know the limit and refuse to set it
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
