"""Owns `/paper`: one paper by number, arXiv id, link or name."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeAlias

from bot.chat.handlers import collages, search
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import results, troubles
from bot.chat.messages.message import Message
from bot.chat.typed import arxiv_ids, question
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry

_REFERENCE_CHARACTERS = 300  # no link to arXiv is longer


Show: TypeAlias = Callable[[Conversation, Entry], Awaitable[None]]
Choice: TypeAlias = Callable[[Sequence[Entry]], Message]


async def paper(talk: Conversation, words: str) -> None:
    """Show the paper that *words* refer to; offer a choice when they mean several."""
    papers = arxiv_ids(words)
    if len(papers) > 1:
        await _several(talk, papers)
    elif words.strip():
        reference = _reference(words)
        await find(talk, words, show=collages.show, choice=partial(results.choice, reference))
    else:
        await talk.say(troubles.ask_paper())


async def find(talk: Conversation, words: str, *, show: Show, choice: Choice) -> None:
    """Show the one paper that *words* refer to, or let the reader choose; say what is there when there is none.

    Args:
        show: Answers with one paper.
        choice: Writes the question which of several is meant.
    """
    reference = _reference(words)
    match await talk.services.library.find(reference):
        case []:
            await _not_there(talk, reference, words, show)
        case [entry]:
            await show(talk, entry)
        case entries:
            await talk.say(choice(entries[: results.PAGE_SIZE]))


def _reference(words: str) -> str:
    papers = arxiv_ids(words)
    return str(papers[0]) if papers else words.strip()[:_REFERENCE_CHARACTERS]


async def _several(talk: Conversation, papers: Sequence[ArxivId]) -> None:
    found = {paper: await talk.services.library.find(str(paper)) for paper in papers}
    entries = [entry for of_paper in found.values() for entry in of_paper]
    await talk.say(results.several(entries[: results.PAGE_SIZE], [str(paper) for paper in papers if not found[paper]]))


async def _not_there(talk: Conversation, reference: str, words: str, show: Show) -> None:
    """Say that there is no such paper or number; take anything else for a name."""
    if ArxivId.find(reference) is not None:
        await talk.say(troubles.not_in_archive(reference))
    elif numbers := await talk.services.library.numbers(reference):
        names = {series.slug: series.name for series in talk.services.series}
        await talk.say(troubles.no_number(reference, {names.get(slug, slug): of for slug, of in numbers.items()}))
    else:
        await _by_name(talk, question(words), show)


async def _by_name(talk: Conversation, name: str, show: Show) -> None:
    entry = await talk.services.library.named(name)
    if entry is not None:
        await show(talk, entry)
    elif (await talk.services.library.search(name, size=1)).hits:
        await search.answer(talk, name)
    else:
        await talk.say(troubles.not_a_paper(name))
