"""Owns what a sentence does in a paper: the moves of scientific prose, told by cue phrases, form and place.

Source: the moves follow Swales, Genre Analysis (1990), and the zones of Teufel and Moens (2002).
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum


class Move(StrEnum):
    """What a sentence is for."""

    BACKGROUND = "background"
    GAP = "gap"
    QUESTION = "question"
    PURPOSE = "purpose"
    METHOD = "method"
    RESULT = "result"
    CONCLUSION = "conclusion"
    AVAILABILITY = "availability"
    """Where code, data or pages are to be had."""


def _cues(*pairs: tuple[str, float]) -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(cue, re.IGNORECASE), weight) for cue, weight in pairs)


_NEW = r"(?:novel|new|first|simple|unified|general|efficient|scalable|lightweight)"
_WE = (
    r"\b(?:we|I|this (?:paper|work|study|article|survey|thesis)|the (?:paper|authors?))\s(?:\w+ly\s|"
    r"also\s|then\s|first\s|thus\s|therefore\s|here\s|further\s|next\s|now\s|instead\s)?"
)
_CUES: Mapping[Move, tuple[tuple[re.Pattern[str], float], ...]] = {
    Move.BACKGROUND: _cues(
        (r"\b(?:has|have) (?:recently |long |\w+ly )?(?:been|become|emerged|attracted|gained|achieved|"
        r"shown|demonstrated)\b", 1.5),
        (r"^recent(?:ly)?\b|\bin recent years\b|\bin the (?:past|last)\b", 1.5),
        (r"\b(?:is|are) (?:widely|commonly|often|typically|increasingly|crucial|essential|critical|"
        r"important|fundamental|a key|central|vital|ubiquitous)\b", 1.5),
        (r"\bplays? an? \w+ role\b|\bpopular\b|\bincreasing(?:ly)? (?:attention|interest)\b", 1.2),
    ),
    Move.GAP: _cues(
        (r"^(?:however|yet|nevertheless|nonetheless|unfortunately|but|despite|while|although)\b", 1.5),
        (r"\b(?:remains?|is|are) (?:\w+ly |still )?(?:unclear|unknown|unexplored|under-?explored|"
        r"understudied|challenging|an open|open|elusive|difficult|poorly|limited|a challenge|unresolved)\b", 2.5),
        (r"\b(?:little|less) (?:is|work|attention|research|has)\b|\black(?:s|ing)?\b|\blittle is known\b|"
        r"\bnot (?:well|fully|yet) \w+\b", 2.0),
        (r"\b(?:fail|fails|struggle|struggles|suffer|suffers|neglect|overlook|ignore|hinder|hinders|"
        r"limits?|limited|bottleneck|prohibitive)\b", 1.5),
        (r"\b(?:challenge|challenges|challenging|limitation|limitations|drawback|difficulty|gap|costly|"
        r"expensive|scarce|scarcity)\b", 1.2),
        (r"\b(?:existing|current|previous|prior|conventional|traditional|most) (?:\w+ ){0,2}(?:methods|"
        r"approaches|work|works|models|techniques|solutions|studies|research|benchmarks)\b", 1.0),
    ),
    Move.QUESTION: _cues(
        (r"\?[”\"’']?$", 6.0),
        (r"\b(?:ask|wonder|investigate|examine|explore|study|understand|unclear|"
        r"question)\b[^.]{0,40}\b(?:whether|how|why|what|to what extent|if)\b", 2.5),
    ),
    Move.PURPOSE: _cues(
        (_WE + r"(?:study|studies|investigate|consider|explore|examine|address|tackle|aim|revisit|analy[sz]e|argue|"
        r"uncover|identify|"
        r"focus|ask|seek|discuss|review)", 2.5),
        (r"\bthe (?:goal|aim|purpose|objective) (?:of|is)\b|\bour (?:goal|aim|objective)\b", 2.5),
    ),
    Move.METHOD: _cues(
        (_WE + r"(?:propose|present|introduce|develop|design|devise|describe|formulate|offer|construct|build|"
        r"release|derive)", 3.0),
        (_WE + r"\w+ an? " + _NEW, 1.0),
        (r"\b(?:is|are) (?:proposed|developed|introduced|presented|derived|constructed|designed)\b", 1.5),
        (r"\b(?:key|core|main|central) (?:idea|insight|observation|innovation|contribution)\b", 2.5),
        (r"\b(?:our|the) (?:method|approach|framework|model|algorithm|technique|system|architecture|pipeline|mechanism|"
        r"solution)\b,? (?!achiev|outperform|surpass|improv|show|yield|reach|attain|demonstr)", 1.2),
        (_WE + r"(?:use|uses|employ|leverage|combine|test|assess|measure|compare|benchmark|train|"
        r"apply|integrate|incorporate|utilize|exploit|adapt|"
        r"extend)", 1.5),
        (r"\b(?:consists? of|is based on|works? by|operates?|leverages?|integrates?|incorporates?|"
        r"combines?|employs?)\b", 0.8),
        (r"^[A-Z]\w*[A-Z]\w* (?:is|uses|combines|leverages|integrates|employs|learns|introduces|first)\b", 1.2),
    ),
    Move.RESULT: _cues(
        (r"\b(?:outperform\w*|surpass\w*|state-of-the-art|achiev\w+|exceed\w*|attain\w*|competitive|"
        r"superior|on par|match(?:es)? or)\b", 1.5),
        (r"\b(?:we|results?|experiments?|evaluations?|analys[ei]s|findings?|simulations?|validations?|tests?|comparisons?|ablations?|"
        r"studies)\b[^.]{0,60}?\b(?:show|demonstrate|find|reveal|indicate|confirm|observe|suggest|prove|"
        r"validate)(?:s|e?d)?\b", 2.2),
        (_WE + r"(?:show|find|found|demonstrate|prove|observe|establish|discover|reveal)", 2.0),
        (r"\b(?:perform|work)s? (?:\w+ )?(?:better|well|best)\b|\bbetter than\b|\bmore \w+ than\b", 1.5),
        (r"\b(?:is|are) (?:\w+ly )?(?:shown|found|proven|proved|demonstrated|seen) to\b", 1.5),
        (r"\b(?:improv\w+|reduc\w+|increas\w+|decreas\w+|boost\w*|faster|speed-?up|gains?|accura\w+)\b", 0.6),
        (r"\d(?:\.\d+)?\s?(?:%|×|x\b|points?\b|times\b)", 1.5),
    ),
    Move.CONCLUSION: _cues(
        (r"^(?:therefore|thus|hence|consequently)\b|\b(?:is|are|can) (?:therefore|thus|hence)\b", 1.0),
        (r"^(?:overall|in summary|in conclusion|to conclude|taken together|together|these (?:results|"
        r"findings)|our (?:results|findings|work|study|analysis))\b", 2.0),
        (r"\b(?:suggest|suggests|highlight|highlights|underscore|underscores|implies|imply|indicates?)\b", 1.2),
        (r"\b(?:pav\w+ the way|opens? (?:up )?(?:new )?|shed\w* light|potential (?:of|for|to)|"
        r"implications?|promising|insights? (?:into|for)|future)\b", 1.0),
    ),
    Move.AVAILABILITY: _cues(
        (r"\b(?:code|codes|datasets?|data|models?|weights|project page|website|demo|implementations?|videos?|page|"
        r"benchmarks?|toolkit|materials|scripts)\b[^.]{0,60}\b(?:is|are|be|been|released|made)\b[^.]{0,30}"
        r"\b(?:available|released?|public|publicly|accessible|open-?sourced?)\b", 5.0),
        (r"\bthank\b|\backnowledg\w+|\bsupported (?:in part )?by\b|\bgrants?\b|\bfunded\b|\bfellowship\b", 5.0),
        (r"\bavailable (?:at|on|from|here|online)\b|https?:|github|\bwill be (?:made )?(?:public|open|"
        r"release)\w*", 5.0),
        (r"\baccepted (?:at|to|by|for)\b|^keywords?\b|\bthis (?:is|article is) (?:a|an extended|part "
        r"of)\b.{0,40}\bversion\b|^copyright\b|©", 5.0),
        (r"\bwe (?:will )?(?:publicly )?(?:release|open-?source) (?:the|our|all|code|both)\b", 4.0),
    ),
}  # fmt: skip

# Where in an abstract a move usually stands, from 0 (first sentence) to 1 (last), and how much its place tells.
_PLACES: Mapping[Move, tuple[float, float]] = {
    Move.BACKGROUND: (0.0, 2.0),
    Move.GAP: (0.22, 1.0),
    Move.QUESTION: (0.25, 0.0),
    Move.PURPOSE: (0.35, 0.7),
    Move.METHOD: (0.5, 0.8),
    Move.RESULT: (0.85, 1.2),
    Move.CONCLUSION: (1.0, 1.0),
    Move.AVAILABILITY: (1.0, 0.0),
}
_OF_THE_AUTHORS = re.compile(_WE + r"[a-z]", re.IGNORECASE)
_LATE: Mapping[Move, float] = {Move.BACKGROUND: 2.0, Move.GAP: 1.5}
_EARLY: Mapping[Move, float] = {Move.METHOD: 1.5, Move.RESULT: 1.0, Move.CONCLUSION: 1.0}


def moves(sentence: str, *, place: float, behind: int = 0, names: Iterable[str] = ()) -> Mapping[Move, float]:
    """Score every move for *sentence*: the higher, the more it does this.

    Args:
        place: Where it stands in its text, from 0 (first) to 1 (last).
        behind: How far it stands behind the sentence in which the authors say what they propose; negative before it, 0
            where no sentence says so. What follows is hardly background, and what goes before hardly their method.
        names: What the authors call their own; a sentence about it is hardly background either.
    """
    at = {move: _placed(move, place) for move in Move}
    if _OF_THE_AUTHORS.search(sentence):
        at |= {Move.BACKGROUND: 0.0, Move.METHOD: _PLACES[Move.METHOD][1]}
    is_own = any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", sentence, re.IGNORECASE) for name in names)
    unlikely = _LATE if behind > 0 or is_own else _EARLY if behind < 0 else {}
    return {move: _said(sentence, move) + at[move] - unlikely.get(move, 0.0) for move in Move}


def move_of(scores: Mapping[Move, float]) -> Move:
    """The move with the highest score; availability wins over all others once it is cued."""
    if scores[Move.AVAILABILITY] >= 4.0:
        return Move.AVAILABILITY
    return max(scores, key=lambda move: scores[move])


def _said(sentence: str, move: Move) -> float:
    return sum(weight for cue, weight in _CUES[move] if cue.search(sentence))


def _placed(move: Move, place: float) -> float:
    centre, weight = _PLACES[move]
    return weight * (1.0 - min(1.0, 2.0 * abs(place - centre)))
