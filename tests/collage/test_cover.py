"""The cover of an album."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.collage.box import Box
from bot.collage.check.judge import check_layout
from bot.collage.check.report import Verdict
from bot.collage.colours import contrast
from bot.collage.cover import compose_cover
from bot.collage.cover.arrange import arrange_cover
from bot.collage.cover.edition import Edition
from bot.collage.cover.mosaic import MOST, flat, mosaic
from bot.collage.cover.poster import poster
from bot.collage.draw import draw
from bot.collage.encode import jpeg
from bot.collage.frame import Formula, Frame, Picture, Role, Shape, Surface, Text
from bot.collage.lettering.fonts import family_of
from bot.collage.themes import palette_of
from bot.errors import CollageError
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.model.month import Month
from bot.model.panel import BigNumber, ChartKind, Diagram, Panel
from bot.wording.dates import month_name
from tests.collage.drawings import bars, figure, saved
from tests.collage.frames import overlaps, spilled, strays, texts, torn
from tests.collage.samples import BARS, CURVES, DOTS, EQUATION, NUMBER, PAPER, TEXT, entry

EVERY_CANVAS = pytest.mark.parametrize("canvas", list(Canvas))
CSS_WIDTH = {Canvas.SLIDE: 844, Canvas.PORTRAIT: 390, Canvas.SQUARE: 390}
TITLES = (
    PAPER.title,
    "On the Spectral Bias of Neural Networks",
    "Attentive Neural Processes",
    "Unsupervised deep learning identifies semantic disentanglement in single inferotemporal neurons",
)
PANELS = ((CURVES, EQUATION), (EQUATION,), (BigNumber(NUMBER),), (BARS,), (DOTS, BigNumber(NUMBER)), ())


def papers(count: int, *, is_numbered: bool = True) -> tuple[Entry, ...]:
    """Entries with all sorts of titles and panels."""
    return tuple(
        replace(
            entry(
                *PANELS[place % len(PANELS)],
                paper=replace(PAPER, title=TITLES[place % len(TITLES)]),
                number=20 + place if is_numbered else None,
            ),
            slug=f"ml-collage/{place}",
        )
        for place in range(count)
    )


def arranged(entries: tuple[Entry, ...], canvas: Canvas, *, title: str = "September 2021") -> Frame:
    return arrange_cover(Edition(title, entries), canvas, Theme.LIGHT)


@EVERY_CANVAS
@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_nothing_overlaps_and_nothing_is_cut(count: int, canvas: Canvas) -> None:
    frame = arranged(papers(count), canvas)
    assert not overlaps(frame)
    assert not strays(frame)
    assert not torn(frame)
    assert len(frame.panels) == count


@EVERY_CANVAS
@pytest.mark.parametrize("count", [1, 4, 9])
def test_no_letter_leaves_its_box(count: int, canvas: Canvas) -> None:
    assert not spilled(arranged(papers(count), canvas))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30)


@pytest.mark.slow
@settings(max_examples=25)
@given(titles=st.lists(st.lists(WORDS, min_size=1, max_size=25).map(" ".join), min_size=1, max_size=12),
       canvas=st.sampled_from(Canvas), headline=WORDS)  # fmt: skip
def test_whatever_papers_are_called_there_is_a_cover(titles: list[str], canvas: Canvas, headline: str) -> None:
    entries = tuple(
        entry(EQUATION, paper=replace(PAPER, title=title), text=replace(TEXT, headline=headline)) for title in titles
    )
    frame = arranged(entries, canvas)
    assert not overlaps(frame)
    assert not strays(frame)


@EVERY_CANVAS
@pytest.mark.parametrize("count", [1, 4, 9, 12])
def test_every_word_can_be_read_on_a_phone(count: int, canvas: Canvas) -> None:
    frame = arranged(papers(count), canvas)
    css = CSS_WIDTH[canvas] / frame.width
    floors = {Role.LABEL: 7.5, Role.BADGE: 7.5, Role.TICK: 7.5, Role.VALUE: 7.5, Role.CREDIT: 5.9}
    body = 8.3 if canvas is Canvas.SLIDE else 8.9
    small = [
        item
        for item in frame.items
        if isinstance(item, Text) and item.style.size * css < floors.get(item.role, body) - 0.2
        and item.role not in {Role.CURVE, Role.SERIES_NAME}
    ]  # fmt: skip
    assert not small


@EVERY_CANVAS
@pytest.mark.parametrize("theme", list(Theme))
def test_every_word_stands_out_from_its_ground(canvas: Canvas, theme: Theme) -> None:
    frame = arrange_cover(Edition("May 2022", papers(9)), canvas, theme)
    faint = [item for item in frame.items if isinstance(item, Text) and contrast(item.colour, item.background) < 4.5]
    assert not faint


@EVERY_CANVAS
def test_every_title_is_said_and_the_month_and_the_series(canvas: Canvas) -> None:
    frame = arranged(papers(4), canvas)
    said = texts(frame, Role.TITLE)
    assert said.startswith("September 2021")
    assert all(title in said or f" {title.partition(':')[0]} " in said for title in TITLES)
    assert texts(frame, Role.BADGE) == "ML-Collage"
    assert "4 papers" in texts(frame, Role.CREDIT)
    assert "Collagebot" in texts(frame, Role.CREDIT)


@EVERY_CANVAS
def test_the_month_is_the_largest_thing_said(canvas: Canvas) -> None:
    frame = arranged(papers(4), canvas)
    sizes = {item.text: item.style.size for item in frame.items if isinstance(item, Text)}
    assert max(sizes, key=lambda text: sizes[text]) == "September 2021"


@EVERY_CANVAS
def test_eight_papers_wear_eight_colours(canvas: Canvas) -> None:
    frame = arranged(papers(8, is_numbered=False), canvas)
    grounds = [
        item.fill
        for item in frame.items
        if isinstance(item, Surface) and item.box in [panel.box for panel in frame.panels]
    ]
    assert len(set(grounds)) == len(grounds) == 8


def test_a_tile_shows_its_hero_where_it_fits() -> None:
    frame = arranged(papers(2), Canvas.SLIDE)
    assert any(item.role is Role.CURVE for item in frame.items)
    assert any(isinstance(item, Formula) for item in frame.items)


def test_tiles_without_a_visual_are_numbered_by_their_place() -> None:
    bare = tuple(replace(paper, panels=(), numbers=()) for paper in papers(9, is_numbered=False))
    assert texts(arranged(bare, Canvas.PORTRAIT), Role.NUMBER) == "1 2 3 5 6 7 9"  # two long titles need the room


def test_a_title_too_long_for_its_tile_ends_in_an_ellipsis() -> None:
    endless = tuple(replace(paper, paper=replace(PAPER, title="Endless words " * 30)) for paper in papers(12))
    assert texts(arranged(endless, Canvas.PORTRAIT), Role.TITLE).count("…") == 12


def test_more_papers_than_tiles_are_still_counted() -> None:
    frame = arranged(papers(15), Canvas.PORTRAIT)
    assert len(frame.panels) == MOST
    assert "15 papers" in texts(frame, Role.CREDIT)


def test_a_cover_of_nothing_is_refused() -> None:
    with pytest.raises(CollageError, match="at least one paper"):
        arranged((), Canvas.PORTRAIT)


def test_a_month_in_chinese_is_drawn_in_chinese() -> None:
    title = month_name(Month(2022, 1), "zh")
    frame = arrange_cover(Edition(title, papers(3), "zh"), Canvas.PORTRAIT, Theme.LIGHT)
    assert texts(frame, Role.TITLE).startswith("2022年1月")
    assert all(family_of(character) for character in title)
    assert not overlaps(frame)
    assert not spilled(frame)
    assert "3\u00a0篇论文" in texts(frame, Role.CREDIT)


@EVERY_CANVAS
def test_the_picture_is_a_jpeg_that_can_be_sent(canvas: Canvas) -> None:
    cover = compose_cover("May 2022", papers(4), canvas)
    with Image.open(io.BytesIO(cover.jpeg)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (cover.width, cover.height))
    assert max(cover.width, cover.height) == 2560
    assert len(cover.jpeg) < 9_500_000


@EVERY_CANVAS
def test_a_figure_is_shown_with_its_credit_and_licence(canvas: Canvas) -> None:
    content = saved(bars(900, 600))
    paper = entry(figure(content))
    shown = compose_cover("May 2022", (paper,), canvas, files={figure(content).sha256: content}).frame
    assert any(isinstance(item, Picture) for item in shown.items)
    assert "Fig. 1 of Doe et al. (2021), CC BY 4.0" in texts(shown, Role.CREDIT)
    bare = compose_cover("May 2022", (paper,), canvas).frame
    assert not any(isinstance(item, Picture) for item in bare.items)
    assert "CC BY" not in texts(bare, Role.CREDIT)


def test_equal_papers_give_equal_bytes() -> None:
    assert (
        compose_cover("May 2022", papers(4), Canvas.SLIDE).jpeg
        == compose_cover("May 2022", papers(4), Canvas.SLIDE).jpeg
    )


@EVERY_CANVAS
def test_the_outer_ring_is_paper(canvas: Canvas) -> None:
    frame = arranged(papers(5), canvas)
    picture = draw(frame)
    inner = Box(0, 0, picture.width, picture.height).inset(24 * frame.scale)
    picture.paste(frame.paper, (round(inner.x), round(inner.y), round(inner.right), round(inner.bottom)))
    assert len(picture.getcolors() or ()) == 1


@given(count=st.integers(1, MOST), canvas=st.sampled_from(Canvas))
def test_tiles_fill_their_room_without_touching(count: int, canvas: Canvas) -> None:
    room = Box(64, 300, 1312, 1400)
    boxes = flat(mosaic(count, room, 24, canvas))
    assert len(boxes) == count
    assert all(room.holds(box) for box in boxes)
    assert not any(one.inset(-11).overlap(other.inset(-11)) > 1 for one in boxes for other in boxes if one != other)
    assert max(box.bottom for box in boxes) == pytest.approx(room.bottom)


SADDLE = Diagram(
    """
    hill: terrain saddle at 1,1 size 2x2
    low: valley "a solution" at 3.5,1 size 1.6x1.2
    said: text "ridges" at 1,-0.3
    path 1,1 2,1.6 3.4,1 accent arrow
    """,
    "One saddle",
    "Ridges lead to solutions.",
    "abstract",
)
RANGES = replace(
    BARS,
    kind=ChartKind.RANGE,
    series=tuple(
        replace(
            series,
            low=tuple(value and 0.9 * value for value in series.values),
            high=tuple(value and 1.1 * value for value in series.values),
        )
        for series in BARS.series
    ),
)
BOXES = Diagram('a: box "one"\nb: box "two"\na -> b', "Two boxes", "One leads to the other.", "abstract")


HEROES: tuple[tuple[Panel, ...], ...] = (
    *((panel,) for panel in (SADDLE, CURVES, BARS, DOTS, EQUATION, BigNumber(NUMBER), RANGES)),
    (),
    (BOXES, SADDLE),
)


def drawings(count: int) -> tuple[Entry, ...]:
    """Entries whose hero is a diagram with words."""
    return tuple(replace(paper, panels=(SADDLE, *paper.panels)) for paper in papers(count))


@EVERY_CANVAS
@pytest.mark.parametrize("count", [1, 4, 9, 12])
def test_every_tile_shows_its_hero_without_its_words(count: int, canvas: Canvas) -> None:
    frame = arranged(drawings(count), canvas)
    assert all(panel.visual for panel in frame.panels)
    for panel in frame.panels:
        assert any(isinstance(item, Shape) and panel.box.holds(item.box) for item in frame.items)
    assert "ridges" not in " ".join(item.text for item in frame.items if isinstance(item, Text))


@pytest.mark.slow
@EVERY_CANVAS
@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("count", [4, 9])
def test_covers_obey_the_hard_rules(count: int, canvas: Canvas, theme: Theme) -> None:
    entries = tuple(replace(paper, panels=each) for paper, each in zip(papers(count), HEROES, strict=False))
    frame = arrange_cover(Edition("May 2022", entries), canvas, theme)
    picture = draw(frame)
    report = check_layout(frame, picture=picture, encoded=jpeg(picture))
    assert [finding for finding in report.hard if finding.verdict is Verdict.FAIL] == []


def test_boxes_without_words_give_way_to_a_better_picture() -> None:
    paper = replace(papers(1)[0], panels=(BOXES, SADDLE), numbers=())
    frame = arranged((paper,), Canvas.PORTRAIT)
    assert sum(isinstance(item, Shape) for item in frame.items) > 300  # the mesh of the saddle


@EVERY_CANVAS
def test_charts_on_tiles_have_no_ticks(canvas: Canvas) -> None:
    entries = tuple(
        replace(paper, panels=(chart,), numbers=())
        for paper, chart in zip(papers(4), (CURVES, BARS, DOTS, RANGES), strict=True)
    )
    frame = arranged(entries, canvas)
    assert not any(item.role in {Role.TICK, Role.VALUE, Role.SERIES_NAME} for item in frame.items)
    assert {Role.CURVE, Role.BAR, Role.POINT} <= {item.role for item in frame.items}


@given(hue=st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_pictures_stand_out_from_every_tile(hue: str) -> None:
    colours = poster(palette_of(papers(1)[0], Theme.LIGHT, hue))
    strokes = (colours.accent, colours.muted, colours.grey, colours.annotation)
    assert all(contrast(stroke, colours.card) >= 3 for stroke in strokes)
    assert contrast(colours.ink, colours.tint) >= 4.5


def test_of_many_papers_only_titles_without_subtitles_are_said() -> None:
    said = texts(arranged(drawings(9), Canvas.PORTRAIT), Role.TITLE)
    assert "ConViT" in said
    assert "Inductive" not in said
    assert not texts(arranged(drawings(9), Canvas.PORTRAIT), Role.BODY)
