"""The words of real abstracts: every one loads, few need the title, hardly one is broken."""

import json
import lzma
import random
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.editorial.drafting.saying.words import Words, plain_words
from bot.editorial.faults import Faults
from bot.editorial.phrasing import count_words
from bot.editorial.sections import SUMMARY_CHARACTERS
from bot.editorial.series_file import read_topics
from bot.model.arxiv_id import ArxivId
from bot.model.entry import EntryText, Topic
from bot.model.manuscript import Manuscript, Reading, Record
from bot.model.paper import Paper
from bot.sources.arxiv.text import read_text

ROOT = Path(__file__).parents[4]
CORPUS = ROOT.parent / "shared" / "data" / "E-corpus" / "arxiv_2025_daily.jsonl.xz"
SAMPLE = 400
FIELDS = {"question": "question", "key_idea": "key idea", "take_away": "take-away"}
# Another look at sentences than the program's own: what a reader would stumble over.
BROKEN = (
    re.compile(r"^[a-z](?![\w-]*[A-Z])|[^.?!”]$"),
    re.compile(
        r"\b(?:and|or|of|the|an?|to|for|with|by|that|which|as|in|on|at|from|via|is|are|than)[.?!]$", re.IGNORECASE
    ),
    re.compile(r"[\\{}$]|https?:|\be\.g|\bi\.e|\s[,;.]|,,|\(\)|\[\d"),
    re.compile(
        r"^(?:These|Those|They|Its?|Their|Such|However|And|But|Which|Where|While [^,]*\.$)\b(?! is| has| remains)"
    ),
    re.compile(r"\b(?:an?|the) (?:an?|the|and|or)\b|\b(\w{3,}) \1\b"),
    re.compile(r"\b(?:[Ww]e|[Oo]urs?|us)\b(?!.*\?$)"),
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.exists(), reason="needs ../shared/data beside the checkout"),
]


@pytest.fixture(scope="module")
def topics() -> tuple[Topic, ...]:
    return tuple(read_topics(ROOT / "content" / "topics.yaml", Faults("topics.yaml")).values())


@pytest.fixture(scope="module")
def drafted(topics: tuple[Topic, ...]) -> list[tuple[Manuscript, Words]]:
    with lzma.open(CORPUS, "rt") as lines:
        chosen = random.Random(7).sample(list(lines), SAMPLE)
    papers = [_manuscript(json.loads(line)) for line in chosen]
    return [(paper, plain_words(paper, topics=topics, insights=True)) for paper in papers]


def _manuscript(row: dict[str, object]) -> Manuscript:
    authors = tuple(str(each) for each in row["authors"]) if isinstance(row["authors"], list) else ("Nobody",)
    categories = tuple(str(each) for each in row["categories"]) if isinstance(row["categories"], list) else ()
    paper = Paper(ArxivId(str(row["id"])), None, read_text(str(row["title"])), authors, 2025)
    day = date.fromisoformat(str(row["listed"]))
    return Manuscript(Record(paper, read_text(str(row["summary"])), categories, day, day), Reading())


def _forms(words: Words) -> list[str]:
    """What the collage shows of the paper's own sentences."""
    text, missing = words.texts["en"], next((note for note in words.all_notes if "title stands in" in note), "")
    own = [name for name, label in FIELDS.items() if label not in missing]
    return [form for name in own for form in (getattr(text, name), *text.shorter.get(name, ()))]


def test_every_text_is_within_its_bounds(drafted: list[tuple[Manuscript, Words]]) -> None:
    for _, words in drafted:
        text: EntryText = words.texts["en"]
        assert 1 <= count_words(text.headline) <= 12
        assert 1 <= count_words(text.key_idea) <= 25
        assert 1 <= count_words(text.take_away) <= 16
        assert 1 <= count_words(text.question) <= 30
        assert 80 <= count_words(text.summary) <= 105
        assert len(text.summary) <= SUMMARY_CHARACTERS
        assert 1 <= len(words.topics) <= 4


def test_most_papers_say_it_themselves(drafted: list[tuple[Manuscript, Words]]) -> None:
    missing = Counter(name for _, words in drafted for note in words.all_notes for name in _missing(note))
    assert missing["question"] <= 0.07 * SAMPLE
    assert missing["key idea"] <= 0.08 * SAMPLE
    assert missing["take-away"] <= 0.09 * SAMPLE
    assert missing["summary"] <= 0.05 * SAMPLE


def _missing(note: str) -> list[str]:
    if "title stands in" in note:
        return [label for label in FIELDS.values() if label in note]
    return ["summary"] if "summary of 80" in note else []


def test_hardly_a_sentence_is_broken(drafted: list[tuple[Manuscript, Words]]) -> None:
    forms = [form for _, words in drafted for form in _forms(words)]
    broken = [form for form in forms if any(sign.search(form) for sign in BROKEN)]
    assert len(forms) >= 2 * SAMPLE
    assert len(broken) <= 0.005 * len(forms), broken


def test_every_number_stands_in_the_abstract(drafted: list[tuple[Manuscript, Words]]) -> None:
    read = [(paper, number) for paper, words in drafted for number in words.numbers]
    assert len(read) >= 0.15 * SAMPLE
    for paper, number in read:
        figures = re.findall(r"\d[\d.,]*\d|\d", number.value)
        assert all(figure in paper.record.abstract for figure in figures), number
