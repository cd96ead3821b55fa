"""A process from which the bot is forked with its imports done: it is killed so often that starting it has to be cheap.

What is forked runs the very code of ``python -m bot run``, in a process of its own. Told by lines of JSON on stdin, it
answers with ``born <pid>`` and, when one has ended, ``dead <pid> <exit status>``.
"""

import asyncio
import json
import logging
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from bot.app import running
from bot.editorial.shelf import drawing_fingerprint
from bot.errors import CollagebotError
from bot.settings import read_settings


def main() -> None:
    """Fork one bot per line until there are no more lines."""
    drawing_fingerprint()  # read once for all
    signal.signal(signal.SIGCHLD, _bury)
    for line in sys.stdin:
        said = json.loads(line)
        child = os.fork()
        if child == 0:
            _live(said)
        print(f"born {child}", flush=True)


def _bury(*_: object) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        os.write(1, f"dead {pid} {os.waitstatus_to_exitcode(status)}\n".encode())


def _live(said: dict[str, str]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(said.pop("LOG"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for descriptor, target in ((os.open(os.devnull, os.O_RDONLY), 0), (log, 1), (log, 2)):
        os.dup2(descriptor, target)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s")
    code = 1
    try:
        content = Path(said.pop("CONTENT"))
        asyncio.run(running.run(replace(read_settings(said), content=content)))
        code = 0
    except CollagebotError as error:
        print(error, file=sys.stderr)
    finally:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
