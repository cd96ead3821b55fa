"""Owns `/paper`: one paper by number, arXiv id, link or name."""

from collections.abc import Sequence

from bot.chat.handlers import collages, search
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import results, troubles
from bot.chat.typed import arxiv_ids, question
from bot.model.arxiv_id import ArxivId

_REFERENCE_CHARACTERS = 300  # no link to arXiv is longer


async def paper(talk: Conversation, words: str) -> None:
    """Show the paper that *words* refer to; offer a choice when they mean several."""
    papers = arxiv_ids(words)
    reference = str(papers[0]) if papers else words.strip()[:_REFERENCE_CHARACTERS]
    if not reference:
        await talk.say(troubles.ask_paper())
        return
    if len(papers) > 1:
        await _several(talk, papers)
        return
    match await talk.services.library.find(reference):
        case []:
            await _not_there(talk, reference, words)
        case [entry]:
            await collages.show(talk, entry)
        case entries:
            await talk.say(results.choice(reference, entries[: results.PAGE_SIZE]))


async def _several(talk: Conversation, papers: Sequence[ArxivId]) -> None:
    found = {paper: await talk.services.library.find(str(paper)) for paper in papers}
    entries = [entry for of_paper in found.values() for entry in of_paper]
    await talk.say(results.several(entries[: results.PAGE_SIZE], [str(paper) for paper in papers if not found[paper]]))


async def _not_there(talk: Conversation, reference: str, words: str) -> None:
    """Say that there is no such paper or number; take anything else for a name."""
    if ArxivId.find(reference) is not None:
        await talk.say(troubles.not_in_archive(reference))
    elif numbers := await talk.services.library.numbers(reference):
        names = {series.slug: series.name for series in talk.services.series}
        await talk.say(troubles.no_number(reference, {names.get(slug, slug): of for slug, of in numbers.items()}))
    else:
        await _by_name(talk, question(words))


async def _by_name(talk: Conversation, name: str) -> None:
    entry = await talk.services.library.named(name)
    if entry is not None:
        await collages.show(talk, entry)
    elif (await talk.services.library.search(name, size=1)).hits:
        await search.answer(talk, name)
    else:
        await talk.say(troubles.not_a_paper(name))
