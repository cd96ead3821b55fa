"""Owns the text part of an entry file: a headline and its sections, in plain words and within their bounds."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.editorial.faults import Faults, nearest
from bot.editorial.phrasing import count_characters, count_words
from bot.model.entry import EntryText
from bot.model.language import CHINESE, ENGLISH
from bot.model.panel import Shorter
from bot.wording.translation import N_, _

_REQUIRED = ("Question", "Key idea", "Summary", "Take-away")
_INSIGHTS = ("Why", "Key insights")
SUMMARY_CHARACTERS = 680
WORDS = {"Headline": (1, 12), "Key idea": (1, 25), "Summary": (80, 105), "Take-away": (1, 16)}
"""Fewest and most words of a section, in English."""
CHARACTERS = {"Headline": (1, 24), "Key idea": (1, 50), "Summary": (120, 220), "Take-away": (1, 32)}
"""Fewest and most characters of a section, in Chinese; two of them say about as much as a word."""
_MEASURES: Mapping[str, tuple[str, Callable[[str], int], Mapping[str, tuple[int, int]]]] = {
    ENGLISH: ("words", count_words, WORDS),
    CHINESE: ("characters", count_characters, CHARACTERS),
}
_RANGES = {
    "words": N_("The section {name!r} has {number} words. Make it {least} to {most}."),
    "characters": N_("The section {name!r} has {number} characters. Make it {least} to {most}."),
}
_LIMITS = {
    "words": N_("The section {name!r} has {number} words. Make it at most {most}."),
    "characters": N_("The section {name!r} has {number} characters. Make it at most {most}."),
}
# The sections a collage shows; each may be said again in fewer words.
_SHOWN = {"Question": "question", "Key idea": "key_idea", "Take-away": "take_away"}
_LENGTHS = ("Medium", "Short")
_VARIANT = re.compile(r"(Medium|Short)[:：]\s*")
_PARAGRAPH_ENDS = re.compile(r"\n\s*\n|\n(?=- |(?:Medium|Short)[:：])")
MARKUP = re.compile(r"\*\*|__|\]\(|`|\$[^$\s][^$]*\$|<[a-z/][^>]*>")
"""What no text of an entry may hold: it is shown as it stands."""


@dataclass(frozen=True, slots=True)
class _Section:
    line: int
    paragraphs: tuple[str, ...]
    shorter: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.paragraphs)


def read_text(lines: list[str], start: int, faults: Faults, *, insights: bool, language: str = ENGLISH) -> EntryText:
    """Read a headline and its sections.

    Args:
        lines: The file from *start* on.
        start: Number of the first line, from 1.
        insights: True when the series says *Why* and *Key insights*.
    """
    sections = _split(lines, start, faults)
    wanted = (*_REQUIRED, *_INSIGHTS) if insights else _REQUIRED
    _check_names(sections, wanted, start, faults)
    for name, section in sections.items():
        _check_text(name, section, faults, language)

    def said(name: str) -> str:
        return sections[name].text if name in sections else ""

    return EntryText(
        headline=said("Headline"),
        question=said("Question"),
        key_idea=said("Key idea"),
        summary=said("Summary"),
        take_away=said("Take-away"),
        why=said("Why") or None,
        key_insights=_bullets(sections.get("Key insights"), faults),
        shorter={
            name: tuple(text for _length, text in sections[title].shorter)
            for title, name in _SHOWN.items()
            if title in sections and sections[title].shorter
        },
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One section as somebody wrote it.

    Attributes:
        paragraphs: The list items of *Key insights*, without their marks.
        shorter: The same in fewer words, where the collage shows the section.
    """

    paragraphs: tuple[str, ...]
    shorter: Shorter = ()

    @property
    def text(self) -> str:
        """All of it in one paragraph."""
        return " ".join(self.paragraphs)


def read_section(name: str, lines: list[str], faults: Faults, *, language: str = ENGLISH) -> Said:
    """Read one section alone, by the rules of an entry file.

    Args:
        name: ``Headline``, or as in the heading of the section.
    """
    section = _section(name, 1, [line.strip() for line in lines])
    if any(_is_heading(line.strip()) for line in lines):
        faults.add(1, _("A line that begins with `#` is a heading. Begin it with a word."))
    _check_text(name, section, faults, language)
    paragraphs = _bullets(section, faults) if name == "Key insights" else section.paragraphs
    return Said(paragraphs, tuple(text for _length, text in section.shorter))


def length_faults(name: str, text: str, language: str = ENGLISH) -> Iterator[str]:
    """Say how a section is too short or too long: in words, in Chinese in characters, in other languages in neither.

    Args:
        name: ``Headline``, or as in the heading of the section.
    """
    if name == "Summary" and len(text) > SUMMARY_CHARACTERS:
        says = _("The summary has {number} characters. Cut it to {most}.")
        yield says.format(number=len(text), most=SUMMARY_CHARACTERS)
    if language not in _MEASURES or name not in WORDS:
        return
    unit, count, bounds = _MEASURES[language]
    least, most = bounds[name]
    if not least <= (found := count(text)) <= most:
        says = _RANGES[unit] if least > 1 else _LIMITS[unit]
        yield _(says).format(name=name, number=found, least=least, most=most)


def _split(lines: list[str], start: int, faults: Faults) -> dict[str, _Section]:
    found: dict[str, tuple[int, list[str]]] = {}
    current: list[str] | None = None
    for number, line in enumerate(lines, start):
        if _is_heading(line):
            marks, _blank, title = line.partition(" ")
            name = "Headline" if marks == "#" else title.strip()
            if name in found:
                faults.add(number, f"The section {name!r} is there twice. Keep one.")
            current = [title.strip()] if marks == "#" else []
            found[name] = (number, current)
        elif current is not None:
            current.append(line.strip())
        elif line.strip():
            faults.add(number, "Text before the headline. Begin with `# ` and the headline.")
            current = []
    return {name: _section(name, number, text) for name, (number, text) in found.items()}


def _is_heading(line: str) -> bool:
    return line.partition(" ")[0] in {"#", "##"}


def _section(name: str, number: int, lines: list[str]) -> _Section:
    blocks = _PARAGRAPH_ENDS.split("\n".join(lines))
    paragraphs = tuple(" ".join(block.split()) for block in blocks if block.strip())
    if name not in _SHOWN:
        return _Section(number, paragraphs)
    variants = tuple((match[1], text[match.end() :]) for text in paragraphs if (match := _VARIANT.match(text)))
    return _Section(number, tuple(text for text in paragraphs if not _VARIANT.match(text)), variants)


def _check_names(sections: Mapping[str, _Section], wanted: tuple[str, ...], start: int, faults: Faults) -> None:
    for name in ("Headline", *wanted):
        if name not in sections:
            heading = "# and the headline" if name == "Headline" else f"## {name}"
            faults.add(start, f"The section {name!r} is missing. Add it below a line `{heading}`.")
    for name, section in sections.items():
        if name not in ("Headline", *wanted):
            faults.add(section.line, f"There is no section {name!r} in this series. {nearest(name, wanted)}")


def _check_text(name: str, section: _Section, faults: Faults, language: str) -> None:
    if not section.text:
        faults.add(section.line, _("The section {name!r} is empty. Fill it.").format(name=name))
    elif markup := MARKUP.search(section.text):
        says = _("The section {name!r} holds markup ({markup!r}). Write plain text.")
        faults.add(section.line, says.format(name=name, markup=markup[0]))
    for fault in length_faults(name, section.text, language) if section.text else ():
        faults.add(section.line, fault)
    _check_variants(name, section, faults)


def _check_variants(name: str, section: _Section, faults: Faults) -> None:
    lengths = [length for length, _text in section.shorter]
    if lengths != sorted(set(lengths), key=_LENGTHS.index):
        says = _("The section {name!r} has its shorter forms mixed up. Give `Medium:`, then `Short:`.")
        faults.add(section.line, says.format(name=name))
    for (_before, longer), (length, text) in pairwise([("", section.text), *section.shorter]):
        if markup := MARKUP.search(text):
            says = _("`{length}:` of {name!r} holds markup ({markup!r}). Write plain text.")
            faults.add(section.line, says.format(length=length, name=name, markup=markup[0]))
        if not text or len(text) >= len(longer):
            says = _("`{length}:` of {name!r} is not shorter than what stands above it. Shorten it.")
            faults.add(section.line, says.format(length=length, name=name))


def _bullets(section: _Section | None, faults: Faults) -> tuple[str, ...]:
    if section is None:
        return ()
    if any(not item.startswith("- ") for item in section.paragraphs):
        faults.add(section.line, _("The key insights are a list. Begin each with `- `."))
    return tuple(item.removeprefix("- ") for item in section.paragraphs)
