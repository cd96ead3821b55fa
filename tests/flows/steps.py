"""Owns what can happen: an update from nowhere, or somebody who writes, presses, asks or changes who is where."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from hypothesis import strategies as st

from bot.sandbox import ADA, BASIC, CHANNEL, EMIL, FORUM, GROUP, NOOR, PAPERS, RANDOM, Standing
from bot.sandbox.answers import Json, Refusal
from bot.sandbox.world.standing import PERMISSIONS
from tests.flows.forgeries import forged, own
from tests.flows.objects import CHATS, LANGUAGES, NOW_S, PEOPLE, chat, user
from tests.flows.playground import Playground
from tests.flows.updates import queries, updates
from tests.flows.writings import texts


class Step(Protocol):
    """Something that happens."""

    def happen(self, playground: Playground) -> list[Json]:
        """Let it happen; give the updates that we get of it."""
        ...


@dataclass(frozen=True, slots=True)
class Received:
    """An update that no sandbox would make."""

    update: Json

    def happen(self, playground: Playground) -> list[Json]:
        """Hand it over; what waits for an answer is known to the sandbox."""
        if "inline_query" in self.update:
            asked = self.update["inline_query"]
            return [{"inline_query": asked | {"id": playground.open_question({"offset": "", "query": ""} | asked)}}]
        if "callback_query" in self.update:
            return [{"callback_query": self.update["callback_query"] | {"id": playground.open_press()}}]
        return [self.update]


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody writes, perhaps as an answer to what we said."""

    text: str
    chat_id: int
    user_id: int
    thread_id: int
    answers_us: bool

    def happen(self, playground: Playground) -> list[Json]:
        """Write it, where that person may."""
        ours = [message.message_id for message in playground.transcript(self.chat_id) if message.is_from_bot]
        reply_to = ours[-1] if ours and self.answers_us else 0
        place = {"chat_id": self.chat_id, "user_id": self.user_id, "thread_id": self.thread_id}
        with suppress(ValueError, Refusal):
            playground.say(self.text, reply_to=reply_to, **place)
        return playground.take_updates()


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody presses a button that is really there: the newest, or one from long ago."""

    chat_id: int
    user_id: int
    place: int

    def happen(self, playground: Playground) -> list[Json]:
        """Press it, where there is any."""
        if keys := playground.keyboards(self.chat_id):
            message, button = keys[self.place % len(keys)]
            with suppress(ValueError, Refusal):
                playground.push_press(button, message, user_id=self.user_id)
        return playground.take_updates()


@dataclass(frozen=True, slots=True)
class Forged:
    """A press of a button that is not there: of another version, under a message that is gone, or under nothing."""

    data: str
    chat_id: int
    user: Json
    under: str

    def happen(self, playground: Playground) -> list[Json]:
        """Press it."""
        query: Json = {"id": playground.open_press(), "from": self.user, "chat_instance": "1", "data": self.data}
        if self.under == "nothing":
            query["inline_message_id"] = "AAAA"
        elif self.under == "game":
            query |= {"game_short_name": "chess", "message": self._gone(NOW_S)}
            del query["data"]
        elif self.under == "out of reach":
            query["message"] = self._gone(0)
        else:
            query["message"] = self._message(playground)
        return [{"callback_query": query}]

    def _message(self, playground: Playground) -> Json:
        room = playground.room(self.chat_id)
        ours = [message for message in playground.transcript(self.chat_id) if message.is_from_bot] if room else []
        if self.under == "gone" or not ours:
            return self._gone(NOW_S) | {"text": "Gone", "from": user(123456, None)}
        return playground.render(ours[-1])

    def _gone(self, date: int) -> Json:
        return {"message_id": 5, "date": date, "chat": chat(self.chat_id)}


@dataclass(frozen=True, slots=True)
class Changed:
    """Who is where, and what they may, changes."""

    what: str
    chat_id: int
    user_id: int
    rights: frozenset[str]
    language: str | None

    def happen(self, playground: Playground) -> list[Json]:
        """Change it, where that can be."""
        with suppress(ValueError, Refusal, LookupError, StopIteration):
            self._change(playground)
        return playground.take_updates()

    def _change(self, playground: Playground) -> None:
        group = self.chat_id if self.chat_id < 0 else GROUP
        thread = PAPERS if self.user_id != NOOR else RANDOM
        match self.what:
            case "out" | "in":
                playground.set_membership(chat_id=self.chat_id, is_member=self.what == "in")
            case "promote":
                playground.promote(group)
            case "demote":
                playground.demote(group)
            case "restrict" if group != CHANNEL:
                playground.restrict(group, rights=self.rights)
            case "anonymous":
                playground.stand(group, self.user_id, Standing("administrator", self.rights, is_anonymous=True))
            case "member":
                playground.stand(group, self.user_id, Standing("member"))
            case "language":
                playground.set_language(self.user_id, self.language)
            case "migrate" | "migrate silently":
                playground.migrate(BASIC, is_silent=self.what != "migrate")
            case "close":
                playground.close_topic(FORUM, thread)
            case "reopen":
                playground.reopen_topic(FORUM, thread)
            case "delete":
                playground.delete_topic(FORUM, thread)


_CHANGES = [
    *("out", "in", "in", "promote", "demote", "restrict", "anonymous", "member", "language"),
    *("migrate", "migrate silently", "close", "reopen", "delete"),
]
_KNOWN = st.sampled_from([ADA, ADA, NOOR, NOOR, EMIL, GROUP, CHANNEL, FORUM, BASIC])
_THREADS = st.sampled_from([0, 0, PAPERS, RANDOM])
_UNDER = st.sampled_from(["ours", "ours", "ours", "gone", "out of reach", "nothing", "game"])


def _at_home(said: Said) -> Said:
    """Where somebody is who writes: in private nobody but the person, and topics are in the forum."""
    alone = said.chat_id if said.chat_id > 0 else said.user_id
    return Said(said.text, said.chat_id, alone, said.thread_id if said.chat_id == FORUM else 0, said.answers_us)


def _pressing_at_home(chat_id: int, person: int, place: int) -> Pressed:
    return Pressed(chat_id, chat_id if chat_id > 0 else person, place)


def _forging_at_home(data: str, chat_id: int, by: int, language: str | None, under: str) -> Forged:
    return Forged(data, chat_id, user(chat_id if chat_id > 0 else by, language), under)


RECEIVED: st.SearchStrategy[Step] = updates().map(Received)
ASKED: st.SearchStrategy[Step] = queries().map(lambda asked: Received({"inline_query": asked}))
SAID: st.SearchStrategy[Step] = st.builds(Said, texts(), _KNOWN, PEOPLE, _THREADS, st.booleans()).map(_at_home)
PRESSED: st.SearchStrategy[Step] = st.builds(_pressing_at_home, _KNOWN, PEOPLE, st.integers(0, 40))
FORGED: st.SearchStrategy[Step] = st.builds(
    _forging_at_home, st.one_of(own(), own(), own(), forged()), CHATS, PEOPLE, LANGUAGES, _UNDER
)
CHANGED: st.SearchStrategy[Step] = st.builds(
    Changed,
    st.sampled_from(_CHANGES),
    _KNOWN,
    PEOPLE,
    st.frozensets(st.sampled_from(PERMISSIONS), max_size=3),
    LANGUAGES,
)
