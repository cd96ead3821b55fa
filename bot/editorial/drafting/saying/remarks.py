"""Owns what makes a sentence say little of a paper: announcements, plans, releases, bare praise, details."""

import re

Costs = tuple[tuple[re.Pattern[str], float], ...]


def _costs(*pairs: tuple[str, float]) -> Costs:
    return tuple((re.compile(said, re.IGNORECASE), cost) for said, cost in pairs)


_IS = r"\b(?:is|are|was|were) (?:then |also |\w+ly )?"
_PROVES = r"\b(?:show|demonstrat|validat|confirm|verif|illustrat|highlight|prov|evaluat|underscor)\w*\s"
_WHOSE = r"(?:the |its |their |both (?:the )?)?(?:\w+ )?"
_ANYWHERE = _costs(
    # Where to get it, what comes next.
    (r"\b(?:releas\w+|publish\w*|publicly|open-?sourc\w+|available)\b", 3.0),
    (
        r"\bfuture\b|\bfurther (?:work|research|stud)|\b(?:plan|intend)s? (?:to|that)\b|\bhopes?\b|\bwill be\b",
        2.5,
    ),
    (
        r"\b(?:promising|pave\w*|sheds? light|opens? (?:up )?(?:new|the)|stepping stone|insights?|avenues?|"
        r"foundation)\b",
        1.2,
    ),
    # Announced, not said.
    (
        r"\bquestions?\b(?!.*\?$)(?! answering| generation)|\b(?:organi[sz]ed|structured) as\b|\bcaptured by\b|"
        r"\bintroduction to\b|\bbelow\b|\bdescription of\b",
        2.5,
    ),
    (r"\bcontributions?\b|\bhighlights?\b|\bkey (?:results|findings)\b", 1.0),
    (
        rf"{_IS}(?:provided|discussed|presented|given|inspected|reported|analy[sz]ed|studied|described|explored|"
        r"outlined|compared|investigated|introduced|conducted|listed|included|shown on|exemplified|validated|"
        r"evaluated|assessed|tested|performed|carried out)\b",
        1.5,
    ),
    (
        r"\b(?:conduct|perform|carry out|carried out|run)(?:s|ed)? (?:\w+ )?"
        r"(?:experiments|evaluations?|tests|studies|simulations|analys[ie]s|comparisons?)\b",
        2.0,
    ),
    (r"\bexperiments to\b", 1.0),
    # Praised, not said.
    (
        rf"{_PROVES}{_WHOSE}(?:effectiveness|efficacy|efficiency|superiority|feasibility|usefulness|utility|"
        r"advantages?|benefits?|validity|practicality|viability|competitiveness|potential|promise|importance|approach|"
        r"method|model|performance|robustness|value)\b",
        2.4,
    ),
    (
        r"\b(?:consistent|significant|substantial|notable|clear|further|strong)(?:ly)? "
        r"(?:improvements?|gains?|results|performance)\b",
        0.8,
    ),
    (r"\bthe authors?\b.*\bthe authors?\b", 0.7),
)
OF_A_KEY_IDEA = _costs(
    (r"\bdiscuss\w*", 1.5),
    (rf"{_IS}(?:evaluated|tested|validated|compared)\b", 2.0),
    (r"\b(?:outperform|surpass|exceed)\w*|\bexperiments\b|\bevaluat\w+|\bcompare[sd]? (?:to|with)\b|\bresults\b", 1.2),
    (r"\b(?:aims? (?:to|at)|answer|test(?:s|ed)?|assess|compare[sd]?|validate[sd]?|confirm(?:s|ed)?|verif\w+)\b", 1.0),
)
"""It tells how, not how well."""
OF_A_TAKE_AWAY = _costs(
    (r"^If\b", 2.0),
    (
        r"^(?:We|The authors?|This \w+|The \w+) (?:\w+ly )?(?:evaluate|test|validate|compare|use|apply|collect|discuss|"
        r"run|report|consider|study|investigate|explore|examine|address)",
        1.5,
    ),
    (r"\b(?:consists? of|comprises?|contains?|includes?|included|employed|(?:is|are) used)\b", 1.0),
    (
        r"\b(?:too|even|another|still|only|however|although|limitations?|limited|fails?|lacks?|difficult|challenging|"
        r"unclear)\b",
        0.8,
    ),
)
"""It tells the finding, not the plan, a part or a limit."""
OF_A_QUESTION = _costs(
    (r"\b(?:experiment|evaluation|finding|result)(?:s|al)?\b", 1.5),
    (r"\bwe should\b|\band (?:how|what|why) (?:much |many )?(?:is|are|can|do|does|should)\b", 2.0),  # several at once
    (r"\b(?:was|were) (?:implemented|used|collected|trained|performed)\b|\bbasic idea\b|\bfor example\b", 2.0),
    (r"^(?:The|This|Our) (?:\w+ )?(?:method|approach|framework|model|algorithm|technique|system|analysis)s?\b", 1.5),
    (r"\binclud(?:e|es|ed)\b|\bdiscuss\w*", 1.0),
    (
        r"^(?:Recent\w*|In recent|Over the|With the)\b|\b(?:widely|popular|attract\w*|increasing\w*|rapid\w*|achieved|"
        r"remarkable)\b",
        0.8,
    ),
)
"""It tells what is open, not how well things go."""


def cost(said: str, costs: Costs = ()) -> float:
    """How much *said* loses for what would say little of any paper, and for *costs* besides."""
    return sum(each for remark, each in (*_ANYWHERE, *costs) if remark.search(said))
