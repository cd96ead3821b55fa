from dataclasses import replace
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.panel import (
    Baseline,
    BigNumber,
    Chart,
    ChartSeries,
    Crop,
    Diagram,
    Equation,
    Figure,
    Note,
    Panel,
    Quote,
    Steps,
    Table,
)
from bot.store import entries
from bot.store.database import Database
from tests.store.samples import CONVIT
from tests.store.test_entries import store

T = TypeVar("T")


def several(of: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(of, max_size=3).map(tuple)


FINITE = st.floats(allow_nan=False, allow_infinity=False)
GAPS = several(st.none() | FINITE)
SERIES = st.builds(ChartSeries, values=GAPS, x=several(FINITE), low=GAPS, high=GAPS)
BASELINES = st.none() | st.builds(Baseline, value=FINITE)
CROPS = st.none() | st.builds(Crop, FINITE, FINITE, FINITE, FINITE)
PANELS: st.SearchStrategy[Panel] = st.one_of(
    st.builds(Chart, series=several(SERIES), baseline=BASELINES),
    st.builds(Figure, crop=CROPS),
    *(st.from_type(kind) for kind in (BigNumber, Equation, Diagram, Table, Note, Quote, Steps)),
)


@settings(max_examples=60)
@given(panels=several(PANELS), spoken=several(PANELS))
async def test_panels_are_read_back_as_they_were_written(
    database: Database, panels: tuple[Panel, ...], spoken: tuple[Panel, ...]
) -> None:
    said = replace(CONVIT, panels=panels, panels_in={"zh": spoken}, accent="#0b6b63")

    (entry_id,) = await store(database, said)

    async with database.reading() as conn:
        assert await entries.get_entries(conn, [entry_id]) == [replace(said, id=entry_id)]


@given(one=PANELS, other=PANELS)
def test_the_hash_tells_panels_apart(one: Panel, other: Panel) -> None:
    hashes = {entries.content_hash(replace(CONVIT, panels=(panel,))) for panel in (one, other)}

    assert len(hashes) == len({one, other})
