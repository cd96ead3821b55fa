"""The Chinese of the entries in this repository: well set, true to the English, with nothing English left over."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

from bot.collage.check.hard.numerals import numerals_in
from bot.editorial.content import read_content
from bot.model.entry import Entry, EntryText
from bot.model.language import CHINESE, ENGLISH
from bot.model.panel import BigNumber, Chart, Diagram, Panel
from bot.wording.chinese import HAN, set_chinese

_LABEL = re.compile(r'"([^"]*)"')
_WORDS_AND_PLACES = re.compile(r' (?:at|or|size) [-\d.,x]+| *"[^"]*"|(?m:^\w+: text.*\n)|(?<=: words ).*')
_HAN = re.compile(f"[{HAN}]")
_SAID = frozenset({"title", "caption", "source", "meaning", "against", "text", "x_label", "y_label", "caption_shorter"})
_ENGLISH = re.compile(r"(?i)\b(?:the|of|and|vs|sec|fig|table|eqs?|abstract|sketch|authors?|with|without|in|on)\b")
_NAME = re.compile(r"[A-Z][\w-]*")
_CRIES = re.compile("[!！]")


@cache
def _entries(root: Path) -> tuple[Entry, ...]:
    return tuple(entry for entry in read_content(root).entries if CHINESE in entry.texts)


@pytest.fixture
def entries(content_root: Path) -> tuple[Entry, ...]:
    return _entries(content_root)


def _texts(text: EntryText) -> list[str]:
    shorter = [form for forms in text.shorter.values() for form in forms]
    said = [text.headline, text.question, text.key_idea, text.summary, text.take_away, *shorter, *text.key_insights]
    return [*said, text.why] if text.why else said


def _words(panel: Panel) -> Iterator[str]:
    """What a panel says in sentences or phrases: not its names, numbers and formulas."""
    shown = [asdict(panel)]
    while shown:
        for name, value in shown.pop().items():
            if isinstance(value, dict):
                shown.append(value)
            elif isinstance(value, tuple | list):
                shown += [each for each in value if isinstance(each, dict)]
                yield from (each for each in value if isinstance(each, str) and name in _SAID)
            elif isinstance(value, str) and value and name in _SAID:
                yield value


def _labels(panel: Panel) -> list[str]:
    if isinstance(panel, Diagram):
        return _LABEL.findall(panel.drawing)
    return [*panel.categories, *(series.name for series in panel.series)] if isinstance(panel, Chart) else []


def _spoken(entry: Entry) -> list[str]:
    panels = entry.panels_in.get(CHINESE, ())
    said = [word for panel in panels for word in (*_words(panel), *_labels(panel))]
    return [*_texts(entry.texts[CHINESE]), *said]


def test_punctuation_is_full_width_and_a_blank_parts_chinese_from_latin(entries: tuple[Entry, ...]) -> None:
    assert [text for entry in entries for text in _spoken(entry) if set_chinese(text) != text] == []


def test_nobody_cries_and_no_english_words_are_left(entries: tuple[Entry, ...]) -> None:
    assert [text for entry in entries for text in _spoken(entry) if _CRIES.search(text) or _ENGLISH.search(text)] == []


def test_every_sentence_and_every_source_is_in_chinese(entries: tuple[Entry, ...]) -> None:
    panels = [panel for entry in entries for panel in entry.panels_in.get(CHINESE, ())]

    assert [
        text for panel in panels for text in _words(panel) if not (_HAN.search(text) or _NAME.fullmatch(text))
    ] == []


def test_a_number_says_in_chinese_what_it_means_and_what_it_is_held_against(entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        for panel, english in zip(entry.panels_in.get(CHINESE, ()), entry.panels, strict=False):
            if isinstance(panel, BigNumber) and isinstance(english, BigNumber):
                assert panel.number.value == english.number.value
                assert not _ENGLISH.search(panel.value), panel.value


def test_pictures_differ_in_their_words_and_where_they_stand_alone(entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        for panel, english in zip(entry.panels_in.get(CHINESE, ()), entry.panels, strict=False):
            if isinstance(panel, Diagram) and isinstance(english, Diagram):
                assert _WORDS_AND_PLACES.sub("", panel.drawing) == _WORDS_AND_PLACES.sub("", english.drawing), (
                    entry.slug
                )
            if isinstance(panel, Chart) and isinstance(english, Chart):
                assert [each.values for each in panel.series] == [each.values for each in english.series], entry.slug


def test_every_number_in_chinese_stands_in_the_english_words_or_among_the_numbers(entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        known = " · ".join([*_texts(entry.texts[ENGLISH]), *(each.value for each in entry.numbers)])
        values = {1.0, *(numeral.value for numeral in numerals_in(known))}  # 1/192 is 192 times less
        said = [each for text in _texts(entry.texts[CHINESE]) for each in numerals_in(text) if not each.is_name]
        assert [each.text for each in said if each.value not in values] == [], entry.slug
