"""TeX as a language: comments, conditions, inputs, macros, encodings, and which file is the paper."""

import pytest

from bot.sources.eprint import read_eprint
from bot.sources.eprint.limits import Deadline
from bot.sources.eprint.tex.comments import without_comments
from bot.sources.eprint.tex.conditionals import Switches
from bot.sources.eprint.tex.encoding import decode
from bot.sources.eprint.tex.macros import Macros
from bot.sources.eprint.tex.main_file import main_file
from tests.sources.eprint.making import packed, paper, png, read


def bare(text: str) -> str:
    return without_comments(text, Deadline(10))


def true(text: str) -> str:
    return Switches(Deadline(10)).without_untrue(text)


def expand(text: str) -> str:
    return Macros(Deadline(10)).expand(text)


def said(body: str, preamble: str = "", **files: bytes | str) -> str:
    """The first paragraph of a paper."""
    return read(f"\\section{{S}} {body}", preamble, **files).sections[0].paragraphs[0]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a % b\nc", "a c"),
        ("a% b\n   c", "ac"),
        ("a\n% b\nc", "a\nc"),
        ("a % b\n\nc", "a \n\nc"),
        (r"5\% b", r"5\% b"),
        ("a \\\\% b\nc", "a \\\\c"),
        ("\\begin{comment}a\\end{comment}b", "b"),
        ("\\begin{verbatim}% \\begin{figure}\\end{verbatim}b", "\\begin{verbatim}\\end{verbatim}b"),
        (r"\verb|a%b_{|c", r"\texttt{a\%b\_\{}c"),
        (r"\url{http://a/b%20c}", r"\url{http://a/b\%20c}"),
        (r"\mintinline{python}{a % b}", r"\texttt{a \% b}"),
    ],
)
def test_what_is_commented_out_is_not_there(text: str, kept: str) -> None:
    assert bare(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (r"a\iffalse b\fi c", "a c"),
        (r"\iffalse a\else b\fi", " b"),
        (r"\iffalse a\iftrue b\fi c\fi d", " d"),
        (r"\newif\ifx@y \newif\iflong \iflong a\else b\fi", "   b"),
        (r"\newif\iflong\longtrue\iflong a\else b\fi", " a"),
        (r"\let\ifdraft\iffalse \ifdraft a\fi b", "  b"),
        (r"$a \iff b$", r"$a \iff b$"),
        (r"\ifpdf a\else b\fi", " a"),
        (r"\ifPDFTeX a\else b\fi\ifXeTeX c\fi\ifLuaTeX d\fi", " a"),
        (r"\newif\iflong\newcommand{\full}{\longtrue}\iflong a\else b\fi", r"\newcommand{\full}{\longtrue} a b"),
        (r"\newif\iflong\ifx\x\y\longtrue\fi\iflong a\else b\fi", r"\x\y\longtrue a b"),
        (r"\newif\iflong\iffalse { \fi\{\longtrue\iflong a\else b\fi", r"\{ a"),
        (r"a\fi b", "a b"),
    ],
)
def test_what_tex_skips_is_not_there(text: str, kept: str) -> None:
    assert true(text) == kept


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        (r"\newcommand{\a}{b}\a c", "bc"),
        (r"\newcommand\a{b}\a{} c", "b{} c"),
        (r"\newcommand{\a}[1]{<#1>}\a{x}\a y", "<x><y>"),
        (r"\newcommand{\a}[2][d]{<#1#2>}\a{x}\a[e]{x}", "<dx><ex>"),
        (r"\providecommand{\a}{1}\renewcommand{\a}{2}\a.", "2."),
        (r"\def\a#1#2{#2#1}\a{x}{y}", "yx"),
        (r"\gdef\a{b}\a.", "b."),
        (r"\let\a\alpha\a x", r"\alpha x"),
        (r"\DeclareMathOperator*{\am}{arg\,min}\am_x", r"\operatorname*{arg\,min}_x"),
        (r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}\abs*{x}", r"\lvert x\rvert"),
        (r"\NewDocumentCommand{\a}{O{d} m}{#1#2}\a{x}\a[e]{x}", "dxex"),
        (r"\newcommand{\us}{Model\xspace}\us is, \us.", "Model is, Model."),
        (r"\newcommand{\R}{\mathbb{R}}\newcommand{\X}{\R^n}\X", r"\mathbb{R}^n"),
        (r"\newcommand{\a}{\alpha}\a b", r"\alpha b"),
        (r"\newcommand{\be}{\begin{equation}}\be x", r"\begin{equation}x"),
        (
            r"\newenvironment{f}[1]{\begin{figure}\label{#1}}{\end{figure}}\begin{f}{a}x\end{f}",
            r"\begin{figure}\label{a}x\end{figure}",
        ),
        (r"\newcommand{\caption}{mine}\caption{a}", r"\caption{a}"),
        (r"\renewcommand{\thefigure}{S\arabic{figure}}x", r"\renewcommand{\thefigure}{S\arabic{figure}}x"),
        (r"\unknown{a}", r"\unknown{a}"),
    ],
)
def test_the_authors_own_commands_are_put_in(text: str, expanded: str) -> None:
    assert expand(text) == expanded


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand{\a}{\a\a}\a",
        r"\def\a{\b}\def\b{\a}\a",
        r"\newcommand{\a}[1]{\a{#1#1}}\a{x}",
        "".join(f"\\def\\{chr(97 + n)}{{\\{chr(98 + n)}\\{chr(98 + n)}}}" for n in range(25)) + r"\a",
        r"\let\a\b\let\b\a\a",
        r"\newcommand{\a",
        r"\def",
        r"\newcommand{\a}[9]{#1}\a",
    ],
)
def test_commands_without_end_end(text: str) -> None:
    assert len(expand(text)) < 2_000_000


def test_inputs_are_followed_wherever_they_lie() -> None:
    files = {
        "main.tex": paper(
            r"\input{one}\include{parts/two.tex}\import{parts/}{three}\subfile{parts/four}"
            r"\InputIfFileExists{five}{}{}\input six \input{missing}\input{SEVEN}"
        ),
        "one.tex": r"\section{One} a",
        "parts/two.tex": r"\section{Two} b",
        "parts/three.tex": r"\section{Three} c \input{three-b}",
        "parts/three-b.tex": r"\section{Within} c",
        "parts/four.tex": r"\documentclass[../main]{subfiles}\begin{document}\section{Four} d\end{document}",
        "five.tex": r"\section{Five} e",
        "six.tex": r"\section{Six} f",
        "seven.tex": r"\section{Seven} g \input{main}\input{seven}",
    }
    reading = read_eprint(packed(files))
    assert [section.title for section in reading.sections] == [
        "One",
        "Two",
        "Three",
        "Within",
        "Four",
        "Five",
        "Six",
        "Seven",
    ]
    assert reading.notes == ("missing is input by the source but is not in it",)


def test_what_is_commented_out_is_not_input() -> None:
    reading = read_eprint(packed({"main.tex": paper("%\\input{a}\n\\section{S} b"), "a.tex": r"\section{No} c"}))
    assert [section.title for section in reading.sections] == ["S"]


def test_what_stands_behind_the_end_is_not_read() -> None:
    reading = read_eprint(packed({"main.tex": paper(r"\section{S} a") + r"\section{No} b"}))
    assert [section.title for section in reading.sections] == ["S"]


def test_what_a_switch_of_a_style_file_turns_off_is_not_there() -> None:
    draft = r"\usepackage{mine}"
    off = r"\newif\ifdraft \draftfalse"
    assert said(r"Said. \ifdraft Secret. \fi", draft, mine_sty=off) == "Said."
    assert said(r"Said. \draftfalse \ifdraft Secret. \else Told. \fi", draft, mine_sty=off) == "Said. Told."
    assert said(r"\iffalse a \ifdraft b \fi Secret. \fi Said.", draft, mine_sty=off) == "Said."


def test_what_an_option_of_a_style_file_may_turn_on_is_kept() -> None:
    style = r"\newif\iffinal \finaltrue \DeclareOption{draft}{\finalfalse} \ProcessOptions"
    assert said(r"\iffinal Said. \fi Told.", r"\usepackage{mine}", mine_sty=style) == "Said. Told."


def test_commands_in_the_untrue_branch_of_a_style_file_are_not_learned() -> None:
    style = r"\newif\ifdraft \newcommand{\us}{Ours} \ifdraft \renewcommand{\us}{Secret} \fi"
    assert said(r"\us{} works.", r"\usepackage{mine}", mine_sty=style) == "Ours works."


def test_a_style_file_beside_a_main_file_in_a_folder_is_found() -> None:
    files = {
        "paper/main.tex": paper(r"\section{S} We present \ours, a network.", r"\usepackage{my}"),
        "paper/my.sty": r"\newcommand{\ours}{MegaNet}",
    }
    assert read_eprint(packed(files)).sections[0].paragraphs == ("We present MegaNet, a network.",)


def test_macros_of_a_small_style_file_are_known() -> None:
    files = {
        "main.tex": paper(r"\section{S} \us{} works.", r"\usepackage{mine}"),
        "mine.sty": r"\newcommand{\us}{Our Model}\newcommand{\x@y}{no}",
    }
    assert read_eprint(packed(files)).sections[0].paragraphs == ("Our Model works.",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_any_encoding_is_read(encoding: str) -> None:
    text = paper(r"\section{S} Größe zählt.", r"\usepackage[latin1]{inputenc}" if encoding == "latin-1" else "")
    assert read_eprint(packed({"main.tex": text.encode(encoding)})).sections[0].paragraphs == ("Größe zählt.",)


def test_characters_that_turn_a_line_or_hide_are_taken_out() -> None:
    assert decode("a\u202eb\x00c\u200bd\U000f0001e\r\nf".encode()) == "abcde\nf"


WHOLE = paper(r"\begin{abstract}a\end{abstract}", r"\title{T}")


@pytest.mark.parametrize(
    ("texts", "main"),
    [
        ({"a.tex": "x", "b.tex": WHOLE}, "b.tex"),
        ({"supplement.tex": WHOLE, "b.tex": WHOLE}, "b.tex"),
        ({"a.tex": paper("x"), "b.tex": WHOLE}, "b.tex"),
        ({"a.tex": WHOLE, "b.tex": WHOLE, "b.bbl": ""}, "b.tex"),
        ({"a.tex": WHOLE, "b.tex": WHOLE, "00README.XXX": "b.tex toplevelfile\n"}, "b.tex"),
        (
            {"a.tex": WHOLE, "b.tex": WHOLE, "00README.json": '{"sources":[{"filename":"b.tex","usage":"toplevel"}]}'},
            "b.tex",
        ),
        ({"a.tex": WHOLE, "sub.tex": "\\documentclass[main]{subfiles}\\begin{document}x\\end{document}" * 9}, "a.tex"),
        ({"a.tex": "%" + WHOLE.replace("\n", "\n%"), "b.tex": WHOLE}, "b.tex"),
        ({"a.tex": "plain", "b.tex": "nothing"}, None),
        ({"00README.json": '{"sources": 5}', "a.tex": WHOLE}, "a.tex"),
        ({"00README.json": "[" * 100_000, "a.tex": WHOLE}, "a.tex"),
    ],
)
def test_the_paper_is_found_among_several_files(texts: dict[str, str], main: str | None) -> None:
    assert main_file(texts) == main


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\textbf{Bold \emph{and} {\it more}}, \textsc{Small} \texttt{code}", "Bold and more, Small code"),
        (r"``Quoted'' --- a dash, 1--2, it's~so\ldots", "“Quoted” — a dash, 1–2, it’s so…"),
        (r"M\"uller, Erd\H{o}s, \'Eva, na\"{\i}ve, \c{c}", "Müller, Erdős, Éva, naïve, ç"),
        (r"$x_i^2 \in \mathbb{R}$, $10^{-3}$, 2$\times$ and $\alpha$-stable", "xᵢ² ∈ ℝ, 10⁻³, 2× and α-stable"),
        (r"Known~\cite{a,b} facts \citep[see][p.~3]{c}, too (e.g. \cite{d}).", "Known facts, too."),
        (r"A note\footnote{Not \textbf{here}.} goes.", "A note goes."),
        (
            r"\textcolor{red}{Red} \href{http://a.b}{link} \SI{3}{ms} 5\,\% \hspace{1em} \vspace*{2pt}end",
            "Red link 3 ms 5 % end",
        ),
        (r"A \$5 sum \& 3\% of \#1\_a", "A $5 sum & 3% of #1_a"),
        (r"See Fig.~\ref{nowhere}.", "See Fig."),
        (r"\begin{itemize}\item one\end{itemize}", "one"),
        (r"A {brace {that never closes", "A brace that never closes"),
        (r"A $ that is alone", "A that is alone"),
        (r"\ie{} small \eg so", "i.e. small e.g. so"),
        (r"main() calls f(x)", "main() calls f(x)"),
    ],
)
def test_latex_becomes_what_a_reader_reads(latex: str, text: str) -> None:
    assert said(latex) == text


def test_citations_in_a_sentence_keep_their_names_where_the_bibliography_has_them() -> None:
    bibliography = r"\begin{thebibliography}{1}\bibitem[{Doe et~al.(2020)Doe, Roe}]{doe}Doe.\end{thebibliography}"
    assert said(rf"As \citet{{doe}} say, so be it. {bibliography}") == "As Doe et al. say, so be it."


def test_references_are_resolved() -> None:
    body = r"""\section{S}\label{s} See \cref{f}, \Cref{f,g}, Fig.~\ref{g}, \autoref{s}, \eqref{e} and \autoref{t}.
    \begin{equation}\label{e}a\end{equation}
    \begin{theorem}\label{t}So.\end{theorem}
    \begin{figure}\caption{A.}\label{f}\end{figure}\begin{figure}\caption{B.}\label{g}\end{figure}"""
    reading = read(body, r"\newtheorem{theorem}{Theorem}")
    assert (
        reading.sections[0]
        .paragraphs[0]
        .startswith("See Figure 1, Figures 1 and 2, Fig. 2, Section 1, (1) and Theorem 1.")
    )


def test_a_verbatim_figure_is_no_figure() -> None:
    body = r"\section{S} Words. \begin{verbatim}\begin{figure}\caption{No}\end{figure}\end{verbatim}"
    assert read(body, a_png=png()).figures == ()


def test_acronyms_are_said_as_their_package_says_them() -> None:
    preamble = (
        r"\newacronym{llm}{LLM}{large model}\acrodef{rl}[RL]{learning}\DeclareAcronym{ad}{short = AD, long = a d}"
    )
    assert said(r"\gls{llm}, \glspl{llm}, \ac{rl}, \acp{rl}, \ac{ad} and \Ac{new}.", preamble) == (
        "LLM, LLMs, RL, RLs, AD and new."
    )


def test_abbreviations_of_conference_styles_keep_their_dot_and_their_space() -> None:
    style = r"\makeatletter\DeclareRobustCommand\onedot{\futurelet\@let@token\@onedot}\def\eg{\emph{e.g}\onedot}"
    assert said(r"Some, \eg the first, work.", style) == "Some, e.g. the first, work."
