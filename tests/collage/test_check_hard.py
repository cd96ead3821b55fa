"""Each hard rule catches a collage that breaks it and nothing else."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image, ImageCms, ImageDraw

from bot.collage.box import Box
from bot.collage.check.hard.origin import sources
from bot.collage.check.judge import check, check_layout
from bot.collage.check.reading import Reading
from bot.collage.check.report import Verdict
from bot.collage.draw import draw
from bot.collage.encode import jpeg
from bot.collage.formulas.equation import typeset
from bot.collage.frame import Code, Curve, Formula, Frame, Picture, Point, Role, Surface, Text
from bot.collage.lettering import fonts
from bot.collage.lettering.typeset import Ink, set_line
from bot.model.entry import Entry
from bot.model.panel import BigNumber
from tests.collage.specimen import (
    BARS,
    ENTRY,
    MAPS,
    NUMBER,
    PALETTE,
    TOKENS,
    Mosaic,
    changed,
    grown,
    lowered,
    reworded,
    specimen,
    with_items,
    with_panel,
    without,
)


def _with_hieroglyph(text: Text) -> Text:
    words = "QUEST\U00013000"
    rise, fall = fonts.extent(words, text.style)
    box = Box(text.box.x, text.baseline - rise, fonts.shape(words, text.style).width, rise + fall)
    return replace(text, text=words, box=box)


SPOILED_FRAMES: dict[str, tuple[str, Callable[[Frame], Frame]]] = {
    "a credit that slips into the margin": (
        "H1",
        lambda frame: changed(frame, Role.CREDIT, lambda text: lowered(text, 12)),
    ),
    "authors that touch the title": (
        "H2",
        lambda frame: changed(frame, Role.AUTHORS, lambda text: lowered(text, -26)),
    ),
    "an arrow through its own words": (
        "H2",
        lambda frame: changed(
            frame,
            Role.ANNOTATION,
            lambda arrow: replace(arrow, points=((arrow.points[0][0] + 120, arrow.points[0][1]), arrow.points[1])),
            at=1,
        ),
    ),
    "a line through a value": (
        "H2",
        lambda frame: with_items(frame, _strike(frame, Role.VALUE)),
    ),
    "panels that overlap": (
        "H2",
        lambda frame: with_panel(frame, 0, lambda panel: replace(panel, box=grown(panel.box, right=40))),
    ),
    "a text wider than its box": (
        "H3",
        lambda frame: changed(frame, Role.LABEL, lambda text: replace(text, box=grown(text.box, right=-30))),
    ),
    "a text whose tails are cut off": (
        "H3",
        lambda frame: changed(frame, Role.CREDIT, lambda text: replace(text, box=grown(text.box, bottom=-4))),
    ),
    "a badge wider than its pill": (
        "H3",
        lambda frame: changed(frame, Role.CARD, lambda card: replace(card, box=grown(card.box, right=-70))),
    ),
    "a text that leaves its panel": (
        "H3",
        lambda frame: with_panel(frame, 1, lambda panel: replace(panel, box=grown(panel.box, bottom=-16))),
    ),
    "a text outside every panel": (
        "H3",
        lambda frame: with_panel(frame, 1, lambda panel: replace(panel, box=grown(panel.box, bottom=-60))),
    ),
    "a faint text": ("H4", lambda frame: changed(frame, Role.META, lambda text: replace(text, colour="#9a9a9a"))),
    "a faint bar": ("H4", lambda frame: changed(frame, Role.BAR, lambda bar: replace(bar, fill="#c4c8d0"))),
    "a faint formula": (
        "H4",
        lambda frame: with_items(frame, replace(_formula("a+b"), colour="#b7a0d0")),
    ),
    "a text under a card": ("H4", lambda frame: with_items(frame, _sheet(frame, Role.META))),
    "a formula on another ground": (
        "H4",
        lambda frame: with_items(frame, replace(_formula("a+b"), background="#3a1c60")),
    ),
    "a background that is not there": (
        "H4",
        lambda frame: changed(frame, Role.META, lambda text: replace(text, background="#e0d0ff")),
    ),
    "a caption below the smallest type": ("H5", lambda frame: reworded(frame, Role.CAPTION, size=18)),
    "a label below the smallest type": ("H5", lambda frame: reworded(frame, Role.LABEL, size=18)),
    "a credit below the smallest type": ("H5", lambda frame: reworded(frame, Role.CREDIT, size=15)),
    "a tiny formula": ("H5", lambda frame: with_items(frame, _formula("a+b", em=14))),
    "a stretched figure": (
        "H6",
        lambda frame: changed(frame, Role.FIGURE, lambda item: replace(item, box=grown(item.box, bottom=-6))),
    ),
    "an enlarged hero": (
        "H6",
        lambda frame: changed(frame, Role.FIGURE, lambda item: replace(item, raster=Mosaic(1450, 500))),
    ),
    "an enlarged figure": (
        "H6",
        lambda frame: changed(
            frame, Role.FIGURE, lambda item: replace(item, raster=Mosaic(1160, 400), is_hero=False)
        ),
    ),
    "a character without a glyph": ("H7", lambda frame: changed(frame, Role.LABEL, _with_hieroglyph)),
    "a formula without a glyph": ("H7", lambda frame: with_items(frame, _formula(r"\text{a𓀀}"))),
    "another title": ("H8", lambda frame: reworded(frame, Role.TITLE, "ConViT: Vision Transformers That End as Them")),
    "a wrong author": ("H8", lambda frame: reworded(frame, Role.AUTHORS, "Stéphane d'Ascoli, Hugo Tourvon et al.")),
    "authors without the first": ("H8", lambda frame: reworded(frame, Role.AUTHORS, "Hugo Touvron et al.")),
    "a value nobody measured": ("H8", lambda frame: reworded(frame, Role.VALUE, "58.6 %")),
    "a number in the take-away": ("H8", lambda frame: reworded(frame, Role.TAKE_AWAY, "Offer the prior 7 times.")),
    "a number in an annotation": ("H8", lambda frame: reworded(frame, Role.ANNOTATION, "81 local heads")),
    "no credit": ("H9", lambda frame: without(frame, Role.CREDIT)),
    "a credit without the id": ("H9", lambda frame: reworded(frame, Role.CREDIT, f"Source: {MAPS.source}")),
    "a figure without its licence": (
        "H9",
        lambda frame: reworded(frame, Role.CREDIT, f"arXiv:2103.10697 · Source: {MAPS.credit}"),
    ),
    "no code": ("H9", lambda frame: without(frame, Role.CODE)),
    "a code that leads elsewhere": (
        "H9",
        lambda frame: changed(frame, Role.CODE, lambda code: replace(code, url="https://arxiv.org/abs/2103.10698")),
    ),
}  # fmt: skip

SPOILED_PICTURES: dict[str, tuple[str, Callable[[Image.Image], None]]] = {
    "a spot in the ring": ("H1", lambda picture: picture.putpixel((2550, 700), (0, 0, 0))),
    "a card drawn under the meta line": (
        "H4",
        lambda picture: ImageDraw.Draw(picture).rectangle((395, 70, 800, 105), "#404040"),
    ),
    "a code with a hole": (
        "H9",
        lambda picture: ImageDraw.Draw(picture).rectangle((2400, 90, 2470, 190), PALETTE.paper),
    ),
}

SPOILED_ENTRIES: dict[str, Entry] = {
    "a formula that gives something else": replace(
        ENTRY, numbers=(replace(NUMBER, formula="59.6 − 47.0"), replace(NUMBER, value="47.0 %", formula=None))
    ),
    "a formula of numbers nobody lists": replace(ENTRY, numbers=(replace(NUMBER, formula="61.6 − 50.0"),)),
    "a formula that is none": replace(ENTRY, numbers=(replace(NUMBER, formula="a tenth more"),)),
    "a formula of a number without end": replace(ENTRY, numbers=(replace(NUMBER, formula="1" * 400),)),
    "a number without a source": replace(ENTRY, numbers=(replace(NUMBER, source=" "),)),
    "a chart without a source": replace(ENTRY, panels=(MAPS, replace(BARS, source=""), BigNumber(NUMBER))),
}


def _strike(frame: Frame, role: Role) -> Curve:
    box = next(item.box for item in frame.items if item.role is role)
    return Curve(((box.x - 4, box.centre_y), (box.right + 8, box.centre_y)), PALETTE.ink, 3)


def _sheet(frame: Frame, role: Role) -> Surface:
    """A piece of paper on top of a text."""
    box = next(item.box for item in frame.items if item.role is role)
    return Surface(box.inset(-4), PALETTE.paper, Role.CARD)


def _formula(latex: str, *, em: float = 40.0) -> Formula:
    """A formula on the free part of the number card."""
    drawn = typeset(latex, "#ffffff")
    return Formula(latex, Box(300, 880, drawn.width * em, drawn.height * em), "#ffffff", PALETTE.accent)


def failures(frame: Frame, picture: Image.Image, *, entry: Entry = ENTRY, encoded: bytes | None = None) -> list[str]:
    return [finding.rule for finding in check(entry, frame, picture=picture, encoded=encoded).failures]


def test_an_unbroken_collage_breaks_no_rule_and_ships() -> None:
    frame = specimen()
    picture = draw(frame)
    report = check(ENTRY, frame, picture=picture, encoded=jpeg(picture))
    assert [finding.rule for finding in (*report.hard, *report.soft) if finding.verdict is not Verdict.PASS] == []
    assert report.ships
    assert [finding.rule for finding in report.hard] == [f"H{number}" for number in range(1, 11)]
    assert [finding.rule for finding in report.soft] == [f"S{number}" for number in range(1, 19)]


@pytest.mark.parametrize("name", SPOILED_FRAMES)
def test_a_spoiled_frame_breaks_just_its_rule(name: str) -> None:
    rule, spoil = SPOILED_FRAMES[name]
    frame = spoil(specimen())
    report = check(ENTRY, frame, picture=draw(frame))
    assert [finding.rule for finding in report.failures] == [rule]
    assert report.finding(rule).evidence
    assert not report.ships


@pytest.mark.parametrize("name", SPOILED_PICTURES)
def test_a_spoiled_picture_breaks_just_its_rule(name: str) -> None:
    rule, spoil = SPOILED_PICTURES[name]
    picture = draw(specimen())
    spoil(picture)
    assert failures(specimen(), picture) == [rule]


@pytest.mark.parametrize("name", SPOILED_ENTRIES)
def test_an_entry_whose_numbers_do_not_stand_breaks_the_rule_of_truth(name: str) -> None:
    assert failures(specimen(), draw(specimen()), entry=SPOILED_ENTRIES[name]) == ["H8"]


def _profiled() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    buffer = io.BytesIO()
    draw(specimen()).save(buffer, "JPEG", icc_profile=profile)
    return buffer.getvalue()


def _transparent() -> bytes:
    buffer = io.BytesIO()
    draw(specimen()).convert("RGBA").save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _panorama() -> bytes:
    return jpeg(Image.new("RGB", (2101, 1050)))


def _giant() -> bytes:
    return jpeg(Image.new("RGB", (5400, 4800)))


def _heavy() -> bytes:
    return jpeg(draw(specimen())) + b"\0" * 9_500_000


@pytest.mark.parametrize("encode", [_profiled, _transparent, _panorama, _giant, _heavy])
def test_a_file_that_telegram_would_not_take_as_it_is_breaks_the_rule_of_the_file(encode: Callable[[], bytes]) -> None:
    assert failures(specimen(), draw(specimen()), encoded=encode()) == ["H10"]


def test_a_picture_with_alpha_breaks_the_rule_of_the_file() -> None:
    assert failures(specimen(), draw(specimen()).convert("RGBA")) == ["H10"]


def test_a_picture_of_many_papers_is_judged_by_its_layout_alone() -> None:
    frame = without(specimen(), Role.CREDIT, Role.CODE, Role.TITLE)
    report = check_layout(frame, picture=draw(frame))
    assert not report.failures
    assert "H8" not in [finding.rule for finding in report.hard]


def test_a_vector_figure_may_be_enlarged() -> None:
    def enlarged(item: Picture) -> Picture:
        return replace(item, raster=Mosaic(400, 138, is_vector=True, block=4))

    frame = changed(specimen(), Role.FIGURE, enlarged)
    assert check(ENTRY, frame, picture=draw(frame)).finding("H6").verdict is Verdict.PASS


def test_letters_on_a_bar_and_an_accent_between_two_lines_are_no_overlap() -> None:
    frame = specimen()
    bar = next(item for item in frame.items if isinstance(item, Surface) and item.role is Role.BAR)
    value = next(item for item in frame.items if isinstance(item, Text) and item.role is Role.VALUE)
    inside = replace(value, box=replace(value.box, x=bar.box.x + 20), colour="#ffffff", background=PALETTE.accent)
    assert failures(with_items(frame, inside), draw(with_items(frame, inside))) == []


def test_a_line_behind_a_disc_does_not_strike_the_number_on_it() -> None:
    frame = specimen()
    line = Curve(((700, 60), (900, 60)), PALETTE.line, 2, Role.RULE)
    digit = set_line("1", (800, 67), TOKENS.style(20, 650), Ink(Role.LABEL, "#ffffff", PALETTE.accent))
    disc = Point(digit.box.centre_x, 60, 16, PALETTE.accent)
    hidden, struck = with_items(frame, line, disc, digit), with_items(frame, disc, line, digit)
    assert failures(hidden, draw(hidden)) == []
    assert failures(struck, draw(struck)) == ["H2"]


def test_a_word_on_a_cloud_of_several_discs_stands_on_all_of_them() -> None:
    word = set_line("latent", (1500, 127), TOKENS.style(20, 650), Ink(Role.LABEL, PALETTE.ink, "#e4e4e4"))
    middle = word.box.inset(-14)
    parts = (Box(1480, 90, 70, 65), middle, Box(1518, 92, 70, 65))
    cloud = [Surface(box, "#e4e4e4", Role.BADGE, radius=20) for box in parts]
    frame = with_items(specimen(), *cloud, word)
    assert failures(frame, draw(frame)) == []
    torn = with_items(specimen(), cloud[0], cloud[2], word)
    assert "H3" in failures(torn, draw(torn))


def test_a_label_with_a_rim_may_lie_on_drawn_dust_but_not_on_data() -> None:
    word = set_line("mined", (900, 67), TOKENS.style(20, 650), Ink(Role.NODE, PALETTE.ink, PALETTE.paper, halo=3))
    dust, datum = (Point(930, 68, 4, PALETTE.accent, role) for role in (Role.NODE, Role.POINT))
    bare = replace(word, halo=0.0)
    found = [
        "H2" in failures(frame, draw(frame))
        for frame in (with_items(specimen(), *pair) for pair in ((dust, word), (dust, bare), (datum, word)))
    ]
    assert found == [False, True, True]


def test_every_fault_says_what_and_where() -> None:
    frame = without(specimen(), Role.CODE)
    code = next(item for item in specimen().items if isinstance(item, Code))
    moved = with_items(frame, replace(code, box=replace(code.box, x=1850)))
    evidence = check(ENTRY, moved, picture=draw(moved)).finding("H1").evidence
    assert evidence[0].startswith("code at 1850, 60 (")


def test_figures_of_one_origin_may_share_their_credit() -> None:
    other = replace(MAPS, credit=MAPS.credit.replace("Fig. 5", "Fig. 3"))
    shared = f"{MAPS.credit.partition(' of ')[0]}, Fig. 3 of {MAPS.source.partition(' of ')[2]}"
    said = {f"arXiv:2103.10697 · Source: {shared}": True, f"arXiv:2103.10697 · Source: {MAPS.source}": False}
    entry = replace(ENTRY, panels=(*ENTRY.panels, other))
    twice = specimen()
    twice = with_items(twice, next(item for item in twice.items if isinstance(item, Picture)))
    for credit, is_enough in said.items():
        finding = sources(Reading(reworded(twice, Role.CREDIT, credit)), entry, None)
        assert (finding.verdict is Verdict.PASS) is is_enough, finding.evidence
