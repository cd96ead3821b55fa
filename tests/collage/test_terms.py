import pytest

from bot.collage.formulas.equation import glyphs, typeset
from bot.collage.formulas.terms import broken, coloured, is_upper, part_boxes, span_of, term_fault
from bot.model.panel import Equation, Term

GATE = r"A=(1-\sigma(\lambda))\,C+\sigma(\lambda)\,P"


def fault(latex: str, *parts: str, short: str | None = None) -> str | None:
    return term_fault(Equation(latex, "caption", "source", short, tuple(Term(part, "name") for part in parts)))


@pytest.mark.parametrize(
    ("latex", "part", "span"),
    [
        (GATE, r"\sigma(\lambda)", (5, 20)),
        (GATE, "C", (23, 24)),
        (r"\alpha+a", "a", (7, 8)),
        (r"\alpha", "a", None),
        (r"\alpha", r"\al", None),
        (r"\hat{x}", "", None),
    ],
)
def test_a_part_is_found_where_it_first_stands_but_never_inside_a_command(
    latex: str, part: str, span: tuple[int, int] | None
) -> None:
    assert span_of(latex, part) == span


def test_parts_lie_where_the_formula_shows_them() -> None:
    left, right = part_boxes(r"a+b=c", [Term("a", ""), Term("c", "")])
    assert left is not None
    assert right is not None
    whole = typeset("a+b=c", "#000000")
    assert left.right < right.x
    assert left.x < 0.1
    assert whole.width - right.right < 0.1


def test_a_fraction_is_named_above_its_line_and_below_it() -> None:
    terms = [Term("a", "over"), Term("b", "under"), Term("c", "beside")]
    assert [is_upper(r"\frac{a}{b}+c", terms, number) for number in range(3)] == [True, False, False]


def test_colour_changes_nothing_but_the_colour() -> None:
    terms = [Term(r"\sigma(\lambda)", "gate"), Term("P", "position")]
    plain, lit = (glyphs(latex, "#000000") for latex in (GATE, coloured(GATE, terms, ["#112233", "#445566"])))
    assert [glyph.box for glyph in plain] == [glyph.box for glyph in lit]
    assert {glyph.colour for glyph in lit} == {"#000000", "#112233", "#445566"}


def test_every_mark_takes_the_colour_it_is_given() -> None:
    assert {glyph.colour for glyph in glyphs(r"\overline{x}+\sqrt{\frac{a}{b}}", "#abcdef")} == {"#abcdef"}


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (GATE, r"\sigma(\lambda)"),
        (r"x_{i}", "i"),
        (r"x_i", "i"),
        (r"\frac{a}{b}", r"\frac{a}{b}"),
        (r"\sqrt{a+b}", "a+b"),
        (r"\mathrm{softmax}(QK^{\top})", r"\mathrm{softmax}"),
    ],
)
def test_parts_that_can_be_named_are_no_fault(latex: str, part: str) -> None:
    assert fault(latex, part) is None


@pytest.mark.parametrize(
    ("latex", "parts"),
    [
        (GATE, ["Q"]),
        (GATE, [r"\lam"]),
        (GATE, [r"\sigma(\lambda", r"(\lambda)"]),
        (r"\frac{a}{b}", ["{a}{b"]),
        (r"\left(a\right)", [r"\left(a"]),
    ],
)
def test_parts_that_are_not_there_or_break_the_formula_are_faults(latex: str, parts: list[str]) -> None:
    assert fault(latex, *parts)


def test_a_part_of_the_short_form_alone_is_no_fault() -> None:
    assert fault(GATE, "Q", short="Q+P") is None


@pytest.mark.parametrize(
    ("latex", "second"),
    [
        ("a+b=c+d", "{}=c+d"),
        (r"a+b+\left(c+d+e\right)+f+g", "{}+f+g"),
        (r"A_{i=1}B+\frac{b+c}{d}+E", r"{}+\frac{b+c}{d}+E"),
        (r"\frac{a+b+c+d}{e+f}", None),
        (r"\{a+b+c\}", None),
        ("x", None),
    ],
)
def test_a_formula_is_broken_before_a_sign_outside_all_brackets(latex: str, second: str | None) -> None:
    lines = broken(latex)
    assert (lines[1] if lines else None) == second


def test_a_sign_that_belongs_to_a_number_is_no_place_to_break() -> None:
    lines = broken("abcdefg=-hijk")
    assert lines is not None
    assert lines[1] == "{}=-hijk"


def test_two_statements_are_broken_at_the_gap_between_them() -> None:
    assert broken(r"x_{\ell+1}=x_\ell-\hat{x}_\ell,\quad\hat{y}=\sum_{\ell}\hat{y}_\ell") == (
        r"x_{\ell+1}=x_\ell-\hat{x}_\ell,",
        r"\hat{y}=\sum_{\ell}\hat{y}_\ell",
    )


def test_no_half_of_a_spacing_command_is_left_before_a_break() -> None:
    lines = broken(r"a+b\ \ \iff\ c+d")
    assert lines == ("a+b", r"{}\iff\ c+d")
