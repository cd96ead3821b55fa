from dataclasses import dataclass, replace

from PIL import Image

from bot.collage.labels import labels_of
from bot.collage.spec import Statement, credit_of, spec_of
from bot.model.panel import BigNumber, Chart, Equation, Figure, Note, Quote
from tests.collage.chinese import BILINGUAL, CHINESE
from tests.collage.samples import CONVIT, CURVES, NUMBER, PAPER, TEXT, entry


@dataclass(frozen=True)
class Dots:
    """A figure of nothing."""

    width: int = 30
    height: int = 20
    is_vector: bool = False
    label: float | None = None

    def locate(self, x: float, y: float) -> tuple[float, float]:
        return x, y

    def render(self, width: int, height: int) -> Image.Image:
        return Image.new("RGB", (width, height))


def test_visuals_keep_their_order() -> None:
    assert [type(panel) for panel in spec_of(CONVIT).panels] == [Chart, Equation, BigNumber]


def test_an_entry_without_visuals_shows_a_number_or_else_its_headline() -> None:
    assert spec_of(entry()).panels == (BigNumber(NUMBER),)
    assert isinstance(spec_of(replace(entry(), numbers=())).panels[0], Statement)


def test_a_quote_that_leads_is_set_like_a_statement_and_keeps_its_source() -> None:
    quote = Quote("“Heads may leave.”", "Abstract")
    first, second = spec_of(replace(entry(), panels=(quote, quote))).panels
    assert first == Statement("“Heads may leave.”", "Abstract")
    assert second == quote


def test_a_number_that_says_too_little_is_never_shown_unasked() -> None:
    for meaning in ("accuracy", f"{NUMBER.value} of all heads"):
        listed = replace(NUMBER, meaning=meaning, against=None, formula=None)
        assert isinstance(spec_of(replace(entry(), numbers=(listed,))).panels[0], Statement)


def test_panels_are_shown_in_the_language_of_the_texts() -> None:
    chinese = (Note("原因", "因为如此。"),)
    bilingual = replace(CONVIT, texts={"en": TEXT, "zh": TEXT}, panels_in={"zh": chinese})

    assert spec_of(bilingual, "zh").panels == chinese
    assert spec_of(bilingual, "de").panels == spec_of(CONVIT).panels


def test_numbers_are_spare_only_when_no_number_is_shown() -> None:
    assert spec_of(entry(CURVES)).spares == (BigNumber(NUMBER),)
    assert spec_of(entry(BigNumber(NUMBER))).spares == ()


def test_numbers_listed_in_english_are_not_shown_unasked_in_another_language() -> None:
    bilingual = replace(entry(CURVES), texts={"en": TEXT, "zh": TEXT}, panels_in={"zh": (Note("原因", "因为如此。"),)})
    bare = replace(entry(), texts={"en": TEXT, "zh": TEXT})

    assert spec_of(bilingual, "zh").spares == ()
    assert spec_of(bilingual).spares == (BigNumber(NUMBER),)
    assert isinstance(spec_of(bare, "zh").panels[0], Statement)


def test_the_year_is_not_said_twice() -> None:
    assert spec_of(CONVIT).meta[0] == "ICML 2021 · arXiv:2103.10697"
    assert spec_of(entry(paper=replace(PAPER, venue=None))).meta[0] == "2021 · arXiv:2103.10697"
    assert spec_of(entry(paper=replace(PAPER, venue="JAIR"))).meta[0] == "JAIR · 2021 · arXiv:2103.10697"


def test_the_credit_names_each_source_once() -> None:
    spec = spec_of(entry(CURVES, CURVES))
    assert credit_of(spec, spec.panels)[0].count("Table 2") == 1


def test_a_credit_gets_shorter_and_keeps_the_paper() -> None:
    wordy = replace(NUMBER, source="authors' repository, README, Bias (written as a fraction here); counted by us")
    spec = spec_of(entry(BigNumber(wordy)))
    ways = [way.replace("\u00a0", " ") for way in credit_of(spec, spec.panels)]
    assert ways[0].endswith("counted by us · Drawn by Collagebot")
    assert ways[-1] == "Paper: d'Ascoli et al. (2021), arXiv:2103.10697 · Source: authors' repository"
    assert ways[0] == max(ways, key=len)
    assert ways[-1] == min(ways, key=len)


def test_credit_and_licence_of_a_figure_are_never_shortened() -> None:
    figure = Figure("a.png", "0" * 64, "", "Fig. 3 (left) of d'Ascoli et al. (2021)", "CC BY 4.0")
    spec = spec_of(entry(figure), rasters={figure: Dots()})
    assert all(figure.source in way for way in credit_of(spec, spec.panels))


def test_figures_of_one_origin_share_its_credit() -> None:
    figures = [Figure("a.png", str(i) * 64, "", f"Fig. {i} of Lee (2021)", "CC BY 4.0") for i in (1, 3)]
    spec = spec_of(entry(*figures, CURVES), rasters={figure: Dots() for figure in figures})
    assert "Source: Fig. 1, Fig. 3 of Lee (2021), CC BY 4.0; Table 2" in credit_of(spec, spec.panels)[0]


def test_an_entry_speaks_the_language_it_is_asked_for() -> None:
    spec = spec_of(BILINGUAL, "zh")
    assert (spec.question.label, spec.key_idea.text) == ("问题", CHINESE.key_idea)
    assert spec.paper.startswith("论文：d'Ascoli\u00a0等，2021")
    assert spec_of(BILINGUAL, "eo").labels == spec_of(BILINGUAL).labels == labels_of("en")


def test_an_entry_no_font_of_ours_can_draw_speaks_english_throughout() -> None:
    arabic = replace(CONVIT, texts={"en": TEXT, "ar": replace(TEXT, key_idea="سؤال")})
    assert spec_of(arabic, "ar") == spec_of(CONVIT)


def test_labels_know_the_ways_to_write_a_language() -> None:
    assert labels_of("zh-Hans") == labels_of("zh_CN") == labels_of("ZH") != labels_of("en-GB")


def test_what_asks_nothing_is_not_called_a_question() -> None:
    asking, telling = (
        replace(CONVIT, texts={"en": replace(CONVIT.text(), question=said)})
        for said in ("Can trees prune themselves?", "Trees grow more branches than they need.")
    )
    assert spec_of(asking).question.label == "Question"
    assert spec_of(telling).question.label == "Context"
