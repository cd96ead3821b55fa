import asyncio
import threading
from dataclasses import dataclass, field, replace

import pytest

from bot.editorial.shelf import CollageShelf, drawing_fingerprint
from bot.errors import CollageError
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry, EntryState
from bot.store.collages import Picture
from bot.store.database import Database
from tests.store.samples import CONVIT, another
from tests.store.test_entries import store


@dataclass
class Composer:
    """Draws nothing, and keeps count of what it was asked for."""

    drawn: list[tuple[str, Canvas]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    started: threading.Event = field(default_factory=threading.Event)
    finish: threading.Event = field(default_factory=threading.Event)
    patience_s: float = 0.02

    def __call__(self, entry: Entry, canvas: Canvas, *, language: str, theme: Theme) -> Picture:
        with self.lock:
            self.drawn.append((entry.slug, canvas))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.started.set()
        self.finish.wait(self.patience_s)
        with self.lock:
            self.at_once -= 1
        if entry.text(language).headline == "Too long":
            raise CollageError("the headline is too long")
        return Picture(f"{entry.text(language).headline} {canvas} {theme}".encode(), 1080, 1350)


@pytest.fixture
def composer() -> Composer:
    return Composer()


@pytest.fixture
def shelf(database: Database, composer: Composer) -> CollageShelf:
    return CollageShelf(database, composer, fingerprint="v1")


@pytest.fixture
async def convit(database: Database) -> Entry:
    (entry_id,) = await store(database, CONVIT)
    return replace(CONVIT, id=entry_id)


async def test_a_collage_is_drawn_once_and_read_back(shelf: CollageShelf, composer: Composer, convit: Entry) -> None:
    first = await shelf.get(convit, Canvas.PORTRAIT)
    second = await shelf.get(convit, Canvas.PORTRAIT)

    assert first == second
    assert len(composer.drawn) == 1
    assert await shelf.read(first) == b"Attention that starts as a convolution. portrait light"


async def test_another_shape_or_language_is_another_collage(
    shelf: CollageShelf, composer: Composer, convit: Entry
) -> None:
    found = {
        (await shelf.get(convit, canvas, language=language)).sha256 for canvas in Canvas for language in ("en", "zh")
    }

    assert len(found) == len(composer.drawn) == 2 * len(Canvas)


async def test_a_changed_entry_is_drawn_again(shelf: CollageShelf, composer: Composer, convit: Entry) -> None:
    before = await shelf.get(convit, Canvas.SLIDE)
    corrected = replace(convit, texts={"en": replace(convit.text(), headline="Corrected.")})

    after = await shelf.get(corrected, Canvas.SLIDE)

    assert await shelf.read(after) == b"Corrected. slide light"
    assert before != after
    assert await shelf.get(corrected, Canvas.SLIDE) == after
    assert len(composer.drawn) == 2


async def test_being_published_changes_no_picture(shelf: CollageShelf, composer: Composer, convit: Entry) -> None:
    await shelf.get(replace(convit, state=EntryState.QUEUED), Canvas.SLIDE)
    await shelf.get(convit, Canvas.SLIDE)

    assert len(composer.drawn) == 1


async def test_new_drawing_code_draws_everything_again(
    database: Database, shelf: CollageShelf, composer: Composer, convit: Entry
) -> None:
    await shelf.get(convit, Canvas.SLIDE)

    await CollageShelf(database, composer, fingerprint="v2").get(convit, Canvas.SLIDE)

    assert len(composer.drawn) == 2


async def test_whoever_asks_at_the_same_time_gets_the_same_drawing(
    shelf: CollageShelf, composer: Composer, convit: Entry
) -> None:
    assets = await asyncio.gather(*(shelf.get(convit, Canvas.SLIDE) for _ in range(10)))

    assert len(set(assets)) == 1
    assert len(composer.drawn) == 1


async def test_at_most_two_are_drawn_at_once(database: Database, shelf: CollageShelf, composer: Composer) -> None:
    said = [another(number, arxiv=f"2107.0{number:04d}", title=f"Paper {number}") for number in range(1, 7)]
    ids = await store(database, *said)

    await asyncio.gather(*(shelf.get(replace(one, id=key), Canvas.SLIDE) for one, key in zip(said, ids, strict=True)))

    assert composer.most_at_once == 2


async def test_drawing_leaves_the_event_loop_free(shelf: CollageShelf, composer: Composer, convit: Entry) -> None:
    composer.patience_s = 5
    drawing = asyncio.create_task(shelf.get(convit, Canvas.SLIDE))

    assert await asyncio.to_thread(composer.started.wait, 5)
    assert not drawing.done()

    composer.finish.set()
    await drawing


async def test_what_cannot_be_drawn_says_so_and_leaves_nothing(
    shelf: CollageShelf, composer: Composer, convit: Entry
) -> None:
    too_long = replace(convit, texts={"en": replace(convit.text(), headline="Too long")})

    for _ in range(2):
        with pytest.raises(CollageError, match="too long"):
            await shelf.get(too_long, Canvas.SLIDE)
    assert len(composer.drawn) == 2


async def test_warming_draws_what_is_missing_in_order_and_goes_on_after_a_fault(
    database: Database, shelf: CollageShelf, composer: Composer, convit: Entry
) -> None:
    other = another(28, arxiv="2107.05802", title="Degrees")
    (other_id,) = await store(database, other)
    too_long = replace(other, id=other_id, texts={"en": replace(other.text(), headline="Too long")})
    await shelf.get(convit, Canvas.SLIDE)

    await shelf.warm([too_long, convit])

    assert composer.drawn[1:] == [
        (other.slug, Canvas.PORTRAIT),
        (other.slug, Canvas.SLIDE),
        (convit.slug, Canvas.PORTRAIT),
    ]


def test_the_fingerprint_of_the_drawing_code_is_stable() -> None:
    assert drawing_fingerprint() == drawing_fingerprint()
    assert len(drawing_fingerprint()) == 16
