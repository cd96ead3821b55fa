"""What `deploy/` tells operators to run: a verb has the environment of the service, and of nothing else."""

import os
import re
import subprocess
from pathlib import Path

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
WRAPPER = DEPLOY / "collagebot"


def test_a_verb_runs_with_the_environment_the_folder_and_the_user_of_the_service(tmp_path: Path) -> None:
    stand_in = tmp_path / "systemd-run"
    stand_in.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\nexit 3\n')
    stand_in.chmod(0o755)
    said = subprocess.run(
        [WRAPPER, "restore", "two words.db", "--force"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    asked = said.stdout.splitlines()
    assert said.returncode == 3  # cron hears of a failure
    assert asked[-5:] == ["-m", "bot", "restore", "two words.db", "--force"]
    unit = (DEPLOY / "collagebot.service").read_text()
    for name in ("User", "WorkingDirectory", "EnvironmentFile"):
        (value,) = re.findall(rf"^{name}=(.+)$", unit, re.MULTILINE)
        assert f"--property={name}={value}" in asked
    (program,) = re.findall(r"^ExecStart=(\S+) -m bot run$", unit, re.MULTILINE)
    assert asked[asked.index("-m") - 1] == program


def test_the_runbook_runs_no_verb_without_that_environment() -> None:
    """Cron and a shell know neither the token nor the database: a verb of theirs would speak of the sandbox."""
    blocks = re.findall(r"^```$(.+?)^```$", (DEPLOY / "RUNBOOK.md").read_text(), re.MULTILINE | re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines() if line.strip()]
    assert any("backup" in line for line in commands)
    assert not [line for line in commands if "-m bot" in line]
