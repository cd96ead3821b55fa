"""Owns who is there: the people and the chats of the sandbox, with fixed ids."""

from dataclasses import dataclass
from typing import Literal

from bot.sandbox.answers import Json

ADA, NOOR = 1001, 1002
GROUP, CHANNEL = -1001000000001, -1001000000002

ChatType = Literal["private", "supergroup", "channel"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks: a person, or the bot."""

    user_id: int
    first_name: str
    username: str
    language_code: str | None = "en"
    is_bot: bool = False

    def as_json(self) -> Json:
        """Render a User."""
        user = {
            "id": self.user_id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "username": self.username,
        }
        return user if self.language_code is None else user | {"language_code": self.language_code}


@dataclass(frozen=True, slots=True)
class Chat:
    """A place where messages are.

    Attributes:
        members: User ids of the people in it; in a channel they are its administrators.
    """

    chat_id: int
    type: ChatType
    title: str
    members: tuple[int, ...]
    username: str | None = None
    is_forum: bool = False

    def as_json(self) -> Json:
        """Render a Chat."""
        name = {"first_name": self.title} if self.type == "private" else {"title": self.title}
        chat = {"id": self.chat_id, "type": self.type, **name}
        address = {"username": self.username} if self.username else {}
        return chat | address | ({"is_forum": True} if self.is_forum else {})


def private_chat(person: Person) -> Chat:
    """Give the chat between *person* and the bot; it bears the person's id."""
    return Chat(person.user_id, "private", person.first_name, (person.user_id,), username=person.username)


PEOPLE = (Person(ADA, "Ada", "ada"), Person(NOOR, "Noor", "noor", language_code="zh-hans"))
CHATS = (
    *(private_chat(person) for person in PEOPLE),
    Chat(GROUP, "supergroup", "Reading group", (ADA, NOOR)),
    Chat(CHANNEL, "channel", "Paper channel", (ADA,)),
)
