"""What buttons carry: short, strict, and the same when it comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.desk_presses import (
    Anew,
    Ask,
    AskedFile,
    Deed,
    EditField,
    FixDate,
    ListQueue,
    OnDraft,
    OnQueued,
    ShowDraft,
    ShowQueue,
    Sight,
    Step,
    TakeUp,
    TurnAsked,
    TurnCandidates,
)
from bot.chat.presses import (
    ASK_SEARCH,
    CANDIDATES,
    COLLAGE,
    DRAFTS,
    FOLLOW,
    LATEST,
    RANDOM,
    RESTORE,
    SETTINGS,
    STATUS,
    STILL,
    SUBSCRIBE,
    THIS_MONTH,
    UNSUBSCRIBE,
    DropSaved,
    Find,
    FullSize,
    MoreLike,
    Press,
    ReadOn,
    ShowEntry,
    ShowMonth,
    SubscribeChannel,
    ToggleSaved,
    TurnCanvas,
    TurnResults,
    TurnSaved,
)
from bot.chat.sending_presses import (
    AskSettleAll,
    OnRefused,
    PickDoubt,
    RefusedStep,
    SettleAll,
    SettleDoubt,
    ShowDoubts,
)
from bot.chat.settings_presses import (
    ChooseCanvas,
    ChooseLanguage,
    ChooseTheme,
    Leaf,
    OpenSettings,
    PauseFor,
    PauseUntil,
    Span,
    Stop,
    StopTopic,
    Switch,
    Turn,
    Want,
    WantTopic,
)
from bot.chat.shapes import SHAPES
from bot.chat.spelling import DATA_LIMIT, UnknownPress, entry_id_of, fits, read, written
from bot.editorial.correction import Field
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.edition import EditionKind
from bot.model.month import Month
from bot.publishing.settling import Verdict

_ids = st.integers(1, 10**9 - 1)
_deliveries = st.integers(1, 10**16 - 1)
_pages = st.integers(1, 9999)
_users = st.integers(0, 2**52)
_queries = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_looks = st.builds(Appearance, st.sampled_from(SHAPES), st.sampled_from(Theme))
_papers = st.sampled_from([ArxivId("2401.00001"), ArxivId("0704.0001"), ArxivId("cond-mat/9901001")])
_versions = st.one_of(st.none(), st.integers(1, 999))
_revisions = st.integers(0, 10**8)
_sights = st.builds(Sight, st.sampled_from(SHAPES), st.sampled_from(["en", "zh"]))
_series = st.sampled_from(["ml-collage", "best-of-arxiv", "x" * 60])
_some_series = st.sampled_from(["", "ml-collage", "best-of-arxiv", "x" * 60])
_topics = st.sampled_from(["causality", "self-supervised-learning", "x" * 60])
_take_ups, _asks = st.builds(TakeUp, _papers, _versions, _series), st.builds(Ask, _papers, _versions)
presses: st.SearchStrategy[Press] = st.one_of(
    st.builds(OnDraft, st.sampled_from(Deed), _ids, _revisions, _sights),
    st.builds(EditField, st.sampled_from(Field), _ids, _revisions, _sights),
    st.builds(ShowDraft, _ids),
    _take_ups,
    _asks,
    st.builds(Anew, st.one_of(_take_ups, _asks)),
    st.builds(TurnAsked, _papers, st.integers(1, 999), _looks),
    st.builds(AskedFile, _papers, st.integers(1, 999), _looks),
    st.builds(ShowQueue, _series, _pages),
    st.builds(ListQueue, _series),
    st.builds(OnQueued, st.sampled_from(Step), _ids, _revisions),
    st.builds(FixDate, _ids, st.sampled_from(["2026-W47", "2026-11"])),
    st.builds(TurnCandidates, _pages),
    st.builds(ShowDoubts, _ids, _pages),
    st.builds(PickDoubt, _deliveries),
    st.builds(SettleDoubt, st.sampled_from(Verdict), _deliveries, _revisions),
    st.builds(AskSettleAll, st.sampled_from(Verdict), _ids),
    st.builds(SettleAll, st.sampled_from(Verdict), _ids, st.integers(10**8, 10**11 - 1)),
    st.builds(OnRefused, st.sampled_from(RefusedStep), _ids),
    st.builds(ShowEntry, _ids),
    st.builds(TurnCanvas, _ids, _looks),
    st.builds(FullSize, _ids, _looks),
    st.builds(ChooseCanvas, st.sampled_from(SHAPES)),
    st.builds(ChooseTheme, st.sampled_from(Theme)),
    st.builds(ChooseLanguage, st.sampled_from(["", "en", "zh"])),
    st.builds(Want, st.sampled_from(EditionKind), _some_series),
    st.builds(Stop, st.sampled_from(EditionKind), _some_series),
    st.builds(OpenSettings, st.sampled_from(Leaf), _pages),
    st.builds(WantTopic, _topics, _pages),
    st.builds(StopTopic, _topics, _pages),
    st.builds(PauseFor, st.sampled_from(Span)),
    st.builds(PauseUntil, st.dates()),
    st.builds(Turn, st.sampled_from(Switch)),
    st.builds(ToggleSaved, _ids),
    st.builds(DropSaved, _ids),
    st.builds(MoreLike, _ids),
    st.builds(ReadOn, _ids),
    st.builds(ShowMonth, st.builds(Month, st.integers(1, 9999), st.integers(1, 12))),
    st.builds(TurnResults, _pages, _users, _queries),
    st.builds(TurnSaved, _pages),
    st.builds(Find, _queries),
    st.sampled_from([LATEST, RANDOM, THIS_MONTH, ASK_SEARCH, SUBSCRIBE, UNSUBSCRIBE, FOLLOW, SETTINGS, RESTORE, STILL]),
    st.sampled_from([COLLAGE, CANDIDATES, DRAFTS, STATUS]),
)


@given(presses)
def test_a_press_comes_back_as_it_was_written(press: Press) -> None:
    if fits(press):
        assert read(written(press)) == press


@given(presses)
def test_no_button_carries_more_than_telegram_takes(press: Press) -> None:
    if fits(press):
        assert len(written(press).encode()) <= DATA_LIMIT
    else:
        with pytest.raises(ValueError, match="does not fit"):
            written(press)


_VERBS = (
    "show|turn|full|save|drop|like|read|page|month|saved|shape|theme|want|stop|find|do"
    "|desk|field|draft|take|ask|anew|turned|file|queue|list|wait|date|week"
    "|open|speak|topic|untopic|pause|until|switch"
)


@given(st.one_of(st.text(), st.from_regex(rf"1:({_VERBS}):.{{0,40}}")))
def test_whatever_is_forged_is_either_ours_or_refused(data: str) -> None:
    try:
        press = read(data)
    except UnknownPress:
        return
    assert written(press) == data


@pytest.mark.parametrize(
    "data",
    ["", ":", "1", "1:", "0:show:7", "2:show:7", "1:show:", "1:show:-7", "1:show:07", "1:show:７", "1:show:7:8",
     "1:turn:7:round", "1:turn:7:slide:light", "1:turn:7:slide:dark:x",
     "1:shape:round", "1:want:daily", "1:want:weekly:", "1:want:weekly:ML", "1:open:all", "1:open:all:0", "1:speak:de",
     "1:topic:causality", "1:topic:a b:1", "1:pause:2", "1:until:2027-1-1", "1:until:20270101", "1:switch:off",
     "1:desk:ok:1:1:portrait", "1:desk:ok:1:1:portrait:EN", "1:desk:ok:0:1:portrait:en", "1:desk:burn:1:1:portrait:en",
     "1:field:title:1:1:portrait:en", "1:take:2401.00001", "1:take:2401.00001V2:ml-collage", "1:take:9:ml-collage",
     "1:take:arXiv:2401.00001:ml-collage", "1:anew:do:latest", "1:turned:2401.00001:slide:light", "1:week:0",
     "1:queue:ml_collage:1", "1:wait:up:1", "1:date:1:2026-W4", "1:date:1:2026-W48:x",
     "1:page:0:0:x", "1:page:1:x:y", "1:month:2022-13", "1:month:2022-1", "1:do:drop tables",
     "1:show:" + "9" * 60, "show:7", "1:find:" + "x" * 99],
)  # fmt: skip
def test_what_this_version_did_not_write_is_refused(data: str) -> None:
    with pytest.raises(UnknownPress):
        read(data)


@pytest.mark.parametrize(
    ("text", "entry_id"), [("7", 7), ("9" * 9, 10**9 - 1), ("2147483648", None), ("0", None), ("７", None)]
)
def test_an_id_has_no_more_digits_than_the_database_can_count(text: str, entry_id: int | None) -> None:
    assert entry_id_of(text) == entry_id


def test_the_id_of_a_channel_has_more_digits_than_those_of_our_rows() -> None:
    assert read("1:channel:1001234567890") == SubscribeChannel(-1001234567890)


def test_a_query_with_colons_stays_whole() -> None:
    assert read(written(TurnResults(2, 1001, "a:b:c"))) == TurnResults(2, 1001, "a:b:c")


def test_a_button_from_before_there_was_a_dark_theme_turns_the_light_picture() -> None:
    assert read("1:turn:7:slide") == TurnCanvas(7, Appearance(Canvas.SLIDE, Theme.LIGHT))
