"""Owns the fifth step: one search index for both databases, and the vocabulary as a table."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_BY_BYTES = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_COLUMNS = ("title", "people", "text")
_BLOCK = 32_768


def upgrade() -> None:
    """Make the index anew from the documents of the old one; nothing is lost."""
    is_sqlite = op.get_context().dialect.name == "sqlite"
    old = _take_old_documents() if is_sqlite else []
    op.create_table(
        "entry_document",
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("people", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "posting",
        sa.Column("term", _BY_BYTES, primary_key=True),
        sa.Column("block", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in _COLUMNS),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vocabulary",
        sa.Column("word", _BY_BYTES, primary_key=True),
        sa.Column("documents", sa.Integer, nullable=False),
    )
    if not is_sqlite:
        _keep_in_the_row()
    _put_back(old)


def _keep_in_the_row() -> None:
    # Fetched from elsewhere the packed bits would take several times as long.
    for name in _COLUMNS:
        op.execute(f"ALTER TABLE posting ALTER COLUMN {name} SET STORAGE MAIN")


def _take_old_documents() -> list[Any]:
    query = (
        "SELECT entry.id, title, people, text, words FROM entry_search JOIN entry ON entry.id = entry_search.rowid"
        " WHERE entry.state = 'published'"
    )
    rows = list(op.get_bind().execute(sa.text(query)))
    op.execute("DROP TABLE entry_vocabulary")
    op.execute("DROP TABLE entry_search")
    return rows


def _put_back(documents: list[Any]) -> None:
    bind, words = op.get_bind(), Counter[str]()
    for entry_id, title, people, text, said in documents:
        row = {"id": entry_id, "title": title, "people": people, "text": text, "words": said}
        bind.execute(sa.text("INSERT INTO entry_document VALUES (:id, :title, :people, :text, :words)"), row)
        words.update(set(said.split()))
    if words:
        counted = [{"word": word, "documents": count} for word, count in words.items()]
        bind.execute(sa.text("INSERT INTO vocabulary VALUES (:word, :documents)"), counted)
        insert = "INSERT INTO posting VALUES (:term, :block, :title, :people, :text)"
        bind.execute(sa.text(insert), list(_postings(documents)))


def _postings(documents: list[Any]) -> Iterator[dict[str, Any]]:
    bits: defaultdict[tuple[str, int], dict[str, int]] = defaultdict(lambda: dict.fromkeys(_COLUMNS, 0))
    for entry_id, *columns, _ in documents:
        for name, terms in zip(_COLUMNS, columns, strict=True):
            for term in terms.split():
                bits[term, entry_id // _BLOCK][name] |= 1 << entry_id % _BLOCK
    for (term, block), found in bits.items():
        yield {"term": term, "block": block, **{name: _packed(each) for name, each in found.items()}}


def _packed(bits: int) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, -13, 5)
    return packer.compress(bits.to_bytes((bits.bit_length() + 7) // 8, "little")) + packer.flush()
