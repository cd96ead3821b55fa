from dataclasses import replace

from bot.collage.spec import Statement, credit_of, spec_of
from bot.model.panel import BigNumber, Chart, Equation
from tests.collage.samples import CONVIT, CURVES, NUMBER, PAPER, entry


def test_visuals_keep_their_order() -> None:
    assert [type(panel) for panel in spec_of(CONVIT).panels] == [Chart, Equation, BigNumber]


def test_an_entry_without_visuals_shows_a_number_or_else_its_headline() -> None:
    assert spec_of(entry()).panels == (BigNumber(NUMBER),)
    assert isinstance(spec_of(replace(entry(), numbers=())).panels[0], Statement)


def test_numbers_are_spare_only_when_no_number_is_shown() -> None:
    assert spec_of(entry(CURVES)).spares == (BigNumber(NUMBER),)
    assert spec_of(entry(BigNumber(NUMBER))).spares == ()


def test_the_year_is_not_said_twice() -> None:
    assert spec_of(CONVIT).meta[0] == "ICML 2021 · arXiv:2103.10697"
    assert spec_of(entry(paper=replace(PAPER, venue=None))).meta[0] == "2021 · arXiv:2103.10697"
    assert spec_of(entry(paper=replace(PAPER, venue="JAIR"))).meta[0] == "JAIR · 2021 · arXiv:2103.10697"


def test_the_credit_names_each_source_once() -> None:
    spec = spec_of(entry(CURVES, CURVES))
    assert credit_of(spec, spec.panels).count("Table 2") == 1
