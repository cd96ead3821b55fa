"""A messenger that keeps what it was asked to send, and fails as told."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.model.address import Address
from bot.model.edition import Edition
from bot.publishing.messenger import Part, Receipt, Recipient


@dataclass(frozen=True, slots=True)
class TextPart:
    """One part of a known cost."""

    edition_id: int
    index: int
    cost: int = 1


@dataclass(slots=True)
class RecordingMessenger:
    """Stands in for Telegram, which we do not own."""

    parts: int = 1
    fault: Callable[[TextPart, Address], Exception | None] = lambda part, address: None
    arrives_all_the_same: bool = False
    prepare_faults: list[Exception] = field(default_factory=list)
    sent: list[tuple[Address, int]] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event | None = None

    def plan(self, edition: Edition) -> Sequence[TextPart]:
        return [TextPart(edition.id, index) for index in range(self.parts)]

    async def prepare(self, edition: Edition) -> None:
        if self.prepare_faults:
            raise self.prepare_faults.pop()

    async def send(self, part: Part, recipient: Recipient) -> Receipt:
        address = recipient.address
        assert isinstance(part, TextPart)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        self.reached.set()
        try:
            if self.gate is not None:
                await self.gate.wait()
            fault = self.fault(part, address)
            if fault is None or self.arrives_all_the_same:
                self.sent.append((address, part.index))
            if fault is not None:
                raise fault
            return Receipt((len(self.sent),))
        finally:
            self.under_way -= 1

    def copies(self) -> int:
        """How often the message that was repeated most was sent."""
        return max(Counter(self.sent).values(), default=0)
