"""`make bench`: every measurement in one run, with what it is compared to."""

import asyncio
import logging
import platform

from tests.bench import answering, drafting, drawing, sending, starting

if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    print(f"Python {platform.python_version()}. Absolute figures drift from machine to machine; quote the ratios.")
    drawing.measure()
    asyncio.run(answering.measure())
    asyncio.run(sending.measure())
    asyncio.run(drafting.measure())
    starting.measure()
