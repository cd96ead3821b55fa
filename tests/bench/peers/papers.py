"""What the peers search: a bare FTS5 table of titles and abstracts, the five best by bm25, as links."""

import sqlite3
from collections.abc import Iterable
from html import escape
from pathlib import Path

_FIVE = "SELECT title, url FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT 5"


def write(path: Path, papers: Iterable[tuple[str, str, str]]) -> None:
    """Write a table of (title, abstract, url)."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE VIRTUAL TABLE papers USING fts5(title, abstract, url UNINDEXED, tokenize=porter)")
        connection.executemany("INSERT INTO papers VALUES (?, ?, ?)", papers)
    connection.close()


def answer(papers: sqlite3.Connection, words: str) -> str:
    """Answer *words* with a numbered list in Telegram's HTML."""
    wanted = " ".join(f'"{word}"' for word in words.split())
    found = papers.execute(_FIVE, (wanted,)).fetchall()
    lines = [f'{number}. <a href="{escape(url)}">{escape(title)}</a>' for number, (title, url) in enumerate(found, 1)]
    return f"<b>{escape(words)}</b>\n" + ("\n".join(lines) or "Nothing found.")
