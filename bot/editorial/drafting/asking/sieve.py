"""Owns holding drafted texts against the paper and against our bounds: what passes, what went, and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.editorial.drafting.asking.answer import Forms
from bot.editorial.drafting.asking.tidying import finished, tidied, unlabelled
from bot.editorial.drafting.guard import Evidence, Judged, judged
from bot.editorial.phrasing import count_words
from bot.editorial.sections import length_faults
from bot.model.draft import Removal
from bot.model.language import ENGLISH

_MOST_WORDS = {"question": 40, "why": 60, "key insights": 30}
_MOST_SENTENCES = 12
_MOST_INSIGHTS, _FEWEST_INSIGHTS = 5, 2
_LABEL_WORDS = 6
_HAN = re.compile(r"[\u3400-\u9fff]")
_FEWEST_HAN = 4
_LEANS_BACK = re.compile(
    r"(?:It|Its|They|Their|This|These|That|Those|Such|He|She|Both|The latter|The former|However|Also|But|And|So|Then"
    r"|Thus|Instead|Hence)\b|(?:它|其|这|该|此|他们|但|因此|不过|然而|同时|而)"
)


@dataclass(slots=True)
class Sieve:
    """What is left of the texts of one language.

    Attributes:
        removed: What the fact guard took out.
        misfits: The fields of which nothing usable was left.
    """

    evidence: Evidence
    language: str = ENGLISH
    removed: list[Removal] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)

    def text(self, name: str, drafted: str) -> str:
        """What is left of one text; empty where nothing usable is."""
        found = self._passed(name, drafted)
        if not found:
            self.misfits.append(name)
        return found

    def forms(self, name: str, drafted: Forms) -> tuple[str, ...]:
        """The lengths of a text that can be used, the longest first, each shorter than the one before."""
        kept: list[str] = []
        for form in (drafted.long, drafted.medium, drafted.short):
            said = self._passed(name, form)
            if said and (not kept or len(said) < len(kept[-1])):
                kept.append(said)
        if not kept:
            self.misfits.append(name)
        return tuple(kept)

    def label(self, name: str, drafted: str) -> str:
        """What is left of a few English words that are no sentence; empty where they cannot be used."""
        said = tidied(drafted).rstrip(".")
        is_fit = count_words(said) <= _LABEL_WORDS and not _HAN.search(said)
        return said if said and is_fit and not self._judged(name, said).removed else ""

    def items(self, name: str, drafted: Sequence[str]) -> tuple[str, ...]:
        """The statements of a list that can be used; none where too few are left."""
        kept = tuple(dict.fromkeys(filter(None, (self._passed(name, item) for item in drafted[:_MOST_SENTENCES]))))
        if len(kept) < _FEWEST_INSIGHTS:
            self.misfits.append(name)
            return ()
        return kept[:_MOST_INSIGHTS]

    def summary(self, drafted: Sequence[str]) -> str:
        """A paragraph of whole sentences within its bounds; empty where there is none."""
        kept: list[str] = []
        is_broken = False
        for sentence in drafted[:_MOST_SENTENCES]:
            left = self._judged("summary", self._said(sentence))
            is_whole = bool(left.text) and not left.removed
            if is_whole and not (is_broken and _LEANS_BACK.match(left.text)):
                kept.append(left.text)
            is_broken = not is_whole
        found = next((text for text in map(self._joined, _selections(kept)) if self._fits("summary", text)), "")
        if not found:
            self.misfits.append("summary")
        return found

    def _passed(self, name: str, drafted: str) -> str:
        left = self._judged(name, self._said(drafted))
        text = unlabelled(left.text)  # a label may have stood behind a sentence that went
        is_usable = text and self._fits(name, text) and not (left.removed and _LEANS_BACK.match(text))
        return text if is_usable else ""

    def _said(self, drafted: str) -> str:
        return finished(tidied(drafted, language=self.language), language=self.language)

    def _judged(self, name: str, drafted: str) -> Judged:
        left = judged(drafted, self.evidence, language=self.language)
        label = name if self.language == ENGLISH else f"{name} ({self.language})"
        fresh = (Removal(label, sentence, culprit) for sentence, culprit in left.removed)
        self.removed.extend(each for each in fresh if each not in self.removed)
        return left

    def _fits(self, name: str, text: str) -> bool:
        if any(length_faults(name.capitalize(), text, self.language)):
            return False
        if name in _MOST_WORDS and count_words(text) > _MOST_WORDS[name]:
            return False
        return self.language == ENGLISH or len(_HAN.findall(text)) >= _FEWEST_HAN

    def _joined(self, sentences: Sequence[str]) -> str:
        return (" " if self.language == ENGLISH else "").join(sentences)


def _selections(sentences: list[str]) -> list[list[str]]:
    """All of *sentences*, then ever fewer from the end, then all but one in the middle that nothing leans on."""
    prefixes = [sentences[:count] for count in range(len(sentences), 0, -1)]
    gaps = [
        [*sentences[:gap], *sentences[gap + 1 :]]
        for gap in range(len(sentences) - 2, 0, -1)
        if not _LEANS_BACK.match(sentences[gap + 1])
    ]
    return [*prefixes, *gaps]
