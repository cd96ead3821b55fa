"""This week's papers: ranked, five a page, drafted by one press."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.chat import Services
from bot.model.arxiv_id import ArxivId
from bot.model.candidate import Candidate
from bot.model.entry import Topic
from bot.sandbox import ADA
from tests.chat.conftest import on_stage
from tests.chat.desks import labels, studio_of, with_editors

BEST = Candidate(
    ArxivId("2401.00001"),
    "A <b>bold</b> paper",
    "…",
    upvotes=132,
    code="https://github.com/lee/code",
    stars=1,
    influential_citations=4,
    topics=(Topic("causality", "Causality"), Topic("benchmarks", "Benchmarks")),
)
BARE = Candidate(ArxivId("2401.00002"), "A bare one", "")
COVERED = Candidate(ArxivId("2103.10697"), "ConViT", "", upvotes=1, covered="ML-Collage 27/52")


def answering(found: Sequence[Candidate] | None) -> Callable[[], Awaitable[Sequence[Candidate] | None]]:
    """An index that answers like that."""

    async def answer() -> Sequence[Candidate] | None:
        return found

    return answer


def listing(services: Services, *found: Candidate) -> Services:
    """Services with these candidates, for Ada."""
    return with_editors(replace(services, candidates=answering(found)))


async def test_candidates_are_listed_with_what_is_known_of_them(services: Services) -> None:
    async with on_stage(listing(services, BEST, BARE, COVERED)) as stage:
        (listed,) = await stage.ask("/candidates")
        assert listed.text == (
            "This week's papers · 3 papers\n\n"
            "1 A <b>bold</b> paper\n"
            "132 upvotes · ⭐ 4 influential citations · 🤖 code, 1 star · causality, benchmarks\n\n"
            "2 A bare one\n\n"
            "3 ConViT\ncovered: ML-Collage 27/52 · 1 upvote\n\n"
            "A number drafts the paper for ML-Collage."
        )
        assert labels(listed) == ["1", "2", "3"]


async def test_a_number_drafts_the_paper(services: Services) -> None:
    async with on_stage(listing(services, BEST)) as stage:
        await stage.ask("/candidates")
        await stage.press("1")
        listed, picture, card = await stage.settle(3)
        assert labels(listed) == ["1"]
        assert picture.text.startswith("ML-Collage 41 · About 2401.00001")
        assert card.text.startswith("Draft of")


async def test_a_covered_paper_is_not_drafted_again(services: Services) -> None:
    async with on_stage(listing(services, COVERED)) as stage:
        await stage.ask("/candidates")
        await stage.press("1")
        assert stage.sent()[-1].text == "ML-Collage 27 is about this paper already."
        assert not studio_of(services).asked


async def test_many_are_turned_in_place(services: Services) -> None:
    many = [replace(BARE, arxiv_id=ArxivId(f"2401.{number:05d}")) for number in range(1, 13)]
    async with on_stage(listing(services, *many)) as stage:
        (listed,) = await stage.ask("candidates")
        assert labels(listed) == ["1", "2", "3", "4", "5", "·", "1/3", "›"]
        await stage.press("›")
        await stage.press("›")
        assert labels(stage.sent()[-1]) == ["11", "12", "‹", "3/3", "·"]
        assert len(stage.sent()) == 1


async def test_an_index_that_does_not_answer_is_said_not_to_and_asked_again(services: Services) -> None:
    async with on_stage(with_editors(services)) as stage:
        (silent,) = await stage.ask("/candidates")
        assert silent.text.startswith("The list of this week's papers does not answer.")
        assert labels(silent) == ["Try again", "Drafts"]
        await stage.press("Try again")
        assert len(stage.sent(ADA)) == 2


async def test_a_week_without_papers_says_so(services: Services) -> None:
    async with on_stage(listing(services)) as stage:
        (nothing,) = await stage.ask("/candidates")
        assert nothing.text.startswith("Nobody has listed a paper this week yet.")
