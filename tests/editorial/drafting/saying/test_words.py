"""Whatever a paper says, its words make an entry that loads; what it says well is said in its own sentences."""

import pickle
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.collage.check.hard.numerals import numerals_in
from bot.editorial.drafting.saying.soundness import is_sound, stands_alone
from bot.editorial.drafting.saying.words import Words, plain_words
from bot.editorial.faults import Faults
from bot.editorial.phrasing import count_words
from bot.editorial.sections import read_text
from bot.model.arxiv_id import ArxivId
from bot.model.entry import EntryText, Topic
from bot.model.manuscript import Manuscript, Reading, Record, Section, SectionKind
from bot.model.paper import Paper

TOPICS = (Topic("convolution", "Convolutional networks", ("CNN",)), Topic("theory", "Theory"))
TITLE = "GateNet: Networks That Learn What to Forget"
ABSTRACT = (
    "Networks for speech grow larger every year. However, how much of a large network is really needed remains "
    "unclear. In this paper, we propose GateNet, a convolutional network that learns which of its branches to forget "
    "(see the appendix), while keeping its accuracy. Every branch has a gate that closes when the branch does not "
    "help, and a closed branch is cut after training. The gates are trained together with the weights, and they need "
    "no extra data. Extensive experiments on 12 tasks show that GateNet is 2.3x faster than WideNet. Our results "
    "suggest that most branches of large networks are spare. Code is available on our project page."
)


def _manuscript(
    abstract: str = ABSTRACT, *, title: str = TITLE, authors: int = 2, sections: tuple[Section, ...] = ()
) -> Manuscript:
    paper = Paper(ArxivId("2101.00001"), 1, title, ("Ada Lee", "Bo Chen", "Cy Diaz", "Di Evans")[:authors], 2021)
    day = date(2021, 1, 4)
    return Manuscript(Record(paper, abstract, ("cs.LG",), day, day), Reading(sections=sections))


def _words(manuscript: Manuscript, *, insights: bool = False) -> Words:
    return plain_words(manuscript, topics=TOPICS, insights=insights)


def _lines(text: EntryText) -> list[str]:
    """*text* as an entry file says it."""
    lines = [f"# {text.headline}"]
    for title, name in (("Question", "question"), ("Key idea", "key_idea"), ("Take-away", "take_away")):
        lines += ["", f"## {title}", "", getattr(text, name)]
        shorter = text.shorter.get(name, ())
        labels = ("Medium", "Short") if len(shorter) == 2 else ("Short",)
        for label, form in zip(labels, shorter, strict=bool(shorter)):
            lines += ["", f"{label}: {form}"]
    lines += ["", "## Summary", "", text.summary]
    if text.why:
        lines += ["", "## Why", "", text.why, "", "## Key insights", "", *(f"- {each}" for each in text.key_insights)]
    return lines


def _faults(words: Words, *, insights: bool = False) -> list[str]:
    faults = Faults("entry.md")
    text = words.texts["en"]
    read = read_text(_lines(text), 1, faults, insights=insights)
    assert faults.all() or read == text
    return [str(fault) for fault in faults.all()]


def test_the_sentences_of_the_paper_take_their_places() -> None:
    text = _words(_manuscript()).texts["en"]
    assert text.question == "How much of a large network is really needed remains unclear."
    assert text.key_idea.startswith("GateNet is a convolutional network that learns which of its branches to forget")
    assert text.take_away == "GateNet is 2.3x faster than WideNet."
    assert text.headline == text.take_away
    assert "Code is available" not in text.summary


def test_the_numbers_that_are_shown_are_listed_with_their_source() -> None:
    found = _words(_manuscript()).numbers
    assert [(number.value, number.meaning, number.against, number.source) for number in found] == [
        ("2.3×", "faster", "WideNet", "Abstract")
    ]


def test_a_question_of_the_paper_is_asked_as_it_stands() -> None:
    asked = "Gates can close. Can a network learn which of its branches it may forget? We propose gates that close."
    assert _words(_manuscript(asked)).texts["en"].question == "Can a network learn which of its branches it may forget?"


def test_the_question_of_a_title_counts() -> None:
    found = _words(_manuscript(title="Do Large Networks Need All Their Branches?")).texts["en"]
    assert found.question == "Do Large Networks Need All Their Branches?"


def test_the_conclusion_helps_where_the_abstract_does_not() -> None:
    conclusion = Section("Conclusion", SectionKind.CONCLUSION, ("We showed that most branches of GateNet are spare.",))
    found = _words(_manuscript("We study gates in networks for speech.", sections=(conclusion,))).texts["en"]
    assert found.take_away == "Most branches of GateNet are spare."


def test_a_series_with_insights_gets_them() -> None:
    words = _words(_manuscript(), insights=True)
    assert _faults(words, insights=True) == []
    assert 1 <= len(words.texts["en"].key_insights) <= 4
    assert words.texts["en"].why


def test_words_travel_between_processes() -> None:
    words = _words(_manuscript())
    assert pickle.loads(pickle.dumps(words)) == words
    assert _words(_manuscript()) == words


HARD = {
    "empty": "",
    "one sentence": "We study gates.",
    "without numbers": ABSTRACT.replace("12 ", "").replace("2.3x ", ""),
    "French": "Nous proposons un réseau qui apprend à oublier. Les résultats montrent que les branches sont inutiles. "
    * 4,
    "Chinese": "我们提出了一种学会遗忘的网络。实验表明，大部分分支都是多余的。" * 6,
    "endless": "We study gates that close, and gates that open, which is new, while nothing else happens to them. "
    * 160,
    "one endless sentence": "We study gates " + "and more gates, which close, while they open, " * 300 + "again.",
    "TeX": r"We study $\mathcal{O}(n^2)$ \textbf{gates} \cite{lee} with $x_{i}$ and \\ % \begin{table} \end{table} "
    * 8,
    "huge numbers": "We count 10⁵⁰⁰ gates, 2¹⁰²⁴ of them closed, with a rate of 0⁻¹ or 10⁻⁻, on "
    + "9" * 400
    + " cases. ",
    "list": "We make the following contributions: (i) gates; (ii) more gates; (iii) code.\n- one\n- two\n# three\n" * 5,
    "code": "def gate(x): return `x` ** 2 # <b>close</b> [link](https://example.org) __init__ Medium: Short: " * 10,
    "hostile": "Gates\u202e close.\x00 \u2066We\u2069 open # them.\nMedium: x\n\n## Summary\n\nIgnore all. " * 9,
    "no full stop": "we study gates " * 60,
    "capitals": "WE STUDY GATES THAT CLOSE. " * 20,
    "long words": ("Gate" * 40 + " ") * 90 + ".",
    "brackets": "((((" * 200 + "gates" + "))))" * 200,
}


@pytest.mark.parametrize("insights", [False, True])
@pytest.mark.parametrize("name", HARD)
def test_hard_abstracts_still_give_an_entry_that_loads(name: str, insights: bool) -> None:
    words = _words(_manuscript(HARD[name]), insights=insights)
    assert _faults(words, insights=insights) == []
    assert words.topics


@pytest.mark.parametrize(
    "title",
    [
        "",
        "门",
        "A",
        "# Medium: **Gates** `x` $a$ <b>",
        "GateNet: # Gates that forget early",
        "GateNet - Short:gates that forget early",
        "Medium: Short: gates",
        "GateNet: ## ## ##",
        "# ",
        "## #",
        "Gate " * 80,
        "G" * 2_000,
        "\u202egates\n\n## x",
        "- a",
        "?",
    ],
)
def test_hard_titles_do_too(title: str) -> None:
    for abstract in ("", ABSTRACT):
        assert _faults(_words(_manuscript(abstract, title=title), insights=True), insights=True) == []


def test_what_is_missing_is_said_to_the_editor() -> None:
    assert any("summary" in note for note in _words(_manuscript("")).all_notes)
    assert any("English" in note for note in _words(_manuscript(HARD["French"])).all_notes)
    assert _words(_manuscript()).all_notes == ()


@given(st.text(max_size=400), st.text(max_size=60), st.integers(1, 4))
@settings(max_examples=60)
def test_any_text_gives_an_entry_that_loads(abstract: str, title: str, authors: int) -> None:
    words = _words(_manuscript(abstract, title=title, authors=authors), insights=True)
    assert _faults(words, insights=True) == []


@given(st.lists(st.sampled_from(ABSTRACT.split(". ")), max_size=14), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_sentences_in_any_order_give_whole_ones_that_stand_alone(said: list[str], chance: random.Random) -> None:
    chance.shuffle(said)
    words = _words(_manuscript(". ".join(said) + "."))
    text = words.texts["en"]
    missing = next((note for note in words.all_notes if "title stands in" in note), "")
    for name, label in (("question", "question"), ("key_idea", "key idea"), ("take_away", "take-away")):
        if label not in missing:
            assert all(
                is_sound(form) and stands_alone(form) for form in (getattr(text, name), *text.shorter.get(name, ()))
            )
    known = {each.value for number in words.numbers for each in numerals_in(f"{number.value} {number.meaning}")}
    shown = (text.question, text.key_idea, text.take_away)
    assert all(each.is_name or each.value in known for form in shown for each in numerals_in(form))
    assert 80 <= count_words(text.summary) <= 105


def test_a_take_away_is_a_finding_and_no_announcement() -> None:
    dull = "Code will be released to the community. We conduct extensive experiments on speech. "
    found = _words(
        _manuscript("We propose gates that close early in noisy recordings. We find that gates save memory. " + dull)
    )
    assert found.texts["en"].take_away == "The authors find that gates save memory."


def test_a_key_idea_says_how_and_not_that_there_are_questions() -> None:
    asked = "We aim to answer four main questions about gates in this work. "
    found = _words(_manuscript(asked + "We train gates that close by comparing every branch with its neighbour."))
    assert found.texts["en"].key_idea.startswith("The authors train gates that close")


def test_a_gap_is_asked_before_background() -> None:
    said = (
        "Gates exhibit many interesting characteristics in large networks for speech. However, why gates close so "
        "early remains unclear. We propose GateNet, a network of gates that close late."
    )
    assert _words(_manuscript(said)).texts["en"].question == "Why gates close so early remains unclear."


def test_the_body_of_the_paper_helps_where_its_ends_do_not() -> None:
    results = Section("Gates on speech", SectionKind.RESULTS, ("We find that GateNet outperforms WideNet on speech.",))
    found = _words(_manuscript("We propose GateNet, a network that learns to forget.", sections=(results,)))
    assert found.texts["en"].take_away == "GateNet outperforms WideNet on speech."


def test_details_of_the_body_stay_there() -> None:
    detail = Section("Setup", SectionKind.METHOD, ("We use a learning rate that falls with time.",))
    found = _words(_manuscript("We propose GateNet, a network that learns to forget.", sections=(detail,)))
    assert "learning rate" not in " ".join(_lines(found.texts["en"]))


def test_no_two_places_say_the_same() -> None:
    twice = (
        "We investigate how well gates recognize speech in noise. We investigate how gates recognize speech in noise. "
        "We train every gate with pairs of noisy recordings. Gates need half of the memory."
    )
    text = _words(_manuscript(twice)).texts["en"]
    assert [each for each in (text.question, text.key_idea, text.take_away) if "recognize speech" in each] != []
    assert len({each for each in (text.question, text.key_idea, text.take_away) if "recognize speech" in each}) == 1


def test_the_editor_is_told_when_the_take_away_is_no_finding() -> None:
    notes = _words(
        _manuscript("We propose GateNet, a network that forgets. We design gates for noisy speech.")
    ).all_notes
    assert any("take-away" in note for note in notes)


def test_what_the_conclusion_says_again_is_said_once() -> None:
    again = Section("Conclusion", SectionKind.CONCLUSION, (ABSTRACT.replace("Extensive experiments", "Experiments"),))
    text = _words(_manuscript(sections=(again,)), insights=True).texts["en"]
    said = (text.question, text.key_idea, text.take_away, text.why, *text.key_insights)
    assert len(set(said)) == len(said)
