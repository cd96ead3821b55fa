"""Owns where a message of ours stands, for changing it later."""

from dataclasses import dataclass

from telegram import Message as Sent


@dataclass(frozen=True, slots=True)
class Place:
    """One message in one chat."""

    chat_id: int
    message_id: int

    @classmethod
    def of(cls, sent: Sent) -> "Place":
        """Where *sent* stands."""
        return cls(sent.chat.id, sent.message_id)
