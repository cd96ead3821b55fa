"""Owns which of several TeX files is the paper."""

import json
import re
from collections.abc import Mapping

_CLASS = re.compile(r"^[^%\n]*\\document(?:class|style)\b(?P<subfile>[^%\n{]*\{subfiles\})?", re.MULTILINE)
_BEGIN = re.compile(r"^[^%\n]*\\begin[ \t]*\{document\}", re.MULTILINE)
_PLAIN_TEX = re.compile(r"^[^%\n]*\\(?:bye|end)\b(?![ \t]*\{)|\\input[ \t]+(?:amstex|harvmac|phyzzx)", re.MULTILINE)
_INPUT = re.compile(r"^[^%\n]*\\(?:input|include|subfile|subimport|import)\b", re.MULTILINE)
_TITLE = re.compile(r"^[^%\n]*\\(?:\w{0,12}title)\b", re.MULTILINE)
_ABSTRACT = re.compile(r"^[^%\n]*\\(?:begin[ \t]*\{abstract\}|abstract\b)", re.MULTILINE)
_SIDE = re.compile(
    r"supp|appendi|rebuttal|response|letter|cover|template|sample|example|poster|slides|reply", re.IGNORECASE
)
_MAIN = re.compile(r"main|paper|ms|article|manuscript|root", re.IGNORECASE)
_README = re.compile(r"^(?P<path>\S+)\s+toplevelfile\b", re.MULTILINE)


def main_file(texts: Mapping[str, str]) -> str | None:
    """Choose the file that LaTeX would be run on.

    Args:
        texts: The files with TeX in them and what arXiv's ``00README`` says, by path.

    Returns:
        A path; None where none of them is a paper.

    Source: https://info.arxiv.org/help/00README.html
    """
    candidates = [path for path, text in texts.items() if _is_paper(text)]
    if declared := [path for path in _declared(texts) if path in texts]:
        return declared[0]
    if not candidates:
        candidates = [path for path, text in texts.items() if _CLASS.search(text) or _PLAIN_TEX.search(text)]
    return max(candidates, key=lambda path: _score(path, texts), default=None)


def _is_paper(text: str) -> bool:
    found = _CLASS.search(text)
    return found is not None and not found["subfile"] and _BEGIN.search(text) is not None


def _declared(texts: Mapping[str, str]) -> list[str]:
    """What arXiv's own file names as the top level."""
    for path, text in texts.items():
        name = path.rsplit("/", 1)[-1].lower()
        if name == "00readme.json":
            return _declared_in_json(text)
        if name in ("00readme", "00readme.xxx"):
            return [found["path"] for found in _README.finditer(text[:20_000])]
    return []


def _declared_in_json(text: str) -> list[str]:
    try:
        said = json.loads(text[:200_000])
    except (ValueError, RecursionError):
        return []
    sources = said.get("sources") if isinstance(said, dict) else None
    return [
        str(source.get("filename"))
        for source in (sources if isinstance(sources, list) else [])
        if isinstance(source, dict) and source.get("usage") == "toplevel"
    ]


def _score(path: str, texts: Mapping[str, str]) -> tuple[float, int]:
    text, (stem, _, _) = texts[path], path.rpartition(".")
    name = stem.rsplit("/", 1)[-1]
    said = (
        4.0 * bool(_TITLE.search(text))
        + 4.0 * bool(_ABSTRACT.search(text))
        + 3.0 * (f"{stem}.bbl" in texts)
        + min(3.0, 0.5 * len(_INPUT.findall(text)))
        + 1.0 * bool(_MAIN.fullmatch(name))
        - 5.0 * bool(_SIDE.search(name))
        - 1.0 * path.count("/")
    )
    return said, len(text)
