"""Owns a whole paper that nobody wrote: source, figures, a formula, a table; for the way from a link to a collage."""

from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw

from bot.model.manuscript import Record
from tests.sources.answers import sample_record
from tests.sources.eprint.making import packed
from tests.sources.server import Served

NAME = "2611.00042"
TITLE = "GateTree: Decision Trees that Learn Which Branches They Need"
ABSTRACT = (
    "Decision trees grow more branches than they need. Pruning removes some of them, but it decides only after the "
    "tree has been trained. Can a tree learn which of its branches it needs while it grows? We propose GateTree, in "
    "which every branch carries a learned gate, and a branch whose gate closes is cut. On twelve tabular data sets "
    "GateTree keeps 18 % of the branches and improves the accuracy from 81.2 % to 84.6 %. Training takes 1.3 times "
    "as long as without gates. Our results show that pruning during training is better than pruning afterwards."
)
_SOURCE = r"""
\documentclass{article}
\usepackage{graphicx,amsmath,booktabs}
\newcommand{\gt}{GateTree}
\title{%(title)s}
\author{Ada Example \and Bj\"orn Beispiel}
\begin{document}
\maketitle
\begin{abstract}%(abstract)s\end{abstract}
\section{Introduction}
Trees are read easily, large trees are not. We ask whether a tree can learn which branches it needs while it grows.
Figure~\ref{fig:how} shows how \gt{} works. Results are in Table~\ref{tab:main} and Figure~\ref{fig:curve}.
\begin{figure}\centering\includegraphics[width=\linewidth]{how}
\caption{Overview of \gt{}: every branch carries a learned gate, and closed gates cut their branch.}\label{fig:how}
\end{figure}
\section{Method}
Each branch $b$ has a gate between zero and one. The output of a node is the weighted sum of its branches, as in
Eq.~\eqref{eq:gate}. The gate is learned together with the split.
\begin{equation}f(x)=\sum_{b} g_b\, f_b(x)\label{eq:gate}\end{equation}
Equation~\eqref{eq:gate} is the only change to the tree.
\section{Experiments}
\begin{figure}\centering\includegraphics[width=.8\linewidth]{curve}
\caption{Accuracy of \gt{} and of pruning afterwards against the share of branches that are kept.}\label{fig:curve}
\end{figure}
\begin{table}\caption{Accuracy on twelve tabular data sets.}\label{tab:main}
\begin{tabular}{lcc}\toprule Method & Accuracy (\%%) & Branches (\%%) \\ \midrule
Full tree & 81.2 & 100 \\ Pruned afterwards & 82.9 & 24 \\ \gt{} & 84.6 & 18 \\ \bottomrule\end{tabular}\end{table}
\section{Conclusion}
Pruning during training is better than pruning afterwards. Gates let a tree decide by itself.
\end{document}
"""


def record() -> Record:
    """What the index says of it."""
    return sample_record(
        NAME, version=1, title=TITLE, abstract=ABSTRACT, year=2026, categories=("cs.LG",), published=date(2026, 11, 16)
    )


def specimen() -> Served:
    """The paper as a server gives it away: e-print only, CC BY."""
    source = _SOURCE % {"title": TITLE, "abstract": ABSTRACT.replace("%", r"\%")}
    return Served(record(), eprint=packed({"main.tex": source, "how.png": _how(), "curve.png": _curve()}))


def _how() -> bytes:
    """Boxes in two rows with lines between them, some grey."""
    picture, pen = _sheet(1500, 800)
    for level, count in enumerate((1, 2, 4)):
        for place in range(count):
            x, y = 1500 * (place + 0.5) / count, 140 + level * 260
            kept = (level + place) % 2 == 0
            if level:
                above = 1500 * (place // 2 + 0.5) / (count // 2)
                pen.line((above, y - 200, x, y - 60), fill="#3346c7" if kept else "#b8bcc8", width=10 if kept else 4)
            pen.rounded_rectangle(
                (x - 110, y - 60, x + 110, y + 60), 18, outline="#14171f" if kept else "#b8bcc8", width=6
            )
            pen.text((x, y), "open" if kept else "cut", fill="#14171f", font_size=54, anchor="mm")
    return _png(picture)


def _curve() -> bytes:
    """Two falling lines with axes."""
    picture, pen = _sheet(1100, 760)
    pen.line((120, 60, 120, 660, 1060, 660), fill="#14171f", width=5)
    for colour, fall in (("#3346c7", 90), ("#b03606", 320)):
        points = [(140 + step * 90, 120 + fall * (step / 10) ** 2 + fall * 0.2) for step in range(11)]
        pen.line(points, fill=colour, width=9, joint="curve")
    pen.text((590, 710), "share of branches cut", fill="#14171f", font_size=44, anchor="mm")
    return _png(picture)


def _sheet(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (width, height), "white")
    return picture, ImageDraw.Draw(picture)


def _png(picture: Image.Image) -> bytes:
    encoded = BytesIO()
    picture.save(encoded, "PNG")
    return encoded.getvalue()
