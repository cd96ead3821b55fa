import json

from hypothesis import given
from hypothesis import strategies as st

from bot.collage.check.bounds import RULES, Range
from bot.collage.check.report import Finding, Measure, Report, Verdict, count

FLOATS = st.floats(-1e6, 1e6)


@given(low=FLOATS, width=st.floats(0, 1e6), value=FLOATS)
def test_a_score_is_a_share_and_full_inside_its_bounds_only(low: float, width: float, value: float) -> None:
    measure = Measure("x", value, Range(low, low + width))
    assert 0 <= measure.score <= 1
    assert (measure.score == 1) or not measure.is_met
    if low <= value <= low + width:
        assert measure.score == 1


@given(st.floats(1, 100), st.floats(0, 200), st.floats(0, 200))
def test_a_score_never_rises_on_the_way_out(high: float, one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert Measure("x", high + near, Range(high=high)).score >= Measure("x", high + far, Range(high=high)).score


def test_a_score_is_gone_at_half_a_bound_outside_it() -> None:
    assert Measure("x", 0.06, Range(high=0.06)).score == 1
    assert abs(Measure("x", 0.075, Range(high=0.06)).score - 0.5) < 1e-9
    assert Measure("x", 0.09, Range(high=0.06)).score == 0
    assert Measure("x", 45, Range(60, 130)).score == 0.5
    assert Measure("x", 161, Range(60, 200, limit=160)).score == 1
    assert Measure("x", 161, Range(60, 130, limit=160)).score == 0


def test_where_nothing_is_allowed_one_is_worth_half_and_two_are_worth_nothing() -> None:
    assert [count("S14", "widows", ["x"] * number).score for number in range(4)] == [1, 0.5, 0, 0]


def _soft(*values: float) -> tuple[Finding, ...]:
    return tuple(Finding("S5", (Measure("x", value, Range(high=1)),)) for value in values)


def test_a_collage_ships_when_no_hard_rule_fails_and_the_soft_ones_are_met_well_enough() -> None:
    assert Report(soft=_soft(1, 1.2)).ships
    assert not Report(soft=_soft(1.2, 1.2)).ships  # mean .6
    assert not Report(soft=_soft(1, 1, 1, 1, 1.3)).ships  # worst .4
    assert not Report((count("H2", "overlaps", ["here"]),), _soft(1)).ships
    assert Report((Finding("H6"),), (Finding("S13"),)).ships  # unknown counts as met


def test_a_report_can_be_written_and_read() -> None:
    report = Report((count("H2", "overlaps", ["a and b"]),), (*_soft(1.2), Finding("S13")))
    found = json.loads(json.dumps(report.to_json()))
    assert found["failures"] == ["H2"]
    assert found["ships"] is False
    assert found["rules"][0] == {
        "rule": "H2",
        "says": RULES["H2"],
        "verdict": "fail",
        "score": 0.5,
        "measures": [{"name": "overlaps", "value": 1, "low": None, "high": 0}],
        "evidence": ["a and b"],
    }
    assert found["rules"][2]["verdict"] == "unknown"


def test_the_table_has_a_line_for_each_rule_and_ends_with_the_verdict() -> None:
    report = Report((count("H2", "overlaps", ["a and b"]),), _soft(1.2))
    lines = report.to_table().splitlines()
    assert lines[0].startswith("H2  fail")
    assert lines[1].strip() == "a and b"
    assert lines[2].startswith("S5  fail    0.60")
    assert lines[-1] == "It does not ship: hard rules failing: H2; soft mean 0.60, worst S5 0.60."
    assert report.finding("H2").verdict is Verdict.FAIL
