"""Owns one chat: who is in it, what is in it, and whether the bot may write there."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.answers import Refusal, bad_request, forbidden
from bot.sandbox.world.messages import Message
from bot.sandbox.world.people import Chat
from bot.sandbox.world.standing import CREATOR, LEFT, MEMBER, Standing

DELIVERED_MAX = 20_000  # a chat's record is meant to be complete; it outlives the messages
# What a restricted bot is told it lacks. Source: tdlib/td, MessagesManager, can_send_message_content.
_SENDING = {"can_send_messages": "text messages", "can_send_photos": "photos", "can_send_documents": "documents"}


@dataclass(frozen=True, slots=True)
class Delivered:
    """One message the bot got into a chat; written once, never changed by edits or deletions.

    Attributes:
        method: The call that did it.
        digest: SHA-256 of the file as uploaded, in hexadecimal; empty for text.
        is_silent: It came without a sound.
    """

    method: str
    chat_id: int
    thread_id: int
    message_id: int
    text: str
    digest: str
    album: str
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of a forum; General is none, it has no thread id."""

    name: str
    is_closed: bool = False


@dataclass(slots=True)
class Room:
    """One chat and what is in it.

    Attributes:
        bot: What the bot is here; "left" in the chat of somebody who has not started it yet.
        is_known: The bot was here at least once; of other chats it can know nothing.
        standings: What people are here, by user id; strangers are missing.
        topics: Topics by thread id.
        upgraded_to: Id of the supergroup that a basic group has become; else 0.
        action, action_until: What the bot is doing, and until when by the monotonic clock.
    """

    chat: Chat
    bot: Standing = MEMBER
    is_known: bool = True
    standings: dict[int, Standing] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    delivered: deque[Delivered] = field(default_factory=lambda: deque(maxlen=DELIVERED_MAX))
    topics: dict[int, Topic] = field(default_factory=dict)
    upgraded_to: int = 0
    action: str = ""
    action_until: float = 0.0

    def __post_init__(self) -> None:
        """Give those who are there from the beginning their places: the first one owns the chat."""
        first = MEMBER if self.chat.type == "private" else CREATOR
        self.standings |= dict.fromkeys(self.chat.members, MEMBER) | {self.chat.members[0]: first}

    @property
    def has_bot(self) -> bool:
        """Tell whether the bot is here."""
        return self.bot.is_present

    def standing_of(self, user_id: int) -> Standing:
        """Tell what a person is here."""
        return self.standings.get(user_id, LEFT)

    def people(self) -> Iterator[int]:
        """List the user ids of those who are here."""
        return (user_id for user_id, standing in self.standings.items() if standing.is_present)


def check_may_write(room: Room, right: str = "can_send_messages") -> None:
    """Refuse what Telegram refuses when the bot may not write.

    Args:
        room: Where it wants to.
        right: What it needs for that: ``can_send_messages``, ``can_send_photos``, ``can_send_documents``.

    Raises:
        Refusal: As for `check_may_act`, or it lacks the right.

    Source: tdlib/telegram-bot-api, Client.cpp, check_chat_access.
    """
    check_may_act(room)
    if room.chat.type == "channel" and not room.bot.may("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    if not room.bot.may(right):
        raise bad_request(f"not enough rights to send {_SENDING.get(right, 'such messages')} to the chat")


def check_may_act(room: Room) -> None:
    """Refuse what changes nothing but the bot's own, its messages or its being there, where even that cannot be done.

    Raises:
        Refusal: The group has become a supergroup, or as for `check_is_there`.
    """
    if room.upgraded_to:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refusal(400, words, {"migrate_to_chat_id": room.upgraded_to})
    check_is_there(room)


def check_thread(room: Room, thread_id: int) -> None:
    """Refuse a topic that is not there, or closed to the bot; General has no thread id.

    Raises:
        Refusal: The thread does not exist in this chat, or it is closed and the bot does not run it.
    """
    if not thread_id:
        return
    topic = room.topics.get(thread_id)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_closed and not room.bot.may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")


def check_is_there(room: Room) -> None:
    """Refuse what a bot that is not in a chat cannot do there.

    Raises:
        Refusal: The person blocked the bot or never started it, or the chat removed it or never had it.
    """
    kind = room.chat.type
    if room.has_bot:
        return
    if kind == "private":
        is_blocked = room.bot.status == "kicked"
        raise forbidden("bot was blocked by the user" if is_blocked else "bot can't initiate conversation with a user")
    if room.bot.status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    raise forbidden(f"bot is not a member of the {kind} chat")
