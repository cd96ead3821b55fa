"""From a link on the command line to a content folder with its pictures, against a server that plays arXiv."""

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest
from PIL import Image

from bot.editorial.content import read_content
from bot.model.entry import EntryState
from bot.model.panel import Equation, Figure
from bot.sources.addresses import Addresses
from tests.sources.faults import Fault
from tests.sources.server import PaperServer, serving
from tests.sources.specimen import NAME, TITLE, specimen

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
CONTENT = Path(__file__).parents[2] / "content"


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str


async def _type(*words: str, at: Addresses, folder: Path) -> Said:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'cli.db'}",
        "ARXIV_URL": at.arxiv,
        "ARXIV_API_URL": at.arxiv_api,
        "ARXIV_OAI_URL": at.arxiv_oai,
        "HUGGINGFACE_URL": at.hugging_face,
        "SEMANTIC_SCHOLAR_URL": at.semantic_scholar,
        "CACHE": str(folder / "cache"),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words,
        env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return Said(process.returncode or 0, out.decode(), err.decode())


async def _draft(server: PaperServer, folder: Path, *more: str, link: str = f"https://arxiv.org/abs/{NAME}v1") -> Said:
    if not (folder / "content").exists():
        copytree(CONTENT, folder / "content")
    places = ("--content", str(folder / "content"), "--out", str(folder / "pictures"))
    return await _type("draft", link, *places, *more, at=server.addresses, folder=folder)


def _files(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_a_link_becomes_a_folder_that_loads_and_two_pictures(tmp_path: Path) -> None:
    async with serving({NAME: specimen()}) as server:
        said = await _draft(server, tmp_path)
    assert said.code == 0, said.err
    assert said.out.splitlines()[-1] == str(tmp_path / "content/ml-collage/41-gatetree")
    assert "drawing (2 figures)" in said.err
    entry = next(it for it in read_content(tmp_path / "content").entries if it.paper.title == TITLE)
    assert (entry.number, entry.state, entry.paper.licence.name) == (41, EntryState.DRAFT, "CC BY 4.0")
    assert isinstance(entry.panels[0], Figure)
    assert any(isinstance(panel, Equation) for panel in entry.panels)
    assert "84.6" in " ".join(number.value for number in entry.numbers)
    sizes = {path.stem.rpartition("-")[2]: Image.open(path).size for path in (tmp_path / "pictures").iterdir()}
    assert sizes == {"slide": (2560, 1440), "portrait": (2048, 2560)}


async def test_a_paper_that_has_a_folder_is_not_drafted_over_it(tmp_path: Path) -> None:
    async with serving({NAME: specimen()}) as server:
        await _draft(server, tmp_path)
        before = _files(tmp_path / "content")
        again = await _draft(server, tmp_path)
        assert (again.code, "--force" in again.err) == (1, True)
        assert _files(tmp_path / "content") == before
        forced = await _draft(server, tmp_path, "--force")
        assert forced.code == 0, forced.err
        assert _files(tmp_path / "content").keys() == before.keys()


@pytest.mark.parametrize("link", ["https://arxiv.org/abs/9999.99999", "not a link"])
async def test_what_is_no_paper_leaves_nothing_behind(tmp_path: Path, link: str) -> None:
    async with serving({NAME: specimen()}) as server:
        said = await _draft(server, tmp_path, link=link)
    assert said.code == 1
    assert said.err.strip().splitlines()[-1].endswith(".")
    assert "Traceback" not in said.err
    assert _files(tmp_path / "content") == _files(CONTENT)


async def test_without_its_source_the_paper_is_drafted_from_its_abstract(tmp_path: Path) -> None:
    async with serving({NAME: specimen()}) as server:
        server.always["src"] = Fault.WRONG_TYPE
        said = await _draft(server, tmp_path)
    assert said.code == 0, said.err
    assert "note: " in said.out
    entry = next(it for it in read_content(tmp_path / "content").entries if it.paper.title == TITLE)
    assert not any(isinstance(panel, Figure) for panel in entry.panels)
