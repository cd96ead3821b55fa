"""Owns ``\\if … \\else … \\fi``, as far as its outcome can be known without running TeX."""

import re

from bot.sources.eprint.limits import Deadline

_MARK = re.compile(
    r"\\newif[ \t]*\\if(?P<new>[a-zA-Z@]+)"
    r"|\\let[ \t]*\\(?P<alias>if[a-zA-Z@]+)[ \t]*=?[ \t]*\\(?P<truth>iftrue|iffalse)(?![a-zA-Z@])"
    r"|\\(?P<else>else)(?![a-zA-Z@])|\\(?P<fi>fi)(?![a-zA-Z@])"
    r"|\\(?P<if>if[a-zA-Z@]*)"
    r"|\\(?P<set>[a-zA-Z@]+?)(?P<to>true|false)(?![a-zA-Z@])"
    r"|\\\\"
)
_PRIMITIVE = frozenset((
    "if", "ifcat", "ifnum", "ifdim", "ifodd", "ifvmode", "ifhmode", "ifmmode", "ifinner", "ifvoid", "ifhbox", "ifvbox",
    "ifx", "ifeof", "ifcase", "ifdefined", "ifcsname", "iffontchar", "if@twocolumn", "if@twoside",
))  # fmt: skip
# arXiv runs pdfLaTeX.
_KNOWN = {"iftrue": True, "iffalse": False, "ifpdf": True, "ifpdftex": True, "ifxetex": False, "ifluatex": False}


def without_untrue(text: str, deadline: Deadline) -> str:
    """Take out what TeX skips: ``\\iffalse``, and switches of the authors' own (``\\newif``) that are off.

    Where the outcome is not known (``\\ifx``, ``\\ifnum``), both branches stay.
    """
    known = dict(_KNOWN)
    kept: list[str] = []
    branches: list[bool | None] = []  # of every \if that is open: read, skipped, or unknown
    position = 0
    for found in _MARK.finditer(text):
        deadline.check()
        is_read = False not in branches
        if is_read:
            kept.append(text[position : found.start()])
        position = found.end()
        if (switch := found["if"]) is not None:
            if switch in known or switch in _PRIMITIVE:
                branches.append(known.get(switch))
            elif is_read:
                kept.append(found[0])
        elif found["fi"]:
            branches = branches[:-1]
        elif found["else"]:
            if branches and (now := branches[-1]) is not None:
                branches[-1] = not now
        elif not is_read:
            pass
        elif found["new"]:
            known[f"if{found['new']}"] = False
        elif found["alias"]:
            known[found["alias"]] = found["truth"] == "iftrue"
        elif found["set"] and f"if{found['set']}" in known:
            known[f"if{found['set']}"] = found["to"] == "true"
        else:
            kept.append(found[0])
    return "".join([*kept, text[position:] if False not in branches else ""])
