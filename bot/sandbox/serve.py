"""Owns running an ASGI app on a port for as long as a block lasts."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

GRACE_S = 5


class _Server(uvicorn.Server):
    """A server that says when it listens, and leaves the signals to whoever runs it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.has_started = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.has_started.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serve(
    app: ASGIApp,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    before_stop: Callable[[], None] | None = None,
    most: int | None = None,
) -> AsyncIterator[str]:
    """Serve *app* inside the block.

    Args:
        app: What answers.
        host: Address to listen on.
        port: 0 takes a free one.
        before_stop: Called when the block ends; whoever waits in the app should leave then.
        most: Connections at the same time; who comes then hears 503. None for no bound.

    Yields:
        The base URL, without a slash at its end.

    Raises:
        OSError: The address cannot be used.
    """
    with _listen(host, port) as listener:
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=GRACE_S,
            limit_concurrency=most,
        )
        server = _Server(config)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await server.has_started.wait()
            yield f"http://{_in_url(host)}:{listener.getsockname()[1]}"
        finally:
            if before_stop:
                before_stop()
            server.should_exit = True
            await running


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, the protocol makes asyncio switch Nagle's algorithm off; unnamed, every answer takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
