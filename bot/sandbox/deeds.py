"""Owns what people may do on the page, as endpoints: write, press, choose, and change who is where."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.answers import Json
from bot.sandbox.gate import Endpoint, Turned, integer, read_body, room_of, string
from bot.sandbox.showing import show_answer, show_message
from bot.sandbox.world import membership, topics
from bot.sandbox.world.acting import press, say
from bot.sandbox.world.choosing import ask_inline, choose
from bot.sandbox.world.inlines import InlineAnswer
from bot.sandbox.world.people import Person
from bot.sandbox.world.room import Room
from bot.sandbox.world.standing import KICKED, Standing, administrator, at_first
from bot.sandbox.world.world import World

ANSWER_S = 15.0  # a press that is not answered by then stops waiting, as in Telegram's clients
OFFERS_MAX = 200
_ONLY_TEXT = frozenset({"can_send_messages"})


class Deeds:
    """The endpoints by which people act in one world; the last part of each path is a key of `endpoints`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._offers: OrderedDict[str, InlineAnswer] = OrderedDict()
        self.endpoints: Mapping[str, Endpoint] = {
            "messages": self._say,
            "presses": self._press,
            "inline": self._ask_inline,
            "choices": self._choose,
            "membership": self._membership,
            "bot": self._change_bot,
            "topics": self._change_topic,
            "anonymity": self._anonymity,
        }

    async def _say(self, request: Request) -> Response:
        room, body = room_of(self._world, request), await read_body(request)
        message = say(
            self._world,
            string(body, "text"),
            chat_id=room.chat.chat_id,
            user_id=integer(body, "user_id"),
            reply_to=integer(body, "reply_to", 0),
            thread_id=integer(body, "thread_id", 0),
        )
        return JSONResponse(show_message(self._world, message))

    async def _press(self, request: Request) -> Response:
        room, body = room_of(self._world, request), await read_body(request)
        message = room.messages.get(integer(body, "message_id"))
        row, column = integer(body, "row"), integer(body, "column")
        if message is None or not (0 <= row < len(message.keyboard) and 0 <= column < len(message.keyboard[row])):
            raise Turned(404, "this button is gone")
        button = message.keyboard[row][column]
        query_id = press(self._world, button, message, user_id=integer(body, "user_id"))
        toast = await self._world.queries.wait(query_id, timeout_s=ANSWER_S)
        if toast is None:
            raise Turned(504, "the bot did not answer")
        return JSONResponse({"text": toast.text, "is_alert": toast.is_alert, "url": toast.url})

    async def _ask_inline(self, request: Request) -> Response:
        room, body = room_of(self._world, request), await read_body(request)
        answer = await ask_inline(
            self._world,
            string(body, "query"),
            chat_id=room.chat.chat_id,
            user_id=integer(body, "user_id"),
            offset=string(body, "offset", ""),
            timeout_s=ANSWER_S,
        )
        if answer is None:
            return JSONResponse(show_answer(InlineAnswer(), "") | {"is_answered": False})
        name = secrets.token_hex(8)
        self._offers[name] = answer
        while len(self._offers) > OFFERS_MAX:
            self._offers.popitem(last=False)
        return JSONResponse(show_answer(answer, name))

    async def _choose(self, request: Request) -> Response:
        room, body = room_of(self._world, request), await read_body(request)
        offer, number = self._offers.get(string(body, "name")), integer(body, "number")
        if offer is None or not 0 <= number < len(offer.results):
            raise Turned(404, "this result is gone; type again")
        message = choose(
            self._world,
            offer.results[number],
            chat_id=room.chat.chat_id,
            user_id=integer(body, "user_id"),
            thread_id=integer(body, "thread_id", 0),
        )
        return JSONResponse(show_message(self._world, message))

    async def _membership(self, request: Request) -> Response:
        room, body = room_of(self._world, request), await read_body(request)
        is_member, user_id = body.get("is_member") is True, integer(body, "user_id")
        membership.set_membership(self._world, chat_id=room.chat.chat_id, user_id=user_id, is_member=is_member)
        return JSONResponse({})

    async def _change_bot(self, request: Request) -> Response:
        room, person, body = await self._runs(request)
        deed = string(body, "deed")
        if deed in ("upgrade", "upgrade silently"):
            upgraded = membership.migrate(self._world, room, is_silent=deed == "upgrade silently")
            return JSONResponse({"chat_id": upgraded.chat.chat_id})
        standing = _standings(room).get(deed)
        if standing is None:
            raise Turned(400, f"deed must be one of {', '.join(_standings(room))}, upgrade, upgrade silently")
        membership.place_bot(self._world, room, standing, by=person)
        return JSONResponse({})

    async def _change_topic(self, request: Request) -> Response:
        room, person, body = await self._runs(request)
        thread_id, name = integer(body, "thread_id", 0), string(body, "name", "")
        world = self._world
        deeds: dict[str, Callable[[], object]] = {
            "open": lambda: topics.open_topic(world, room, person, name),
            "rename": lambda: topics.rename_topic(world, room, person, thread_id=thread_id, name=name),
            "close": lambda: topics.close_topic(world, room, person, thread_id=thread_id),
            "reopen": lambda: topics.close_topic(world, room, person, thread_id=thread_id, is_closed=False),
            "delete": lambda: topics.delete_topic(world, room, thread_id=thread_id),
        }
        if string(body, "deed") not in deeds:
            raise Turned(400, f"deed must be one of {', '.join(deeds)}")
        return JSONResponse({"thread_id": deeds[body["deed"]]() or thread_id})

    async def _anonymity(self, request: Request) -> Response:
        room, person, body = await self._runs(request)
        standing = replace(room.standing_of(person.user_id), is_anonymous=body.get("is_anonymous") is True)
        membership.place_person(self._world, room, person.user_id, standing)
        return JSONResponse({})

    async def _runs(self, request: Request) -> tuple[Room, Person, Json]:
        """Read a request that only those who run the chat may make."""
        room, body = room_of(self._world, request), await read_body(request)
        room, person = self._world.present(room.chat.chat_id, integer(body, "user_id"))
        if not room.standing_of(person.user_id).is_administrator:
            raise Turned(403, f"{person.first_name} does not run this chat; be one of its administrators")
        return room, person, body


def _standings(room: Room) -> dict[str, Standing]:
    return {
        "add": at_first(room.chat.type),
        "promote": administrator(room.chat.type),
        "demote": membership.demoted(room),
        "restrict": Standing("restricted", _ONLY_TEXT),
        "remove": KICKED,
    }
