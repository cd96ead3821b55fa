"""Owns what SQLite and PostgreSQL spell differently, so that the questions are written once."""

from typing import Any, TypeAlias

from sqlalchemy import JSON, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

Upsert: TypeAlias = sqlite.Insert | postgresql.Insert


def upsert(conn: AsyncConnection | Connection, table: Table) -> Upsert:
    """An insert into *table* that may say what becomes of a row that is there already."""
    insert = postgresql.insert(table) if conn.dialect.name == "postgresql" else sqlite.insert(table)
    return insert.execution_options(preserve_rowcount=True)  # PostgreSQL's driver forgets it otherwise


async def count_anew(conn: AsyncConnection, *tables: Table) -> None:
    """Let PostgreSQL see how much is in *tables* after much was written; it may take it for nothing for minutes.

    SQLite chooses its ways by what the indexes are, so it needs no figures.
    """
    if conn.dialect.name == "postgresql":
        await conn.exec_driver_sql(f"ANALYZE {', '.join(table.name for table in tables)}")


class greatest(GenericFunction[Any]):  # named like the function it stands for
    """The largest of its arguments."""

    inherit_cache = True


class json_array(GenericFunction[Any]):
    """The JSON array of a column of JSON values, over all rows; an empty one when there is no row."""

    type = JSON()
    inherit_cache = True


class json_object(GenericFunction[Any]):
    """The JSON object of names and values, one after the other."""

    type = JSON()
    inherit_cache = True


class json_value(GenericFunction[Any]):
    """What a column of JSON holds, as a part of a larger JSON value."""

    type = JSON()
    inherit_cache = True


class in_byte_order(GenericFunction[Any]):
    """A text to sort by, in the order of its bytes: a server's language must not turn the rows around."""

    inherit_cache = True


def _spelled(element: GenericFunction[Any], compiler: SQLCompiler, name: str, **kw: Any) -> str:
    return f"{name}({compiler.process(element.clauses, **kw)})"


@compiles(greatest)
def _greatest(element: greatest, compiler: SQLCompiler, **kw: Any) -> str:
    return _spelled(element, compiler, "greatest" if compiler.dialect.name == "postgresql" else "max", **kw)


@compiles(json_array)
def _json_array(element: json_array, compiler: SQLCompiler, **kw: Any) -> str:
    if compiler.dialect.name == "postgresql":
        return f"coalesce({_spelled(element, compiler, 'json_agg', **kw)}, '[]')"
    return _spelled(element, compiler, "json_group_array", **kw)


@compiles(json_object)
def _json_object(element: json_object, compiler: SQLCompiler, **kw: Any) -> str:
    name = "json_build_object" if compiler.dialect.name == "postgresql" else "json_object"
    return _spelled(element, compiler, name, **kw)


@compiles(json_value)
def _json_value(element: json_value, compiler: SQLCompiler, **kw: Any) -> str:
    return _spelled(element, compiler, "" if compiler.dialect.name == "postgresql" else "json", **kw)


@compiles(in_byte_order)
def _in_byte_order(element: in_byte_order, compiler: SQLCompiler, **kw: Any) -> str:
    text = compiler.process(element.clauses, **kw)
    return f'{text} COLLATE "C"' if compiler.dialect.name == "postgresql" else text
