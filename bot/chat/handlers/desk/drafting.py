"""Owns how a paper becomes a draft: a link in, a message about the progress, the preview out."""

from functools import partial

from bot.chat.desk_presses import TakeUp
from bot.chat.handlers.bulletin import watched
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import board
from bot.chat.handlers.errands import Start
from bot.chat.markup import rich
from bot.chat.messages import progress
from bot.chat.messages.desk import card, drafts
from bot.chat.messages.message import Message
from bot.chat.place import Place
from bot.chat.typed import versioned_ids
from bot.model.entry import EntryState, Series
from bot.model.progress import Report
from bot.store.drafts import find_entry
from bot.wording.translation import _

_REFUSED = {Start.BEGUN: "", Start.UNDER_WAY: progress.UNDER_WAY, Start.FULL: progress.FULL}


async def draft(talk: Conversation, words: str = "") -> None:
    """Draft the papers that *words* name, for the series that they name; without any, show what lies on the desk."""
    if not words.strip():
        await list_drafts(talk)
        return
    series, rest = _series(talk, words)
    papers = versioned_ids(rest)
    if not papers:
        await talk.say(drafts.no_paper(rest or words, series))
    for arxiv_id, version in papers.items():
        if refused := await begin(talk, TakeUp(arxiv_id, version, series)):
            await talk.say(Message(rich(refused)))


async def list_drafts(talk: Conversation, _words: str = "") -> None:
    """List the drafts on the desk."""
    slug = talk.services.drafting_series
    listed = await talk.services.desk.listed()
    await talk.say(drafts.drafts(listed, talk.services.series, name_of(talk, slug), slug))


async def begin(talk: Conversation, wanted: TakeUp, place: Place | None = None) -> str:
    """Begin to draft a paper and do not wait for it; say at once where the series has it already.

    Args:
        place: The message that says how far it is; None for a new one.

    Returns:
        Why it was not begun; empty where it was.
    """
    if (taken := await _taken(talk, wanted)) is not None:
        await (talk.say(taken) if place is None else talk.revise(taken))
        return ""
    line = talk.errands.drafts
    errand = partial(watched, talk, wanted, partial(_take_up, talk, wanted), line=line, place=place)
    return _(_REFUSED[talk.errands.start((talk.chat.id, wanted), errand)])


def name_of(talk: Conversation, slug: str) -> str:
    """What the series with that slug is called."""
    return next((series.name for series in talk.services.series if series.slug == slug), slug)


def series_named(talk: Conversation, word: str) -> Series | None:
    """The series that somebody means by its slug or its name."""
    named = (one for one in talk.services.series if _key(word) in {_key(one.slug), _key(one.name)})
    return next(named, None)


async def _take_up(talk: Conversation, wanted: TakeUp, report: Report) -> None:
    made = await talk.services.desk.take_up(
        wanted.arxiv_id, series=wanted.series, editor=talk.asker, version=wanted.version, report=report
    )
    await board.put_up(talk, made, await board.first_sight(talk))


async def _taken(talk: Conversation, wanted: TakeUp) -> Message | None:
    """What is said where the series has an entry about the paper that is no draft any more."""
    async with talk.services.database.reading() as conn:
        found = await find_entry(conn, wanted.series, wanted.arxiv_id)
    if found is None or found.state is EntryState.DRAFT:
        return None
    if found.state is not EntryState.QUEUED:
        return card.taken(found, is_published=True)
    listed = await talk.services.queue.listed(found.series.slug)
    waiting = next((each.entry for each in listed if each.entry.id == found.id), found)  # with the number it will get
    return card.taken(waiting, is_published=False)


def _series(talk: Conversation, words: str) -> tuple[str, str]:
    """The series that *words* begin with, by its slug, and the words behind it."""
    first, *rest = words.split(maxsplit=1)
    named = series_named(talk, first)
    return (named.slug, "".join(rest)) if named else (talk.services.drafting_series, words)


def _key(name: str) -> str:
    return "".join(name.casefold().replace("-", " ").split())
