"""A folder is called as people call the paper, and is safe to create."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.export.naming import folder_name
from bot.model.month import Month
from tests.store.samples import CONVIT


def _named(title: str, *, number: int | None = 41, month: Month | None = None) -> str:
    return folder_name(replace(CONVIT, number=number, month=month, paper=replace(CONVIT.paper, title=title)))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("ConViT: Improving Vision Transformers", "41-convit"),
        ("N-BEATS: Neural basis expansion", "41-nbeats"),
        ("On the Spectral Bias of Neural Networks", "41-spectral-bias-neural"),
        ("A long remark before the colon: and then more", "41-long-remark-before"),
        ("Über Größe", "41-uber-groe"),
        ("注意力就够了", "41-2103-10697"),
    ],
)
def test_a_folder_is_called_as_people_call_the_paper(title: str, name: str) -> None:
    assert _named(title) == name


def test_without_a_number_the_month_leads() -> None:
    assert _named("ConViT: more", number=None, month=Month(2026, 11)) == "2026-11-convit"
    assert _named("ConViT: more", number=None) == "convit"


@given(st.text())
def test_no_title_leads_out_of_the_folder(title: str) -> None:
    name = _named(title, number=None)
    assert name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= 60
