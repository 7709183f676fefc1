"""The other model: Splink is what answers when it is chosen, with the same tables, and a sentence for what it has not."""

import math
import subprocess
import sys
from dataclasses import replace

import pytest

from hearth.linkage.columns import Columns, LinkageProblem
from hearth.linkage.engine import connect
from hearth.linkage.pipeline import Settings
from hearth.linkage.splink_model import certain_rules, training_rules
from hearth.linkage.tests.town import COLUMNS, Row, build, linked, precision_and_recall, table
from hearth.linkage.with_splink import LinkedWithSplink, link_with_splink

TOWN = build(260, seed=61)


def by_splink(sources: dict[str, list[Row]], settings: Settings, columns: Columns = COLUMNS) -> LinkedWithSplink:
    """As `town.linked`, with the other model."""
    connection = connect(threads=2)
    for source, rows in sources.items():
        connection.register("given", table(rows, source[0]))
        connection.execute(f"create table {source} as from given")
        connection.unregister("given")
    return link_with_splink(connection, {source: source for source in sources}, columns, settings)


@pytest.fixture(scope="module")
def told() -> LinkedWithSplink:
    """The roll and the book of the town, across the two."""
    return by_splink({"roll": TOWN.roll, "book": TOWN.book}, Settings(mode="link", threshold=0.95, review=0.01))


def right(found: LinkedWithSplink) -> tuple[float, float]:
    """Precision and recall of what was found of the town."""
    truth = {f"r{place}": row.person for place, row in enumerate(TOWN.roll)}
    truth |= {f"b{place}": row.person for place, row in enumerate(TOWN.book)}
    people = {str(row["id"]): str(row["cluster"]) for row in found.clusters().to_pylist()}
    return precision_and_recall(people, truth, {name: name[0] for name in truth})


def test_most_people_are_found_and_few_taken_for_another(told: LinkedWithSplink) -> None:
    precision, recall = right(told)
    assert precision >= 0.95
    assert recall >= 0.95


def test_its_probabilities_are_splinks_own_and_not_ours(told: LinkedWithSplink) -> None:
    own = {
        (min(row["unique_id_l"], row["unique_id_r"]), max(row["unique_id_l"], row["unique_id_r"])): row[
            "match_probability"
        ]
        for row in told.predictions.as_record_list()
    }
    pairs = told.connection.sql("select a, b, odds from scored").fetchall()
    assert len(pairs) == len(own) > 500
    assert all(1 / (1 + math.exp(-odds)) == pytest.approx(own[one, other], abs=1e-6) for one, other, odds in pairs)
    ours = linked({"roll": TOWN.roll, "book": TOWN.book}, Settings(mode="link", review=0.01))
    assert ours.pairs().to_pylist() != told.pairs().to_pylist()


def test_its_tables_have_the_columns_that_ours_have(told: LinkedWithSplink) -> None:
    ours = linked({"roll": TOWN.roll[:60], "book": TOWN.book[:60]}, Settings(mode="link"))
    assert told.pairs().schema.names == ours.pairs().schema.names
    assert told.clusters().schema == ours.clusters().schema
    assert told.households().schema.names == ours.households().schema.names
    assert len(told.clusters()) == len(TOWN.roll) + len(TOWN.book) == told.counts()[0]


def test_a_pair_is_for_a_person_where_its_probability_is_between_the_two(told: LinkedWithSplink) -> None:
    pairs = told.pairs().to_pylist()
    assert {pair["decision"] for pair in pairs} == {"link", "review"}
    assert all(0.01 <= pair["probability"] < 0.95 for pair in pairs if pair["decision"] == "review")
    assert all(pair["source_a"] != pair["source_b"] for pair in pairs)


def test_a_higher_threshold_links_fewer() -> None:
    found = by_splink({"roll": TOWN.roll, "book": TOWN.book}, Settings(mode="link", review=0.01))
    before = found.counts()[1]
    found.group(0.999999)
    assert found.counts()[1] > before
    found.group(0.5)
    assert found.counts()[1] == before


def test_one_file_is_cleared_of_those_it_lists_twice() -> None:
    found = by_splink({"file": [*TOWN.roll, *TOWN.book]}, Settings(threshold=0.95))
    people = {str(int(row["id"][1:])): row["cluster"] for row in found.clusters().to_pylist()}
    truth = {str(place): row.person for place, row in enumerate([*TOWN.roll, *TOWN.book])}
    precision, recall = precision_and_recall(people, truth)
    assert min(precision, recall) >= 0.85


def test_a_source_that_lists_everybody_once_gives_nobody_two_records() -> None:
    again = [replace(row, nhs=None) for row in TOWN.roll[:40]]
    sources = {"roll": [*TOWN.roll, *again], "book": TOWN.book}

    def twice(settings: Settings) -> int:
        return len(
            by_splink(sources, settings)
            .connection.sql(
                "select 1 from clusters join records using (rid) group by cluster, source having count(*) > 1"
            )
            .fetchall()
        )

    assert twice(Settings(mode="link")) > 0
    assert twice(Settings(mode="link", each_once=True)) == 0


def test_names_of_sources_may_hold_quotes() -> None:
    connection = connect(threads=2)
    for name, rows in (("one", TOWN.roll), ("two", TOWN.book)):
        connection.register("given", table(rows, name[0]))
        connection.execute(f"create table {name} as from given")
    found = link_with_splink(connection, {"o'neill": "one", 'the "book"': "two"}, COLUMNS, Settings(mode="link"))
    assert {row["source"] for row in found.clusters().to_pylist()} == {"o'neill", 'the "book"'}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(cautious=True), "does not know caution"),
        (Settings(mode="link"), "one source only"),
        (Settings(each_once=True), "lists nobody twice"),
    ],
)
def test_what_it_has_not_is_refused_with_a_sentence(settings: Settings, said: str) -> None:
    with pytest.raises(LinkageProblem, match=said):
        by_splink({"file": TOWN.roll}, settings)


def test_it_neither_explains_nor_keeps(told: LinkedWithSplink, tmp_path) -> None:
    with pytest.raises(LinkageProblem, match="no words for a pair"):
        told.explain(("roll", "r0"), ("book", "b0"))
    with pytest.raises(LinkageProblem, match="cannot be kept"):
        told.keep(tmp_path)


@pytest.mark.parametrize(
    ("columns", "rows", "said"),
    [
        (Columns(family_name=("family",)), TOWN.roll, "at least two of"),
        (COLUMNS, TOWN.roll[:1], "fewer than two records"),
        (COLUMNS, TOWN.roll[:3], "No two records agree but for a slip"),
        (COLUMNS, [Row("a", "h", "Amy", "Holt", "2016-04-02")] * 9, "Nearly all records agree"),
    ],
)
def test_files_that_it_cannot_learn_from_are_refused_with_a_sentence(
    columns: Columns, rows: list[Row], said: str
) -> None:
    with pytest.raises(LinkageProblem, match=said):
        by_splink({"file": rows}, Settings(), columns)


@pytest.mark.parametrize("instead", [None, type(sys)("splink")])
def test_without_splink_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, instead: object) -> None:
    monkeypatch.setitem(sys.modules, "splink", instead)
    with pytest.raises(LinkageProblem, match=r"pip install 'splink~=5\.0'"):
        by_splink({"file": TOWN.roll}, Settings())


def test_linkage_itself_never_loads_splink() -> None:
    code = "import sys, hearth.linkage.pipeline, hearth.linkage.with_splink; sys.exit('splink' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_slip_in_every_record_is_no_hindrance_to_begin_with() -> None:
    rows = [replace(row, family=f"{row.family}e", nhs=None) for row in TOWN.roll[:200]]
    found = by_splink({"roll": [replace(row, nhs=None) for row in TOWN.roll], "again": rows}, Settings(mode="link"))
    assert found.counts()[1] < len(TOWN.roll) + 40


def test_rules_follow_what_is_held() -> None:
    assert training_rules({"given", "family", "dob", "postcode"}) == [("given", "family"), ("dob",)]
    assert training_rules({"given", "family"}) == [("given",), ("family",)]
    assert training_rules({"family", "birth_year"}) == [("family",), ("birth_year",)]
    rules = certain_rules({"given", "family", "dob", "nhs_number"})
    assert rules[0] == "levenshtein(l.given, r.given) <= 1 and l.family = r.family and l.dob = r.dob"
    assert len(rules) == 4
    assert rules[3] == ("nhs_number",)
    assert certain_rules({"given", "family", "postcode"}) == [("given", "family", "postcode")]


@pytest.mark.parametrize(("code", "compared"), [("BB11 9ZZ", "regexp_extract"), ("90210", "levenshtein")])
def test_postcodes_are_compared_by_their_parts_where_they_are_of_this_country(code: str, compared: str) -> None:
    rows = [replace(row, postcode=code) for row in [*TOWN.roll, *TOWN.book]]
    assert compared in how(by_splink({"file": rows}, Settings(), replace(COLUMNS, address=())), "postcode")


def test_a_shared_home_is_one_piece_of_evidence(told: LinkedWithSplink) -> None:
    assert "street" in how(told, "home")
    assert "postcode" in how(told, "home")
    with pytest.raises(ValueError):
        how(told, "postcode")


def how(found: LinkedWithSplink, name: str) -> str:
    """The SQL by which the one comparison of that name goes by its levels."""
    every = found.linker.misc.save_model_to_json()["comparisons"]
    (compared,) = [comparison for comparison in every if comparison["output_column_name"] == name]
    return str([level["sql_condition"] for level in compared["comparison_levels"]])
