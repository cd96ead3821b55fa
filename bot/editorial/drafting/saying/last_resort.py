"""Owns the summary of a paper whose abstract gives none: what the record tells, and a plain word that it is little."""

from collections.abc import Iterator, Sequence

from bot.editorial.drafting.saying.headline import title_as_statement
from bot.editorial.drafting.saying.material import Said, tidied
from bot.editorial.phrasing import count_words
from bot.editorial.sections import MARKUP, SUMMARY_CHARACTERS, WORDS
from bot.model.manuscript import Record

_LEAST, _MOST = WORDS["Summary"]
_NAMED_AUTHORS = 3
_LONGEST_NAME = 60  # characters
_TITLE_WORDS = 18

# Together more than a summary needs, so it always gets there; none has more words than lie between its bounds.
_PLAIN = (
    "The abstract is too short for a summary, or could not be read, so these lines say only what the "
    "record of the paper tells.",
    "Whoever knows the paper can put in their place what it asks, how it answers, what it found and "
    "where its limits are.",
    "The full text is linked below, and it is the paper itself that counts, with its figures, its "
    "tables and the details of its work.",
    "A good summary is one paragraph in plain words, written for a reader who has half a minute and "
    "has not seen the paper.",
)


def filled_summary(record: Record, abstract: Sequence[Said]) -> str:
    """Make a summary of what sentences there are, filled up with what the record tells.

    Returns:
        One paragraph of 80 to 105 words and at most 680 characters.
    """
    own = [each.full for each in abstract if each.full]
    facts = tuple(_facts(record))
    for kept in range(len(own), -1, -1):
        for told in range(len(facts) + 1):
            if summary := _filled([*facts[:told], *own[:kept], *(_PLAIN if told == len(facts) else ())]):
                return summary
    return " ".join(_PLAIN)


def _filled(sentences: Sequence[str]) -> str:
    """The first of *sentences* that make a summary; empty where they do not."""
    told: list[str] = []
    for sentence in sentences:
        summary = " ".join((*told, sentence))
        if count_words(summary) <= _MOST and len(summary) <= SUMMARY_CHARACTERS:
            told.append(sentence)
        if count_words(" ".join(told)) >= _LEAST:
            return " ".join(told)
    return ""


def _facts(record: Record) -> Iterator[str]:
    yield f"The paper is called “{_title(record.paper.title)}”."
    named = [name for name in map(_name, record.paper.authors[:_NAMED_AUTHORS]) if name]
    if named:
        others = len(record.paper.authors) - len(named)
        yield f"It is by {', '.join(named)}{f' and {others} more' if others else ''}."
    yield f"It was first submitted to arXiv on {record.published:%d %B %Y}.".replace("on 0", "on ")


def _title(title: str) -> str:
    plain = " ".join(MARKUP.sub(" ", tidied(title)).split())
    is_short = 0 < count_words(plain) <= _TITLE_WORDS
    return plain if is_short else title_as_statement(plain, most=_TITLE_WORDS).rstrip(".")


def _name(author: str) -> str:
    return " ".join(MARKUP.sub(" ", tidied(author)).split())[:_LONGEST_NAME]
