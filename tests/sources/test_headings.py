"""What a heading says of its section."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.manuscript import SectionKind
from bot.sources.headings import kind_of, without_number


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("1 Introduction", SectionKind.INTRODUCTION),
        ("II. RELATED WORK", SectionKind.RELATED),
        ("3 Our Approach", SectionKind.METHOD),
        ("Model Evaluation", SectionKind.RESULTS),
        ("Results and Discussion", SectionKind.RESULTS),
        ("Discussion of Results", SectionKind.CONCLUSION),
        ("V. Conclusions and Future Work", SectionKind.CONCLUSION),
        ("Appendix A Proofs", SectionKind.APPENDIX),
        ("Supplementary Material", SectionKind.APPENDIX),
        ("Acknowledgements", SectionKind.OTHER),
        ("", SectionKind.OTHER),
    ],
)
def test_the_kind_of_a_section_stands_in_its_heading(heading: str, kind: SectionKind) -> None:
    assert kind_of(heading, in_appendix=False) is kind


def test_everything_behind_the_appendix_mark_is_appendix() -> None:
    assert kind_of("Experiments", in_appendix=True) is SectionKind.APPENDIX


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("4.1. Training details", "Training details"),
        ("IV Results", "Results"),
        ("A. Proofs", "Proofs"),
        ("Appendix B: More plots", "More plots"),
        ("A study of cats", "A study of cats"),
        ("I am a strange loop", "I am a strange loop"),
        ("3D vision", "3D vision"),
        ("In practice", "In practice"),
    ],
)
def test_a_number_is_taken_off_and_a_word_is_not(heading: str, bare: str) -> None:
    assert without_number(heading) == bare


@given(st.text(max_size=2000))
def test_any_text_has_a_kind(heading: str) -> None:
    assert kind_of(heading, in_appendix=False) in SectionKind
