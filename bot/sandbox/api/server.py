"""Owns the Bot API over HTTP: addresses, tokens, faults, answers."""

import asyncio
import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.sandbox.answers import Refusal, bad_request, not_found, unauthorized
from bot.sandbox.api.call import Call, read_call
from bot.sandbox.api.fetching import fetch
from bot.sandbox.api.methods import METHODS
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.world.world import TOKEN, World


class _Cut(Response):
    """An answer that ends before it began: the client sees the connection close."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})


class Server:
    """Answers calls for one bot."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self.routes = [
            Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._file, methods=["GET"]),
        ]

    async def _answer(self, request: Request) -> Response:
        try:
            self._check_token(request)
            call = await read_call(request, request.path_params["method"])
            fault = self._faults.take(call.method, str(call.values.get("chat_id", "")))
            return await (self._struck(call, fault) if fault else self._carry_out(call))
        except Refusal as refusal:
            return _refuse(refusal)
        except HTTPException as error:  # a form that cannot be read
            return _refuse(bad_request(error.detail))

    async def _carry_out(self, call: Call) -> Response:
        return _json(200, {"ok": True, "result": await METHODS[call.method](self._world, call)})

    async def _struck(self, call: Call, fault: Fault) -> Response:
        answer = await self._carry_out(call) if fault.stage == "after" else None
        if answer and fault.album_items is not None:
            self._unsend(answer, fault.album_items)
        await asyncio.sleep(fault.stall_s)
        if fault.status == 0:
            return _Cut()
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
