"""New records are linked against what is known, without linking everything again."""

import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from hearth.linkage import files, new_records
from hearth.linkage import kept as kept_files
from hearth.linkage.columns import Columns, LinkageProblem
from hearth.linkage.engine import connect, copy
from hearth.linkage.known import parts_of
from hearth.linkage.pipeline import Linked, Settings, link_new
from hearth.linkage.tests.town import COLUMNS, Row, build, linked, precision_and_recall, table

TOWN = build(200, seed=41)
SETTINGS = Settings(mode="link", each_once=True)
LATE = 60
# The book as it was, and the pages that were written since.
EARLY_BOOK, NEW_PAGES = TOWN.book[:-LATE], TOWN.book[-LATE:]


def against(folder: Path, rows: list[Row], source: str = "new", columns: Columns = COLUMNS) -> Linked:
    """New rows linked against what a folder keeps."""
    connection = connect(threads=1)
    connection.register("given", table(rows, source[0]))
    connection.execute("create table pages as from given")
    connection.unregister("given")
    return link_new(connection, {source: "pages"}, columns, SETTINGS, folder)


@pytest.fixture(scope="module")
def before() -> Linked:
    """The roll and the book as it was, linked."""
    return linked({"roll": TOWN.roll, "book": EARLY_BOOK}, SETTINGS)


@pytest.fixture(scope="module")
def folder(before: Linked, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was kept of that."""
    kept = tmp_path_factory.mktemp("known") / "kept"
    before.keep(kept)
    return kept


@pytest.fixture(scope="module")
def added(folder: Path) -> Linked:
    """The new pages linked against it."""
    return against(folder, NEW_PAGES)


def groups(result: Linked) -> dict[str, str]:
    """Each record's cluster."""
    return {str(row["id"]): str(row["cluster"]) for row in result.clusters().to_pylist()}


def test_new_records_are_linked_as_if_all_had_been_linked_at_once(added: Linked) -> None:
    little_by_little = groups(added)
    at_once = groups(linked({"roll": TOWN.roll, "book": EARLY_BOOK, "new": NEW_PAGES}, SETTINGS))
    assert len(little_by_little) == len(at_once) == len(TOWN.roll) + len(TOWN.book)
    precision, recall = precision_and_recall(little_by_little, at_once)
    assert precision >= 0.999
    assert recall >= 0.999


def test_only_pairs_with_a_new_record_are_looked_at(before: Linked, added: Linked) -> None:
    new = [pair for pair in added.pairs().to_pylist() if "new" in (pair["source_a"], pair["source_b"])]
    assert len(added.pairs()) == len(before.pairs()) + len(new)
    assert len(new) >= LATE * 0.9


def test_what_was_added_may_be_kept_and_added_to(folder: Path, added: Linked, tmp_path: Path) -> None:
    against(folder, NEW_PAGES[:30]).keep(tmp_path)
    twice = against(tmp_path, NEW_PAGES[30:], source="late")
    names = {f"l{place}": f"n{place + 30}" for place in range(30)}
    found = {names.get(name, name): cluster for name, cluster in groups(twice).items()}
    precision, recall = precision_and_recall(found, groups(added))
    assert min(precision, recall) >= 0.999


def test_an_explanation_is_the_same_after_it_was_kept(before: Linked, added: Linked) -> None:
    pair = next(p for p in before.pairs().to_pylist() if p["decision"] == "link")
    one, other = (pair["source_a"], pair["id_a"]), (pair["source_b"], pair["id_b"])
    lines = before.explain(one, other).lines
    learned = {line.words: line.bits for line in lines if line.attribute not in ("start", "household")}
    kept = {line.words: line.bits for line in added.explain(one, other).lines}
    assert {words: kept[words] for words in learned} == pytest.approx(learned, abs=1e-6)


def test_a_record_that_is_known_already_is_refused(folder: Path) -> None:
    with pytest.raises(LinkageProblem, match="Two records of roll have the id r0"):
        against(folder, TOWN.roll[:1], source="roll")


def test_columns_that_mean_something_else_are_refused(folder: Path) -> None:
    with pytest.raises(LinkageProblem, match="mean something else"):
        against(folder, NEW_PAGES, columns=Columns(id=("id",), given_name=("family",)))


def test_a_folder_that_was_not_kept_whole_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LinkageProblem, match="kept whole"):
        against(tmp_path, NEW_PAGES)
    for name in ("model.json", "records.parquet"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    with pytest.raises(LinkageProblem, match="kept whole"):
        against(tmp_path, NEW_PAGES)


def test_a_folder_of_another_version_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text('{"version": 0}')
    with pytest.raises(LinkageProblem, match="another version"):
        against(tmp_path, NEW_PAGES)


def test_one_record_alone_leaves_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(LinkageProblem, match="nothing to learn"):
        linked({"roll": TOWN.roll[:1]}, Settings(), Columns(id=("id",), family_name=COLUMNS.family_name)).keep(tmp_path)


def copied(folder: Path, into: Path) -> Path:
    """A copy of a kept folder, to be added to."""
    return Path(shutil.copytree(folder, into / "copy"))


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_where_it_was_kept_only_what_is_new_is_written(folder: Path, added: Linked, tmp_path: Path) -> None:
    kept = copied(folder, tmp_path)
    before = files_of(kept)
    against(kept, NEW_PAGES[:30], source="early").keep(kept)
    after = files_of(kept)
    assert {name: after.get(name) for name in before if name.startswith(("records", "scored", "keys"))} == {
        name: told for name, told in before.items() if name.startswith(("records", "scored", "keys"))
    }
    assert len(files.parquet.read_table(kept / "records-1.parquet")) == 30
    twice = groups(against(kept, NEW_PAGES[30:], source="late"))
    assert len(twice) == len(groups(added))
    names = {f"l{place}": f"n{place + 30}" for place in range(30)} | {f"e{place}": f"n{place}" for place in range(30)}
    found = {names.get(name, name): cluster for name, cluster in twice.items()}
    assert min(precision_and_recall(found, groups(added))) >= 0.999


def test_many_additions_are_written_anew_as_one(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = copied(folder, tmp_path)
    monkeypatch.setattr(kept_files, "MOST_PARTS", 1)
    for place, source in enumerate(("x", "y")):
        last = against(kept, NEW_PAGES[place * 10 : place * 10 + 10], source=source)
        last.keep(kept)
    assert {kind: len(names) for kind, names in parts_of(kept).items()} == dict.fromkeys(
        ("records", "scored", "clusters", "keys"), 1
    )
    assert groups(last) == groups(against(kept, [], source="z")), "the run reads on, and the next one reads the same"


@pytest.mark.parametrize("whole", [True, False], ids=["all", "an addition"])
@pytest.mark.parametrize("after", [0, 1, 3, "the end"])
def test_whoever_is_stopped_while_it_is_kept_leaves_what_there_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bool, after: int | str
) -> None:
    kept = copied(folder, tmp_path)
    told = files_of(kept)
    found = against(kept, NEW_PAGES[:5])
    monkeypatch.setattr(kept_files, "MOST_PARTS", 0 if whole else 16)
    writing = iter(range(99))

    def stop(*given: Any) -> None:
        if after != "the end" and next(writing) >= int(after):
            raise KeyboardInterrupt
        copy(*given)

    for module in (kept_files, new_records):
        monkeypatch.setattr(module, "copy", stop)
    if after == "the end":
        monkeypatch.setattr(kept_files, "write_known", stop_here)
    with pytest.raises(KeyboardInterrupt):
        found.keep(kept)
    monkeypatch.undo()
    assert {name: files_of(kept)[name] for name in told} == told
    again = against(kept, NEW_PAGES[:5])
    assert groups(again) == groups(found)
    again.keep(kept)
    assert {name.split("/")[0] for name in files_of(kept)} == {
        "model.json",
        *(name for names in parts_of(kept).values() for name in names),
    }


def stop_here(*_: Any) -> None:
    """The plug is pulled."""
    raise KeyboardInterrupt


def test_records_that_are_gone_are_known_no_more(folder: Path) -> None:
    gone = range(0, 300, 3)
    connection = connect(threads=1)
    connection.register("given", table(NEW_PAGES, "n"))
    connection.register("away", pa.table({"source": ["roll"] * len(gone), "id": [f"r{place}" for place in gone]}))
    connection.execute("create table pages as from given; create table gone as from away")
    found = groups(link_new(connection, {"new": "pages"}, COLUMNS, SETTINGS, folder, gone="gone"))
    roll = [row for place, row in enumerate(TOWN.roll) if place not in gone]
    names = iter(f"r{place}" for place in range(len(TOWN.roll)) if place not in gone)
    new_name = {f"r{place}": next(names) for place in range(len(roll))}
    at_once = groups(linked({"roll": roll, "book": EARLY_BOOK, "new": NEW_PAGES}, SETTINGS))
    at_once = {new_name.get(name, name): cluster for name, cluster in at_once.items()}
    assert found.keys() == at_once.keys()
    assert min(precision_and_recall(found, at_once)) >= 0.995


def test_whoever_is_not_to_be_kept_is_new_the_next_time(before: Linked, folder: Path, tmp_path: Path) -> None:
    away = {"source": ["book"] * 40, "id": [f"b{place}" for place in range(40)]}
    before.connection.register("given_away", pa.table(away))
    before.connection.execute("create or replace temp table away as from given_away")
    before.keep(tmp_path, without="away")
    connection = connect(threads=1)
    connection.register("given", table(EARLY_BOOK[:40], "b"))
    connection.execute("create table pages as from given")
    again = groups(link_new(connection, {"book": "pages"}, COLUMNS, SETTINGS, tmp_path))
    assert again.keys() == groups(before).keys()
    assert min(precision_and_recall(again, groups(before))) >= 0.999
    assert not {row["id"] for row in files.parquet.read_table(tmp_path / "records.parquet").to_pylist()} & set(
        away["id"]
    )
