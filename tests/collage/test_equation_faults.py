import pytest

from bot.collage.faults import latex_fault


@pytest.mark.parametrize("latex", [r"\text{太阳} + 1", "x_{损失}"])
def test_a_chinese_word_in_a_formula_is_a_fault_when_it_is_read(latex: str) -> None:
    assert "has no glyph in the font of formulas" in (latex_fault(latex) or "")


@pytest.mark.parametrize("latex", [r"\alpha \nabla f(x)", "∇ f ≤ ε"])
def test_mathematical_signs_are_none(latex: str) -> None:
    assert latex_fault(latex) is None
