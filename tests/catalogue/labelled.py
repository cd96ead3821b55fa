"""Owns the labelled questions: what people type, and which entries are right answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.editorial.library import Library

AT = 5
_FILE = Path(__file__).with_name("questions.yaml")


@dataclass(frozen=True, slots=True)
class Question:
    """One question; *right* has the slugs of all right answers."""

    kind: str
    typed: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """How well a question was answered.

    Attributes:
        recall: The share of right answers among the first five, of as many as could be there.
        reciprocal: One divided by the place of the first right answer; 0 when there is none among the first five.
    """

    question: Question
    found: tuple[str, ...]
    recall: float
    reciprocal: float

    @classmethod
    def of(cls, question: Question, found: Sequence[str]) -> "Mark":
        shown = tuple(found[:AT])
        right = sum(1 for slug in shown if slug in question.right) / min(AT, len(question.right))
        first = next((place for place, slug in enumerate(shown, 1) if slug in question.right), 0)
        return cls(question, shown, right, 1 / first if first else 0.0)


def questions() -> list[Question]:
    """Every labelled question."""
    read = yaml.safe_load(_FILE.read_text("utf-8"))
    slugs = read["entries"]
    return [
        Question(kind, str(typed), frozenset(slugs[name] for name in right))
        for kind, group in read["questions"].items()
        for typed, right in group.items()
    ]


async def answered(library: Library, typed: str) -> list[str]:
    """The slugs of the first five hits; of what was meant, where nothing has all that was typed."""
    page = await library.search(typed, size=AT)
    if page.instead:
        page = await library.search(page.instead.query, size=AT)
    return [entry.slug for entry in page.hits]


async def marked(library: Library) -> list[Mark]:
    """Every labelled question with how it was answered."""
    return [Mark.of(question, await answered(library, question.typed)) for question in questions()]


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
