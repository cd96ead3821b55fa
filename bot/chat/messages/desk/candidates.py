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
from bot.wording.lists import comma
from bot.wording.translation import N_, _, language, ngettext

HEADING = N_("This week's papers · {papers}")
HINT = N_("A number drafts the paper for {series}.")
COVERED = N_("covered: {badge}")
NO_ANSWER = N_(
    "The list of this week's papers does not answer. A paper you know can be drafted all the same: send its link."
)
NONE = N_("Nobody has listed a paper this week yet. A paper you know can be drafted all the same: send its link.")

_TITLE, _NAME, _BADGE, _TOPICS = 220, 40, 40, 3


def candidates(shown: Page[Candidate], *, series: str, series_name: str) -> Message:
    """List a page of candidates, with a button that drafts each.

    Args:
        series: The slug of the one they are drafted for.
    """
    if not shown.hits:
        return Message(rich(_(NONE)), ((Button(_(TRY_AGAIN), CANDIDATES), Button(_(DRAFTS_BUTTON), DRAFTS)),))
    heading = bold(filled(_(HEADING), papers=ngettext("{number} paper", "{number} papers", shown.total)))
    numbered = list(enumerate(shown.hits, start=(shown.number - 1) * PAGE_SIZE + 1))
    takes = [(str(place), TakeUp(each.arxiv_id, None, series)) for place, each in numbered]
    numbers = tuple(Button(label, press) for label, press in takes if fits(press))
    text = joined([heading, *(_item(*each) for each in numbered), filled(_(HINT), series=series_name)], "\n\n")
    return Message(text, (numbers, arrows(shown, TurnCandidates)))


def no_answer() -> Message:
    """Say that the index does not answer."""
    return Message(rich(_(NO_ANSWER)), ((Button(_(TRY_AGAIN), CANDIDATES), Button(_(DRAFTS_BUTTON), DRAFTS)),))


def _item(place: int, each: Candidate) -> Rich:
    title = link(each.arxiv_id.url(), isolated(clipped(each.title, _TITLE)))
    top = joined([bold(str(place)), title], " ")
    covered = bold(filled(_(COVERED), badge=isolated(clipped(each.covered, _BADGE)))) if each.covered else Rich()
    return joined([top, joined([covered, _standing(each)], " · ")], "\n")


def _standing(each: Candidate) -> Rich:
    citations = each.influential_citations
    facts = [
        ngettext("{number} upvote", "{number} upvotes", each.upvotes) if each.upvotes else "",
        _cited(citations) if citations else "",
        _code(each),
        comma().join(clipped(topic.name_in(language()).lower(), _NAME) for topic in each.topics[:_TOPICS]),
    ]
    return joined(facts, " · ")


def _cited(number: int) -> str:
    return ngettext("⭐ {number} influential citation", "⭐ {number} influential citations", number)


def _code(each: Candidate) -> str:
    if not each.code:
        return ""
    return ngettext("🤖 code, {number} star", "🤖 code, {number} stars", each.stars) if each.stars else _("🤖 code")
