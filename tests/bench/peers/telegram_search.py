"""python-telegram-bot as it comes: /search, one FTS5 query, a reply. ``python -m … URL PAPERS.db``."""

import sqlite3
import sys
from typing import Any

from telegram import Update
from telegram.constants import ParseMode
from telegram.ext import ApplicationBuilder, CommandHandler

from tests.bench.peers.papers import answer


def _run(url: str, papers: sqlite3.Connection) -> None:
    async def search(update: Update, context: Any) -> None:
        assert update.message is not None
        await update.message.reply_text(answer(papers, " ".join(context.args)), parse_mode=ParseMode.HTML)

    builder = ApplicationBuilder().token("1000:bench-bench-bench-bench").base_url(f"{url}/bot")
    application = builder.concurrent_updates(True).build()
    application.add_handler(CommandHandler("search", search))
    application.run_polling()


if __name__ == "__main__":
    _run(sys.argv[1], sqlite3.connect(sys.argv[2]))
