"""Owns the message, its buttons, and how both look in the Bot API."""

from dataclasses import dataclass, field

from bot.sandbox.answers import Json
from bot.sandbox.markup.entities import Formatted
from bot.sandbox.world.people import ANONYMOUS, Chat, Person


@dataclass(frozen=True, slots=True)
class PhotoSize:
    """One size of a photo, in pixels."""

    file_id: str
    unique_id: str
    width: int
    height: int

    def as_json(self) -> Json:
        """Render a PhotoSize."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "width": self.width,
            "height": self.height,
        }


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in all its sizes, smallest first.

    Attributes:
        digest: SHA-256 of the bytes as they were uploaded, in hexadecimal.
    """

    digest: str
    sizes: tuple[PhotoSize, ...]

    def as_json(self) -> Json:
        """Render the fields of a message that hold it."""
        return {"photo": [size.as_json() for size in self.sizes]}


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is sent as it is.

    Attributes:
        digest: SHA-256 of its bytes, in hexadecimal.
        size_bytes: Length of the file.
    """

    digest: str
    file_id: str
    unique_id: str
    name: str
    mime_type: str
    size_bytes: int

    def as_json(self) -> Json:
        """Render the fields of a message that hold it."""
        document = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": self.size_bytes,
        }
        return {"document": document}


Media = Photo | Document


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button.

    Attributes:
        kind: The Bot API's field that says what it does: ``callback_data``, ``url``, ``copy_text`` …
        value: What the kind asks for: the callback data, the address, the text.
        style: ``danger``, ``success``, ``primary``, or empty.
    """

    text: str
    kind: str
    value: str
    style: str = ""

    def as_json(self) -> Json:
        """Render an InlineKeyboardButton."""
        value = {"text": self.value} if self.kind == "copy_text" else self.value
        return {"text": self.text, self.kind: value} | ({"style": self.style} if self.style else {})


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message in one chat.

    Attributes:
        sender: Who wrote it; None in a channel, which speaks for itself.
        date, edited: Unix time in seconds; 0 when never edited.
        content: Text, or the caption of *media*.
        keyboard: Inline buttons, row by row.
        thread_id: Topic of a forum; 0 for General and for other chats.
        album: Id shared by the pictures of an album; empty otherwise.
        reply_to: Id of the message it answers, or 0.
        placeholder: What the answer field says when the bot asks for a reply; None when it does not ask.
        look: Fields that only change how it is shown, as they came (link preview, spoiler, caption above).
        service: Fields of a service message, as the Bot API renders them.
        via: The bot through whose inline mode it came.
        inline_id: By what that bot may change it; empty when it cannot.
        is_silent: It came without a sound.
        is_protected: It cannot be forwarded or saved.
    """

    message_id: int
    chat_id: int
    sender: Person | None
    date: int
    content: Formatted = field(default_factory=Formatted)
    media: Media | None = None
    keyboard: Keyboard = ()
    thread_id: int = 0
    album: str = ""
    reply_to: int = 0
    edited: int = 0
    placeholder: str | None = None
    look: Json = field(default_factory=dict)
    service: Json = field(default_factory=dict)
    via: Person | None = None
    inline_id: str = ""
    is_silent: bool = False
    is_protected: bool = False

    @property
    def text(self) -> str:
        """Tell what is written: text or caption."""
        return self.content.text

    @property
    def is_from_bot(self) -> bool:
        """Tell whether the bot wrote it."""
        return self.sender is not None and self.sender.is_bot and self.sender != ANONYMOUS


def render_message(message: Message, chat: Chat, reply: Message | None = None) -> Json:
    """Render a Message of the Bot API, with the one it answers (but not what that one answers)."""
    body: Json = {"message_id": message.message_id, "date": message.date, "chat": chat.as_json()}
    body |= _author(message, chat) | _content(message) | message.look | message.service
    if message.thread_id:
        body |= {"message_thread_id": message.thread_id, "is_topic_message": True}
    if message.album:
        body["media_group_id"] = message.album
    if message.via:
        body["via_bot"] = message.via.as_json()
    if message.is_protected:
        body["has_protected_content"] = True
    if message.edited:
        body["edit_date"] = message.edited
    if message.keyboard:
        body["reply_markup"] = {"inline_keyboard": [[key.as_json() for key in row] for row in message.keyboard]}
    if reply is not None:
        body["reply_to_message"] = render_message(reply, chat)
    return body


def _author(message: Message, chat: Chat) -> Json:
    if chat.type == "channel" or message.sender is None:
        return {"sender_chat": chat.as_json()}
    author: Json = {"from": message.sender.as_json()}
    return author | ({"sender_chat": chat.as_json()} if message.sender == ANONYMOUS else {})


def _content(message: Message) -> Json:
    text = "caption" if message.media else "text"
    entities = "caption_entities" if message.media else "entities"
    body = message.media.as_json() if message.media else {}
    if message.content.text:
        body[text] = message.content.text
    if message.content.entities:
        body[entities] = [entity.as_json() for entity in message.content.entities]
    return body
