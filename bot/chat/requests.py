"""Owns how requests to the Bot API leave: how long they may take, and when a refusal is believed."""

import json
from collections.abc import Callable
from typing import Any

from bot.chat.proxies import proxy_for
from bot.chat.transport import Patience, Transport

_CONNECTIONS = 128
"""Room for the handlers and for a broadcast beside them: at 50 ms a round trip, 2,500 requests a second."""
_SENDING = Patience(pool=30.0, connect=10.0, write=20.0, upload=60.0, read=60.0)
"""A message whose answer is not waited for is in doubt, so we wait long; a server that counts floods answers late."""
_POLLING = Patience(pool=30.0, connect=10.0, read=20.0)
"""What is read is waited for beyond the seconds that a long poll is meant to last."""
REFUSALS_TO_BELIEVE = 20
"""Telegram answers 401 for a moment while it moves a bot; this many in a row take about six minutes."""
_UNAUTHORIZED = (401, 404)


def sending_request(api_url: str | None) -> Transport:
    """What sends messages and asks everything but for updates."""
    return Transport(_CONNECTIONS, _SENDING, proxy=proxy_for(api_url))


class PollingRequest(Transport):
    """What asks for updates. One refusal of our token says nothing yet, so only many in a row count.

    Args:
        api_url: Root of the Bot API server.
        on_refused: Called once when the server has refused our token so often that it must mean it.
    """

    def __init__(self, api_url: str | None, *, on_refused: Callable[[], None]) -> None:
        super().__init__(1, _POLLING, proxy=proxy_for(api_url))
        self._on_refused = on_refused
        self._refusals = 0

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make one request; a refusal of our token is passed on as a fault of the server."""
        code, payload = await super().do_request(*args, **kwargs)
        if code not in _UNAUTHORIZED:
            self._refusals = 0
            return code, payload
        self._refusals += 1
        if self._refusals == REFUSALS_TO_BELIEVE:
            self._on_refused()
        said = f"the server refuses our token, {self._refusals} times in a row"
        return 500, json.dumps({"ok": False, "error_code": 500, "description": said}).encode()
