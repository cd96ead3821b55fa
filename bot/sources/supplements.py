"""Owns the numbers of figures and tables that are counted anew behind a paper: ``Supplementary Figure 1``."""

import re

SUPPLEMENT = r"(?:Extended\s+Data|Supplement(?:ary|al)|Suppl?\.?)\s+"
"""What stands before ``Figure`` there, as a regular expression that minds no case."""

_SUPPLEMENT = re.compile(r"supp|extended", re.IGNORECASE)


def number_in_paper(number: str, said: str) -> str:
    """The number by which a paper tells a figure from all its others: ``S1`` for ``Supplementary Figure 1``.

    Args:
        number: As printed.
        said: The words before it.
    """
    return f"S{number}" if _SUPPLEMENT.search(said) and number.isdecimal() else number
