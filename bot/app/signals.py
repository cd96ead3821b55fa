"""Owns the signals that ask us to stop."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_STOP = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def on_stop_signal(stop: Callable[[], None]) -> Iterator[None]:
    """Call *stop* when SIGINT or SIGTERM comes inside the block; a second one ends the program as usual."""
    loop = asyncio.get_running_loop()

    def once() -> None:
        _forget(loop)
        stop()

    for name in _STOP:
        with suppress(NotImplementedError):  # no signal handlers in this platform's loop
            loop.add_signal_handler(name, once)
    try:
        yield
    finally:
        _forget(loop)


def _forget(loop: asyncio.AbstractEventLoop) -> None:
    for name in _STOP:
        with suppress(NotImplementedError):
            loop.remove_signal_handler(name)
