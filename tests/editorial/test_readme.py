from pathlib import Path

import pytest

from bot.editorial.panels.reading import PanelKind
from tests.pictures import MOST_BYTES, PICTURES, README, examples, panel_of

EXAMPLES = examples(README.read_text())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_of_the_readme_can_be_loaded(name: str, tmp_path: Path) -> None:
    panel, _ = panel_of(EXAMPLES[name], tmp_path)

    assert panel


def test_every_kind_of_panel_has_an_example_with_a_small_picture() -> None:
    assert {name.partition("-")[0] for name in EXAMPLES} == set(PanelKind)
    for name in EXAMPLES:
        assert (PICTURES / f"{name}.webp").stat().st_size <= MOST_BYTES
