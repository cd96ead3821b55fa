"""Owns serving an app where the settings say."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.types import ASGIApp

from bot.errors import SettingError
from bot.sandbox import serve
from bot.settings import Settings


@asynccontextmanager
async def served(
    app: ASGIApp, settings: Settings, *, before_stop: Callable[[], None] | None = None, most: int | None = None
) -> AsyncIterator[str]:
    """Serve *app* inside the block, and yield the address to open.

    Args:
        before_stop: Called when the block ends; whoever waits in the app should leave then.
        most: Connections at the same time; None for no bound.

    Raises:
        SettingError: Nobody can listen there.
    """
    async with AsyncExitStack() as stack:
        try:
            serving = serve(app, settings.host, settings.port, before_stop=before_stop, most=most)
            url = await stack.enter_async_context(serving)
        except OSError as error:
            where = f"HOST {settings.host} with PORT {settings.port} cannot be used ({error.strerror})"
            raise SettingError(f"{where}; choose others, PORT=0 picks a free one.") from None
        # Listening everywhere is an address to bind, not one to open.
        yield url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
