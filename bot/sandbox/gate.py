"""Owns the page's gate: who may talk to its endpoints, and how long a request may be."""

import ipaddress
import json
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.answers import Json, Refusal
from bot.sandbox.world.room import Room
from bot.sandbox.world.world import World

BODY_BYTES_MAX = 64 * 1024

Endpoint = Callable[[Request], Awaitable[Response]]


class Turned(Exception):
    """A request of the page that cannot be answered; the message says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def guard(endpoint: Endpoint, *, hosts: Sequence[str]) -> Endpoint:
    """Let only our own page reach *endpoint*, and say in JSON what went wrong.

    The sandbox listens where any web page of the same browser can reach it, so a request must come from our own
    origin, and the name it was sent to must be ours, or a foreign name could be pointed at this address.
    """

    async def guarded(request: Request) -> Response:
        try:
            _check_origin(request, hosts)
            return await endpoint(request)
        except Turned as turned:
            return JSONResponse({"error": str(turned)}, turned.status)
        except Refusal as refusal:
            return JSONResponse({"error": refusal.description}, 404 if "not found" in refusal.description else 400)
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)

    return guarded


async def read_body(request: Request) -> Json:
    """Read the JSON object a page sends.

    Raises:
        Turned: It is too long, or no JSON object.
    """
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > BODY_BYTES_MAX:
        raise Turned(413, f"send at most {BODY_BYTES_MAX} bytes, and say how many")
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise Turned(400, "send a JSON object") from error
    if not isinstance(body, dict):
        raise Turned(400, "send a JSON object")
    return body


def integer(body: Json, name: str, default: int | None = None) -> int:
    """Read an integer of a body.

    Raises:
        Turned: It is missing or of another type.
    """
    value = body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Turned(400, f"{name} must be an integer")
    return value


def string(body: Json, name: str, default: str | None = None) -> str:
    """Read a string of a body.

    Raises:
        Turned: It is missing or of another type.
    """
    value = body.get(name, default)
    if not isinstance(value, str):
        raise Turned(400, f"{name} must be a string")
    return value


def room_of(world: World, request: Request) -> Room:
    """Find the chat that a path names.

    Raises:
        Turned: There is none.
    """
    chat_id = request.path_params["chat_id"]
    room = world.rooms.find(int(chat_id)) if chat_id.lstrip("-").isdigit() and len(chat_id) <= 20 else None
    if room is None:
        raise Turned(404, "there is no such chat")
    return room


def _check_origin(request: Request, hosts: Sequence[str]) -> None:
    host = request.headers.get("host", "")
    if not _is_ours(urlsplit(f"//{host}").hostname or "", hosts):
        raise Turned(403, f"the sandbox does not answer to the name {host}; add it to its hosts")
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none") or (origin is not None and urlsplit(origin).netloc != host):
        raise Turned(403, "requests from other sites are refused; open the sandbox's own page")


def _is_ours(name: str, hosts: Sequence[str]) -> bool:
    if name == "localhost" or name.endswith(".localhost") or name in hosts:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
