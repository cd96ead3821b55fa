"""Owns reading our markup back, more strictly than Telegram does."""

from html.parser import HTMLParser

from bot.chat.markup import ENTITY_LIMIT, units
from bot.chat.messages.message import Message


class Reader(HTMLParser):
    """Reads markup back, and fails on a tag that is not closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags = 0
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        self.tags += 1

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def close(self) -> None:
        super().close()
        assert not self._open


def read(markup: str) -> Reader:
    """Parse *markup* as a strict reader would."""
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader


def assert_sendable(message: Message, limit: int) -> None:
    """Hold *message* against Telegram's limits: *limit* units of text, 100 entities, markup that can be read."""
    reader = read(message.text.html)
    assert reader.text.strip()
    assert units(reader.text) <= limit
    assert reader.tags <= ENTITY_LIMIT
