"""Owns people and chats, and how both look in the Bot API."""

from dataclasses import dataclass
from typing import Literal

from bot.sandbox.answers import Json

ADA, NOOR, EMIL = 1001, 1002, 1003

ChatType = Literal["private", "group", "supergroup", "channel"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks: a person, or a bot."""

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
        members: User ids of the people who are in it from the beginning, the owner first; the others have no rights.
    """

    chat_id: int
    type: ChatType
    title: str
    members: tuple[int, ...]
    username: str | None = None
    is_forum: bool = False

    @property
    def is_group(self) -> bool:
        """Tell whether people talk with each other here."""
        return self.type in ("group", "supergroup")

    def as_json(self) -> Json:
        """Render a Chat."""
        name = {"first_name": self.title} if self.type == "private" else {"title": self.title}
        chat = {"id": self.chat_id, "type": self.type, **name}
        address = {"username": self.username} if self.username else {}
        return chat | address | ({"is_forum": True} if self.is_forum else {})


def private_chat(person: Person) -> Chat:
    """Give the chat between *person* and the bot; it bears the person's id."""
    return Chat(person.user_id, "private", person.first_name, (person.user_id,), username=person.username)


# Speaks for administrators who stay anonymous. Source: core.telegram.org/bots/api#message, from and sender_chat.
ANONYMOUS = Person(1087968824, "Group", "GroupAnonymousBot", language_code=None, is_bot=True)

PEOPLE = (
    Person(ADA, "Ada", "ada"),
    Person(NOOR, "Noor", "noor", language_code="zh-hans"),
    Person(EMIL, "Emil", "emil", language_code="de"),
)
