"""Sentences become shorter and stay sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.drafting.saying.soundness import is_sound
from bot.editorial.drafting.saying.trimming import forms


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        ("Our method (see the supplement) is fast.", "Our method is fast."),
        ("However, small models are hard to train.", "Small models are hard to train."),
        ("In this paper, we propose a network that grows.", "We propose a network that grows."),
        ("To save memory, we prune every layer of the network.", "We prune every layer of the network."),
        (
            "Despite progress in vision, speech, and text, small models are hard to train.",
            "Small models are hard to train.",
        ),
        ("Extensive experiments on ImageNet show that depth is not needed.", "Depth is not needed."),
        (
            "We study shallow nets and show that gates are enough for speech.",
            "We show that gates are enough for speech.",
        ),
        ("The gate closes early, which saves half of the memory.", "The gate closes early."),
        ("The gate closes early, saving half of the memory.", "The gate closes early."),
        ("The gate is cheap while keeping the accuracy of the network.", "The gate is cheap."),
        ("GateNet, which was trained on text, outperforms larger models.", "GateNet outperforms larger models."),
        (
            "We propose GateNet, a network that learns what to forget.",
            "GateNet is a network that learns what to forget.",
        ),
        (
            "We propose a novel approach to pruning for small models.",
            "We propose an approach to pruning for small models.",
        ),
        ("The gate is small; the network is fast and quiet.", "The network is fast and quiet."),
        ("This work demonstrates that gates can be pruned early.", "Gates can be pruned early."),
        ("Tests show that small gates work well and that large ones fail.", "Small gates work well."),
        ("The gate outperforms its rivals on a range of tasks.", "The gate outperforms its rivals."),
        ("The gate finds a better minimum, but also needs more memory.", "The gate finds a better minimum."),
        ("Carefully built gates are cheap, so they may help others.", "Carefully built gates are cheap."),
    ],
)
def test_what_a_sentence_can_do_without_goes(sentence: str, shorter: str) -> None:
    assert shorter in forms(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The method works if the data are clean.",
        "The method works only when the noise is small, but not otherwise.",
        "The method works on ImageNet, although it needs more memory.",
        "The method cannot improve accuracy while keeping the speed.",
        "The method does not improve by adding more layers.",
        "The method is faster than every other network.",
        "The method combines pruning, distillation, and quantization.",
        "Can networks forget while keeping what matters?",
    ],
)
def test_conditions_limits_and_lists_stay(sentence: str) -> None:
    assert forms(sentence) == (sentence,)


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("We do not find that depth helps.", "Depth helps."),
        ("We aim to show that depth helps.", "Depth helps."),
        ("We ask whether larger models show that depth helps.", "Depth helps."),
        ("Existing methods, which rely on labels, including ours, fail.", "Existing methods."),
        ("Models that improve with data, including ours, are large.", "Models that improve with data."),
        ("It compares two tasks: parsing, which is hard, and tagging.", "It compares two tasks: parsing."),
        ("A powerful and simple solution is proposed here.", "An and simple solution is proposed here."),
        ("We choose a network trained via gradient descent on text.", "We choose a network trained."),
        (
            "The run lasts long, so claims made once, including ours, should wait.",
            "The run lasts long, so claims made once.",
        ),
        ("It differs from others by conditioning on speech, but works.", "It differs from others, but."),
        ("Gates have shown surprising, even emergent, abilities in speech.", "Gates have shown surprising."),
        ("The set has rich records, short notes, as well as full texts.", "The set has rich records, short notes."),
        (
            "It needs no templates, structured prediction, and/or trees here.",
            "It needs no templates, structured prediction.",
        ),
        ("The gate is small, the time is halved, and the error falls.", "The gate is small, the time is halved."),
        (
            "The gate selects both small networks, which are cheap, and large ones.",
            "The gate selects both small networks.",
        ),
    ],
)
def test_a_cut_never_turns_or_breaks_what_is_said(sentence: str, broken: str) -> None:
    assert broken not in forms(sentence)


def test_forms_come_longest_first_and_each_once() -> None:
    found = forms(
        "However, to save memory, we propose GateNet (2021), a new network that forgets, which is small, cutting cost."
    )
    assert len(found) > 3
    assert len(set(found)) == len(found)
    assert [len(form) for form in found] == sorted(map(len, found), reverse=True)


def test_what_is_no_sentence_has_no_forms() -> None:
    assert forms("we begin small") == ()
    assert forms(r"Let $x \in X$ be given.") == ()
    assert forms("") == ()


_WORDS = st.sampled_from(
    """We the gate network show that and , ; : which improves while by using ( ) to of novel a not only methods are
    trained     however accuracy – “ ” i.e. reducing in this paper""".split()  # noqa: SIM905
)


@given(st.lists(_WORDS, min_size=1, max_size=40))
def test_every_form_of_any_text_is_sound_and_no_longer(words: list[str]) -> None:
    sentence = " ".join(words) + "."
    for form in forms(sentence):
        assert is_sound(form)
        assert len(form) <= len(sentence) + len("The ")
