import asyncio
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Never

import pytest

from bot.editorial.shelf import CollageShelf, drawing_fingerprint
from bot.errors import CollageError
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry, EntryState
from bot.model.month import Month
from bot.store.database import Database
from bot.store.tables import figure
from tests.store.samples import CONVIT, another
from tests.store.test_entries import store


@dataclass(frozen=True)
class Drawing:
    """A picture in words."""

    says: str
    width: int = 1080
    height: int = 1350

    @property
    def jpeg(self) -> bytes:
        return self.says.encode()

    @property
    def alt(self) -> str:
        return f"This shows: {self.says}"

    def png(self) -> bytes:
        return b"PNG " + self.jpeg


@dataclass
class Composer:
    """Draws nothing, and keeps count of what it was asked for."""

    drawn: list[tuple[str, Canvas]] = field(default_factory=list)
    covers: list[tuple[str, Canvas]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    started: threading.Event = field(default_factory=threading.Event)
    finish: threading.Event = field(default_factory=threading.Event)
    patience_s: float = 0.02

    def __call__(
        self, entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]
    ) -> Drawing:
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
        figures = [content.decode() for content in files.values()]
        return Drawing(" ".join([entry.text(language).headline, canvas, theme, *figures]))

    def cover(
        self,
        title: str,
        entries: Sequence[Entry],
        canvas: Canvas,
        *,
        theme: Theme,
        language: str,
        files: Mapping[str, bytes],
    ) -> Drawing:
        self.covers.append((title, canvas))
        if entries[0].text(language).headline == "Too long":
            raise CollageError("the headline is too long")
        figures = [content.decode() for content in files.values()]
        return Drawing(" ".join([title, *(entry.slug for entry in entries), canvas, theme, *figures]))


@pytest.fixture
def composer() -> Composer:
    return Composer()


@pytest.fixture
def shelf(database: Database, composer: Composer) -> CollageShelf:
    return CollageShelf(database, composer, composer.cover, fingerprint="v1")


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

    await CollageShelf(database, composer, composer.cover, fingerprint="v2").get(convit, Canvas.SLIDE)

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


async def test_the_picture_in_words_is_kept_with_it(shelf: CollageShelf, convit: Entry) -> None:
    drawn = await shelf.get(convit, Canvas.SLIDE)

    assert drawn.alt == "This shows: Attention that starts as a convolution. slide light"


async def test_the_figures_of_an_entry_reach_whoever_draws(
    database: Database, shelf: CollageShelf, convit: Entry
) -> None:
    async with database.writing() as conn:
        await conn.execute(figure.insert().values(entry_id=convit.id, sha256="f" * 64, bytes=b"a figure"))

    assert (await shelf.read(await shelf.get(convit, Canvas.SLIDE))).endswith(b"slide light a figure")
    cover = await shelf.find_cover(JANUARY, [convit], Canvas.SLIDE)
    assert cover is not None
    assert (await shelf.read(cover)).endswith(b"slide light a figure")


async def test_full_size_is_the_same_picture_without_loss(shelf: CollageShelf, convit: Entry) -> None:
    png = await shelf.full_size(convit, Canvas.SLIDE, theme=Theme.DARK)

    assert png == b"PNG Attention that starts as a convolution. slide dark"


JANUARY = Month(2022, 1)


@pytest.fixture
async def degrees(database: Database, convit: Entry) -> Entry:
    other = another(28, arxiv="2107.05802", title="Degrees")
    (entry_id,) = await store(database, other)
    return replace(other, id=entry_id)


async def test_a_cover_is_drawn_once_and_says_its_month(
    database: Database, shelf: CollageShelf, composer: Composer, convit: Entry, degrees: Entry
) -> None:
    first = await shelf.find_cover(JANUARY, [convit, degrees], Canvas.PORTRAIT)
    again = await CollageShelf(database, composer, composer.cover, fingerprint="v1").find_cover(
        JANUARY, [convit, degrees], Canvas.PORTRAIT
    )

    assert first is not None
    assert first == again
    assert composer.covers == [("January 2022", Canvas.PORTRAIT)]
    assert await shelf.read(first) == f"January 2022 {convit.slug} {degrees.slug} portrait light".encode()


async def test_a_cover_is_drawn_again_when_a_paper_of_it_joins_or_changes_or_the_code_does(
    database: Database, shelf: CollageShelf, composer: Composer, convit: Entry, degrees: Entry
) -> None:
    corrected = replace(degrees, texts={"en": replace(degrees.text(), headline="Corrected.")})

    await shelf.find_cover(JANUARY, [convit], Canvas.PORTRAIT)
    await shelf.find_cover(JANUARY, [convit, degrees], Canvas.PORTRAIT)
    await shelf.find_cover(JANUARY, [convit, corrected], Canvas.PORTRAIT)
    await CollageShelf(database, composer, composer.cover, fingerprint="v2").find_cover(
        JANUARY, [convit, corrected], Canvas.PORTRAIT
    )

    assert len(composer.covers) == 4


async def test_the_picture_of_what_was_withdrawn_is_drawn_once_for_each_look(
    database: Database, shelf: CollageShelf, composer: Composer
) -> None:
    light, dark = await shelf.withdrawn(Canvas.SLIDE), await shelf.withdrawn(Canvas.SLIDE, theme=Theme.DARK)
    again = CollageShelf(database, composer, composer.cover, fingerprint="v1", away=_never)

    assert await again.withdrawn(Canvas.SLIDE) == light != dark
    assert light.alt == "Withdrawn"
    assert len(await again.read(light)) > 1000


async def _never(_work: object) -> Never:
    raise AssertionError("it is on the shelf")


async def test_a_month_of_several_series_has_a_cover_beside_that_of_each(
    shelf: CollageShelf, composer: Composer, convit: Entry, degrees: Entry
) -> None:
    foreign = replace(degrees, series=replace(degrees.series, slug="best-of-arxiv"))
    for entries in ([convit], [convit, foreign], [convit], [convit, foreign]):
        await shelf.find_cover(JANUARY, entries, Canvas.PORTRAIT)

    assert len(composer.covers) == 2


async def test_a_cover_that_cannot_be_drawn_is_tried_once_until_its_papers_change(
    shelf: CollageShelf, composer: Composer, convit: Entry, caplog: pytest.LogCaptureFixture
) -> None:
    too_long = replace(convit, texts={"en": replace(convit.text(), headline="Too long")})

    for _ in range(3):
        assert await shelf.find_cover(JANUARY, [too_long], Canvas.PORTRAIT) is None
    assert len(composer.covers) == 1
    assert "the cover of 2022-01 cannot be drawn" in caplog.text

    assert await shelf.find_cover(JANUARY, [convit], Canvas.PORTRAIT) is not None


def test_the_fingerprint_of_the_drawing_code_is_stable() -> None:
    assert drawing_fingerprint() == drawing_fingerprint()
    assert len(drawing_fingerprint()) == 16
