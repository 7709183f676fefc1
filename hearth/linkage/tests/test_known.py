"""New records are linked against what is known, without linking everything again."""

from pathlib import Path

import pytest

from hearth.linkage.columns import Columns, LinkageProblem
from hearth.linkage.engine import connect
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
