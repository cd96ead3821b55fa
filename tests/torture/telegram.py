"""A Telegram that fails as told, and remembers what each chat may have had; stands in for what we do not own."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot import errors
from bot.model.address import Address
from bot.model.edition import Edition, EditionKind
from bot.publishing.messenger import Part, Receipt, Recipient
from tests.publishing.recording import TextPart

Had = tuple[int, int, int, int]
"""Chat, thread, edition, part."""


FORUM = Address(-2000)


class Crash(BaseException):
    """The process dies here: whatever comes after this is never done."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One way for a request to go wrong.

    Attributes:
        arrives: The message is there all the same.
        is_doubtful: Nobody who sent it can know.
    """

    error: Callable[[], BaseException]
    arrives: bool = False
    is_doubtful: bool = False


TROUBLES = {
    "flooded": Trouble(lambda: errors.Flooded("wait", retry_after=timedelta(seconds=7))),
    "flooded for hours": Trouble(lambda: errors.Flooded("wait", retry_after=timedelta(hours=3))),
    "not sent": Trouble(lambda: errors.NotSent("no connection")),
    "lost": Trouble(lambda: errors.InDoubt("the answer was lost"), is_doubtful=True),
    "arrived, answer lost": Trouble(lambda: errors.InDoubt("the answer was lost"), arrives=True, is_doubtful=True),
    "a fault of ours": Trouble(lambda: ValueError("a fault of ours"), arrives=True, is_doubtful=True),
    "gone": Trouble(lambda: errors.ChatGone("blocked")),
    "suspended": Trouble(lambda: errors.ChatSuspended("no rights")),
    "rejected": Trouble(lambda: errors.ContentRejected("too long")),
    "token": Trouble(lambda: errors.TokenRejected("unknown")),
    "crash before": Trouble(lambda: Crash(), is_doubtful=True),
    "crash after": Trouble(lambda: Crash(), arrives=True, is_doubtful=True),
}


@dataclass(slots=True)
class Telegram:
    """The messenger of a dispatcher under torture.

    Attributes:
        troubles: What goes wrong with the requests to come, one after the other; None lets one pass.
        moved: Groups that have become supergroups.
        dead: Topics that are gone.
        had: How often a chat may have had a message.
        arrived: What surely is there.
        heirs: Forums that have no wish but that of a topic which is gone: they have had what it has had.
        again: How often somebody let a message be sent again that may have arrived.
        repeated: What came once too often.
    """

    troubles: list[Trouble | None] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)
    dead: set[Address] = field(default_factory=set)
    had: Counter[Had] = field(default_factory=Counter)
    arrived: set[Had] = field(default_factory=set)
    heirs: set[Address] = field(default_factory=lambda: {FORUM})
    again: Counter[Had] = field(default_factory=Counter)
    repeated: list[Had] = field(default_factory=list)

    def plan(self, edition: Edition) -> Sequence[TextPart]:
        """A roundup is an album and a text."""
        costs = (1,) if edition.kind is EditionKind.WEEKLY else (3, 1)
        return [TextPart(edition.id, index, cost) for index, cost in enumerate(costs)]

    async def prepare(self, edition: Edition) -> None:
        """Nothing to draw."""

    async def send(self, part: Part, recipient: Recipient) -> Receipt:
        """Take one message, or fail."""
        assert isinstance(part, TextPart)
        address = recipient.address
        if address.chat_id in self.moved:
            raise errors.ChatMigrated("moved", new_chat_id=self.moved[address.chat_id])
        if address in self.dead:
            self._inherit(address)
            raise errors.TopicGone("no such topic")
        trouble = self.troubles.pop(0) if self.troubles else None
        place = (address.chat_id, address.thread_id, part.edition_id, part.index)
        if trouble is None or trouble.is_doubtful:
            self.had[place] += 1
            if self.had[place] > 1 + self.again[place]:
                self.repeated.append(place)
        if trouble is None or trouble.arrives:
            self.arrived.add(place)
        if trouble is not None:
            raise trouble.error()
        return Receipt((self.had.total(),))

    def move(self, old: int, new: int) -> None:
        """Let a group become a supergroup: what it has had, that has had."""
        self.moved[old] = new
        self._hand_over(lambda place: (new, *place[1:]) if place[0] == old else None)

    def _inherit(self, topic: Address) -> None:
        if Address(topic.chat_id) in self.heirs:
            home = (topic.chat_id, topic.thread_id)
            self._hand_over(lambda place: (topic.chat_id, 0, *place[2:]) if place[:2] == home else None)

    def _hand_over(self, there: Callable[[Had], Had | None]) -> None:
        for place in list(self.had):
            if (to := there(place)) is not None:
                self.had[to] = max(self.had[to], self.had[place])
                self.again[to] = max(self.again[to], self.again[place])
                self.arrived |= {to} if place in self.arrived else set()
