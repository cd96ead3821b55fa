"""What a process that only answers does not load."""

import subprocess
import sys

HEAVY = ("PIL", "lxml", "psycopg", "pylatexenc", "pypdfium2", "resvg_py", "segno", "ziamath", "zxingcpp")


def test_what_draws_drafts_and_reads_papers_is_loaded_where_it_first_works() -> None:
    program = f"import sys, bot.app.rooms; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
