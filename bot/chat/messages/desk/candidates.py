"""Owns how this week's papers are listed for whoever looks for the next one."""

from bot.catalogue.page import Page
from bot.chat.desk_presses import TakeUp, TurnCandidates
from bot.chat.markup import Rich, bold, clipped, filled, isolated, joined, link, rich
from bot.chat.messages.desk.card import DRAFTS_BUTTON
from bot.chat.messages.message import Button, Message
from bot.chat.messages.progress import TRY_AGAIN
from bot.chat.messages.results import PAGE_SIZE, arrows
from bot.chat.presses import CANDIDATES, DRAFTS
from bot.chat.spelling import fits
from bot.model.candidate import Candidate
from bot.wording.dates import count

HEADING = "This week's papers · {papers}"
HINT = "A number drafts the paper for {series}."
COVERED = "covered: {badge}"
NO_ANSWER = (
    "The list of this week's papers does not answer. A paper you know can be drafted all the same: send its link."
)
NONE = "Nobody has listed a paper this week yet. A paper you know can be drafted all the same: send its link."

_TITLE, _NAME, _BADGE, _TOPICS = 220, 40, 40, 3


def candidates(shown: Page[Candidate], *, series: str, series_name: str) -> Message:
    """List a page of candidates, with a button that drafts each.

    Args:
        series: The slug of the one they are drafted for.
    """
    if not shown.hits:
        return Message(rich(NONE), ((Button(TRY_AGAIN, CANDIDATES), Button(DRAFTS_BUTTON, DRAFTS)),))
    heading = bold(filled(HEADING, papers=count(shown.total, "paper", "papers")))
    numbered = list(enumerate(shown.hits, start=(shown.number - 1) * PAGE_SIZE + 1))
    takes = [(str(place), TakeUp(each.arxiv_id, None, series)) for place, each in numbered]
    numbers = tuple(Button(label, press) for label, press in takes if fits(press))
    text = joined([heading, *(_item(*each) for each in numbered), filled(HINT, series=series_name)], "\n\n")
    return Message(text, (numbers, arrows(shown, TurnCandidates)))


def no_answer() -> Message:
    """Say that the index does not answer."""
    return Message(rich(NO_ANSWER), ((Button(TRY_AGAIN, CANDIDATES), Button(DRAFTS_BUTTON, DRAFTS)),))


def _item(place: int, each: Candidate) -> Rich:
    title = link(each.arxiv_id.url(), isolated(clipped(each.title, _TITLE)))
    top = joined([bold(str(place)), title], " ")
    covered = bold(filled(COVERED, badge=isolated(clipped(each.covered, _BADGE)))) if each.covered else Rich()
    return joined([top, joined([covered, _standing(each)], " · ")], "\n")


def _standing(each: Candidate) -> Rich:
    citations = each.influential_citations
    facts = [
        count(each.upvotes, "upvote", "upvotes") if each.upvotes else "",
        "⭐ " + count(citations, "influential citation", "influential citations") if citations else "",
        _code(each),
        ", ".join(clipped(topic.name.lower(), _NAME) for topic in each.topics[:_TOPICS]),
    ]
    return joined(facts, " · ")


def _code(each: Candidate) -> str:
    if not each.code:
        return ""
    return f"🤖 code, {count(each.stars, 'star', 'stars')}" if each.stars else "🤖 code"
