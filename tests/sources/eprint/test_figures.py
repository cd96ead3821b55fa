"""Figures of a source: which pictures, which part of them, which caption, which number, who speaks of them."""

import pytest

from bot.model.manuscript import Origin
from bot.model.panel import Crop
from bot.sources.eprint import read_eprint
from tests.sources.eprint.making import figure, names, packed, paper, pdf, png, read

TWO = r"\includegraphics[width=.45\textwidth]{a}\includegraphics[width=.45\textwidth]{b}"


def test_a_figure_has_its_picture_its_caption_its_number_and_its_name() -> None:
    found = figure(
        r"\centering\includegraphics[width=\linewidth]{a.png}\caption[Short]{\textbf{Long} one.}\label{fig:a}"
    )
    assert (found.number, found.caption, found.label, found.position) == ("1", "Long one.", "fig:a", 0)
    assert [(image.name, image.content, image.origin, image.page, image.crop) for image in found.images] == [
        ("a.png", png(), Origin.EPRINT, 1, None)
    ]
    assert (found.columns, found.is_wide, found.is_appendix) == (1, False, False)


@pytest.mark.parametrize(
    "environment", ["figure", "figure*", "wrapfigure", "SCfigure", "sidewaysfigure", "teaserfigure", "floatingfigure"]
)
def test_every_kind_of_figure_is_one(environment: str) -> None:
    arguments = "{r}{0.4\\textwidth}" if environment == "wrapfigure" else "[t]"
    found = figure(rf"{arguments}\includegraphics{{a}}\caption{{Seen.}}", environment=environment)
    assert (names(found), found.caption, found.number) == (["a.png"], "Seen.", "1")
    assert found.is_wide == (environment in ("figure*", "teaserfigure"))


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (r"\includegraphics{a}", "a.png"),
        (r"\includegraphics*[width=2cm]{a}", "a.png"),
        (r"\includegraphics{./a.png}", "a.png"),
        (r"\includegraphics{A.PNG}", "a.png"),
        (r'\includegraphics{"a".png}', "a.png"),
        (r"\includegraphics{pics/e}", "e.pdf"),
        (r"\includegraphics{pics/../pics/e.pdf}", "e.pdf"),
        (r"\epsfig{file=a.png,width=3cm}", "a.png"),
        (r"\psfig{figure=a.png}", "a.png"),
        (r"\includesvg[width=1cm]{g}", "g.svg"),
        (r"\begin{overpic}[width=.5\textwidth]{a}\put(1,2){x}\end{overpic}", "a.png"),
        (r"\adjustimage{width=1cm}{a}", "a.png"),
        (r"\resizebox{\linewidth}{!}{\includegraphics{a}}", "a.png"),
        (r"\fbox{\includegraphics{a}}", "a.png"),
        (r"\begin{tabular}{cc}\includegraphics{a}\end{tabular}", "a.png"),
        (r"\includegraphics{h.eps}", "h.pdf"),
        (r"\includegraphics{i.eps}", "i-eps-converted-to.pdf"),
    ],
)
def test_a_picture_is_found_however_it_is_named(command: str, file: str) -> None:
    files: dict[str, bytes | str] = {
        "main.tex": paper(rf"\begin{{figure}}{command}\caption{{Seen.}}\end{{figure}}"),
        "a.png": png(),
        "pics/e.pdf": pdf(),
        "pics/e.png": png(),
        "g.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "h.eps": "%!PS-Adobe",
        "h.pdf": pdf(),
        "i.eps": "%!PS-Adobe",
        "i-eps-converted-to.pdf": pdf(),
    }
    found = read_eprint(packed(files)).figures[0]
    assert names(found) == [file]


def test_pictures_are_looked_for_where_the_source_says() -> None:
    files: dict[str, bytes | str] = {
        "src/main.tex": paper(
            r"\begin{figure}\includegraphics{a}\includegraphics{b}\includegraphics{c}\end{figure}",
            r"\graphicspath{{figs/}{./more/}}",
        ),
        "src/figs/a.png": png(),
        "src/more/b.png": png(),
        "src/c.png": png(),
    }
    assert names(read_eprint(packed(files)).figures[0]) == ["a.png", "b.png", "c.png"]


@pytest.mark.parametrize(
    "inside",
    [
        r"\includegraphics{gone}",
        r"\includegraphics{../../etc/passwd}",
        r"\includegraphics{old}",
        r"\includegraphics{pointer}",
        r"\includegraphics[angle=90]{a}",
        r"\begin{tikzpicture}\node{\includegraphics{a}};\end{tikzpicture}",
        r"\input{plot.tikz}",
        r"\includegraphics{a}\begin{picture}(1,1)\put(0,0){x}\end{picture}",
        r"\includegraphics{a}\includegraphics{gone}",
    ],
)
def test_a_figure_that_is_not_whole_has_no_pictures(inside: str) -> None:
    reading = read(
        rf"\begin{{figure}}{inside}\caption{{Seen.}}\end{{figure}}",
        a_png=png(),
        old_eps="%!PS-Adobe-3.0",
        pointer_png="version https://git-lfs.github.com/spec/v1\n",
        plot_tikz=r"\begin{tikzpicture}\end{tikzpicture}",
    )
    assert (reading.figures[0].images, reading.figures[0].caption) == ((), "Seen.")
    assert reading.notes == ()


@pytest.mark.parametrize(
    ("options", "crop"),
    [
        ("trim=10 0 30 20, clip", Crop(0.1, 0.4, 0.7, 1.0)),
        ("trim={10bp 5bp 0 0},clip=true", Crop(0.1, 0.0, 1.0, 0.9)),
        ("clip,trim=0.5in 0 0 0", Crop(0.36, 0.0, 1.0, 1.0)),
        ("trim=1cm 0 0 0,clip", Crop(0.28346, 0.0, 1.0, 1.0)),
        (r"trim={.25\width} 0 {.25\width} {.5\height},clip", Crop(0.25, 0.5, 0.75, 1.0)),
        ("viewport=20 10 80 40,clip", Crop(0.2, 0.2, 0.8, 0.8)),
        ("trim=10,clip", Crop(0.1, 0.2, 0.9, 0.8)),
        ("trim=10 0 30 20", None),
        ("trim=10 0 30 20,clip=false", None),
        ("trim=0 0 0 0,clip", None),
        ("trim=99 0 99 0,clip", None),
        ("trim=a b c d,clip", None),
        ("width=3cm", None),
    ],
)
def test_a_trimmed_picture_is_cropped(options: str, crop: Crop | None) -> None:
    assert figure(rf"\includegraphics[{options}]{{a}}").images[0].crop == crop


def test_the_resolution_of_a_picture_counts_when_it_is_trimmed() -> None:
    found = figure(r"\includegraphics[trim=36 0 0 0,clip]{a}", a_png=png(200, 100, dots_per_inch=144))
    crop = found.images[0].crop
    assert crop is not None
    assert crop.left == pytest.approx(0.36, abs=0.001)


def test_a_page_of_a_pdf_is_trimmed_in_points() -> None:
    found = figure(r"\includegraphics[page=2,viewport=50 25 150 75,clip]{v}", v_pdf=pdf(pages=2))
    assert (found.images[0].page, found.images[0].crop) == (2, Crop(0.25, 0.25, 0.75, 0.75))


@pytest.mark.parametrize(
    ("inside", "columns"),
    [
        (r"\includegraphics{a}", 1),
        (TWO, 2),
        (r"\includegraphics[width=.45\textwidth]{a} \includegraphics[width=.45\textwidth]{b}\\" + TWO, 2),
        (TWO + "\n\n" + TWO, 2),
        (TWO + r"\newline" + TWO, 2),
        (TWO + TWO, 2),
        (r"\includegraphics[width=\textwidth]{a}\includegraphics[width=\textwidth]{b}", 1),
        (r"\includegraphics{a}\\\includegraphics{b}", 1),
        (r"\includegraphics[width=.3\linewidth]{a}\hfill\includegraphics[width=.3\linewidth]{b}\hfill"
         r"\includegraphics[width=.3\linewidth]{c}", 3),
        (r"\begin{tabular}{cc}\includegraphics{a}&\includegraphics{b}\\\includegraphics{c}&"
         r"\includegraphics{d}\end{tabular}", 2),
        (r"\begin{minipage}{.5\linewidth}\includegraphics{a}\\ left\end{minipage}\begin{minipage}{.5"
         r"\linewidth}\includegraphics{b}\end{minipage}", 2),
        (r"\begin{minipage}{\linewidth}\includegraphics{a}\\\includegraphics{b}\end{minipage}", 1),
    ],
)  # fmt: skip
def test_how_many_pictures_stand_side_by_side(inside: str, columns: int) -> None:
    assert figure(inside).columns == columns


@pytest.mark.parametrize(
    "inside",
    [
        r"""\begin{subfigure}[b]{0.48\textwidth}\includegraphics[width=\linewidth]{a}\caption{Left.}\label{f:a}\end{subfigure}
        \hfill
        \begin{subfigure}[b]{0.48\textwidth}\includegraphics[width=\linewidth]{b}\caption{Right.}\label{f:b}\end{subfigure}
        \caption{Both.}\label{f}""",
        r"""\subfloat[Left.\label{f:a}]{\includegraphics[width=.48\linewidth]{a}}
        \subfloat[Right.\label{f:b}]{\includegraphics[width=.48\linewidth]{b}}\caption{Both.}\label{f}""",
        r"""\subfigure[Left.]{\label{f:a}\includegraphics[width=.48\linewidth]{a}}
        \subfigure[Right.]{\label{f:b}\includegraphics[width=.48\linewidth]{b}}\caption{Both.\label{f}}""",
        r"""\subcaptionbox{Left.\label{f:a}}[.48\linewidth]{\includegraphics[width=\linewidth]{a}}
        \subcaptionbox{Right.\label{f:b}}[.48\linewidth]{\includegraphics{b}}\caption{Both.}\label{f}""",
        r"""\begin{minipage}{.48\linewidth}\includegraphics[width=\linewidth]{a}\subcaption{Left.\label{f:a}}\end{minipage}
        \begin{minipage}{.48\linewidth}\includegraphics[width=\linewidth]{b}\subcaption{Right.\label{f:b}}\end{minipage}
        \caption{Both.}\label{f}""",
    ],
    ids=["subfigure", "subfloat", "old subfigure", "subcaptionbox", "minipage with subcaption"],
)
def test_parts_have_their_own_captions_and_numbers(inside: str) -> None:
    body = (
        r"\section{S} See Fig.~\ref{f:b}, left of it \cref{f:a}. All is in \ref{f}. "
        rf"\begin{{figure}}{inside}\end{{figure}}"
    )
    reading = read(body, a_png=png(), b_png=png())
    assert len(reading.figures) == 1
    found = reading.figures[0]
    assert (found.caption, found.label, found.columns) == ("Both.", "f", 2)
    assert [image.caption for image in found.images] == ["Left.", "Right."]
    assert found.citing == ("All is in 1.", "See Fig. 1b, left of it Figure 1a.")


def test_side_by_side_captions_are_several_figures() -> None:
    body = r"""\begin{figure}
    \begin{minipage}{.48\linewidth}\includegraphics{a}\caption{One.}\label{one}\end{minipage}
    \begin{minipage}{.48\linewidth}\includegraphics{b}\includegraphics{c}\caption{Two.}\label{two}\end{minipage}
    \end{figure}"""
    reading = read(body, a_png=png(), b_png=png(), c_png=png())
    assert [(one.number, one.caption, one.label, names(one)) for one in reading.figures] == [
        ("1", "One.", "one", ["a.png"]),
        ("2", "Two.", "two", ["b.png", "c.png"]),
    ]


def test_captions_above_their_pictures_keep_them() -> None:
    body = r"\begin{figure}\caption{One.}\includegraphics{a}\caption{Two.}\includegraphics{b}\end{figure}"
    reading = read(body, a_png=png(), b_png=png())
    assert [(one.caption, names(one)) for one in reading.figures] == [("One.", ["a.png"]), ("Two.", ["b.png"])]


def test_a_caption_outside_of_a_float_makes_a_figure_too() -> None:
    body = r"\begin{center}\includegraphics{a}\captionof{figure}{Seen.}\label{f}\end{center}"
    teaser = r"\twocolumn[{\maketitle\begin{center}\includegraphics{b}\captionof{figure}{First.}\end{center}}]"
    reading = read(teaser + body, a_png=png(), b_png=png())
    assert [(one.number, one.caption, names(one)) for one in reading.figures] == [
        ("1", "First.", ["b.png"]),
        ("2", "Seen.", ["a.png"]),
    ]


def test_a_picture_in_running_text_with_a_caption_is_a_figure() -> None:
    reading = read(
        r"\section{S} Words. \includegraphics{a}\captionof{figure}{Seen.}\label{f} More of \ref{f}.", a_png=png()
    )
    assert [(one.number, one.caption, names(one)) for one in reading.figures] == [("1", "Seen.", ["a.png"])]
    assert reading.sections[0].paragraphs == ("Words. More of 1.",)


def test_a_table_beside_a_figure_is_a_table() -> None:
    body = r"""\begin{figure}
    \begin{minipage}{.5\linewidth}\includegraphics{a}\caption{Seen.}\end{minipage}
    \begin{minipage}{.5\linewidth}\captionof{table}{Counted.}
    \begin{tabular}{ll}a&b\\\hline 1&2\end{tabular}\end{minipage}
    \end{figure}"""
    reading = read(body, a_png=png())
    assert [one.caption for one in reading.figures] == ["Seen."]
    assert [(one.caption, one.rows) for one in reading.tables] == [("Counted.", (("a", "b"), ("1", "2")))]


@pytest.mark.parametrize(
    ("preamble", "body", "numbers"),
    [
        ("", r"¶¶\appendix\section{A}¶", ["1", "2", "3"]),
        ("", r"¶\appendix\renewcommand{\thefigure}{\thesection.\arabic{figure}}\setcounter{figure}{0}"
         r"\section{A}¶¶", ["1", "A.1", "A.2"]),
        ("", r"¶\renewcommand\thefigure{S\arabic{figure}}\setcounter{figure}{0}¶¶", ["1", "S1", "S2"]),
        (r"\numberwithin{figure}{section}", r"\section{A}¶¶\section{B}¶\appendix"
         r"\section{C}¶", ["1.1", "1.2", "2.1", "A.1"]),
        (r"\counterwithin{figure}{section}", r"\section{A}¶\section*{B}¶", ["1.1", "1.2"]),
        (r"\renewcommand{\thefigure}{\Roman{figure}}", r"¶¶¶¶", ["I", "II", "III", "IV"]),
        ("", r"¶\begin{figure}\includegraphics{a}\caption*{None.}\end{figure}¶", ["1", "", "2"]),
        ("", r"¶\begin{figure}\ContinuedFloat\includegraphics{a}\caption{More.}\end{figure}¶", ["1", "1", "2"]),
        ("", r"¶\begin{figure}\includegraphics{a}\end{figure}¶", ["1", "", "2"]),
    ],
)  # fmt: skip
def test_figures_are_numbered_as_latex_does(preamble: str, body: str, numbers: list[str]) -> None:
    one = r"\begin{figure}\includegraphics{a}\caption{Seen.}\end{figure}"
    reading = read(body.replace("¶", one), preamble, a_png=png())
    assert [found.number for found in reading.figures] == numbers


def test_figures_behind_the_appendix_mark_are_marked() -> None:
    one = r"\begin{figure}\includegraphics{a}\caption{Seen.}\end{figure}"
    reading = read(rf"{one}\appendix\section{{More}}{one}", a_png=png())
    assert [found.is_appendix for found in reading.figures] == [False, True]
    reading = read(rf"{one}\section{{Supplementary Material}}{one}", a_png=png())
    assert [found.is_appendix for found in reading.figures] == [False, True]


@pytest.mark.parametrize(
    "reference", [r"Figure~\ref{f}", r"\autoref{f}", r"\cref{f}", r"\Cref{f}", r"Figure \ref*{f}", r"\figref{f}"]
)
def test_sentences_that_refer_to_a_figure_are_kept(reference: str) -> None:
    body = rf"""\section{{S}} We begin. As {reference} shows \cite{{x}}, it works (see Sec.~2). We end.
    \begin{{figure}}\includegraphics{{a}}\caption{{Seen.}}\label{{f}}\end{{figure}}"""
    found = read(body, r"\newcommand{\figref}[1]{Figure~\ref{#1}}", a_png=png()).figures[0]
    assert found.citing == ("As Figure 1 shows, it works (see Sec. 2).",)


@pytest.mark.parametrize("mark", ["%", r"\iffalse ", r"\begin{comment}"])
def test_figures_that_are_commented_out_are_not_there(mark: str) -> None:
    end = {"%": "", r"\iffalse ": r"\fi", r"\begin{comment}": r"\end{comment}"}[mark]
    one = r"\begin{figure}\includegraphics{a}\caption{Seen.}\end{figure}"
    assert len(read(f"{one}\n{mark}{one}{end}\n{one}", a_png=png()).figures) == 2


def test_a_caption_may_be_as_nested_as_it_likes() -> None:
    found = figure(
        r"\includegraphics{a}\caption[{x]}]{\label{f}\textbf{(a) \emph{One {two} \us}} of $"
        r"\mathcal{L}_{x}$ at 5\,\%~\cite{k}. ``So''.}",
        r"\newcommand{\us}{\textsc{Ours}\xspace}",
    )
    assert found.caption == "(a) One two Ours of ℒₓ at 5 %. “So”."


def test_a_figure_in_the_middle_of_a_sentence_does_not_break_it() -> None:
    body = "\\section{S} It begins\n\\begin{figure}\\includegraphics{a}\\caption{C.}\\end{figure}%\nand ends."
    assert read(body, a_png=png()).sections[0].paragraphs == ("It begins and ends.",)


@pytest.mark.parametrize(
    "preamble",
    [
        r"\makeatletter\let\@old\@maketitle\renewcommand{\@maketitle}{\@old\includegraphics{b}\captionof{figure}{First.}}",
        r"\makeatletter\g@addto@macro\@maketitle{\begin{figure}[H]\includegraphics{b}\caption{First.}\end{figure}}",
        r"\teaser{\includegraphics{b}\caption{First.}}",
    ],
)
def test_the_picture_above_the_text_is_the_first_figure(preamble: str) -> None:
    body = r"\maketitle\section{S} a \begin{figure}\includegraphics{a}\caption{Second.}\end{figure}"
    reading = read(body, preamble, a_png=png(), b_png=png())
    assert [(one.number, one.caption, names(one)) for one in reading.figures] == [
        ("1", "First.", ["b.png"]),
        ("2", "Second.", ["a.png"]),
    ]


def test_a_picture_in_an_unnamed_folder_is_found_where_it_is_the_only_one_of_its_name() -> None:
    body = r"\begin{figure}\includegraphics{a}\caption{A.}\end{figure}\begin{figure}\includegraphics{b}\end{figure}"
    reading = read(body, x__a_png=png(), x__b_png=png(), y__b_png=png())
    assert [names(one) for one in reading.figures] == [["a.png"], []]
