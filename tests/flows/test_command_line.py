"""Every verb as it is typed, over a database of its own."""

from pathlib import Path

import pytest
from PIL import Image

from bot.__main__ import main

VERBS = [
    "run",
    "migrate",
    "load",
    "search",
    "month",
    "collage",
    "check",
    "draft",
    "queue",
    "export",
    "publish",
    "backup",
    "restore",
    "doctor",
]


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'cli.db'}")
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)


@pytest.fixture
def loaded(own_database: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert main(["load"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([verb, "--help"])
    assert left.value.code == 0
    assert "usage: collagebot" in capsys.readouterr().out


def test_before_the_migration_every_question_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "transformers"]) == 1
    assert "migrate" in capsys.readouterr().err
    assert not (tmp_path / "cli.db").exists()


@pytest.mark.usefixtures("loaded")
def test_loading_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load"]) == 0
    assert "0 added, 0 changed" in capsys.readouterr().out


@pytest.mark.usefixtures("loaded")
def test_search_finds_what_the_chat_finds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "transformers"]) == 0
    out = capsys.readouterr().out
    assert all(arxiv_id in out for arxiv_id in ("2103.10697", "2102.07074", "2102.11090"))
    assert main(["search", "zzzzqqqq"]) == 1


@pytest.mark.usefixtures("loaded")
def test_a_month_is_listed_or_the_months_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["month", "2022-01"]) == 0
    assert "Ridge Rider" in capsys.readouterr().out
    assert main(["month", "1999-01"]) == 1
    assert "2021-02, 2021-03, 2021-08, 2022-01" in capsys.readouterr().out


def test_a_month_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["month", "2022-13"])
    assert left.value.code == 2
    assert "2022-13" in capsys.readouterr().err


def test_a_collage_needs_no_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["collage", "27", "--canvas", "portrait", "--out", str(tmp_path)]) == 0
    path = Path(capsys.readouterr().out.strip())
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("JPEG", (2048, 2560))


@pytest.mark.parametrize("reference", ["9999", "convolution", "arXiv:2101.00001"])
def test_a_collage_of_nothing_is_named(reference: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["collage", reference, "--out", str(tmp_path)]) == 1
    assert reference in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_publishing_by_hand_needs_a_token(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "weekly"]) == 1
    assert "TELEGRAM_BOT_TOKEN" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_the_doctor_finds_a_healthy_installation_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert "entries" in capsys.readouterr().out


def test_the_doctor_finds_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 1
    assert "bad  database" in capsys.readouterr().out


def test_a_wrong_token_is_never_printed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12345:s3cr3t-s3cr3t")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    assert main(["run"]) == 1
    printed = capfd.readouterr()
    assert "s3cr3t" not in printed.out + printed.err
    assert "TELEGRAM_API_URL" in printed.err
