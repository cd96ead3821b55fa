"""Albums: as few as possible, the cover first, and never fewer pictures than Telegram takes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Services
from bot.chat.albums import ALBUM_LIMIT, albums
from bot.chat.messages.troubles import NO_PICTURE
from bot.editorial.shelf import CollageShelf
from bot.errors import CollageError
from bot.model.canvas import Appearance, Theme
from bot.model.edition import EditionKind
from bot.model.month import Month
from bot.sandbox import ADA
from tests.chat.conftest import on_stage, sketch
from tests.chat.samples import entry
from tests.chat.test_messenger import edition
from tests.chat.test_settings_command import set_to

JANUARY = Month(2022, 1)


@given(st.integers(1, 60))
def test_albums_hold_every_paper_once_in_order_and_their_cover_first(number: int) -> None:
    papers = tuple(entry(place) for place in range(1, number + 1))
    divided = albums(JANUARY, papers)
    assert sum((album.entries for album in divided), ()) == papers
    assert [bool(album.covered) for album in divided] == [number > 1, *(False for _ in divided[1:])]
    assert all(album.cost <= ALBUM_LIMIT for album in divided)
    assert sum(album.cost for album in divided) == number + (number > 1)
    assert len(divided) == -(-(number + (number > 1)) // ALBUM_LIMIT)
    assert number == 1 or min(album.cost for album in divided) > 1


def test_nine_papers_and_their_cover_are_one_album() -> None:
    (album,) = albums(JANUARY, [entry(number) for number in range(1, 10)])
    assert album.cost == ALBUM_LIMIT


def test_one_paper_needs_no_cover() -> None:
    (album,) = albums(JANUARY, [entry()])
    assert album.covered == ()


@pytest.mark.parametrize("error", [CollageError("too many papers"), RuntimeError("a fault of ours")])
async def test_a_cover_that_cannot_be_drawn_keeps_no_month_from_going_out(
    services: Services, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    tried = 0

    def refuse(*_args: object, **_kwargs: object) -> object:
        nonlocal tried
        tried += 1
        raise error

    plain = replace(services, shelf=CollageShelf(services.database, sketch, refuse))  # type: ignore[arg-type]
    async with on_stage(plain) as stage:
        *album, listed = await stage.ask("/month 2022-01", answers=5)
        assert len([picture for picture in album if picture.album]) == 4
        assert listed.text.startswith("January 2022 · four papers")
        roundup = await edition(stage, EditionKind.ROUNDUP, JANUARY)
        messenger = stage.messenger
        await messenger.prepare(roundup)
        receipt = await messenger.send(messenger.plan(roundup)[0], await stage.recipient(ADA))
        assert len(receipt.message_ids) == 4
        assert receipt.shows == tuple(entry.id for entry in roundup.entries)
    assert tried == 1
    assert "the cover of 2022-01 cannot be drawn" in caplog.text


async def test_a_look_that_cannot_be_drawn_gives_way_to_the_one_everybody_gets(services: Services) -> None:
    def light_only(*args: object, theme: Theme, **kwargs: object) -> object:
        if theme is Theme.DARK:
            raise CollageError("the dark one is broken")
        return sketch(*args, theme=theme, **kwargs)  # type: ignore[arg-type]

    poor = replace(services, shelf=CollageShelf(services.database, light_only, light_only))  # type: ignore[arg-type]
    async with on_stage(poor) as stage:
        stage.sandbox.mark_started(ADA)
        await set_to(stage, Appearance(theme=Theme.DARK))
        weekly = await edition(stage, EditionKind.WEEKLY)
        messenger = stage.messenger
        await messenger.prepare(weekly)
        await messenger.send(messenger.plan(weekly)[0], await stage.recipient(ADA))
        (sent,) = stage.sent()
        assert sent.media is not None
        (words,) = await stage.ask("/paper 27")
        assert words.text.startswith(NO_PICTURE)


async def test_pictures_are_drawn_for_every_look_before_anything_is_claimed(services: Services) -> None:
    drawn: list[Theme] = []

    def noted(*args: object, theme: Theme, **kwargs: object) -> object:
        drawn.append(theme)
        return sketch(*args, theme=theme, **kwargs)  # type: ignore[arg-type]

    noting = replace(services, shelf=CollageShelf(services.database, noted, noted))  # type: ignore[arg-type]
    async with on_stage(noting) as stage:
        stage.sandbox.mark_started(ADA)
        await set_to(stage, Appearance(theme=Theme.DARK))
        weekly = await edition(stage, EditionKind.WEEKLY)
        await stage.messenger.prepare(weekly)
        assert drawn == [Theme.LIGHT, Theme.DARK]
        await stage.messenger.send(stage.messenger.plan(weekly)[0], await stage.recipient(ADA))
        assert len(drawn) == 2
