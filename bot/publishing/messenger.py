"""Owns the port to whatever carries our messages. The chat room implements it for Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model.address import Address
from bot.model.edition import Edition


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the messenger hands back when the server took a message."""

    message_ids: tuple[int, ...]


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

    async def send(self, part: Part, address: Address) -> Receipt:
        """Send one part to one address, in one request.

        Raises:
            DeliveryError: One of its kinds; which one says what may be done next.
        """
