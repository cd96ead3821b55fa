"""Owns the names of a text as the fact guard compares them: what is capitalised, abbreviated or numbered."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from bot.catalogue.terms import stem

_TOKEN = re.compile(r"[^\W_\u3400-\u9fff]+(?:[-'’./+&_:][^\W_\u3400-\u9fff]+)*")
_ATOM = re.compile(r"[^\W\d_]+|\d+")
_PART = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_POSSESSIVE = re.compile(r"'s?$")
_OPENS = re.compile(r"(?:\A|[.!?:;\"“]|\s-)[\s\"'“‘(\[]*\Z")
_LOOK_BACK = 6  # characters
_ATTACHED = re.compile(r"\d[\w]{0,2}|[A-Z]|[a-z]{1,2}\d[\w]{0,2}")
_WORD = re.compile(r"[A-Z]?[^\W\dA-Z_]+")
_CAPITALISED = re.compile(r"[A-Z][a-z]+")
_QUANTITY = re.compile(
    r"\d+(?:\.\d+)*(?:ms|s|h|px|x|[kKMGTP]?B|[kMG]?Hz|[nmck]?m|dB|[kMG]?W|fps|FPS|th|st|nd|rd|[kKMBT])?"
)
_ABBREVIATED = 3  # letters: so short an acronym may also be a word (US, IT)
_SAME_START = 3  # letters that two forms of a word share
_TITLE_WORD = 4  # letters of a word that title case writes large
_SHORTEST_TITLE = 3  # words

# Abbreviations that everybody in the field writes for what the paper may spell out.
_ABBREVIATIONS: Mapping[str, tuple[str, ...]] = {
    "AI": ("artificial intelligence",), "ML": ("machine learning",), "RL": ("reinforcement learning",),
    "NLP": ("natural language processing",), "LLM": ("large language model",), "VLM": ("vision language model",),
    "CNN": ("convolutional neural network", "convolutional network"), "RNN": ("recurrent neural network",),
    "GNN": ("graph neural network",), "GAN": ("generative adversarial network",), "VAE": ("variational autoencoder",),
    "MLP": ("multilayer perceptron", "multi layer perceptron"), "SGD": ("stochastic gradient descent",),
    "ViT": ("vision transformer",), "PDE": ("partial differential equation",), "MoE": ("mixture of experts",),
    "RAG": ("retrieval augmented generation",), "MCMC": ("markov chain monte carlo",), "QA": ("question answering",),
    "RLHF": ("reinforcement learning from human feedback",), "OOD": ("out of distribution",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a paper.

    Attributes:
        words: In lower case, compounds also in one: ``n-beats`` gives ``n``, ``beats`` and ``nbeats``.
        written: As they are written where a capital means something.
        running: All of them in order, between blanks.
        stems: By their first letters.
    """

    words: frozenset[str]
    written: frozenset[str]
    running: str
    starts: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Gather the words of *texts*, which are `spelled`."""
        written: set[str] = set()
        words: set[str] = set()
        running: list[str] = [""]
        for text in texts:
            is_title = _is_title(text)
            for found in _TOKEN.finditer(text):
                parts = _PART.findall(found[0])
                written.update(parts if not (is_title or _opens(text, found)) else filter(_is_special, parts))
                words.update(part.lower() for part in parts)
                words.update((one + other).lower() for one, other in pairwise(parts))
                words.add("".join(parts).lower())
                running += [atom.lower() for atom in _ATOM.findall(found[0])]
        starts: dict[str, list[str]] = {}
        for word in words:
            starts.setdefault(word[:_SAME_START], []).append(word)
        return cls(
            frozenset(words), frozenset(written), " ".join([*running, ""]), {k: tuple(v) for k, v in starts.items()}
        )

    def has(self, name: str) -> bool:
        """Tell whether the paper has *name*, in whatever form, in one piece."""
        parts = _PART.findall(name)
        joined = "".join(parts)
        if joined.isupper() and len(joined) <= _ABBREVIATED and joined.isalpha() and len(parts) == 1:
            return self._writes(joined) or self._spells_out(joined)
        return (
            any(map(self._knows, _forms(joined.lower()))) or self._runs(_ATOM.findall(name)) or self._spells_out(name)
        )

    def has_word(self, word: str) -> bool:
        """Tell whether the paper has *word*, or another form of it."""
        lower = word.lower()
        if self.has(word):
            return True
        root = stem(lower)
        return len(lower) > _SAME_START and any(
            stem(other) == root for other in self.starts.get(lower[:_SAME_START], ())
        )

    def writes(self, word: str) -> bool:
        """Tell whether the paper writes *word* exactly so."""
        return word in self.written

    def pairs(self, one: str, other: str) -> bool:
        """Tell whether *other* follows *one* in the paper."""
        return self._runs([*_ATOM.findall(one), *_ATOM.findall(other)])

    def _knows(self, word: str) -> bool:
        return word in self.words

    def _writes(self, acronym: str) -> bool:
        return acronym in self.written or acronym + "s" in self.written

    def _runs(self, atoms: list[str]) -> bool:
        """True where *atoms* follow each other; the last one may be a plural on either side."""
        *first, last = (atom.lower() for atom in atoms) if atoms else ("",)
        return any(f" {' '.join([*first, form])} " in self.running for form in _forms(last))

    def _spells_out(self, name: str) -> bool:
        expansions = _ABBREVIATIONS.get(name) or _ABBREVIATIONS.get(name.removesuffix("s"), ())
        return any(f" {expansion}" in self.running for expansion in expansions)


def unknown_name(sentence: str, vocabulary: Vocabulary, *, has_only_names: bool = False) -> str | None:
    """Find the first name in *sentence* that the paper does not have.

    Args:
        sentence: `spelled`.
        has_only_names: True for a sentence in another script: there every Latin word is a name or a term.
    """
    is_title = _is_title(sentence)
    before: re.Match[str] | None = None
    for found in _TOKEN.finditer(sentence):
        token = _POSSESSIVE.sub("", found[0])
        opens = is_title or _opens(sentence, found)
        if has_only_names and token.islower() and not (_is_common(token) or vocabulary.has_word(token)):
            return found[0]
        if culprit := _unknown_part(token, vocabulary, opens=opens):
            return culprit
        if before is not None and not opens and _is_coined(before[0], token, vocabulary):
            return f"{before[0]} {token}"
        is_inside = _CAPITALISED.fullmatch(token) is not None and not opens
        before = found if is_inside and sentence[found.end() : found.end() + 1] == " " else None
    return None


def _opens(text: str, token: re.Match[str]) -> bool:
    """True where a capital means nothing: a sentence, a quotation or an aside begins."""
    return _OPENS.search(text, max(0, token.start() - _LOOK_BACK), token.start()) is not None


def _is_special(part: str) -> bool:
    """True for what is a name wherever it stands."""
    return not _WORD.fullmatch(part)


def _unknown_part(token: str, vocabulary: Vocabulary, *, opens: bool) -> str | None:
    """The part of *token* that the paper does not have."""
    if token.islower() and token.isascii() and not re.search(r"\d", token):
        return None
    if token in {"A", "I"} or _QUANTITY.fullmatch(token) or vocabulary.has(token):
        return None
    parts = _PART.findall(token)
    for place, part in enumerate(parts):
        is_plain = part.islower() and part.isascii() and part.isalpha()
        if is_plain or (place == 0 and _QUANTITY.fullmatch(part)):
            continue
        if place and _is_attached(parts[place - 1], part):
            is_fine = vocabulary.has(f"{parts[place - 1]}-{part}")
        else:
            is_coined = place and not opens and _is_coined(parts[place - 1], part, vocabulary)
            is_fine = not is_coined and _is_known(part, vocabulary, opens=opens)
        if not is_fine:
            return token
    return None


def _is_known(part: str, vocabulary: Vocabulary, *, opens: bool) -> bool:
    if _WORD.fullmatch(part):
        return vocabulary.has_word(part) or (opens and _is_common(part))
    if _QUANTITY.fullmatch(part) or vocabulary.has(part):
        return True
    camel = _CAMEL.findall(part)
    return len(camel) > 1 and vocabulary.has(" ".join(camel))


def _is_attached(before: str, part: str) -> bool:
    """True for what numbers or letters a name: the 50 of ResNet-50, the B of ViT-B."""
    return _ATTACHED.fullmatch(part) is not None or (before[-1].isalpha() and part[0].isdigit())


def _is_coined(one: str, other: str, vocabulary: Vocabulary) -> bool:
    """True for two common words that become a name only by standing together, which they never do in the paper."""
    if not (_CAPITALISED.fullmatch(one) and _CAPITALISED.fullmatch(other)):
        return False
    if vocabulary.writes(one) or vocabulary.writes(other):
        return False
    return not vocabulary.pairs(one, other)


def _is_title(sentence: str) -> bool:
    words = [word for word in _PART.findall(sentence) if len(word) >= _TITLE_WORD and word.isalpha()]
    return len(words) >= _SHORTEST_TITLE and all(word[0].isupper() for word in words)


def _forms(word: str) -> Iterator[str]:
    """*word* with and without the endings of a plural."""
    yield word
    yield word + "s"
    if word.endswith("s") and len(word) > 2:
        yield word[:-1]
    if word.endswith("es") and len(word) > _SAME_START:
        yield word[:-2]
    if word.endswith("ies") and len(word) > _SAME_START:
        yield word[:-3] + "y"


def _is_common(word: str) -> bool:
    """True for a word that everybody uses, and so no name where it stands first."""
    return stem(word.lower()) in _common_stems()


@cache
def _common_stems() -> frozenset[str]:
    # Words that at least 25 of 31,252 abstracts write in lower case, one per stem, and a few plain ones besides.
    listed = (files("bot.editorial.drafting.guard") / "common_words.txt").read_text(encoding="utf-8")
    return frozenset(map(stem, listed.split()))
