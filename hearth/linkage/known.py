"""What a run found, kept in a folder, so that a new file is linked against it without linking everything again."""

import dataclasses
import json
from pathlib import Path

import duckdb
import numpy as np

from hearth.linkage.background import Background
from hearth.linkage.columns import Columns, LinkageProblem, from_mapping
from hearth.linkage.levels import Attribute, attributes
from hearth.linkage.model import Model, set_tables

Parts = dict[str, list[str]]
VERSION = 2
MODEL = "model.json"
# Keys are kept as DuckDB makes numbers of them, which another version of it may do otherwise.
MADE_BY = f"{VERSION} {duckdb.__version__}"


@dataclasses.dataclass(frozen=True)
class Known:
    """What a folder says of a run: what the columns meant, the model, and for how many records it holds.

    `held` says in how many records each column holds anything, `keys` how many pairs each kept key gives, `last` the highest number
    of a record, and `grouped_by` the settings that groups were made by. `parts` are its files in `folder`, by kind, once it is kept;
    `is_whole` says that none of its records is gone.
    """

    columns: Columns
    model: Model
    background: Background
    records: int
    grouped_by: list[float]
    last: int
    held: dict[str, int] = dataclasses.field(default_factory=dict)
    keys: dict[str, int] = dataclasses.field(default_factory=dict)
    parts: Parts = dataclasses.field(default_factory=dict)
    folder: Path | None = None
    is_whole: bool = True


def write_known(known: Known, folder: Path) -> None:
    """Write what a folder is: from this moment on it is what was kept, and before it what it was."""
    part = folder / f".{MODEL}.part"
    part.write_text(json.dumps(_told(known)), encoding="utf-8")
    part.replace(folder / MODEL)


def paths(folder: Path, names: list[str]) -> str:
    """SQL for the list of files of those names; a name without an ending is a folder of files."""
    found = [str(folder / name if name.endswith(".parquet") else folder / name / "*.parquet") for name in names]
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in found) + "]"


def parts_of(folder: Path) -> Parts:
    """The files that a folder says it is made of; none where it says nothing that is understood."""
    try:
        told = json.loads((folder / MODEL).read_text(encoding="utf-8"))
        return dict(told["parts"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _told(known: Known) -> dict[str, object]:
    model = known.model
    plain = {name: getattr(known, name) for name in ("records", "grouped_by", "last", "held", "keys", "parts")}
    return plain | {
        "version": MADE_BY,
        "columns": dataclasses.asdict(known.columns),
        "attributes": [attribute.name for attribute in model.attributes],
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


def read_known(connection: duckdb.DuckDBPyConnection, folder: Path, gone: str = "") -> Known:
    """Read a folder back. Raises LinkageProblem where it is not whole.

    Makes views of its files, `known_records`, `known_scored`, `known_keys` and `known_clusters`, without the records that the table
    `gone` (`source`, `id`) names; and `unsettled` (`rid`), those whose group may be another now that these are gone, or was decided.
    """
    try:
        told = json.loads((folder / MODEL).read_text(encoding="utf-8"))
        if told.get("version") != MADE_BY:
            raise LinkageProblem(f"{folder} was kept by another version: link its files again, with --keep.")
        files = {
            kind: f"read_parquet({paths(folder, names)}, union_by_name = true)" for kind, names in told["parts"].items()
        }
        connection.execute("create or replace temp table departed (rid bigint)")
        if gone:
            connection.execute(
                f"insert into departed select rid from {files['records']} semi join {gone} using (source, id)"
            )
        stays = " anti join departed using (rid)" if gone else ""
        for kind in ("records", "keys", "clusters"):
            connection.execute(f"create or replace temp view known_{kind} as from {files[kind]}{stays}")
        scored = f"from {files['scored']} where a not in (from departed) and b not in (from departed)"
        connection.execute(
            f"create or replace temp view known_scored as {scored if gone else 'from ' + files['scored']}"
        )
        connection.execute(
            "create or replace temp table unsettled as select rid from known_clusters where cluster is null"
            f" union select a from {files['scored']} where b in (from departed)"
            f" union select b from {files['scored']} where a in (from departed)"
        )
    except (OSError, ValueError, KeyError, duckdb.IOException, duckdb.InvalidInputException) as problem:
        raise LinkageProblem(f"{folder} holds nothing that was kept whole: {problem}") from None
    columns = from_mapping({name: value for name, value in told["columns"].items() if value})
    background = Background(_arrays(told["chance"]), _arrays(told["spread"]), told["pairs"])
    model = Model(_compared(told["attributes"], columns), {}, told["shares"], told["pairs"])
    model.levels = {kind: _arrays(tables) for kind, tables in told["levels"].items()}
    set_tables(model, background)
    plain = {name: told[name] for name in ("records", "grouped_by", "last", "held", "keys", "parts")}
    return Known(columns, model, background, **plain, folder=folder.resolve(), is_whole=not gone)


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
