"""Owns what drafts and draws: the studio with its sources, and the worker processes for what takes CPU time."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from importlib.metadata import version
from typing import TypeVar

from bot.app.pace import DatabasePace
from bot.collage.judged import Judged, judged
from bot.editorial.composing import Composed
from bot.editorial.drafting.studio import Studio
from bot.errors import CollageError, SourceRefused
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry, Topic
from bot.settings import Settings
from bot.sources.addresses import Addresses
from bot.sources.apart import apart
from bot.sources.fetching.pace import ARXIV_SECONDS
from bot.sources.language_model import LanguageModel
from bot.sources.sources import Sources
from bot.store.database import Database

_DRAWING_SECONDS = 60.0
T = TypeVar("T")


@asynccontextmanager
async def open_studio(
    settings: Settings, database: Database, topics: Callable[[], Awaitable[Sequence[Topic]]]
) -> AsyncIterator[Studio]:
    """Open the studio; all processes that share *database* keep one pace towards arXiv.

    Raises:
        ModelUnusable: The language model's address or key cannot be used.
    """
    pace = DatabasePace(database, "arxiv", seconds=ARXIV_SECONDS)
    agent = f"Collagebot/{version('collagebot')} (one paper a week as one picture; a Telegram bot)"
    async with AsyncExitStack() as stack:
        sources = Sources(_addresses(settings), pace=pace, folder=settings.cache, agent=agent)
        await stack.enter_async_context(sources)
        model = None
        if chosen := settings.language_model:
            model = LanguageModel(chosen.url, chosen.model, api_key=chosen.api_key or "")
            await stack.enter_async_context(model)
        yield Studio(sources, topics, policy=settings.figures, model=model)


def composed(entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]) -> Composed:
    """Compose the collage of an entry, with code that is loaded where it is done: in a worker process.

    Raises:
        CollageError: The entry cannot be shown on *canvas*, or one of its figures not at all.
    """
    from bot.collage.compose import compose

    return compose(entry, canvas, language=language, theme=theme, files=files)


def composed_cover(
    title: str, entries: Sequence[Entry], canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]
) -> Composed:
    """Compose the cover of an album, like `composed`."""
    from bot.collage.cover import compose_cover

    return compose_cover(title, entries, canvas, language=language, theme=theme, files=files)


async def drawn_apart(work: Callable[[], T]) -> T:
    """Draw in a worker process.

    Raises:
        CollageError: It cannot be drawn, or takes too much time or memory.
    """
    try:
        return await apart(work, seconds=_DRAWING_SECONDS, what="the collage", lane="drawing")
    except SourceRefused as error:
        raise CollageError(str(error)) from error


async def judged_apart(
    entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]
) -> Judged:
    """Compose and judge a collage in a worker process; raises like `drawn_apart`."""
    return await drawn_apart(partial(judged, entry, canvas, language=language, theme=theme, files=dict(files)))


def _addresses(settings: Settings) -> Addresses:
    return Addresses(
        arxiv=settings.arxiv_url,
        arxiv_api=settings.arxiv_api_url,
        arxiv_oai=settings.arxiv_oai_url,
        hugging_face=settings.huggingface_url,
        semantic_scholar=settings.semantic_scholar_url,
    )
