"""Files of people, read into the engine and written from it: CSV and Parquet."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet

from hearth.linkage.columns import LinkageProblem

KINDS = (".csv", ".tsv", ".txt", ".parquet")


def read(connection: duckdb.DuckDBPyConnection, path: Path, table: str) -> None:
    """Make `table` of a file, every column of a CSV as text. Raises LinkageProblem where there is no such file or it cannot be read."""
    if path.suffix.lower() not in KINDS:
        raise LinkageProblem(f"{path} is not a file that can be linked: give {', '.join(KINDS)}.")
    if not path.is_file():
        raise LinkageProblem(f"There is no file {path}.")
    reader = (
        "read_parquet(?)" if path.suffix.lower() == ".parquet" else "read_csv(?, all_varchar = true, header = true)"
    )
    try:
        connection.execute(f"create or replace table {table} as select * from {reader}", [str(path)])
    except duckdb.Error as problem:
        raise LinkageProblem(f"{path} cannot be read: {str(problem).splitlines()[0]}") from None


def read_all(connection: duckdb.DuckDBPyConnection, paths: list[Path]) -> dict[str, str]:
    """Read each file; gives the name of each table by its source, the file's name without its ending. Raises LinkageProblem."""
    tables: dict[str, str] = {}
    for number, path in enumerate(paths):
        if path.stem in tables:
            raise LinkageProblem(f"Two files are called {path.stem}: a source is named by its file.")
        tables[path.stem] = f"file_{number}"
        read(connection, path, f"file_{number}")
    return tables


def write(table: pa.Table, path: Path) -> None:
    """Write a table as CSV or Parquet, by the ending of the name; whole or not at all. Raises LinkageProblem for another ending."""
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise LinkageProblem(f"{path} is to be a .csv or a .parquet.")
    part = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".csv":
            arrow_csv.write_csv(table, part)
        else:
            parquet.write_table(table, part)
        part.replace(path)
    except OSError as problem:
        raise LinkageProblem(f"{path} cannot be written: {problem.strerror or problem}.") from None
