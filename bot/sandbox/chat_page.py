"""Owns the chat page: its files, and the endpoints it talks to."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.answers import Json
from bot.sandbox.deeds import Deeds
from bot.sandbox.gate import Endpoint, Turned, guard, read_body, room_of
from bot.sandbox.showing import show_message, show_room
from bot.sandbox.world.files import scale
from bot.sandbox.world.messages import Document
from bot.sandbox.world.world import World

FOLDER = Path(__file__).with_name("page")
SHOWN_AT_ONCE = 60
HEARTBEAT_S = 15.0
_HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'",
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


@dataclass(frozen=True, slots=True)
class Control:
    """A button beside the chat that makes something happen.

    Attributes:
        label: What is on the button.
        action: What it does; the sentence it gives is shown, and so is the message of what it raises.
    """

    label: str
    action: Callable[[], Awaitable[str]]


class ChatPage:
    """The page for the people of one world.

    Args:
        world: What the page shows and changes.
        controls: Buttons beside the chat.
        hosts: Names, beside localhost and plain addresses, under which browsers may open it.
    """

    def __init__(self, world: World, *, controls: Sequence[Control], hosts: Sequence[str]) -> None:
        self._world = world
        self._controls = tuple(controls)
        self._hosts = tuple(hosts)
        self.routes: list[BaseRoute] = [
            Route("/", self._index),
            Mount("/sandbox/page", StaticFiles(directory=FOLDER)),
            self._route("/sandbox/state", self._state),
            self._route("/sandbox/events", self._events),
            self._route("/sandbox/files/{name}", self._file),
            self._route("/sandbox/controls/{number:int}", self._control, method="POST"),
            self._route("/sandbox/people/{user_id:int}/language", self._language, method="POST"),
            self._route("/sandbox/chats/{chat_id}/messages", self._messages),
            *(
                self._route(f"/sandbox/chats/{{chat_id}}/{name}", endpoint, method="POST")
                for name, endpoint in Deeds(world).endpoints.items()
            ),
        ]

    def _route(self, path: str, endpoint: Endpoint, *, method: str = "GET") -> Route:
        return Route(path, guard(endpoint, hosts=self._hosts), methods=[method])

    async def _index(self, request: Request) -> Response:
        return FileResponse(FOLDER / "index.html", headers=_HEADERS)

    async def _state(self, request: Request) -> Response:
        world = self._world
        state = {
            "count": world.pulse.count,
            "bot": {"name": world.bot.first_name, "username": world.bot.username},
            "people": [person.as_json() for person in world.rooms.people.values()],
            "chats": [show_room(world, room) for room in world.rooms.all()],
            "controls": [control.label for control in self._controls],
        }
        return JSONResponse(state)

    async def _messages(self, request: Request) -> Response:
        room = room_of(self._world, request)
        before = request.query_params.get("before", "")
        older = [m for m in room.messages.values() if not before.isdigit() or m.message_id < int(before)]
        shown = [show_message(self._world, message) for message in older[-SHOWN_AT_ONCE:]]
        return JSONResponse({"messages": shown, "has_older": len(older) > len(shown)})

    async def _events(self, request: Request) -> Response:
        since = request.headers.get("last-event-id") or request.query_params.get("since", "")
        if not since.isdigit() or len(since) > 18:
            raise Turned(400, "since must be the number of an event")
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(self._stream(int(since)), media_type="text/event-stream", headers=headers)

    async def _stream(self, count: int) -> AsyncIterator[str]:
        pulse = self._world.pulse
        while not pulse.closed:
            events = pulse.since(count)
            if events is None:
                yield _event(pulse.count, {"kind": "reset"})
                count = pulse.count
                continue
            for number, event in events:
                count = number
                if shown := self._shown(event):
                    yield _event(number, shown)
            if not await pulse.wait(lambda seen=count: pulse.count > seen, timeout_s=HEARTBEAT_S):  # type: ignore[misc]
                yield ": still here\n\n"

    def _shown(self, event: Json) -> Json | None:
        if event["kind"] != "message":
            return event
        room = self._world.rooms.find(event["chat_id"])
        message = room.messages.get(event["message_id"]) if room else None
        return (
            {"kind": "message", "chat_id": event["chat_id"], "message": show_message(self._world, message)}
            if message
            else None
        )

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        stored = self._world.files.find(name)
        if stored is None:
            raise Turned(404, "this file is no longer kept")
        headers = {"cache-control": "private, max-age=3600", "x-content-type-options": "nosniff"}
        if isinstance(stored.media, Document):
            headers["content-disposition"] = "attachment"
            return Response(stored.content, media_type="application/octet-stream", headers=headers)
        return Response(await asyncio.to_thread(scale, stored, name), media_type="image/jpeg", headers=headers)

    async def _language(self, request: Request) -> Response:
        rooms, user_id = self._world.rooms, request.path_params["user_id"]
        language = (await read_body(request)).get("language")
        if user_id not in rooms.people:
            raise Turned(404, "there is no such person")
        if not isinstance(language, str) or not 2 <= len(language) <= 10:
            raise Turned(400, "language must be a code like en or zh-hans")
        rooms.change_person(replace(rooms.people[user_id], language_code=language))
        return JSONResponse({})

    async def _control(self, request: Request) -> Response:
        number = request.path_params["number"]
        if number >= len(self._controls):
            raise Turned(404, "there is no such control")
        try:
            return JSONResponse({"text": await self._controls[number].action(), "is_error": False})
        except Exception as error:  # whatever goes wrong in there, whoever pressed wants to read it
            return JSONResponse({"text": str(error) or type(error).__name__, "is_error": True})


def _event(number: int, event: Json) -> str:
    return f"id: {number}\ndata: {json.dumps(event)}\n\n"
