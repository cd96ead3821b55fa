"""How a formula is said in a line of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.formulas import readable


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"10^{-5}", "10⁻⁵"),
        (r"\alpha_{i}^{2}", "αᵢ²"),
        (r"\theta_{t+1}", "θₜ₊₁"),
        (r"\mathcal{L}_{\text{CE}}", "ℒ_CE"),
        (r"\mathbb{R}^{d\times k}", "ℝ^(d×k)"),
        (r"\frac{1}{2}", "1/2"),
        (r"\tfrac{a+b}{2}", "(a+b)/2"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"\left\|x\right\|_2", "‖x‖₂"),
        (r"D_{KL}(p\|q)", "D_KL(p‖q)"),
        (r"O(n\log n)", "O(n log n)"),
        (r"\exp(-x)", "exp(-x)"),
        (r"85.3\%", "85.3%"),
        (r"90^{\circ}", "90°"),
        (r"x^{\prime}", "x′"),
        (r"n\geq 3", "n ≥ 3"),
        (r"1{,}000", "1,000"),
        ("\\mathcal%\n{L}", "ℒ"),
        (r"\displaystyle\mathbf{W}", "W"),
        (r"\unheardof{x}y", "xy"),
        (r"\input{/etc/passwd}", ""),
    ],
)
def test_a_formula_is_said_with_the_characters_of_a_text(latex: str, said: str) -> None:
    assert readable(latex) == said


@given(st.text(max_size=300) | st.text(alphabet=r"\{}[]^_&$%abfrcst ", max_size=300))
def test_any_latex_is_said_in_one_line_of_visible_characters(latex: str) -> None:
    said = readable(latex)
    assert said == " ".join(said.split())
    assert said.isprintable()


@pytest.mark.parametrize("piece", ["{", "^{", r"\frac{", r"\begin{a}", r"\sqrt[", "_", r"\left("])
def test_deep_formulas_do_no_harm(piece: str) -> None:
    assert len(readable(piece * 5000)) <= 1000
