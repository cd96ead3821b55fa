"""`make bench`: every measurement in one run, with what it is compared to; `--full` has the longest ones, too."""

import asyncio
import logging
import platform
import sys

from tests.bench import (
    answering,
    broadcasting,
    drafting,
    drawing,
    pacing,
    replying,
    retrieval,
    searching,
    sending,
    starting,
)

if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    print(f"Python {platform.python_version()}. Absolute figures drift from machine to machine; quote the ratios.")
    drawing.measure()
    asyncio.run(answering.measure())
    replying.measure()
    asyncio.run(searching.measure(full="--full" in sys.argv))
    asyncio.run(retrieval.measure())
    asyncio.run(sending.measure())
    broadcasting.measure()
    pacing.measure()
    asyncio.run(drafting.measure())
    starting.measure()
