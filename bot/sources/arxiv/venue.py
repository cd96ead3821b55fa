"""Owns where and when a paper was published, as far as its authors say so plainly. Never guessed."""

import re
from dataclasses import dataclass

_LONGEST = 600
"""Characters of a comment that are looked at."""

# Short names and their full ones. A short name is only believed as it is written here, or in capitals.
_VENUES: dict[str, tuple[str, ...]] = {
    "NeurIPS": ("NIPS", "Neural Information Processing Systems"),
    "ICML": ("International Conference on Machine Learning",),
    "ICLR": ("International Conference on Learning Representations",),
    "AISTATS": ("International Conference on Artificial Intelligence and Statistics",),
    "UAI": ("Conference on Uncertainty in Artificial Intelligence",),
    "COLT": ("Conference on Learning Theory",),
    "ALT": ("International Conference on Algorithmic Learning Theory",),
    "COLM": ("Conference on Language Modeling",),
    "CoRL": ("Conference on Robot Learning",),
    "CoLLAs": ("Conference on Lifelong Learning Agents",),
    "LoG": ("Learning on Graphs Conference",),
    "ACML": ("Asian Conference on Machine Learning",),
    "MIDL": ("Medical Imaging with Deep Learning",),
    "MLSys": ("Conference on Machine Learning and Systems",),
    "AAAI": ("AAAI Conference on Artificial Intelligence",),
    "IJCAI": ("International Joint Conference on Artificial Intelligence",),
    "ECAI": ("European Conference on Artificial Intelligence",),
    "AAMAS": ("International Conference on Autonomous Agents and Multiagent Systems",),
    "ICAPS": ("International Conference on Automated Planning and Scheduling",),
    "CVPR": ("Conference on Computer Vision and Pattern Recognition",),
    "ICCV": ("International Conference on Computer Vision",),
    "ECCV": ("European Conference on Computer Vision",),
    "WACV": ("Winter Conference on Applications of Computer Vision",),
    "BMVC": ("British Machine Vision Conference",),
    "ACCV": ("Asian Conference on Computer Vision",),
    "3DV": ("International Conference on 3D Vision",),
    "MICCAI": ("Medical Image Computing and Computer Assisted Intervention",),
    "SIGGRAPH Asia": (),
    "SIGGRAPH": (),
    "NAACL": ("North American Chapter of the Association for Computational Linguistics",),
    "EACL": ("European Chapter of the Association for Computational Linguistics",),
    "AACL": (),
    "ACL": ("Annual Meeting of the Association for Computational Linguistics",),
    "EMNLP": ("Conference on Empirical Methods in Natural Language Processing",),
    "COLING": ("International Conference on Computational Linguistics",),
    "CoNLL": ("Conference on Computational Natural Language Learning",),
    "Interspeech": (),
    "ICASSP": ("International Conference on Acoustics, Speech and Signal Processing",),
    "ISMIR": ("International Society for Music Information Retrieval Conference",),
    "KDD": ("SIGKDD",),
    "WWW": ("The Web Conference",),
    "SIGIR": (),
    "CIKM": (),
    "WSDM": (),
    "RecSys": (),
    "ICDM": ("International Conference on Data Mining",),
    "ICDE": ("International Conference on Data Engineering",),
    "ICRA": ("International Conference on Robotics and Automation",),
    "IROS": ("International Conference on Intelligent Robots and Systems",),
    "RSS": ("Robotics: Science and Systems",),
    "CHI": ("Conference on Human Factors in Computing Systems",),
    "FAccT": ("Conference on Fairness, Accountability, and Transparency",),
    "TMLR": ("Transactions on Machine Learning Research",),
    "JMLR": ("Journal of Machine Learning Research",),
    "TACL": ("Transactions of the Association for Computational Linguistics",),
}
_NIPS_UNTIL = 2017  # since then the conference has the name it has now
# What makes a mention of a venue something else than "this paper was published there".
_NOT_THERE = re.compile(
    r"\b(?:\w{0,12}workshops?|submi\w+|under\W{1,3}(?:\w+\W{1,3})?(?:review|consideration|revision)|in review|rejected"
    r"|(?:extended?|journal|long(?:er)?|full|short(?:er)?|previous|earlier|preliminary|abridged)"
    r" (?:\w+ ){0,2}versions?|extends|extension|based on|builds on|follow-?up|companion|superseded"
    r"|(?:supplement\w*|appendix)(?: materials?)? (?:of|to|for)|part of this|challenge|competition|tutorial|consortium"
    r"|symposium series|(?:fall|spring) symposium|blog\w*|template|style|format\w*|student abstract|late[- ]breaking"
    r"|withdrawn|non-archival|demos?|demonstrations?|satellite|co-?located|rolling review|in preparation)\b",
    re.IGNORECASE,
)
_OTHER_EVENT = re.compile(r"\b(?=\w{0,14}[A-Z]\w{0,14}[A-Z])[A-Za-z]\w{2,15}(?:-\w{1,9})?\s?['’-]?(?:20\d\d)\b")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_WITH_FINDINGS = frozenset({"ACL", "EMNLP", "NAACL", "EACL", "AACL"})
_FINDINGS = re.compile(r"\bfindings\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_BEHIND = re.compile(
    r"(?:\s{0,3}\([A-Za-z ]{2,20}\)|\s(?i:findings|main(?: conference)?|conference(?: papers?)?))?"
    r"[\s,:()\[-]{0,4}(?:\d{1,2}/)?(?:(?P<year>(?:19|20)\d\d)|['’‘-]\s?(?P<short>\d\d))"
    r"(?!\d|\s(?!ADS|IEEE|ACM|PMLR)[A-Z]{2,})"  # "ICML 2025 AIW" is a workshop
)
_PAGES = re.compile(
    r"\b(?:pp?|pages?|vol(?:ume)?|no)\.?\s{0,3}\d[\d:–-]*|\d+\s{0,3}(?:[–:]|-{1,2})\s{0,3}\d+(?:[–-]\d+)?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-z\d)])[.;]\s+(?=[A-Z\[])|;\s")


def _spelled(name: str) -> str:
    """A pattern: a long name in any case that does not go on (``… and Applications``); a short one exactly."""
    if " " in name:
        return r"\s".join(f"(?i:{re.escape(word)})" for word in name.split()) + r"(?!\s?[A-Za-z&])"
    return rf"(?:{re.escape(name)}|{re.escape(name.upper())})(?![A-Za-z/&])"


_NAMES = {name.lower(): venue for venue, others in _VENUES.items() for name in (venue, *others)}
_SPELLED = [name for venue, others in _VENUES.items() for name in (venue, *others)]
_MENTION = re.compile(
    rf"(?<![\w@#./-])(?:{'|'.join(_spelled(name) for name in sorted(_SPELLED, key=len, reverse=True))})"
)


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a paper was published.

    Attributes:
        name: Without the year: ``ICML``, ``Findings of EMNLP``.
    """

    name: str
    year: int

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


def read_venue(*, comment: str, reference: str, published: int) -> Venue | None:
    """Read where a paper was published: only a well-known venue, named with its year.

    Args:
        comment: Of the authors, on one line: ``Accepted at ICML 2021 (long talk)``.
        reference: Of the journal, on one line.
        published: The year in which it came to arXiv.

    Returns:
        None where nothing is said, where it is said of something else (a workshop, a submission, the paper that this
        one extends), or where two venues are named.
    """
    for said, is_reference in ((reference, True), (comment, False)):
        found = _venues(said[:_LONGEST], is_reference=is_reference)
        plausible = {venue for venue in found if published - 1 <= venue.year <= published + 6}
        if len(plausible) == 1 and plausible == found:
            return plausible.pop()
    return None


def read_year(reference: str, *, published: int) -> int:
    """The year a work is cited with where no venue is known: the one its reference names, else *published*."""
    years = {int(year) for year in _YEAR.findall(_PAGES.sub(" ", reference[:_LONGEST]))}
    plausible = {year for year in years if published - 1 <= year <= published + 6}
    return plausible.pop() if len(plausible) == 1 else published


def _venues(said: str, *, is_reference: bool) -> set[Venue]:
    bare = _ADDRESS.sub(" ", said)
    if _NOT_THERE.search(bare) or _OTHER_EVENT.search(_MENTION.sub(" ", bare)):
        return set()
    found = set()
    for sentence in _SENTENCE_END.split(bare):
        for mention in _MENTION.finditer(sentence):
            name = _NAMES[" ".join(mention[0].lower().split())]
            year = _year_behind(sentence, mention.end())
            if year is None and (is_reference or " " in mention[0]):
                year = _only_year(sentence)
            if year is not None:
                found.add(Venue(_called(name, year, sentence), year))
    return found


def _called(name: str, year: int, sentence: str) -> str:
    shown = "NIPS" if name == "NeurIPS" and year <= _NIPS_UNTIL else name
    return f"Findings of {shown}" if name in _WITH_FINDINGS and _FINDINGS.search(sentence) else shown


def _year_behind(sentence: str, end: int) -> int | None:
    found = _YEAR_BEHIND.match(sentence, end)
    if found is None:
        return None
    return int(found["year"]) if found["year"] else 2000 + int(found["short"])


def _only_year(sentence: str) -> int | None:
    years = set(_YEAR.findall(_PAGES.sub(" ", sentence)))
    return int(years.pop()) if len(years) == 1 else None
