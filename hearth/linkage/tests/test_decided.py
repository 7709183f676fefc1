"""What people decided holds whatever the evidence, in the next linking too; caution asks about twins, and fathers and sons."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from hearth.linkage.columns import from_mapping
from hearth.linkage.engine import connect
from hearth.linkage.pipeline import Linked, Settings, link, link_new

GIVEN = ("Amara", "Kiera", "Josef", "Tamsin", "Idris", "Wanda", "Oskar", "Bronagh", "Piotr", "Esme", "Callum")
BEGINS, ENDS = ("Eccles", "Tatter", "Orme", "Pick", "Ha", "Ent", "Duck"), ("hall", "sall", "rod", "worth", "twistle")
NAMES = ("source", "id", "given_name", "family_name", "birth_date", "postcode")
COLUMNS = from_mapping({name: name for name in NAMES} | {"date_order": "ymd"})
GIVEN_SETTINGS: dict[str, Any] = {"mode": "link", "each_once": True, "threshold": 0.9, "threads": 1}
Row = tuple[str | None, ...]


def town() -> list[Row]:
    """Seventy people, each in two sources."""
    people = [
        (
            GIVEN[n % 11],
            BEGINS[n % 7] + ENDS[n % 5],
            f"{1990 + n % 13}-{1 + n * 5 % 12:02}-{1 + n * 11 % 28:02}",
            f"BB{n % 9} 1AA",
        )
        for n in range(70)
    ]
    return [(source, str(n), *person) for source in ("a", "b") for n, person in enumerate(people)]


def linked(rows: list[Row], decided: list[tuple[Any, ...]] = (), folder: Path | None = None, **more: Any) -> Linked:  # type: ignore[assignment]
    """Link rows, with pairs decided beforehand; against a folder where one is given."""
    connection = connect(1)
    cells = list(zip(*rows, strict=True))
    schema = pa.schema([(name, pa.string()) for name in NAMES])
    connection.register("people", pa.table(dict(zip(NAMES, map(list, cells), strict=True)), schema=schema))
    names = ("source_a", "id_a", "source_b", "id_b", "same")
    table = pa.table({name: [row[place] for row in decided] for place, name in enumerate(names)})
    if decided:
        connection.register("decided_pairs", table)
    given = (connection, {"people": "people"}, COLUMNS, Settings(**(GIVEN_SETTINGS | more)))
    told = "decided_pairs" if decided else ""
    return link_new(*given, folder, told) if folder else link(*given, told)


def together(found: Linked, one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two records are one person."""
    cluster = {
        (source, name): person for source, name, person in zip(*found.clusters().to_pydict().values(), strict=True)
    }
    return bool(cluster[one] == cluster[other])


def test_two_that_a_person_held_apart_are_never_joined_nor_through_a_third() -> None:
    rows = [*town(), ("c", "7", *town()[7][2:])]
    assert together(linked(rows), ("a", "7"), ("b", "7"))
    found = linked(rows, [("b", "7", "a", "7", False)])
    assert not together(found, ("a", "7"), ("b", "7"))
    assert together(found, ("c", "7"), ("a", "7")) != together(found, ("c", "7"), ("b", "7"))


def test_two_that_a_person_held_together_are_joined_whatever_speaks_against_it() -> None:
    assert not together(linked(town()), ("a", "7"), ("b", "8"))
    assert together(linked(town(), [("a", "7", "b", "8", True)]), ("a", "7"), ("b", "8"))


def test_a_decision_that_is_undone_leaves_the_odds_there_were(tmp_path: Path) -> None:
    linked(town(), [("a", "7", "b", "7", False)]).keep(tmp_path / "known")
    later = linked([("d", "1", "Somebody", "New", "1990-01-01", "BB1 1AA")], folder=tmp_path / "known")
    assert together(later, ("a", "7"), ("b", "7"))
    again = linked(
        [("d", "1", "Somebody", "New", "1990-01-01", "BB1 1AA")], [("a", "7", "b", "7", False)], tmp_path / "known"
    )
    assert not together(again, ("a", "7"), ("b", "7"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Abigail", "Fairweather", "1999-03-04", "BB9 9QQ"), ("Gabrielle", "Fairweather", "1999-03-04", "BB9 9QQ")),
        (("Leo", "Marchbanks", "1999-06-01", "BB8 8QQ"), ("Leo", "Marchbanks", "1969-02-11", "BB8 8QQ")),
        (("Leopoldina", "Marchbanks", None, "BB8 8QQ"), ("Leopoldina", "Marchbanks", "1969-02-11", "BB8 8QQ")),
    ],
    ids=["twins", "father and son of one name", "of one no birth date is known"],
)
def test_caution_leaves_to_a_person_whom_odds_alone_might_join(one: Row, other: Row) -> None:
    rows = [*town(), ("a", "x", *one), ("b", "x", *other)]
    found = linked(rows, cautious=True)
    assert not together(found, ("a", "x"), ("b", "x"))
    assert together(found, ("a", "7"), ("b", "7"))
    pairs = found.pairs().to_pylist()
    assert not [p for p in pairs if p["decision"] == "link" and p["id_a"] == "x"]
    assert all(p["probability"] < 0.9 for p in pairs if p["id_a"] == p["id_b"] == "x")


def test_no_record_is_lost_where_a_decided_pair_is_gone() -> None:
    found = linked(town(), [("a", "not there", "b", "7", True)])
    assert found.clusters().num_rows == 140
