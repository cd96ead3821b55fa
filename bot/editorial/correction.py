"""Owns the correction: one field of a draft said anew by an editor, by the rules of a content file."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.editorial.entry_file import read_url
from bot.editorial.faults import Faults, nearest
from bot.editorial.sections import SUMMARY_CHARACTERS, Said, read_section
from bot.errors import DraftError
from bot.model.entry import Entry, EntryText, Topic
from bot.model.language import ENGLISH
from bot.model.paper import Link, LinkKind
from bot.wording.translation import _

MOST_INSIGHTS = 6
_MOST_TYPED = 4_096  # what one message holds
_MOST_TOPICS = 4
_LONGEST_URL = 300
_NOTHING = frozenset({"-", "–", "—", "none"})
_BULLET = re.compile(r"^[-–•*]\s+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # controls, marks that turn text around, what is no character


class Field(StrEnum):
    """What of a draft can be said anew. Its title, its authors and its month are facts: nobody types them."""

    HEADLINE = "headline"
    QUESTION = "question"
    KEY_IDEA = "key_idea"
    SUMMARY = "summary"
    TAKE_AWAY = "take_away"
    WHY = "why"
    """Series with insights only, like the next one."""
    KEY_INSIGHTS = "key_insights"
    """One in a line."""
    TOPICS = "topics"
    """Of the closed list, with commas between them."""
    CODE = "code"
    """An address, like the next ones; ``-`` takes it away."""
    TALK = "talk"
    DEMO = "demo"
    BLOG = "blog"
    PODCAST = "podcast"


_SECTIONS: Mapping[Field, str] = {
    Field.HEADLINE: "Headline",
    Field.QUESTION: "Question",
    Field.KEY_IDEA: "Key idea",
    Field.SUMMARY: "Summary",
    Field.TAKE_AWAY: "Take-away",
    Field.WHY: "Why",
    Field.KEY_INSIGHTS: "Key insights",
}
_LINKS = {Field(kind.value): kind for kind in LinkKind if kind is not LinkKind.PAPER}
_INSIGHTS = (Field.WHY, Field.KEY_INSIGHTS)


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor typed.

    Attributes:
        text: As it was typed. Question, key idea and take-away may go on with ``Medium:`` and ``Short:`` paragraphs.
        language: Of the texts that are meant; topics and links have none.
    """

    field: Field
    text: str
    language: str = ENGLISH


def corrected(entry: Entry, said: Correction, topics: Sequence[Topic]) -> Entry:
    """*entry* with one field said anew.

    Args:
        topics: The closed list.

    Raises:
        DraftError: The text breaks a rule; the message says which, and what to do.
    """
    lines = cleaned(said.text)
    if said.field is Field.TOPICS:
        return replace(entry, topics=_topics(" ".join(lines), topics))
    if kind := _LINKS.get(said.field):
        return replace(entry, links=_links(entry.links, kind, " ".join(lines)))
    if said.field in _INSIGHTS and not entry.series.insights:
        raise DraftError(_("{series} does not print this; choose another field.").format(series=entry.series.name))
    spoken = entry.texts.get(said.language)
    if spoken is None:
        raise DraftError(
            _("This draft says nothing in {language!r}; change its English words.").format(language=said.language)
        )
    text = _reworded(spoken, said.field, lines, said.language)
    return replace(entry, texts={**entry.texts, said.language: text})


def cleaned(text: str) -> list[str]:
    """The lines of what somebody typed, without characters that cannot be seen.

    Raises:
        DraftError: It is too long to be one field.
    """
    if len(text) > _MOST_TYPED:
        raise DraftError(_("That is {number:,} characters; one field takes a few sentences.").format(number=len(text)))
    spaced = (line.replace("\t", " ") for line in unicodedata.normalize("NFC", text).splitlines())
    return ["".join(each for each in line if unicodedata.category(each) not in _INVISIBLE).strip() for line in spaced]


def _reworded(spoken: EntryText, field: Field, lines: list[str], language: str) -> EntryText:
    if field is Field.KEY_INSIGHTS:
        lines = [f"- {_BULLET.sub('', line)}" for line in lines if line]
    said = _section(field, lines, language)
    if field is Field.KEY_INSIGHTS:
        return replace(spoken, key_insights=said.paragraphs)
    shorter = {name: forms for name, forms in spoken.shorter.items() if name != field}
    if said.shorter:
        shorter[field.value] = said.shorter
    changed: dict[str, Any] = {field.value: said.text, "shorter": shorter}
    return replace(spoken, **changed)


def _section(field: Field, lines: list[str], language: str) -> Said:
    name = _SECTIONS[field]
    faults = Faults("")
    said = read_section(name, lines, faults, language=language)
    if any(len(text) > SUMMARY_CHARACTERS for text in (*said.paragraphs, *said.shorter)):
        says = _("The section {name!r} is longer than {most} characters. Shorten it.")
        faults.add(1, says.format(name=name, most=SUMMARY_CHARACTERS))
    if field is Field.KEY_INSIGHTS and len(said.paragraphs) > MOST_INSIGHTS:
        says = _("There are {number} key insights. Keep at most {most}.")
        faults.add(1, says.format(number=len(said.paragraphs), most=MOST_INSIGHTS))
    if faults.found:
        raise DraftError(" ".join(dict.fromkeys(fault.message for fault in faults.all())))
    return said


def _topics(typed: str, known: Sequence[Topic]) -> tuple[Topic, ...]:
    names = {name.casefold(): topic for topic in known for name in (*topic.aliases, topic.name, topic.slug)}
    asked = [word.strip(" #") for word in re.split(r"[,，、;；]", typed) if word.strip(" #")]
    unknown = next((word for word in asked if word.casefold() not in names), None)
    if unknown is not None:
        raise DraftError(
            _("There is no topic {unknown!r}. {nearest}").format(
                unknown=unknown[:60], nearest=nearest(unknown, [topic.slug for topic in known])
            )
        )
    found = tuple(dict.fromkeys(names[word.casefold()] for word in asked))
    if not 1 <= len(found) <= _MOST_TOPICS:
        raise DraftError(
            _("These are {number} topics; give 1 to {most}, with commas between them.").format(
                number=len(found), most=_MOST_TOPICS
            )
        )
    return found


def _links(links: Sequence[Link], kind: LinkKind, typed: str) -> tuple[Link, ...]:
    others = [link for link in links if link.kind is not kind]
    if typed.casefold() in _NOTHING:
        return tuple(others)
    try:
        url = read_url(typed)
    except ValueError as error:
        raise DraftError(_("{error}.").format(error=str(error)[:400])) from None
    if len(url) > _LONGEST_URL:
        raise DraftError(
            _("This link has {number} characters; give one of at most {most}.").format(
                number=len(url), most=_LONGEST_URL
            )
        )
    return (*others, Link(kind, url))
