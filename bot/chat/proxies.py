"""Owns whether a proxy stands between us and the Bot API server: as the environment says, in every program's way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import encode_basic_auth
from yarl import URL

from bot.errors import SettingError

TELEGRAM = "https://api.telegram.org"
_SPOKEN = ("http", "https")


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy between us and the server.

    Attributes:
        url: Its address without name and password.
        tunnels: Whether it passes on what it cannot read (https), or reads each request (http).
        headers: Name and password, as the proxy wants to hear them; the server is not to hear them.
    """

    url: URL
    tunnels: bool = True
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, address: str, *, tunnels: bool) -> "Proxy":
        """Read an address as it stands in the environment, ``http://name:password@host:3128``.

        Raises:
            SettingError: We cannot speak to such a proxy.
        """
        try:
            url = URL(address if "://" in address else f"http://{address}")
            told = encode_basic_auth(url.user or "", url.password or "")
        except ValueError:
            url, told = URL(), ""
        if url.scheme not in _SPOKEN or not url.host:
            said = "The environment names a proxy that is no http:// address; correct HTTPS_PROXY or ALL_PROXY."
            raise SettingError(said)
        is_anonymous = url.user is None and url.password is None
        return cls(url.with_user(None), tunnels, {} if is_anonymous else {"Proxy-Authorization": told})


def proxy_for(api_url: str | None) -> Proxy | None:
    """Say which proxy leads to a server; a server in this very machine is never asked through one.

    Args:
        api_url: Root of the Bot API server; None for Telegram's.

    Raises:
        SettingError: The environment names a proxy that we cannot speak to.

    Source: https://docs.python.org/3/library/urllib.request.html#urllib.request.getproxies (HTTPS_PROXY, NO_PROXY)
    """
    root = urlsplit(api_url or TELEGRAM)
    host = root.hostname or ""
    if _is_local(host) or proxy_bypass(host):
        return None
    named = getproxies()
    address = named.get(root.scheme) or named.get("all")
    return Proxy.read(address, tunnels=root.scheme == "https") if address else None


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
