from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.highlighting import matched
from bot.catalogue.query import parse_query

VIT = (("Vision transformers", "ViT", "视觉 Transformer", "视觉变换器"),)


def marked(text: str, question: str, synonyms: tuple[tuple[str, ...], ...] = ()) -> str:
    """The text with what is found between brackets."""
    shown = text
    for start, end in reversed(matched(text, parse_query(question), synonyms=synonyms)):
        shown = f"{shown[:start]}[{shown[start:end]}]{shown[end:]}"
    return shown


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Improving Vision Transformers", "transformer", "Improving Vision [Transformers]"),
        ("On the Bias of Networks", "the bias", "On the [Bias] of Networks"),
        ("N-BEATS: Neural basis", "nbeats", "[N-BEATS]: Neural basis"),
        ("N-BEATS: Neural basis", "n beats", "[N-BEATS]: Neural basis"),
        ("Self-supervised learning", "supervised", "Self-[supervised] learning"),
        ("n plus one", "n-beats", "n plus one"),
        ("Schölkopf", "scholkopf", "[Schölkopf]"),
        ("Scho\u0308lkopf!", "SCHÖLKOPF", "[Scho\u0308lkopf]!"),
        ("ﬁne tuning", "fine", "[ﬁne] tuning"),
        ("元学习与强化学习", "强化学习", "元学习与[强化学习]"),
        ("元学习的方法", "学习", "元[学习]的方法"),
        ("用Transformer做预测", "transformers 预测", "用[Transformer]做[预测]"),
        ("A graph, a GRAPH.", "graphs", "A [graph], a [GRAPH]."),
        ("organ", "gan", "organ"),
        ("", "gan", ""),
        ("gan", "", "gan"),
        ("gan 2021", "2021", "gan 2021"),
    ],
)
def test_what_answers_the_question_is_marked(text: str, question: str, expected: str) -> None:
    assert marked(text, question) == expected


def test_another_name_of_what_was_asked_is_marked_too() -> None:
    title = "Improving Vision Transformers with Soft Biases"

    assert marked(title, "ViT", VIT) == "Improving [Vision Transformers] with Soft Biases"
    assert marked(title, "#vit", VIT) == "Improving [Vision Transformers] with Soft Biases"
    assert marked(title, "视觉变换器", VIT) == "Improving [Vision Transformers] with Soft Biases"
    assert marked("改进视觉 Transformer", "vit", VIT) == "改进[视觉 Transformer]"
    assert marked(title, "soft", VIT) == "Improving Vision Transformers with [Soft] Biases"


def test_a_completed_word_is_marked_whole() -> None:
    query = parse_query("vision transf").completed(["transformers"])

    assert matched("Vision Transformers", query) == ((0, 6), (7, 19))


_PIECES = ["Vision", "transformer", "N-BEATS", "元学习", "学习", "é", "e\u0301", "ﬁ", " ", "-", "\u202e", "😀"]
_TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(_PIECES)).map("".join)


@given(_TEXTS, _TEXTS)
def test_spans_are_in_order_disjoint_and_inside_the_text(text: str, question: str) -> None:
    spans = matched(text, parse_query(question), synonyms=VIT)

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))
    assert spans == matched(text, parse_query(question), synonyms=VIT)


@given(st.lists(st.sampled_from(["vision", "transformers", "graph", "neural", "beats"]), min_size=1, unique=True))
def test_a_text_is_marked_by_its_own_words(words: list[str]) -> None:
    text = " ".join(words)

    assert "".join(text[start:end] for start, end in matched(text, parse_query(text))) == "".join(words)
