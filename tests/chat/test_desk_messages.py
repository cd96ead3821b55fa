"""Whatever papers, editors and errors say, a message of the desk is one that Telegram takes."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.page import page_of
from bot.chat.asked import Asked
from bot.chat.desk_presses import Ask, Sight, TakeUp
from bot.chat.handlers.toast import TOAST_LIMIT, alert
from bot.chat.markup import CAPTION_LIMIT, TEXT_LIMIT, units
from bot.chat.messages import commissions, progress
from bot.chat.messages.desk import candidates, card, drafts, queue, verdict, words
from bot.chat.messages.message import Message, keyboard
from bot.collage.check.bounds import RULES
from bot.collage.check.report import Finding, Report
from bot.editorial.correction import Field
from bot.errors import CollageError, DraftChanged, DraftError, NoSuchPaper, SourceBusy
from bot.model.arxiv_id import ArxivId
from bot.model.candidate import Candidate
from bot.model.canvas import Appearance, Canvas
from bot.model.draft import DeskDraft, Drafted, Removal
from bot.model.entry import Topic
from bot.model.paper import Link, LinkKind
from bot.model.progress import Progress, Stage
from bot.publishing.queue import Lacking, QueuedEntry
from tests.chat.desks import finding
from tests.chat.reading import assert_sendable
from tests.chat.samples import BEST_OF_ARXIV, ML_COLLAGE
from tests.editorial.desks import alternative, entry_about, figure

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAPER = ArxivId("2401.00001")
_nasty = st.one_of(
    st.text(max_size=60), st.sampled_from(["<b>&</b>" * 900, "😀" * 5000, "‮evil", "\x00\n", "文" * 5000, " "])
)
_sights = st.builds(Sight, st.sampled_from(Canvas), st.sampled_from(["en", "zh"]))
_counts = st.integers(0, 10**9)


@st.composite
def desk_drafts(draw: st.DrawFn) -> DeskDraft:
    """A draft in whose every word somebody may have put anything."""
    said = draw(_nasty)
    entry = entry_about(PAPER, draw(st.sampled_from([ML_COLLAGE, BEST_OF_ARXIV])))
    text = replace(entry.text(), headline=said, question=said, key_idea=said, summary=said, take_away=said, why=said)
    text = replace(text, key_insights=(said,) * draw(st.integers(0, 6)), shorter={"question": (said, said)})
    shown = replace(figure("1"), credit=said or "x", licence=draw(_nasty))
    entry = replace(
        entry,
        paper=replace(entry.paper, title=said, authors=(draw(_nasty) or "x",)),
        texts={"en": text, "zh": text},
        panels=(shown,) * draw(st.integers(0, 5)),
        topics=(Topic("causality", said),) * draw(st.integers(0, 4)),
        links=(Link(LinkKind.CODE, "https://example.org/" + "x" * 280),) * draw(st.integers(0, 1)),
        number=draw(st.one_of(st.none(), st.integers(1, 99))),
        id=draw(st.integers(1, 10**12)),
    )
    figures = tuple(alternative(str(each), may_show=draw(st.booleans())) for each in range(draw(st.integers(0, 5))))
    removed = (Removal("summary", said, draw(_nasty)),) * draw(st.integers(0, 30))
    notes = (draw(_nasty),) * draw(st.integers(0, 30))
    return DeskDraft(entry, draw(_counts), figures, removed, notes, Drafted.of(entry_about(PAPER)), 1, NOW, NOW)


def sendable(message: Message, limit: int = TEXT_LIMIT) -> None:
    """Hold *message* with its buttons against Telegram's limits."""
    assert_sendable(message, limit)
    assert all(button.label.strip() for row in message.buttons for button in row)
    assert keyboard(message.buttons) is not None or not any(message.buttons)


@given(desk_drafts(), _sights, _nasty)
def test_whatever_a_draft_says_its_messages_can_be_sent(draft: DeskDraft, sight: Sight, said: str) -> None:
    undrawn = verdict.undrawn(CollageError(said))
    for message in (
        card.card(draft, sight, undrawn),
        card.ask_right(draft, sight),
        card.queued(draft, sight, goes_out_at=None),
        card.queued(draft, sight, goes_out_at=NOW),
        card.discarded(draft, sight),
        card.taken(draft.entry, is_published=True),
        words.words(draft, sight, undrawn),
        drafts.drafts([draft] * 40, [ML_COLLAGE, BEST_OF_ARXIV], "ML-Collage", "ml-collage"),
    ):
        sendable(message)


@given(desk_drafts(), _sights, st.sampled_from(Field), _nasty)
def test_whatever_is_asked_for_the_prompt_can_be_sent(draft: DeskDraft, sight: Sight, field: Field, wrong: str) -> None:
    asked = Asked(draft.id, field, sight, "0" * 8, 10**8, 10**8)
    topics = [Topic(f"topic-number-{each}", "A topic") for each in range(200)]
    sendable(words.prompt(asked, draft, "collage_bot", topics=topics, complaint=wrong))
    sendable(words.kept(field, draft))
    sendable(words.too_late(DraftChanged(f"Gone: {wrong}"), draft.id))


@given(desk_drafts(), st.booleans(), st.booleans(), st.integers(0, 7))
def test_whatever_waits_the_queue_can_be_sent(draft: DeskDraft, fixed: bool, from_file: bool, count: int) -> None:
    each = QueuedEntry(
        draft.entry, "2026-W48", NOW if fixed else None, is_fixed=fixed, is_from_file=from_file, is_numbered=from_file
    )
    shown = page_of([each] * count, number=2, size=5)
    series = [replace(ML_COLLAGE, slug=f"series-{number}", name="x" * 99) for number in range(4)]
    for message in (
        *([queue.queue(ML_COLLAGE, shown, selected=draft.id, others=series)] if count else []),
        queue.empty(ML_COLLAGE, queue.Outlook(NOW, draft.entry), others=series),
        queue.ask_remove(each),
        queue.ask_publish(each),
        queue.choose_date(each, []),
        queue.removed(draft.entry),
        queue.publishing(draft.entry),
        queue.published([f"Sent: {draft.entry.paper.title}"] * 4, ML_COLLAGE),
        queue.lacking(Lacking(ML_COLLAGE, "2026-W48", NOW, draft.entry)),
    ):
        sendable(message)


@given(_nasty, _nasty, _counts, st.integers(0, 7))
def test_whatever_the_index_says_the_candidates_can_be_sent(title: str, code: str, stars: int, count: int) -> None:
    topics = tuple(Topic(f"t{each}", title) for each in range(9))
    each = Candidate(PAPER, title, "", None, stars, code, stars, stars, topics, covered=title)
    shown = page_of([each] * count, number=1, size=5)
    sendable(candidates.candidates(shown, series="ml-collage", series_name="ML-Collage"))


@given(_nasty, st.sampled_from(Stage), st.one_of(st.none(), st.integers(0, 10**6)), st.integers(0, 1000))
def test_whatever_happens_on_the_way_can_be_said(said: str, stage: Stage, figures: int | None, per_day: int) -> None:
    for attempt in (TakeUp(PAPER, None, "ml-collage"), TakeUp(PAPER, 2, "x" * 60), Ask(PAPER, 12)):
        sendable(progress.under_way(attempt, Progress(stage, figures)))
        sendable(progress.stopped(attempt))
        sendable(progress.broken(attempt, stage))
        for error in (SourceBusy(said), NoSuchPaper(said), DraftError(said)):
            sendable(progress.failed(attempt, stage, error))
            sendable(commissions.failed(attempt, stage, error, now=NOW, per_day=per_day))


@given(desk_drafts())
def test_whatever_a_paper_is_called_the_caption_of_its_collage_is_within_limits(draft: DeskDraft) -> None:
    sendable(commissions.collage(draft.entry.paper, Appearance()), CAPTION_LIMIT)


@given(_nasty)
def test_a_toast_is_never_longer_than_telegram_takes(said: str) -> None:
    assert units(alert(said).text) <= TOAST_LIMIT


def test_every_soft_rule_is_said_in_words() -> None:
    assert {rule for rule in RULES if rule.startswith("S")} == set(verdict.MEASURED)


def test_figures_of_one_paper_are_named_in_one_breath() -> None:
    entry = entry_about(PAPER, panels=(figure("1"), figure("3"), replace(figure("2"), licence="CC0 1.0")))
    draft = DeskDraft(entry, 1, (), (), (), Drafted.of(entry), 1, NOW, NOW)
    said = "Shows Fig. 1 and Fig. 3 of Lee (2021), CC BY 4.0; Fig. 2 of Lee (2021), CC0 1.0."
    assert card.figures(draft).plain == said


_HARD = [rule for rule in RULES if rule.startswith("H")]


@given(st.lists(st.builds(finding, st.sampled_from(_HARD), value=st.floats(0, 0.9)), max_size=11))
def test_every_hard_rule_is_said_in_words(failures: list[Finding]) -> None:
    said = verdict.verdict(Report(hard=tuple(failures))).plain
    assert said.startswith("Does not ship: " if failures else "Ships: 1.00")
    assert all(finding.rule in verdict.BROKEN and finding.rule in verdict.HELPS for finding in failures)
