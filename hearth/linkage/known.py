"""What a run found, kept in a folder, so that a new file is linked against it without linking everything again."""

import dataclasses
import json
from pathlib import Path

import duckdb
import numpy as np

from hearth.linkage.background import Background
from hearth.linkage.columns import Columns, LinkageProblem, from_mapping
from hearth.linkage.decided import SURE
from hearth.linkage.levels import Attribute, attributes
from hearth.linkage.model import Model, set_tables

VERSION = 1
RECORDS, SCORED, MODEL = "records.parquet", "scored.parquet", "model.json"
# What is reckoned anew from all the records each time.
DERIVED = ("rid", "roots", "outward", "is_new")


@dataclasses.dataclass(frozen=True)
class Known:
    """A folder read back: what the columns meant, the model, and how many records it was learned from."""

    columns: Columns
    model: Model
    background: Background
    records: int


def keep(connection: duckdb.DuckDBPyConnection, known: Known, folder: Path) -> None:
    """Write `records` and `scored` of a run and its model into a folder, the model last; each file is whole or not there.

    Raises LinkageProblem where the folder cannot be written.
    """
    written = "columns(lambda name: not ends_with(name, '_rarity'))"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MODEL).unlink(missing_ok=True)
        _copy(
            connection,
            f"select {written} from (select * exclude ({', '.join(DERIVED)}) from records order by rid)",
            folder / RECORDS,
        )
        _copy(
            connection,
            "select l.source as source_a, l.id as id_a, r.source as source_b, r.id as id_b, odds from"
            f" (from scored where odds < {SURE} union all from scored_before)"
            " join records l on l.rid = a join records r on r.rid = b order by 1, 2, 3, 4",
            folder / SCORED,
        )
        part = folder / f".{MODEL}.part"
        part.write_text(json.dumps(_told(known)), encoding="utf-8")
        part.replace(folder / MODEL)
    except (OSError, duckdb.IOException) as problem:
        raise LinkageProblem(f"{folder} cannot be written: {problem}") from None


def _copy(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    part = path.with_name(f".{path.name}.part")
    connection.execute(f"copy ({sql}) to '{str(part).replace(chr(39), chr(39) * 2)}' (format parquet)")
    part.replace(path)


def _told(known: Known) -> dict[str, object]:
    model = known.model
    return {
        "version": VERSION,
        "columns": dataclasses.asdict(known.columns),
        "attributes": [attribute.name for attribute in model.attributes],
        "records": known.records,
        "pairs": model.pairs,
        "shares": {kind: float(share) for kind, share in model.shares.items()},
        "levels": {kind: _lists(tables) for kind, tables in model.levels.items()},
        "chance": _lists(known.background.chance),
        "spread": _lists(known.background.shares),
    }


def _lists(tables: dict[str, np.ndarray]) -> dict[str, object]:
    return {name: table.tolist() for name, table in tables.items()}


def _arrays(tables: dict[str, list[float]]) -> dict[str, np.ndarray]:
    return {name: np.array(table, dtype=float) for name, table in tables.items()}


def read_known(connection: duckdb.DuckDBPyConnection, folder: Path) -> Known:
    """Read a folder back: makes the tables `known_records` and `known_scored`. Raises LinkageProblem where it is not whole."""
    try:
        told = json.loads((folder / MODEL).read_text(encoding="utf-8"))
        if told.get("version") != VERSION:
            raise LinkageProblem(f"{folder} was kept by another version: link its files again, with --keep.")
        for table, name in (("known_records", RECORDS), ("known_scored", SCORED)):
            connection.execute(f"create or replace table {table} as from read_parquet(?)", [str(folder / name)])
    except (OSError, ValueError, duckdb.IOException) as problem:
        raise LinkageProblem(f"{folder} holds nothing that was kept whole: {problem}") from None
    columns = from_mapping({name: value for name, value in told["columns"].items() if value})
    background = Background(_arrays(told["chance"]), _arrays(told["spread"]), told["pairs"])
    model = Model(_compared(told["attributes"], columns), {}, told["shares"], told["pairs"])
    model.levels = {kind: _arrays(tables) for kind, tables in told["levels"].items()}
    set_tables(model, background)
    return Known(columns, model, background, told["records"])


def _compared(names: list[str], columns: Columns) -> list[Attribute]:
    """The attributes of those names; what leans on one that is not there leans on nothing, as when it was learned."""
    needs = {"born": "birth_year", "home": "street"}
    return attributes({needs.get(name, name) for name in names}, columns.identifier, columns.other)


def grown(known: Known, records: int) -> Model:
    """The model for more records than it was learned from: true pairs grow with records, pairs with their square."""
    model = known.model
    by = known.records / max(1, records)
    shares = {kind: share * by for kind, share in model.shares.items() if kind != "strangers"}
    model.shares = {**shares, "strangers": 1.0 - sum(shares.values())}
    model.pairs /= by * by
    return model
