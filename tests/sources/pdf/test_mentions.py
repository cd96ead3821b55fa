"""Which figures a sentence names."""

import pytest

from bot.model.manuscript import Section, SectionKind
from bot.sources.pdf.mentions import citing_sentences, mentioned


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("Figure 3 shows it.", {"3"}),
        ("It is seen (Fig. 3a).", {"3"}),
        ("It is seen in Figure 3(b).", {"3"}),
        ("Figures 3 and 4 show it.", {"3", "4"}),
        ("Figs. 2, 3, and 5 show it.", {"2", "3", "5"}),
        ("Figures 5–7 show it.", {"5", "6", "7"}),
        ("Figure 5-7 shows it.", {"5", "6", "7"}),
        ("See Fig. 1 and Fig. 12.", {"1", "12"}),
        ("See Figure A.1 and Figure S2.", {"A.1", "S2"}),
        ("Figure. 3b illustrates it.", {"3"}),
        ("Supplementary Figure 1 shows it.", {"S1"}),
        ("See Extended Data Figs. 4–6 and Supplemental Fig. S2.", {"S4", "S5", "S6", "S2"}),
        ("See Supplementary Figure 1 and Figure 2.", {"S1", "2"}),
        ("See Figure 2 and Supplementary Figure 1.", {"2", "S1"}),
        ("Figure it out in 3 steps.", set()),
        ("Table 3 shows it.", set()),
        ("Figures 1-900 do not exist.", {"1", "900"}),
    ],
)
def test_figures_are_read_in_every_form(sentence: str, numbers: set[str]) -> None:
    assert mentioned(sentence) == numbers


def test_sentences_are_kept_once_and_in_order() -> None:
    section = Section(
        "", SectionKind.OTHER, ("We see it in Figure 1. It is slow. Figure 1 tells more.", "Figure 1 tells more.")
    )
    assert citing_sentences([section]) == {"1": ("We see it in Figure 1.", "Figure 1 tells more.")}
