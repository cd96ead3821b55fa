"""Owns how requests to the Bot API leave: how long they may take, and when a refusal is believed."""

import json
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from telegram.request import HTTPXRequest

_CONNECTIONS = 64
"""Room for every handler and for a broadcast beside them; httpx's pool gets slow beyond that."""
_READ_TIMEOUT_S = 60.0
"""A message whose answer is not waited for is in doubt, so we wait long; a server that counts floods answers late."""
_POLL_READ_TIMEOUT_S = 20.0
"""Beyond the seconds that a long poll is meant to last."""
_WRITE_TIMEOUT_S = 20.0
_UPLOAD_TIMEOUT_S = 60.0
_CONNECT_TIMEOUT_S = 10.0
_POOL_TIMEOUT_S = 30.0
REFUSALS_TO_BELIEVE = 20
"""Telegram answers 401 for a moment while it moves a bot; this many in a row take about eight minutes."""
_UNAUTHORIZED = (401, 404)


def sending_request(api_url: str | None) -> HTTPXRequest:
    """What sends messages and asks everything but for updates."""
    return HTTPXRequest(
        connection_pool_size=_CONNECTIONS,
        read_timeout=_READ_TIMEOUT_S,
        write_timeout=_WRITE_TIMEOUT_S,
        media_write_timeout=_UPLOAD_TIMEOUT_S,
        connect_timeout=_CONNECT_TIMEOUT_S,
        pool_timeout=_POOL_TIMEOUT_S,
        httpx_kwargs=_client_options(api_url),
    )


class PollingRequest(HTTPXRequest):
    """What asks for updates. The library stops polling for good at the first 401, so only many in a row count.

    Args:
        api_url: Root of the Bot API server.
        on_refused: Called once when the server has refused our token so often that it must mean it.
    """

    def __init__(self, api_url: str | None, *, on_refused: Callable[[], None]) -> None:
        super().__init__(
            connection_pool_size=1,
            read_timeout=_POLL_READ_TIMEOUT_S,
            connect_timeout=_CONNECT_TIMEOUT_S,
            pool_timeout=_POOL_TIMEOUT_S,
            httpx_kwargs=_client_options(api_url),
        )
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


def _client_options(api_url: str | None) -> dict[str, Any]:
    # A server in this very machine is not to be asked through a proxy.
    return {"trust_env": not _is_local(api_url)}


def _is_local(api_url: str | None) -> bool:
    host = urlsplit(api_url or "").hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
