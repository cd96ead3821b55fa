import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.arxiv.text import LONGEST, read_text


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"Jan Nov\'ak", "Jan Novák"),
        (r"H{\aa}kon {\O}re", "Håkon Øre"),
        (r"\v{S}imon \c{C}elik", "Šimon Çelik"),
        (r"J\"urgen M{\"u}ller", "Jürgen Müller"),
        ("AT&T gains 50% at #1", "AT&T gains 50% at #1"),
        (r"\textbf{bold} 47.8\% of AT&T #1", "bold 47.8% of AT&T #1"),
        (r"\emph{nested \textbf{words}}", "nested words"),
        ("3--5 days, ``so'' --- or not", "3–5 days, “so” — or not"),
        (r"a rate of $10^{-3}$ and $x_2$", "a rate of 10⁻³ and x₂"),
        (r"$\mathcal{O}(n^2)$ time", "O(n²) time"),
        (r"$2\times$ faster, $\sim$3$\times$ fewer", "2× faster, ∼3× fewer"),
        (r"S$^3$F-Net", "S³F-Net"),
        ("of $ x_t $ in", "of xₜ in"),
        ("cost $5 and $6 million", "cost $5 and $6 million"),
        ("from $50,000 to $500 a year", "from $50,000 to $500 a year"),
        ("(P$<$0.001)", "(P<0.001)"),
        (r"see \url{https://a.example/~b_c} now", "see https://a.example/~b_c now"),
        (r"\href{https://a.example}{Code} is out", "Code is out"),
        ("http://a.example/~b/x_y ~5%", "http://a.example/~b/x_y ~5%"),
        (r"as in Fig.~1 of~\cite{foo}", "as in Fig. 1 of"),
        ("A title\n  on two lines", "A title on two lines"),
        ("turned\u202eround and\x00 cut", "turnedround and cut"),
    ],
)
def test_tex_becomes_what_a_person_reads(tex: str, said: str) -> None:
    assert read_text(tex) == said


@given(st.text() | st.text(alphabet=r"\${}^_%&#~a1 '`" + '"', max_size=200))
def test_nothing_that_comes_breaks_the_line(text: str) -> None:
    said = read_text(text)
    assert len(said) <= LONGEST
    assert said == " ".join(said.split())
    assert said.isprintable()


@pytest.mark.parametrize(
    "text", ["{" * 19_000, "$" * 19_000, "$a" * 9_000, r"\cite{" * 3_000, r"{\a" * 6_000, r"\(" * 9_000]
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    assert read_text(text) is not None


def test_no_file_is_read_for_a_paper() -> None:
    assert "root" not in read_text(r"\input{/etc/passwd}\include{/etc/passwd}")
