"""The DuckDB connection that everything runs on, and the SQL words that every step shares."""

from pathlib import Path

import duckdb
import pyarrow as pa

from hearth.linkage.nicknames import known_variants

# Letters that do not come apart into a plain letter and an accent. One for one, then one for several.
PLAIN = (
    "øłđħıðабвгдезийклмнопрстуфыэіїєґαβγδεζηικλμνοπρσςτυφω",
    "oldhidabvgdeziiklmnoprstufyeiiegavgdeziiklmnoprsstyfo",
)
SEVERAL = {
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ю": "yu", "я": "ya", "ё": "e", "ъ": "", "ь": "", "θ": "th", "χ": "ch", "ψ": "ps", "ξ": "x",
}  # fmt: skip


def _plain() -> str:
    """SQL that writes `x`, in small letters, with the letters of English only."""
    sql = "x"
    for letter, plain in SEVERAL.items():
        sql = f"replace({sql}, '{letter}', '{plain}')"
    return f"strip_accents(translate(strip_accents({sql}), '{PLAIN[0]}', '{PLAIN[1]}'))"


# A result is read to its end (fetchall): DuckDB lets nothing be registered while one is open.
def connect(threads: int = 0, memory: str = "") -> duckdb.DuckDBPyConnection:
    """A connection of its own, in memory, with `fold` and the known variants of names.

    `threads` 0 means as many as the machine has; `memory` is a limit in DuckDB's words ("4GB"), above which it spills to disk.
    """
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
    if threads:
        connection.execute(f"set threads = {int(threads)}")
    if memory:
        connection.execute("set memory_limit = ?", [memory])
    connection.execute(
        f"create macro plain(x) as case when regexp_matches(x, '[^\\x00-\\x7F]') then {_plain()} else x end"
    )
    # Small letters and digits in words with one blank between; an apostrophe joins what it stands in.
    connection.execute(
        "create macro fold(x) as nullif(trim(regexp_replace(regexp_replace(plain(lower(x)), '[''’`´]', '', 'g'),"
        " '[^a-z0-9]+', ' ', 'g')), '')"
    )
    names, sets = zip(*known_variants(), strict=True)
    connection.register("read_variants", pa.table({"name": names, "root": sets}))
    connection.execute("create table variants as select name, root::integer as root from read_variants")
    connection.unregister("read_variants")
    return connection


def copy(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    """Write what a SELECT gives to a Parquet file."""
    quoted = str(path).replace("'", "''")
    connection.execute(f"copy ({sql}) to '{quoted}' (format parquet, parquet_version v2)")
