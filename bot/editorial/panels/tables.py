"""Owns the tables of a collage file."""

from bot.editorial.faults import nearest
from bot.editorial.fields import Fields
from bot.editorial.panels.bounds import CAPTION, TITLE
from bot.editorial.phrasing import read_phrasing
from bot.model.panel import Table

COLUMNS = (2, 5)
ROWS = (1, 6)
CELL_CHARACTERS = 24


def read_table(fields: Fields) -> Table:
    """Read a small table."""
    caption = read_phrasing(fields, "caption", words=CAPTION)
    table = Table(
        title=read_phrasing(fields, "title", words=TITLE).text,
        columns=fields.texts("columns", least=COLUMNS[0], most=COLUMNS[1], blank=True),
        rows=fields.rows("rows"),
        caption=caption.text,
        caption_shorter=caption.shorter,
        source=fields.text("source"),
        highlight=fields.optional_text("highlight") or "",
    )
    fields.finish()
    _check(table, fields)
    return table


def _check(table: Table, fields: Fields) -> None:
    least, most = ROWS
    if not least <= len(table.rows) <= most:
        fields.fault("rows", f"The table has {len(table.rows)} rows. Give it {least} to {most}.")
    for row, line in zip(table.rows, fields.lines("rows"), strict=False):
        if len(row) != len(table.columns):
            message = f"This row has {len(row)} cells for {len(table.columns)} columns. Make them as many."
            fields.faults.add(line, message)
    for cell in (*table.columns, *(cell for row in table.rows for cell in row)):
        if len(cell) > CELL_CHARACTERS:
            bound = f"Cut it to {CELL_CHARACTERS}."
            fields.fault("rows", f"The cell {cell!r} has {len(cell)} characters. {bound}")
    names = [name for name in (*table.columns[1:], *(row[0] for row in table.rows if row)) if name]
    if table.highlight and table.highlight not in names:
        fields.fault("highlight", f"{table.highlight!r} is no column and no row. {nearest(table.highlight, names)}")
