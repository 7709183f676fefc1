"""The measure of linking reads its truth aside: what it reports of an invented town is what the town says."""

from pathlib import Path

import pyarrow as pa

from benchmarks.linkage import measure
from hearth.linkage import files
from hearth.linkage.tests.town import build, table


def test_a_set_is_linked_without_its_truth_and_held_against_it(tmp_path: Path) -> None:
    town = build(60, seed=53)
    rows = [*town.roll, *town.book]
    held = table(rows, "x").append_column("who", pa.array([row.person for row in rows]))
    files.write(held, tmp_path / "town.parquet")
    (tmp_path / "town.toml").write_text(
        'truth = "who"\n[columns]\nid = "id"\ngiven_name = "given"\nfamily_name = "family"\nbirth_date = "born"\n'
        'address = "address"\npostcode = "postcode"\nnhs_number = "nhs"\n'
    )
    row = measure(tmp_path, "town")
    assert row.records == len(rows)
    assert row.precision >= 0.97
    assert row.recall >= 0.95
    assert row.f1 < 1.0 or row.precision == row.recall == 1.0
