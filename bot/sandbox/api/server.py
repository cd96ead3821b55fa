"""Owns the Bot API over HTTP: addresses, tokens, faults, answers."""

import asyncio
import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from bot.sandbox.answers import Refusal, bad_request, not_found, unauthorized
from bot.sandbox.api.call import Call, read_call
from bot.sandbox.api.fetching import fetch
from bot.sandbox.api.methods import METHODS
from bot.sandbox.faults import Fault
from bot.sandbox.floods import Floods
from bot.sandbox.striking import Faults
from bot.sandbox.world.world import TOKEN, World


class _Cut(Response):
    """An answer that ends too early, by default before it began: the client sees the connection close."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = str(2 * len(self.body) + 1000).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
        if self.body:
            await send({"type": "http.response.body", "body": self.body, "more_body": True})


class Server:
    """Answers calls for one bot."""

    def __init__(self, world: World, faults: Faults, floods: Floods) -> None:
        self._world = world
        self._faults = faults
        self._floods = floods
        self.routes = [
            Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._file, methods=["GET"]),
        ]

    async def _answer(self, request: Request) -> Response:
        try:
            self._check_token(request)
            call = await read_call(self._slowed(request), request.path_params["method"])
            await asyncio.sleep(self._floods.admit(call))
            fault = self._faults.take(call.method, str(call.values.get("chat_id", "")))
            return await (self._struck(call, fault) if fault else self._carry_out(call))
        except Refusal as refusal:
            return _refuse(refusal)
        except HTTPException as error:  # a form that cannot be read
            return _refuse(bad_request(error.detail))

    def _slowed(self, request: Request) -> Request:
        """Take a request in as slowly as files are, if they are."""
        rate = self._faults.upload_bytes_per_s
        if not rate or not request.headers.get("content-type", "").startswith("multipart/"):
            return request

        async def drip() -> Message:
            piece = await request.receive()
            await asyncio.sleep(len(piece.get("body", b"")) / rate)
            return piece

        return Request(request.scope, drip)

    async def _carry_out(self, call: Call) -> Response:
        return _json(200, {"ok": True, "result": await METHODS[call.method](self._world, call)})

    async def _struck(self, call: Call, fault: Fault) -> Response:
        if fault.deed is not None:
            fault.deed()
        answer = await self._carry_out(call) if fault.stage == "after" else None
        if answer and fault.album_items is not None:
            self._unsend(answer, fault.album_items)
        await asyncio.sleep(fault.stall_s)
        if fault.status == 0:
            return _Cut()
        if answer and fault.half:
            half = bytes(answer.body)[: len(answer.body) // 2]
            return _Cut(half) if fault.half == "closed" else Response(half, media_type="application/json")
        if fault.status is None:
            return answer or await self._carry_out(call)
        kind = "application/json" if fault.body.startswith("{") else "text/html"
        return Response(fault.body, fault.status, media_type=kind)

    def _unsend(self, answer: Response, kept: int) -> None:
        for message in json.loads(bytes(answer.body))["result"][kept:]:
            self._world.rooms.unsend(message["chat"]["id"], message["message_id"])

    async def _file(self, request: Request) -> Response:
        try:
            self._check_token(request)
            content = await fetch(self._world, request.path_params["path"])
        except Refusal as refusal:
            return _refuse(refusal)
        return Response(content, media_type="application/octet-stream")

    def _check_token(self, request: Request) -> None:
        token = request.path_params["token"]
        if not TOKEN.fullmatch(token):
            raise not_found()
        if token != self._world.token:
            raise unauthorized()


def _refuse(refusal: Refusal) -> Response:
    return _json(refusal.code, refusal.as_json())


def _json(status: int, body: Any) -> Response:
    return Response(json.dumps(body), status, media_type="application/json")
