"""Owns where Telegram can post: a chat, and a topic thread inside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A chat, or one topic thread of a forum.

    Attributes:
        chat_id: Up to 52 bits, negative for groups and channels.
        thread_id: 0 for the chat itself (the General topic is addressed that way, too).
    """

    chat_id: int
    thread_id: int = 0
