"""Owns what common commands of LaTeX and its packages do with their arguments: which are text and which say how."""

from collections.abc import Callable, Mapping, Sequence

ARGUMENTS: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys((
        "label", "vspace", "hspace", "footnote", "thanks", "index", "todo", "color", "pagestyle",
        "thispagestyle", "bibliographystyle", "bibliography", "phantom", "vphantom", "hphantom", "marginpar",
        "footnotetext", "input", "include", "includegraphics", "includesvg", "cellcolor", "rowcolor",
        "columncolor", "sout", "glsreset", "title", "author", "affiliation", "affil", "address", "email",
        "institute", "date", "keywords", "begin", "end", "captionof", "setlength", "icmltitle",
        "icmltitlerunning", "icmlkeywords", "icmlsetsymbol", "orcid", "caption", "linespread", "arrayrulecolor",
        "cmidrule", "cline", "enlargethispage", "addbibresource", "graphicspath", "pdfbookmark", "stepcounter",
        "refstepcounter", "acrodef", "usepackage", "hypersetup", "IEEEauthorblockN", "IEEEauthorblockA",
        "titlerunning", "authorrunning", "tocauthor", "toctitle", "shorttitle", "shortauthors", "copyrightyear",
        "acmDOI", "received", "titlenote", "subtitlenote", "authornote", "tag", "pacs",
        "acmYear", "acmConference", "acmISBN", "acmPrice", "setcopyright", "printAffiliationsAndNotice", "ead",
        "sethlcolor", "bookmarksetup", "blfootnote", "tnotetext", "fntext", "cortext", "sisetup",
        "lstset", "captionsetup",
    ), (1, 0)),
    **dict.fromkeys((
        "fontsize", "setcounter", "addtocounter", "addtolength", "rule", "definecolor", "icmlauthor",
        "icmlaffiliation", "icmlcorrespondingauthor", "numberwithin", "counterwithin", "newtheorem",
        "renewcommand", "newcommand", "ccsdesc", "newtheoremstyle",
    ), (2, 0)),
    **dict.fromkeys((
        "url", "path", "nolinkurl", "mbox", "hbox", "fbox", "text", "textnormal", "textup", "texttt", "textsf",
        "underline",
        "uline", "ul", "hl", "num", "ang", "centerline", "boxed", "MakeUppercase", "uppercase",
               "ensuremath", "framebox", "textls", "rotcell",
        "vcenter", "smash", "lowercase", "rlap", "llap", "unit", "si", "underbrace", "overbrace", "cancel",
        "operatorname", "mathop", "mathrel", "mathbin", "mathord", "substack", "boldsymbol", "bm", "pmb",
        "mathds", "textmd", "textsl", "mathsf", "mathtt", "mathit", "mathnormal", "mathrm", "mathbf", "thead",
        "specialcell",
    ), (1, 1)),
    **dict.fromkeys((
        "textcolor", "colorbox", "href", "scalebox", "raisebox", "rotatebox", "parbox", "hyperlink",
        "hypertarget", "foreignlanguage", "adjustbox",
    ), (2, 2)),
    **dict.fromkeys(("fcolorbox", "resizebox", "multirow", "multicolumn"), (3, 3)),
    **dict.fromkeys(("addcontentsline", "newacronym"), (3, 0)),
    "texorpdfstring": (2, 1),
}  # fmt: skip
"""How many arguments in braces a command has, and which of them is read: counted from 1, 0 for none."""

WORDS: Mapping[str, str] = {
    "ie": "i.e. ",
    "eg": "e.g. ",
    "etal": "et al. ",
    "etc": "etc. ",
    "wrt": "w.r.t. ",
    "cf": "cf. ",
    "vs": "vs. ",
    "aka": "a.k.a. ",
    "onedot": ".",
    "percent": "%",
    "second": "s",
    "hertz": "Hz",
    "meter": "m",
    "metre": "m",
    "gram": "g",
    "byte": "B",
    "watt": "W",
    "joule": "J",
    "volt": "V",
    "nano": "n",
    "micro": "µ",
    "milli": "m",
    "centi": "c",
    "kilo": "k",
    "mega": "M",
    "giga": "G",
    "tera": "T",
    "arg": "arg ",
    "vcentcolon": ":",
    "coloneqq": ":=",
    "defeq": ":=",
    "triangleq": "≜",
    "textellipsis": "…",
    "dots": "…",
    "ldots": "…",
    "cdots": "⋯",
    "dotsc": "…",
    "texttildelow": "∼",
    "textasciitilde": "∼",
    "cmark": "✓",
    "xmark": "✗",
    "checkmark": "✓",
}
"""What is printed for commands that the converter does not know, some of them from styles of conferences."""


def _under(said: Sequence[str]) -> str:
    return f"{said[1]}_{{{said[0]}}}"


def _over(said: Sequence[str]) -> str:
    return f"{said[1]}^{{{said[0]}}}"


def _ratio(said: Sequence[str]) -> str:
    return f"{said[0]}/{said[1]}"


def _quantity(said: Sequence[str]) -> str:
    return f"{said[0]} {said[1]}"


def _to(said: Sequence[str]) -> str:
    return f"→^{{{said[0]}}}"


def _from(said: Sequence[str]) -> str:
    return f"←^{{{said[0]}}}"


def _unbroken(said: Sequence[str]) -> str:
    return said[0].replace("\\\\", " ")


def _raised(said: Sequence[str]) -> str:
    return f"$^{{{said[0]}}}$" if said[0].strip().isdecimal() else said[0]


def _lowered(said: Sequence[str]) -> str:
    return f"$_{{{said[0]}}}$" if said[0].strip().isdecimal() else said[0]


REWRITTEN: Mapping[str, tuple[int, Callable[[Sequence[str]], str]]] = {
    "SI": (2, _quantity),
    "qty": (2, _quantity),
    "nicefrac": (2, _ratio),
    "sfrac": (2, _ratio),
    "underset": (2, _under),
    "overset": (2, _over),
    "stackrel": (2, _over),
    "xrightarrow": (1, _to),
    "xleftarrow": (1, _from),
    "makecell": (1, _unbroken),
    "shortstack": (1, _unbroken),
    "textsuperscript": (1, _raised),
    "textsubscript": (1, _lowered),
}
"""How many arguments a command has, and the LaTeX that says the same."""
