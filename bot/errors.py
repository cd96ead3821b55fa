"""Owns the tree of what can go wrong.

CollagebotError
├── SettingError            an environment variable cannot be used
├── ContentError            a file under content/ cannot be loaded
├── CollageError            a collage cannot be composed from what the entry says
├── StoreError              the database cannot be used
│   ├── StoreBusy           it is locked by somebody else
│   ├── StoreReadOnly       it may not be written
│   ├── StoreVersionError   its schema is newer (or older) than this program
│   └── StoreReplaced       it is not the one this process began with
├── SourceError             a paper cannot be read from where it lies
│   ├── NoSuchPaper         nobody has a paper of that id
│   ├── SourceBusy          the server is slow, overloaded or out of reach: try again later
│   ├── SourceRefused       what came is too large, hostile or of the wrong kind: trying again does not help
│   └── ModelUnusable       the language model did not answer in a way that can be used
├── DraftError              a draft cannot be made, or not be changed that way
│   └── DraftChanged        somebody else changed it meanwhile: look again
├── QuotaSpent              this person has had today's collages
├── NotFound                what was asked for is not in the catalogue
├── NothingToPublish        a slot was asked for by hand and has nothing to fill it
├── MayBeOut                an edition was asked for by hand and may have gone out before a restore
└── DeliveryError           one message did not arrive as it should
    ├── NotSent             it surely did not leave: try again later
    │   └── Flooded         the server said how long to wait
    ├── InDoubt             nobody knows whether it arrived: never try again by itself
    ├── ChatGone            the chat will not have us any more
    ├── ChatSuspended       the chat is there, but will not take this now
    ├── TopicGone           the thread is gone, the chat is not
    ├── ChatMigrated        the group became a supergroup with another id
    ├── ContentRejected     the server refuses this message whoever gets it
    └── TokenRejected       the server does not know our token

Every message is one sentence that says what to do next, and holds no secret.
"""

from collections.abc import Sequence
from datetime import timedelta


class CollagebotError(Exception):
    """Base of every error this program raises on purpose."""


class SettingError(CollagebotError):
    """An environment variable cannot be used as it is."""


class ContentError(CollagebotError):
    """One or more files under content/ cannot be loaded; one line per fault: ``path:line: what. remedy``."""


class CollageError(CollagebotError):
    """A collage cannot be composed."""


class StoreError(CollagebotError):
    """The database cannot be used."""


class StoreBusy(StoreError):
    """The database stayed locked for longer than we wait."""


class StoreReadOnly(StoreError):
    """The database file or its folder may not be written."""


class StoreVersionError(StoreError):
    """The schema is not the one this program speaks."""


class StoreReplaced(StoreError):
    """Another database lies where the one was that this process began with."""


class SourceError(CollagebotError):
    """A paper cannot be read from where it lies."""


class NoSuchPaper(SourceError):
    """Nobody has a paper of that id."""


class SourceBusy(SourceError):
    """The server is slow, overloaded or out of reach; trying again later may help."""


class SourceRefused(SourceError):
    """What came is too large, hostile or of the wrong kind; trying again does not help."""


class ModelUnusable(SourceError):
    """The language model did not answer in a way that can be used."""


class DraftError(CollagebotError):
    """A draft cannot be made, or not be changed that way."""


class DraftChanged(DraftError):
    """Somebody else changed the draft meanwhile."""


class QuotaSpent(CollagebotError):
    """This person has had today's collages."""


class NotFound(CollagebotError):
    """What was asked for is not there."""


class NothingToPublish(CollagebotError):
    """A slot asked for by hand has nothing to fill it; it stays open."""


class MayBeOut(CollagebotError):
    """Nobody knows whether the edition asked for by hand is out; whoever wants it all the same names its slot."""


class DeliveryError(CollagebotError):
    """One message did not arrive as it should."""


class NotSent(DeliveryError):
    """The message surely did not leave; trying again later is safe."""


class Flooded(NotSent):
    """The server asks us to wait.

    Attributes:
        retry_after: How long to wait before anything more is sent.
    """

    def __init__(self, message: str, *, retry_after: timedelta) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class InDoubt(DeliveryError):
    """Nobody knows whether the message arrived.

    Attributes:
        missing: Which pictures of an album surely did not arrive, from 0.
        retry_after: How long the server asks us to wait before anything more is sent; None where it does not say.
    """

    def __init__(self, message: str, *, missing: Sequence[int] = (), retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.missing = tuple(missing)
        self.retry_after = retry_after


class ChatGone(DeliveryError):
    """The chat will not have us any more."""


class ChatSuspended(DeliveryError):
    """The chat exists but does not take this message now."""


class TopicGone(DeliveryError):
    """The topic thread does not exist any more; the chat does."""


class ChatMigrated(DeliveryError):
    """The group became a supergroup.

    Attributes:
        new_chat_id: Where it lives now.
    """

    def __init__(self, message: str, *, new_chat_id: int) -> None:
        super().__init__(message)
        self.new_chat_id = new_chat_id


class ContentRejected(DeliveryError):
    """The server refuses this message, whoever gets it."""


class TokenRejected(DeliveryError):
    """The server does not know our token."""
