"""Turns a file into batches of rows, a few megabytes at a time: each cell as text, each row with its number and its fault."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.csv as pc

from hearth.intelligence.feeds import workbook
from hearth.intelligence.feeds.layout import Layout
from hearth.intelligence.feeds.opening import Shape, is_workbook, refusal, shape_of

BLOCK = 1 << 22  # bytes of text in hand at a time
LONGEST_CELL = 32_767  # characters, as in a spreadsheet: a longer one is rows that ran together
MOST_LINES = 50  # of one row
ROW, FAULT, TEXT = "_row", "_fault", "_text"  # the row's number in the file; why it cannot be read; what it said then


def schema_of(layout: Layout) -> pa.Schema:
    """Rows as they are staged: every cell as text."""
    cells = [(column.name, pa.string()) for column in layout.columns]
    return pa.schema([(ROW, pa.int64()), (FAULT, pa.string()), (TEXT, pa.string()), *cells])


def batches_of(path: Path, layout: Layout) -> tuple[list[str], Iterator[tuple[pa.RecordBatch, float]]]:
    """The headers that are not kept, and batches of rows with how much of the file is read, from 0 to 1.

    Raises Refused where the file is not one of this feed, at once or when the batch that shows it is asked for.
    """
    if is_workbook(path):
        return workbook.batches_of(path, layout, schema_of(layout))
    shape = shape_of(path, layout)
    return shape.not_kept, _text_batches(path, layout, shape)


class _Faults:
    """Rows with too many or too few cells, in the order of the file, until their place comes."""

    def __init__(self) -> None:
        self.found: list[Any] = []

    def __call__(self, row: Any) -> str:
        self.found.append(row)
        return "skip"


def _text_batches(path: Path, layout: Layout, shape: Shape) -> Iterator[tuple[pa.RecordBatch, float]]:
    faults, schema, size = _Faults(), schema_of(layout), max(path.stat().st_size, 1)
    names = [f"c{place}" for place in range(len(shape.headers))]
    number = 1  # the row of headers
    with path.open("rb") as file:
        try:
            reader = pc.open_csv(
                file,
                read_options=pc.ReadOptions(
                    use_threads=False, block_size=BLOCK, encoding=shape.encoding, column_names=names,
                    skip_rows_after_names=1,
                ),
                parse_options=pc.ParseOptions(
                    delimiter=shape.separator, newlines_in_values=True, invalid_row_handler=faults,
                    ignore_empty_lines=True,
                ),
                convert_options=pc.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False,
                    include_columns=[names[place] for place in shape.places.values()],
                ),
            )  # fmt: skip
            for batch in reader:
                batch, number = _numbered(batch, layout, shape, schema, number, faults)
                yield batch, min(file.tell() / size, 1.0)
        except pa.ArrowInvalid as problem:
            if "Empty CSV" not in str(problem):
                raise _broken(problem, number) from None
    if faults.found:
        yield _of_faults(faults.found, schema), 1.0


def _broken(problem: Exception, number: int) -> Exception:
    if "straddling" in str(problem) or "quote" in str(problem).lower():
        return refusal(
            f"A quotation mark that opens after row {number} is never closed, so the rows below it run together. "
            "Ask for the file once more, with each quotation mark inside a cell written twice."
        )
    return refusal(f"The file is damaged after row {number}, so nothing of it was read. Ask for it once more.")


def _numbered(
    batch: pa.RecordBatch, layout: Layout, shape: Shape, schema: pa.Schema, last: int, faults: _Faults
) -> tuple[pa.RecordBatch, int]:
    """The batch in the order of our columns, with the number of each row, and the faulty rows that stand among them."""
    among: list[Any] = []
    numbers: list[int] = []
    while len(numbers) < batch.num_rows:
        last += 1
        if faults.found and faults.found[0].number <= last:
            among.append(faults.found.pop(0))
        else:
            numbers.append(last)
    cells: dict[str, Any] = {ROW: pa.array(numbers, pa.int64())}
    for column in layout.columns:
        place = shape.places.get(column.name)
        cells[column.name] = pa.nulls(len(numbers), pa.string()) if place is None else batch.column(f"c{place}")
        if _longest(cells[column.name]) > LONGEST_CELL:
            raise _broken(pa.ArrowInvalid("quote"), last - batch.num_rows)
    cells[FAULT] = cells[TEXT] = pa.nulls(len(numbers), pa.string())
    whole = pa.record_batch([cells[name] for name in schema.names], schema=schema)
    if not among:
        return whole, last
    joined = pa.Table.from_batches([whole, _of_faults(among, schema)]).combine_chunks().to_batches()[0]
    return joined, last


def _longest(cells: Any) -> int:
    lengths = compute.call_function("binary_length", [cells])
    return compute.call_function("max", [lengths]).as_py() or 0


def _of_faults(found: list[Any], schema: pa.Schema) -> pa.RecordBatch:
    for row in found:
        if row.text.count("\n") > MOST_LINES or len(row.text) > LONGEST_CELL:
            raise _broken(pa.ArrowInvalid("quote"), row.number)
    rows = [
        {
            ROW: row.number,
            FAULT: f"It has {row.actual_columns} cells, and the row of headers has {row.expected_columns}.",
            TEXT: row.text[:2000],
        }
        for row in found
    ]
    return pa.RecordBatch.from_pylist(rows, schema=schema)
