"""Owns the port to whoever composes: what is asked of a composer, what it hands back, and what needs no composer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry

T = TypeVar("T")


class Away(Protocol):
    """Runs work that takes CPU time away from the event loop: in a thread, or in a process of its own."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]:
        """What *work* returns; what it raises is raised here."""


class Composed(Protocol):
    """What a composer hands back."""

    @property
    def jpeg(self) -> bytes:
        """The picture."""

    @property
    def width(self) -> int:
        """In pixels."""

    @property
    def height(self) -> int:
        """In pixels."""

    @property
    def alt(self) -> str:
        """The picture in words."""

    def png(self) -> bytes:
        """The same picture without loss; takes CPU time."""


class Compose(Protocol):
    """Draws the collage of an entry. It takes CPU time, so it is called in a thread of its own."""

    def __call__(
        self, entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]
    ) -> Composed:
        """Compose with the figures of the entry by their sha256, or raise CollageError."""


class ComposeCover(Protocol):
    """Draws the cover of a month's entries. It takes CPU time, so it is called in a thread of its own."""

    def __call__(
        self,
        title: str,
        entries: Sequence[Entry],
        canvas: Canvas,
        *,
        theme: Theme,
        language: str,
        files: Mapping[str, bytes],
    ) -> Composed:
        """Compose with the figures of the entries by their sha256, or raise CollageError."""


def withdrawn(canvas: Canvas, *, language: str, theme: Theme) -> Composed:
    """Compose the picture that is about no entry, with code that is loaded where it is done: in a worker process."""
    from bot.collage.withdrawn import compose_withdrawn

    return compose_withdrawn(canvas, language=language, theme=theme)
