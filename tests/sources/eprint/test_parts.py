"""Text, formulas, tables and links of a source."""

import pytest

from bot.model.manuscript import FoundEquation, SectionKind
from bot.model.paper import Link, LinkKind
from bot.sources.eprint import read_eprint
from bot.sources.eprint.paper.counters import Counters, numeral
from tests.sources.eprint.making import packed, paper, read


def formulas(body: str, preamble: str = "") -> list[tuple[str, str]]:
    return [(one.number, one.latex) for one in read(rf"\section{{S}} {body}", preamble).equations]


def formula(body: str, preamble: str = "") -> FoundEquation:
    found = read(rf"\section{{Method}} {body}", preamble).equations
    assert len(found) == 1
    return found[0]


def rows(inside: str) -> tuple[int, tuple[tuple[str, ...], ...]]:
    found = read(rf"\begin{{table}}\caption{{Counted.}}{inside}\end{{table}}").tables
    assert len(found) == 1
    return found[0].heads, found[0].rows


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (r"\begin{equation}a=b\label{e}\end{equation}", [("1", "a=b")]),
        (r"\begin{equation*}a=b.\end{equation*}", [("", "a=b")]),
        (r"\[a=b,\]", [("", "a=b")]),
        (r"$$a=b$$", [("", "a=b")]),
        (r"\begin{displaymath}a\end{displaymath}", [("", "a")]),
        (r"\begin{equation}a\nonumber\end{equation}\begin{equation}b\end{equation}", [("", "a"), ("1", "b")]),
        (r"\begin{equation}a\tag{L*}\end{equation}\begin{equation}b\end{equation}", [("L*", "a"), ("1", "b")]),
        (r"\begin{align}a&=b\\c&=d\label{e}\end{align}", [("1", "a =b"), ("2", "c =d")]),
        (r"\begin{align}a&=b\nonumber\\&=c\end{align}", [("1", r"\begin{aligned} a & =b \\ & =c \end{aligned}")]),
        (r"\begin{align}a&=b\\&=c\\d&=e\end{align}", [("2", r"\begin{aligned} a & =b \\ & =c "
         r"\end{aligned}"), ("3", "d =e")]),
        (r"\begin{align*}a&=b\\c&=d\end{align*}", [("", r"\begin{aligned} a & =b \\ c & =d \end{aligned}")]),
        (r"\begin{gather}a\\b\end{gather}", [("1", "a"), ("2", "b")]),
        (r"\begin{eqnarray}a&=&b\\c&=&d\end{eqnarray}", [("1", "a = b"), ("2", "c = d")]),
        (r"\begin{alignat}{2}a&=b\end{alignat}", [("1", "a =b")]),
        (r"\begin{subequations}\begin{align}a\\b\end{align}\end{subequations}\begin{equation}c"
         r"\end{equation}", [("1a", "a"), ("1b", "b"), ("2", "c")]),
        (r"\begin{equation}\begin{split}a&=b\\&=c\end{split}"
         r"\end{equation}", [("1", r"\begin{aligned}a&=b\\&=c\end{aligned}")]),
        (r"\begin{align}f&=\begin{cases}1&x\\0&y\end{cases}"
         r"\end{align}", [("1", r"f =\begin{cases}1&x\\0&y\end{cases}")]),
        (r"\be a\ee", [("1", "a")]),
        (r"\begin{equation}\loss(\x)=\E[\norm{x}]"
         r"\end{equation}", [("1", r"\mathcal{L}(\mathbf{x})=\mathbb{E}[\left\|x\right\|]")]),
        (r"\begin{equation}\mathds{1}+\bm{x}+\mbox{if}+{\cal L}"
         r"\end{equation}", [("1", r"\mathbb{1}+\boldsymbol{x}+\text{if}+\mathcal{L}")]),
        (r"\begin{equation}\end{equation}\[ \]", []),
        (r"\begin{verbatim}$$a$$\end{verbatim}", []),
        (r"$a$ and \(b\)", []),
    ],
)  # fmt: skip
def test_displayed_formulas_are_found_line_by_line(body: str, found: list[tuple[str, str]]) -> None:
    preamble = (
        r"\newcommand{\loss}{\mathcal{L}}\newcommand{\x}{\mathbf{x}}\newcommand{\E}{\mathbb{E}}"
        r"\newcommand{\norm}[1]{\left\|#1\right\|}\def\be{\begin{equation}}\def\ee{\end{equation}}"
    )
    assert formulas(body, preamble) == found


def test_a_formula_knows_its_neighbours_and_who_refers_to_it() -> None:
    found = formula(
        r"""We begin. The loss is \begin{equation}\label{l} L = a + b, \end{equation} where $a$ is large. And so on.
        By \eqref{l} and \cref{l}, and Eq.~(\ref{l}), we are done."""
    )
    assert (found.number, found.label, found.references, found.section) == ("1", "l", 3, SectionKind.METHOD)
    assert (found.before, found.after) == ("The loss is", "where a is large.")


def test_a_formula_between_two_paragraphs_knows_its_neighbours() -> None:
    found = formula("First. The loss is\n\n\\[L\\]\n\nwhere L is it. More.")
    assert (found.before, found.after) == ("The loss is", "where L is it.")


def test_a_short_formula_stays_in_its_sentence_and_a_long_one_leaves_a_gap() -> None:
    reading = read(r"\section{S} We have \[a := b\] here. So \[c = d.\] And \[" + "a + " * 60 + r"b,\] there.")
    assert reading.sections[0].paragraphs == ("We have a := b here. So c = d. And …, there.",)


def test_sections_have_kinds_and_keep_what_stands_in_their_subsections() -> None:
    reading = read(
        r"""\title{A \textbf{Good} Title\thanks{Us.}}\author{Nobody Known}\maketitle
        \begin{abstract}We do \emph{things}\footnote{No.}. They work.\end{abstract}
        \section{Introduction}\label{i} One.

        Two.
        \subsection{More} Three. \paragraph{Run.} Four. \begin{itemize}\item Five. \item[b] Six.\end{itemize}
        \section*{Experiments} Seven.
        \appendix \section{Proofs} Eight.
        \begin{thebibliography}{9}\bibitem{x} Nine.\end{thebibliography}"""
    )
    assert (reading.title, reading.abstract) == ("A Good Title", "We do things. They work.")
    assert [(section.title, section.kind, section.paragraphs) for section in reading.sections] == [
        ("Introduction", SectionKind.INTRODUCTION, ("One.", "Two.", "Three.", "Four.", "Five.", "Six.")),
        ("Experiments", SectionKind.RESULTS, ("Seven.",)),
        ("Proofs", SectionKind.APPENDIX, ("Eight.",)),
    ]


@pytest.mark.parametrize("form", [r"\abstract{We do it.}", r"\begin{abstract}We do it.\end{abstract}"])
def test_the_abstract_may_be_a_command(form: str) -> None:
    assert read(rf"{form}\section{{S}} a").abstract == "We do it."


def test_a_letter_without_sections_keeps_its_text_and_not_its_head() -> None:
    body = (
        "\\title{T}\\author{A. Body}\\affiliation{Town}\n\nUniversity of Town\n\n"
        "We measure how a thing behaves when another thing is done to it, and report.\n\nIt goes."
    )
    sections = read(body).sections
    assert [section.paragraphs for section in sections] == [
        ("We measure how a thing behaves when another thing is done to it, and report.",)
    ]


@pytest.mark.parametrize(
    ("inside", "heads", "found"),
    [
        (
            r"\begin{tabular}{lcc}\toprule Model & Acc. & Size\\\midrule A & "
            r"\textbf{71.2} & 3\,M\\ B & 70.1 & \\\bottomrule\end{tabular}",
            1,
            (("Model", "Acc.", "Size"), ("A", "71.2", "3 M"), ("B", "70.1", "")),
        ),
        (
            r"\begin{tabular}{l|cc}\hline & "
            r"\multicolumn{2}{c}{Test}\\\cline{2-3} M & a & b\\\hline X & 1 & 2\\\hline\end{tabular}",
            2,
            (("", "Test", "Test"), ("M", "a", "b"), ("X", "1", "2")),
        ),
        (
            r"\begin{tabular}{ll}a&b\\\hline\multirow{2}{*}{Tall}&1\\&2\\Next&3\end{tabular}",
            1,
            (("a", "b"), ("Tall", "1"), ("Tall", "2"), ("Next", "3")),
        ),
        (
            r"\resizebox{\linewidth}{!}{\begin{tabular*}{\textwidth}{ll}a&b\\\midrule"
            r"\rowcolor{gray} $x^2$ & \makecell{one\\two}\end{tabular*}}",
            1,
            (("a", "b"), ("x²", "one two")),
        ),
        (
            r"\begin{tabular}{ll}\begin{tabular}[c]{@{}l@{}}long\\head\end{tabular}&b\\\midrule 1&2\end{tabular}",
            1,
            (("long head", "b"), ("1", "2")),
        ),
        (r"\begin{tabularx}{\textwidth}{Xl}a&b\\1&2 \& 3\end{tabularx}", 1, (("a", "b"), ("1", "2 & 3"))),
        (r"\begin{tabular}{ll}Papers&81.1M\\Words&3\end{tabular}", 0, (("Papers", "81.1M"), ("Words", "3"))),
        (r"\begin{tabular}{l}one\\two\end{tabular}", 1, ()),
        (r"\begin{tabular}{ll}a&b\\1&2\end{tabular}\begin{tabular}{ll}a&b\\1&2\end{tabular}", 1, ()),
        ("no grid", 1, ()),
    ],
)  # fmt: skip
def test_a_table_is_read_as_text(inside: str, heads: int, found: tuple[tuple[str, ...], ...]) -> None:
    assert rows(inside) == (heads, found)


def test_a_table_over_several_pages_has_one_head() -> None:
    body = r"""\begin{longtable}{ll}\caption{Long.}\\ a&b\\ \hline \endfirsthead
    a (again)&b\\ \endhead \hline\endlastfoot 1&2\\ 3&4
    \end{longtable}"""
    found = read(body).tables[0]
    assert (found.number, found.caption, found.rows) == ("1", "Long.", (("a", "b"), ("1", "2"), ("3", "4")))


def test_tables_are_numbered_by_themselves() -> None:
    body = (
        r"\begin{table}\caption{A.}\end{table}\begin{figure}\caption{B.}\end{figure}\begin{table*}"
        r"\caption{C.}\end{table*}"
    )
    assert [(one.number, one.position) for one in read(body).tables] == [("1", 0), ("2", 1)]
    ieee = paper(body).replace("{article}", "{IEEEtran}")
    assert [one.number for one in read_eprint(packed({"main.tex": ieee})).tables] == ["I", "II"]


def test_chapters_are_counted_in_books() -> None:
    book = paper(r"\chapter{A}\begin{figure}\caption{X.}\end{figure}\section{B}\begin{figure}\caption{Y.}\end{figure}")
    found = read_eprint(packed({"main.tex": book.replace("{article}", "{report}")})).figures
    assert [one.number for one in found] == ["1.1", "1.2"]


@pytest.mark.parametrize(
    ("style", "value", "said"), [("roman", 4, "iv"), ("Roman", 99, "XCIX"), ("alph", 26, "z"), ("Alph", 27, "27")]
)
def test_numerals_are_those_of_latex(style: str, value: int, said: str) -> None:
    assert numeral(style, value) == said


def test_counters_that_print_each_other_end() -> None:
    counters = Counters()
    counters.print_as("figure", r"\thefigure\thefigure")
    assert counters.step("figure") == ""


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (r"\begin{abstract}See \url{https://github.com/we/it}."
         r"\end{abstract}", [(LinkKind.CODE, "https://github.com/we/it")]),
        (r"\section{I} Our code is at "
         r"\href{https://github.com/we/it_2}{this place}.", [(LinkKind.CODE, "https://github.com/we/it_2")]),
        (r"\section{I} We do it.\footnote{Code available at "
         r"\url{https://github.com/we/it\_2}.}", [(LinkKind.CODE, "https://github.com/we/it_2")]),
        (r"\section{I} Project page: \texttt{https://we.github.io/it}", [(LinkKind.DEMO, "https://we.github.io/it")]),
        (r"\section{I} We use the original BERT\footnote{\url{https://github.com/google-research/bert}}.", []),
        (r"\section{I} Our code is at \url{javascript:alert(1)}", []),
    ],
)  # fmt: skip
def test_addresses_of_the_authors_own_code_are_kept(body: str, links: list[tuple[LinkKind, str]]) -> None:
    assert list(read(body).links) == [Link(kind, url) for kind, url in links]
