"""Owns what holds whatever comes in: which refusals a chat explains, and who is answered, where and how."""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.chat.handlers.commands import COMMANDS, EDITORS_COMMANDS
from bot.sandbox import ADA
from bot.sandbox.answers import Json
from bot.sandbox.world.room import Room
from tests.flows.objects import BOT_ID
from tests.flows.playground import Call, Playground, Record
from tests.flows.writings import BOT_NAME

_SENDS = frozenset({"sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup"})
_EDITS = frozenset({"editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup"})
_IN_CHANNELS = frozenset({"subscribe", "unsubscribe", "settings", "forget"})
EXPECTED_WARNINGS = ("nobody could be told",)
"""What may be said at WARNING, because a chat that will not have us cannot be told that anything is wrong."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One update, and all that we did about it.

    Attributes:
        tongue: The language of its chat, where nobody changed it meanwhile; else empty.
    """

    playground: Playground
    update: Json
    record: Record
    tongue: str = ""

    @property
    def kind(self) -> str:
        """The name of what it carries."""
        return next(name for name in self.update if name != "update_id")

    @property
    def body(self) -> Json:
        """What it carries."""
        body = self.update[self.kind]
        assert isinstance(body, dict)
        return body

    @property
    def chat(self) -> Json:
        """The chat it comes from; empty where it comes from none."""
        found: Json = self.body.get("message", self.body).get("chat", {}) if self.kind == "callback_query" else {}
        return found or self.body.get("chat", {})

    def sent(self, methods: Iterable[str] = _SENDS | _EDITS) -> list[Call]:
        """What we got into chats."""
        return [call for call in self.record.calls if call.method in methods and not call.is_refused]


def broken(happened: Happened) -> list[str]:
    """Every promise that is broken, in a sentence."""
    record = happened.record
    whole = (quiet_log(record), explained(happened.playground, record), answered_once([happened.update], record))
    single = (_spoken_to(happened), _only_there(happened), _in_their_language(happened))
    return [fault for faults in (*whole, *single) for fault in faults]


def quiet_log(record: Record) -> Iterable[str]:
    """What was written down that should not have been."""
    for line in record.lines:
        said = line.getMessage()
        if line.levelno >= logging.ERROR or not said.startswith(EXPECTED_WARNINGS):
            trace = logging.Formatter().formatException(line.exc_info) if line.exc_info else ""
            yield f"{line.name} says at {line.levelname}: {said}\n{trace}"


# --- refusals ------------------------------------------------------------------------------------------------------


def _topic_is_closed(room: Room, call: Call) -> bool:
    topic = room.topics.get(int(call.values.get("message_thread_id", 0)))
    return topic is not None and topic.is_closed


_EXPLAINED: tuple[tuple[str, Callable[[Room, Call], bool]], ...] = (
    ("chat not found", lambda room, call: not room.is_known),
    ("bot was blocked by the user", lambda room, call: not room.has_bot),
    ("bot was kicked from the", lambda room, call: not room.has_bot),
    ("bot is not a member of the", lambda room, call: not room.has_bot),
    ("not enough rights to send", lambda room, call: room.bot.status == "restricted"),
    ("need administrator rights in the channel", lambda room, call: not room.bot.may("can_post_messages")),
    ("group chat was upgraded", lambda room, call: bool(room.upgraded_to)),
    ("message thread not found", lambda room, call: int(call.values["message_thread_id"]) not in room.topics),
    ("TOPIC_CLOSED", _topic_is_closed),
    ("message to edit not found", lambda room, call: int(call.values["message_id"]) not in room.messages),
    ("message is not modified", lambda room, call: call.method in _EDITS),
)
"""The refusals that are nobody's fault, and what must be so in the chat; every other one is."""


def explained(playground: Playground, record: Record) -> Iterable[str]:
    """What was refused though nothing in the chat explains it."""
    for call in record.calls:
        if call.is_refused and not _is_explained(playground, call):
            yield f"{call.method} was refused: {call.description}; it said {call.values}"


def _is_explained(playground: Playground, call: Call) -> bool:
    room = playground.room(call.chat_id)
    if room is None:
        return call.description.endswith("chat not found")
    return any(words in call.description and so(room, call) for words, so in _EXPLAINED)


# --- answers -------------------------------------------------------------------------------------------------------


def answered_once(updates: Iterable[Json], record: Record) -> Iterable[str]:
    """Presses and questions of inline mode that were not answered exactly once."""
    for kind, (method, name) in _WAITING.items():
        asked = Counter(update[kind]["id"] for update in updates if kind in update)
        answered = Counter(call.values.get(name) for call in record.calls if call.method == method)
        if asked != answered:
            yield f"{method}: asked {dict(asked)}, answered {dict(answered)}"


_WAITING = {
    "callback_query": ("answerCallbackQuery", "callback_query_id"),
    "inline_query": ("answerInlineQuery", "inline_query_id"),
}


def _spoken_to(happened: Happened) -> Iterable[str]:
    sent, wanted = happened.sent(), _wanted(happened)
    if wanted is False and sent:
        yield f"nobody asked us, and we said: {sent}"
    if wanted is True and not sent and _can_hear(happened):
        yield "we were asked, and said nothing"


def _wanted(happened: Happened) -> bool | None:
    """True where we have to say something, False where we must not; None where both is well."""
    match happened.kind:
        case "message":
            return _wants_answer(happened.body)
        case "channel_post":
            command = _command(happened.body)
            return command is not None and command[0] in _IN_CHANNELS and _is_ours(command[1])
        case "callback_query":
            return None if happened.chat.get("type") != "channel" or _runs(happened) else False
        case "my_chat_member":
            return None
    return False


_MOVES_AND_GREETINGS = {"migrate_to_chat_id", "migrate_from_chat_id", "new_chat_members", "group_chat_created"}


def _wants_answer(message: Json) -> bool | None:
    if message.get("is_automatic_forward"):
        return False
    if not message.keys().isdisjoint(_MOVES_AND_GREETINGS):
        return None
    command, is_private = _command(message), message["chat"]["type"] == "private"
    if is_private:
        return True if message.get("text") else None
    if command is None:
        return None if _answers_a_prompt(message) else False
    name, addressee = command
    if addressee:
        return _is_ours(addressee)
    return name in COMMANDS or (name in EDITORS_COMMANDS and message.get("from", {}).get("id") == ADA)


def _command(message: Json) -> tuple[str, str] | None:
    """The command that a message begins with, and to whom it is."""
    first: Json = next(iter(message.get("entities", ())), {})
    if "text" not in message or first.get("type") != "bot_command" or first["offset"]:
        return None
    name, _, addressee = message["text"].encode("utf-16-le")[2 : 2 * first["length"]].decode("utf-16-le").partition("@")
    return name.casefold(), addressee


def _is_ours(addressee: str) -> bool:
    return addressee.casefold() in {"", BOT_NAME}


def _answers_a_prompt(message: Json) -> bool:
    answered = message.get("reply_to_message", {})
    authors = (message.get("from", {}).get("id"), answered.get("from", {}).get("id"))
    return authors == (ADA, BOT_ID)


def _runs(happened: Happened) -> bool:
    room = happened.playground.room(happened.chat["id"])
    return room is not None and room.standing_of(happened.body["from"]["id"]).is_administrator


def _can_hear(happened: Happened) -> bool:
    room = happened.playground.room(happened.chat["id"])
    if room is None or not room.has_bot or room.upgraded_to:
        return False
    right = "can_post_messages" if room.chat.type == "channel" else "can_send_messages"
    thread = happened.body.get("message_thread_id") if happened.body.get("is_topic_message") else None
    topic = room.topics.get(thread) if thread else None
    is_open = thread is None or (topic is not None and not topic.is_closed)
    return room.bot.may(right) and is_open


def _only_there(happened: Happened) -> Iterable[str]:
    room = happened.playground.room(happened.chat["id"]) if happened.chat else None
    allowed = {happened.chat.get("id"), room.upgraded_to if room else 0}
    allowed |= {happened.body.get(name) for name in ("migrate_to_chat_id", "migrate_from_chat_id")}
    if happened.kind == "my_chat_member":
        allowed.add(happened.body["from"]["id"])
    for call in happened.record.calls:
        if call.method in _SENDS and call.chat_id not in allowed:
            yield f"{call.method} went to {call.chat_id}, where nobody asked: {call.text}"


# --- languages -----------------------------------------------------------------------------------------------------


def _in_their_language(happened: Happened) -> Iterable[str]:
    if happened.tongue != "zh":
        return
    for call in happened.record.calls:
        said = call.text if call.chat_id == happened.chat.get("id") or call.method == "answerCallbackQuery" else ""
        if said and "language-bibtex" not in said and not re.search(r"[\u4e00-\u9fff]", said):
            yield f"a chat that speaks Chinese was told: {said}"
