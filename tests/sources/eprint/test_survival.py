"""Whatever is sent: it is read or refused, within bounds, and nothing else happens."""

import pickle
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SourceRefused
from bot.model.manuscript import Reading
from bot.sources.eprint import Limits, read_eprint
from bot.sources.eprint.limits import Deadline
from bot.sources.eprint.tex.encoding import decode
from bot.sources.eprint.tex.plain import Plain
from bot.sources.eprint.tex.scanning import environments
from tests.sources.eprint.making import packed, paper, png, tar

LIMITS = Limits(seconds=10)
PIECES = st.sampled_from(
    [
        r"\begin{figure}", r"\end{figure}", r"\begin{figure*}", r"\caption{", r"\caption[", r"\label{a}",
        r"\ref{a}", r"\cref{a,b}", r"\includegraphics{a}", r"\includegraphics[trim=1", r"{2", r"\subfloat[",
        r"\subcaptionbox{", r"\begin{subfigure}{.5\textwidth}", r"\end{subfigure}", r"\begin{equation}",
        r"\end{equation}", r"\begin{align}", r"\end{align}", r"&", "\\\\", r"\[", r"\]", r"$", r"$$", r"{", r"}",
        r"[", r"]", r"%", r"\iffalse", r"\fi", r"\else", r"\newif\ifx", r"\newcommand{\a}{\b\b}",
        r"\newcommand{\b}[1]{#1\a}", r"\def\c#1{#1#1}", r"\a", r"\b{x}", r"\c{y}", r"\let\d\c", r"\d",
        r"\begin{tabular}{ll}", r"\end{tabular}", r"\multicolumn{3}{c}{x}", r"\multirow{9}{*}{y}", r"\hline",
        r"\section{S}", r"\appendix", r"\input{main}", r"\input{b}", r"\begin{document}", r"\end{document}",
        r"\verb|x", r"\url{", r"\begin{verbatim}", r"\end{verbatim}", r"\begin{comment}", r"\footnote{",
        r"\cite{x}", r"\textbf{", r"~", r"\'", r'\"', r"\^", r"_", r"^", r"#", r"\item", r"word", r"Word.", r"3.5",
        r"\graphicspath{{a}}", r"\renewcommand{\thefigure}{\thefigure}", r"\setcounter{figure}{99999999999}",
        r"\begin{tikzpicture}", r"\frac", r"\left(", r"\sqrt", r"\xspace",
        r"\newenvironment{z}{\begin{z}}{\end{z}}", r"\begin{z}", r"\begin{minipage}", r"\captionof{figure}{",
        r"\epsfig{",
    ]
)  # fmt: skip


def texts(reading: Reading) -> Iterator[str]:
    """Everything in a reading that may be shown."""
    yield from (reading.title, reading.abstract, *reading.notes, *(link.url for link in reading.links))
    for section in reading.sections:
        yield from (section.title, *section.paragraphs)
    for figure in reading.figures:
        yield from (figure.caption, figure.number, figure.label, *figure.citing)
        yield from (said for image in figure.images for said in (image.caption, image.name))
    for table in reading.tables:
        yield from (table.caption, table.number, *(cell for row in table.rows for cell in row))
    for equation in reading.equations:
        yield from (equation.number, equation.label, equation.before, equation.after)


def survive(content: bytes) -> None:
    try:
        reading = read_eprint(content, limits=LIMITS)
    except SourceRefused:
        return
    pickle.loads(pickle.dumps(reading))
    for text in texts(reading):
        assert text == " ".join(text.split())
        assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") for character in text)
    for table in reading.tables:
        assert len({len(row) for row in table.rows}) <= 1
        assert not table.rows or 0 <= table.heads < len(table.rows)
    assert [figure.position for figure in reading.figures] == list(range(len(reading.figures)))


MANY = settings(max_examples=150)


@MANY
@given(st.binary(max_size=3000))
def test_bytes_at_random(content: bytes) -> None:
    survive(content)
    survive(b"\x1f\x8b\x08\x00" + content)
    survive(packed({"main.tex": content}))


@MANY
@given(st.lists(PIECES, max_size=80), st.sampled_from(["", " ", "\n"]))
def test_tex_at_random(pieces: list[str], between: str) -> None:
    body = between.join(pieces)
    survive(packed({"main.tex": paper(body, body), "b.tex": body, "a.png": png()}))


@MANY
@given(st.text(max_size=500))
def test_any_text_is_plain_in_the_end(text: str) -> None:
    survive(
        packed(
            {
                "main.tex": paper(
                    rf"\title{{{text}}}\section{{{text}}} {text}\begin{{figure}}\caption{{{text}}}\end{{figure}}"
                )
            }
        )
    )


@MANY
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=40), st.booleans())
def test_a_tar_that_was_tampered_with(place: int, junk: bytes, is_packed: bool) -> None:
    whole = tar({"main.tex": paper(r"\begin{figure}\includegraphics{a}\caption{C}\end{figure}"), "a.png": png()})
    content = packed({"main.tex": whole[:3000]}) if is_packed else whole
    survive(content[:place] + junk + content[place + len(junk) :])


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("{" * 200_000, id="braces"),
        pytest.param("$" * 200_001, id="dollars"),
        pytest.param("\\begin{figure}" * 40_000, id="figures that never end"),
        pytest.param("\\begin{equation}" * 20_000 + "\\end{equation}" * 20_000, id="formulas in formulas"),
        pytest.param("\\begin{figure}" * 5_000 + "\\end{figure}" * 5_000, id="figures in figures"),
        pytest.param("\\begin{minipage}{1cm}" * 5_000 + "\\end{minipage}" * 5_000, id="boxes in boxes"),
        pytest.param("\\caption{" * 20_000, id="captions that never end"),
        pytest.param("\\begin{figure}" + "\\caption{a}\\includegraphics{b}" * 3_000 + "\\end{figure}", id="captions"),
        pytest.param("\\begin{tabular}{ll}" + "a&" * 100_000 + "\\end{tabular}", id="cells"),
        pytest.param(
            "\\begin{table}\\begin{tabular}{ll}" + "a&b\\\\" * 9_000 + "\\end{tabular}\\end{table}", id="rows"
        ),
        pytest.param("\\section{a}\n\n" * 20_000, id="sections"),
        pytest.param("\\label{a}\\ref{a}" * 30_000, id="references"),
        pytest.param("\\[" * 50_000, id="formulas that never end"),
        pytest.param("\\verb|" * 50_000, id="verbs that never end"),
        pytest.param("(" + "," * 100_000, id="commas"),
        pytest.param("a" * 1_000_000, id="one long word"),
        pytest.param("a. " * 300_000, id="one long paragraph"),
        pytest.param("\\newcommand{\\a}{" * 20_000, id="definitions in definitions"),
        pytest.param("".join(f"\\newcommand{{\\a{'b' * (n % 200)}}}{{x}}" for n in range(20_000)), id="definitions"),
        pytest.param("\\textbf{" * 2_000 + "}" * 2_000, id="bold in bold"),
        pytest.param("\\footnote{" * 2_000 + "}" * 2_000, id="notes in notes"),
        pytest.param("\\frac" * 20_000, id="fractions"),
        pytest.param("$" + "{x^" * 300 + "}" * 300 + "$", id="exponents"),
        pytest.param("\\iffalse" * 50_000, id="conditions"),
        pytest.param("\\input{main}" * 20_000, id="itself"),
        pytest.param("\\url{" * 20_000, id="addresses"),
        pytest.param("http://" * 50_000, id="more addresses"),
        pytest.param("\\begin{" * 50_000, id="environments without a name"),
    ],
)
@pytest.mark.slow
def test_much_of_one_thing_is_read_or_refused(body: str) -> None:
    survive(packed({"main.tex": paper(f"\\section{{S}} {body}")}))


@pytest.mark.slow
def test_a_hundred_megabytes_of_tex_are_cut() -> None:
    survive(tar({"main.tex": paper("Words and words. \\alpha\n\n" * 4_000_000)}))


@given(st.text(alphabet=st.sampled_from(r"\{}begind xy"), max_size=200))
def test_environments_lie_in_each_other_or_apart(text: str) -> None:
    found = list(environments(text.replace("begin", "begin{x}")).values())
    for one in found:
        assert one.start < one.body <= one.body_end < one.end
        for other in found:
            assert (
                one.end <= other.start
                or other.end <= one.start
                or one == other
                or (one.start < other.start) == (other.end <= one.body_end)
            )


@given(st.binary(max_size=300))
def test_every_file_has_some_characters(content: bytes) -> None:
    assert "\r" not in decode(content)


@given(st.text(max_size=300))
def test_plain_text_is_one_line(text: str) -> None:
    said = Plain().text(decode(text.encode()))
    assert said == " ".join(said.split())


def test_a_deadline_is_a_refusal() -> None:
    with pytest.raises(SourceRefused, match="0 seconds"):
        Deadline(-1e-9).check()
