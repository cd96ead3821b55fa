from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.drafting.showing.results import result_of
from bot.model.manuscript import FoundTable
from bot.model.panel import Chart, Table
from tests.editorial.drafting.papers import TABLE, record


def chart_of(table: FoundTable) -> Chart:
    shown = result_of([table], record())
    assert isinstance(shown, Chart)
    return shown


def with_rows(*rows: tuple[str, ...]) -> FoundTable:
    return replace(TABLE, rows=(("Method", "Params", "Accuracy"), *rows))


def test_the_papers_own_row_is_lit_among_bars_of_one_metric() -> None:
    chart = chart_of(TABLE)
    assert chart.categories == ("Forest", "Boosting", "GateTree (ours)")
    assert chart.series[0].values == (61.0, 65.0, 71.2)
    assert chart.emphasis == ("GateTree (ours)",)
    assert (chart.y_label, chart.source, chart.lower_is_better) == ("Accuracy", "Table 2", False)
    assert chart.title == "Accuracy of all methods on the hard split"


def test_a_name_from_the_title_or_the_abstract_is_the_papers_own() -> None:
    rows = with_rows(
        ("Forest", "10M", "61.0"), ("Boosting", "12M", "65.0"), ("GateTree-L", "4M", "71.2"), ("GateTree", "4M", "70.0")
    )
    assert chart_of(rows).emphasis == ("GateTree",)
    introduced = record("Trees that prune themselves", abstract="We introduce a tree with gates (PRUNA) and train it.")
    shown = result_of([with_rows(("Forest", "1", "2.0"), ("Boosting", "1", "3.0"), ("PRUNA", "1", "4.0"))], introduced)
    assert isinstance(shown, Chart)
    assert shown.emphasis == ("PRUNA",)


def test_a_baseline_that_shares_a_word_with_the_title_is_not_the_papers_own() -> None:
    shown = result_of(
        [with_rows(("Static LoRA", "1", "2.0"), ("Bridge", "1", "3.0"), ("Tuning", "1", "4.0"))],
        record("LoRA bridges for all"),
    )
    assert isinstance(shown, Table)


def test_of_many_rows_the_strongest_are_shown_and_it_says_so() -> None:
    rows = [(f"Model {letter}", "1M", f"{50 + place}.0") for place, letter in enumerate("ABCDEFGHIJ")]
    chart = chart_of(with_rows(*rows, ("Ours", "1M", "55.5")))
    assert chart.categories == ("Model E", "Model F", "Model G", "Model H", "Model I", "Model J", "Ours")
    assert chart.source == "Table 2 (7 of 11 rows)"


@pytest.mark.parametrize("endless", ["9" * 400, "9" * 300])
def test_a_number_without_end_is_no_bar(endless: str) -> None:
    rows = with_rows(("Forest", "10", endless), ("Boosting", "12", "65.0"), ("Ours", "4", "71.2"))
    assert result_of([rows], record()) is None


def test_errors_are_better_low() -> None:
    rows = (("Method", "Error ↓"), ("Forest", "9.1"), ("Boosting", "8.0"), ("Ours", "5.2"))
    chart = chart_of(replace(TABLE, caption="All methods.", rows=rows))
    assert chart.lower_is_better
    assert (chart.title, chart.y_label) == ("All methods", "Error")


def test_a_table_without_an_own_row_stays_a_table() -> None:
    shown = result_of(
        [with_rows(("Forest", "10M", "61.0"), ("Boosting", "12M", "65.0"), ("Trees", "4M", "71.2"))], record()
    )
    assert isinstance(shown, Table)
    assert shown.columns == ("Method", "Params", "Accuracy")


def test_two_columns_of_words_name_a_row_together() -> None:
    rows = (
        ("Data", "Method", "Acc"),
        ("A", "Forest", "1.0"),
        ("A", "Ours", "2.0"),
        ("B", "Forest", "3.0"),
        ("B", "Ours", "4.0"),
    )
    assert chart_of(replace(TABLE, rows=rows)).categories == ("A · Forest", "A · Ours", "B · Forest", "B · Ours")


@pytest.mark.parametrize(
    "table",
    [
        replace(TABLE, rows=()),
        replace(TABLE, is_appendix=True),
        with_rows(("Ours", "4M", "71.2")),
        with_rows(("Forest", "many", "a"), ("Boosting", "few", "b"), ("Ours", "some", "c")),
        replace(TABLE, rows=(("A", "B"), ("1", "2"), ("3", "4"), ("5", "6"))),
        replace(TABLE, rows=(("Method", "Acc"), ("x" * 80, "1.0"), ("y" * 80, "2.0"), ("our " + "z" * 80, "3.0"))),
    ],
)
def test_what_is_not_plainly_readable_is_not_drawn(table: FoundTable) -> None:
    assert result_of([table], record()) is None


CELLS = st.text(alphabet="ab1 2.%±()-,↓", max_size=12)


@given(st.integers(1, 4).flatmap(lambda wide: st.lists(st.tuples(*[CELLS] * wide), max_size=9)))
def test_any_table_gives_something_within_bounds_or_nothing(rows: list[tuple[str, ...]]) -> None:
    shown = result_of([replace(TABLE, rows=tuple(rows))], record())
    if isinstance(shown, Table):
        assert all(len(row) == len(shown.columns) for row in shown.rows)
    if isinstance(shown, Chart):
        assert all(len(series.values) == len(shown.categories) for series in shown.series)
