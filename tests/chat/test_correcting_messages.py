"""What is said about corrections fits into Telegram's limits, and says what there is to say."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.desk_presses import OutDeed
from bot.chat.markup import TEXT_LIMIT
from bot.chat.messages.desk import correcting
from bot.chat.messages.message import Message
from bot.model.correction import Correction, CorrectionKind, Obstacle, Reach, StepState, Tally
from bot.model.entry import Entry, EntryState
from bot.model.language import LANGUAGES
from bot.model.month import Month
from bot.wording.translation import speaking
from tests.chat.conftest import NOW
from tests.chat.reading import assert_sendable
from tests.chat.samples import CONVIT

MONTH = Month(2022, 1)
_names = st.sampled_from(["ML-Collage", "<b>&</b>" * 900, "😀" * 5000, "‮evil", "文" * 5000])
_counts = st.integers(0, 10**6)
_entries = st.builds(
    lambda name, slug, state: replace(CONVIT, series=replace(CONVIT.series, name=name), slug=slug, state=state),
    _names,
    st.sampled_from(["ml-collage/27-convit", "x/" + "y" * 200]),
    st.sampled_from([EntryState.PUBLISHED, EntryState.RETRACTED]),
)
_tallies = st.builds(
    Tally,
    st.dictionaries(st.sampled_from(StepState), _counts),
    st.dictionaries(st.sampled_from(Obstacle), st.integers(1, 10**6)),
)
_corrections = st.builds(
    Correction,
    st.just(1),
    st.just(7),
    st.sampled_from(CorrectionKind),
    st.just(1),
    st.just(NOW),
    st.sampled_from([None, NOW]),
)


@given(
    _entries, st.builds(Reach, _counts, _counts, _counts), _corrections, _tallies, st.sampled_from(sorted(LANGUAGES))
)
def test_whatever_there_is_to_say_can_be_sent(
    entry: Entry, reach: Reach, of: Correction, tally: Tally, language: str
) -> None:
    with speaking(language):
        for message in (
            correcting.ask_correct(entry, reach, is_born_here=True),
            correcting.ask_correct(entry, reach, is_born_here=False),
            correcting.ask_retract(entry, reach),
            correcting.stays(entry),
            correcting.progress(of, entry, tally),
            correcting.withdrawn(entry),
            correcting.without_cover(MONTH),
            correcting.emptied(MONTH),
            correcting.left_over(),
            correcting.which("correct"),
            correcting.choice([entry] * 5, OutDeed.ASK_RETRACT),
        ):
            assert_sendable(message, TEXT_LIMIT)


def said(of: CorrectionKind, tally: Tally) -> Message:
    return correcting.progress(Correction(1, 7, of, 1, NOW, NOW), CONVIT, tally)


def test_the_end_of_a_correction_counts_what_could_not_be_changed_and_why() -> None:
    tally = Tally({StepState.DONE: 238, StepState.FAILED: 2}, {Obstacle.GONE: 2})
    assert said(CorrectionKind.CORRECT, tally).text.plain == (
        "ML-Collage 27 is corrected in 238 of 240 messages.\nNot changed: 2 (the chat is gone)."
    )


def test_the_end_of_a_withdrawal_counts_apart_what_was_deleted_and_what_only_says_so() -> None:
    tally = Tally({StepState.DELETED: 118, StepState.INSTEAD: 3, StepState.DONE: 40}, {Obstacle.STILL_SHOWN: 1})
    assert said(CorrectionKind.RETRACT, tally).text.plain.splitlines() == [
        "ML-Collage 27 is withdrawn.",
        "Messages deleted: 118.",
        "Too old to be deleted, so they say that it was withdrawn: 3.",
        "Of these still with the old picture: 1.",
        "Lists and covers that go on without it: 40.",
    ]


def test_a_withdrawal_that_reached_nobody_says_only_that() -> None:
    assert said(CorrectionKind.RETRACT, Tally()).text.plain == "ML-Collage 27 is withdrawn."
