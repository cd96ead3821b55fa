"""Owns the port to whatever carries our messages. The chat room implements it for Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.model.address import Address
from bot.model.edition import Edition
from bot.model.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a message, and how.

    Attributes:
        wanted: How the chat wants to be spoken to.
        quiet: It comes without a sound.
        send_at: The instant that is reserved for it in the send budget; None: none is.
    """

    address: Address
    wanted: Preferences = field(default_factory=Preferences)
    quiet: bool = False
    send_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the messenger hands back when the server took a message.

    Attributes:
        shows: Of an album, what each of its messages shows: the id of an entry, or what else `PostedPart` knows.
    """

    message_ids: tuple[int, ...]
    shows: tuple[int, ...] = ()


class Part(Protocol):
    """One message, or one album, of an edition."""

    @property
    def cost(self) -> int:
        """How many messages the server counts for it: an album counts each picture."""


class Messenger(Protocol):
    """Turns editions into messages and sends them one call at a time."""

    def plan(self, edition: Edition) -> Sequence[Part]:
        """Divide *edition* into parts, in order of arrival; the same edition gives the same parts."""

    async def prepare(self, edition: Edition) -> None:
        """Draw what *edition* needs before anything is claimed, so that a fault in a picture strands no delivery."""

    async def send(self, part: Part, recipient: Recipient) -> Receipt:
        """Send one part to one chat, in one request.

        Raises:
            DeliveryError: One of its kinds; which one says what may be done next.
        """
