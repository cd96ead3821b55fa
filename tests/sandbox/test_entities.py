"""Laws and examples of entities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.answers import Refusal
from bot.sandbox.markup.entities import ENTITIES_MAX, Entity, Formatted, find_entities, finish, units
from bot.sandbox.markup.given import read_entities

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(_TEXT)
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [("bot_command", "/start")]),
        ("/start@test_bot", [("bot_command", "/start@test_bot")]),
        ("and/or a/b", []),
        ("see https://x.org/a(b), then", [("url", "https://x.org/a(b")]),
        ("#transformers #1 @test_bot", [("hashtag", "#transformers"), ("mention", "@test_bot")]),
        ("🎉 /help", [("bot_command", "/help")]),
        ("a@b.org", []),
    ],
)
def test_the_server_finds_commands_links_and_names(text: str, found: list[tuple[str, str]]) -> None:
    encoded = text.encode("utf-16-le")
    seen = [(e.kind, encoded[2 * e.offset : 2 * e.end].decode("utf-16-le")) for e in find_entities(text)]
    assert seen == found


def test_nothing_is_found_inside_code() -> None:
    assert finish(Formatted("/start", (Entity("code", 0, 6),))).entities == (Entity("code", 0, 6),)


@given(_TEXT, st.integers(0, 20), st.integers(1, 20))
def test_a_finished_text_is_trimmed_and_its_entities_lie_inside(text: str, offset: int, length: int) -> None:
    finished = finish(Formatted(text, (Entity("bold", offset, length),)))
    assert finished.text == finished.text.strip()
    assert all(0 <= entity.offset < entity.end <= units(finished.text) for entity in finished.entities)


def test_trimming_moves_the_entities_along() -> None:
    assert finish(Formatted("  ab ", (Entity("bold", 3, 1),))) == Formatted("ab", (Entity("bold", 1, 1),))


def test_the_hundred_and_first_entity_is_dropped() -> None:
    many = tuple(Entity("bold", offset, 1) for offset in range(0, 2 * ENTITIES_MAX + 2, 2))
    assert finish(Formatted("x" * 300, many)).entities == many[:ENTITIES_MAX]


def test_an_entity_beyond_the_text_is_refused() -> None:
    with pytest.raises(Refusal, match="ends after the end of the text"):
        read_entities([{"type": "bold", "offset": 1, "length": 2}], "ab")
