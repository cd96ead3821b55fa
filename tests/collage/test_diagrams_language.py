import pytest

from bot.collage.diagrams.drawing import Tone, Way
from bot.collage.diagrams.kinds import KINDS
from bot.collage.diagrams.language import parse
from bot.collage.faults import diagram_fault

PARAMETERS = {
    "grid": "4x4 lit 2",
    "tokens": "6",
    "vector": "0159",
    "bars": "3 1 2 lit 1",
    "words": "the cat lit 2",
    "gauge": "0.4",
    "dial": "0.4",
    "net": "2 3 1",
    "wave": "1 3+5",
    "curve": "0,0 1,2 2,1",
    "band": "0,0 1,2 2,1",
    "terrain": "saddle",
    "formula": '"x^2"',
}


def test_a_node_has_a_kind_words_and_a_tone() -> None:
    (node,) = parse('a: box "One" "two" accent').nodes
    assert (node.name, node.kind, node.label, node.second, node.tone) == ("a", "box", "One", "two", Tone.ACCENT)


def test_a_chain_makes_an_arrow_of_every_pair() -> None:
    drawing = parse('a: dot\nb: dot\nc: dot\na -> b -> c "says"')
    assert [(edge.start, edge.end, edge.label) for edge in drawing.edges] == [("a", "b", ""), ("b", "c", "says")]


def test_several_names_on_both_sides_make_all_pairs() -> None:
    drawing = parse("a: dot\nb: dot\nc: dot\nd: dot\na b -> c d")
    assert {(edge.start, edge.end) for edge in drawing.edges} == {("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")}


@pytest.mark.parametrize(
    ("arrow", "expected"),
    [
        ("->", ("a", "b", False, True, False)),
        ("<-", ("b", "a", False, True, False)),
        ("<->", ("a", "b", False, True, True)),
        ("--", ("a", "b", False, False, False)),
        ("..>", ("a", "b", True, True, False)),
        ("..", ("a", "b", True, False, False)),
        ("<..>", ("a", "b", True, True, True)),
    ],
)
def test_arrows_look_as_they_are_typed(arrow: str, expected: tuple[str, str, bool, bool, bool]) -> None:
    (edge,) = parse(f"a: dot\nb: dot\na {arrow} b").edges
    assert (edge.start, edge.end, edge.is_dashed, edge.has_head, edge.has_tail) == expected


def test_groups_rows_the_way_and_comments_are_read() -> None:
    drawing = parse('down # this way\na: dot # a dot\nb: box "# no comment"\ngroup "Both" accent: a b\nrow: a b')
    assert drawing.way is Way.DOWN
    assert (drawing.groups[0].title, drawing.groups[0].members, drawing.groups[0].tone) == (
        "Both",
        ("a", "b"),
        Tone.ACCENT,
    )
    assert drawing.rows == (("a", "b"),)
    assert drawing.nodes[1].label == "# no comment"


def test_places_have_a_second_form_for_tall_boxes() -> None:
    (node,) = parse('a: box "A" at 2,1.5 or 0,-1').nodes
    assert (node.at, node.at_tall) == ((2, 1.5), (0, -1))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written_as_the_reference_has_it(kind: str) -> None:
    assert diagram_fault(f'a: {kind} {PARAMETERS.get(kind, "")} "Words"') is None


@pytest.mark.parametrize(
    ("drawing", "line", "remedy"),
    [
        ('a: bxo "A"', 1, "did you mean box?"),
        ('a: box "A"\na -> b', 2, "add `b: box"),
        ("a: dot\nlook here", 2, "`a -> b` for an arrow"),
        ('a: box "A', 1, 'close it with "'),
        ("a: box", 1, "give the box its words"),
        ("a: gauge 3", 1, "between 0 and 1"),
        ("a: grid 12/3", 1, "not equally long"),
        ("a: dot\na: dot", 2, "another name"),
        ("a: dot\na ->", 2, "a name on both sides"),
        ("a: dot at 1", 1, "as in 2,1"),
        ("a: dot or 1,2", 1, "write `at 0,1 or 1,0`"),
        ('a: dot\ngroup "T": ', 2, "write `group"),
        ("a: dot\nrow: a", 2, "as in `row: a b`"),
        ("row: dot dash", 1, "add `dot: box"),
        ('a: formula "\\\\frac{1"', 1, "braces"),
        ("a: dot size 2 at 0,0", 1, "as in 3x2"),
        ('a: dot\nb: dot\na -> b "x" "y"', 3, "line of its own"),
        ("a: dot\nb: dot\na -> b bend", 3, "as in 0.3"),
        ("group: dot", 1, "cannot be a name"),
    ],
)
def test_faults_name_the_line_and_a_remedy(drawing: str, line: int, remedy: str) -> None:
    fault = diagram_fault(drawing)
    assert fault is not None
    assert f"line {line} " in fault
    assert remedy in fault


@pytest.mark.parametrize(
    ("drawing", "remedy"),
    [
        ("# nothing", "write a line"),
        ("a: dot at 0,0\nb: dot", "give it one"),
        ("a: dot\npath 0,0 1,1", "give every node one"),
        ("\n".join(f"n{i}: dot" for i in range(41)), "leave some out"),
    ],
)
def test_faults_of_the_whole_say_what_to_do(drawing: str, remedy: str) -> None:
    assert remedy in (diagram_fault(drawing) or "")
