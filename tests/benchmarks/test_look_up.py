"""What the look-up compares: read by nobody but its functions, and weighed on the levels that the weights were learned on."""

import random

import pyarrow as pa
import pytest
from django.db import connections

from benchmarks.look_up import Measured, Timed, measure, table, typed_of
from benchmarks.register import Query, register, typed
from hearth.foundation.core.text import fold
from hearth.linkage.candidates import compare
from hearth.linkage.columns import Columns
from hearth.linkage.engine import connect
from hearth.linkage.live import ATTRIBUTES
from hearth.linkage.records import number_records
from hearth.linkage.standardise import NO_NAME, TITLES
from hearth.records.people.models import LookUpEntry, NameCount
from hearth.records.people.search.likeness import functions as likeness
from hearth.records.people.search.likeness.weights import shipped

COLUMNS = Columns(
    id=("id",), given_name=("given",), family_name=("family",), birth_date=("born",), postcode=("postcode",), date_order="ymd"
)  # fmt: skip
LEVELS = {"given": likeness.GIVEN, "family": likeness.FAMILY, "born": likeness.BORN, "home": likeness.HOME}
NOT_A_NAME = set(TITLES.split("|")) | set(NO_NAME.split("|"))


def test_nobody_reads_entries_or_counts_by_the_tables_themselves(family, cast, as_):
    with as_(cast.family_worker):
        assert not LookUpEntry.objects.exists() and not NameCount.objects.exists()


def pairs():
    """A thousand searches, each with whom it meant, with somebody of their household and with a stranger."""
    dice = random.Random("levels")
    households = list(register(1500, seed=5))
    everybody = [one for home in households for one in home]
    for home in households:
        for one in home:
            if one.given and one.precision in ("full", "month", "year"):
                query = typed(one, dice, ["BB1 1AA", "LA9 2BB"])
                for other in (one, dice.choice(home), dice.choice(everybody)):
                    if other.precision in ("full", "month", "year") and plain(query) and plain(other):
                        yield query, other


def plain(one):
    """Whether linking would not take a part of this name for a title, and the date is one that both can read."""
    words = f"{fold(one.given)} {fold(one.family)}".split()
    return (
        not NOT_A_NAME & set(words)
        and fold(one.given)
        and not (isinstance(one, Query) and one.born.startswith("about"))
    )


def test_the_database_tells_the_levels_that_the_weights_were_learned_on(db):
    found = list(pairs())
    assert len(found) > 2000
    told = zip(found, by_postgres(found), by_duckdb(found), strict=True)
    assert [
        (query, other.given, other.family, here, there) for (query, other), here, there in told if here != there
    ] == []


def by_postgres(found):
    rows = []
    for query, other in found:
        given, forms, family, born, known, code = typed_of(query)
        mine = fold(other.given).split()
        rows.append(
            (mine[0], " ".join(mine[1:]), fold(other.family), other.stored_born, other.precision, f"|{other.codes[0]}|",
             given[0], " ".join(given[1:]), " ".join(given), " ".join(family), " ".join(forms), born, known, code)
        )  # fmt: skip
    columns = (
        "given text, middle text, family text, born_on date, birth_precision text, homes text, t_given text, t_middle text,"
        " t_whole text, t_family text, t_forms_ text, t_born date, t_known text, t_code text"
    )
    with connections["default"].cursor() as cursor:
        cursor.execute(f"create temporary table compared (n serial, {columns}) on commit drop")
        marks = ", ".join(["%s"] * len(rows[0]))
        names = ", ".join(part.split()[0] for part in columns.split(","))
        cursor.executemany(f"insert into compared ({names}) values ({marks})", rows)
        cursor.execute(
            f"""select {", ".join(LEVELS.values())} from (select c.*, string_to_array(t_forms_, ' ') as t_forms,
            array(select w from unnest(string_to_array(t_family, ' ')) w where length(w) > 2) as t_parts,
            extract(day from t_born)::int as t_day, extract(month from t_born)::int as t_month, extract(year from t_born)::int as t_year,
            to_char(t_born, 'YYYYMMDD') as t_figures, t_born as t_last,
            case when t_known = 'full' and extract(day from t_born) <= 12 then make_date(extract(year from t_born)::int,
                extract(day from t_born)::int, extract(month from t_born)::int) end as t_turned
            from compared c) e order by n"""
        )
        return cursor.fetchall()


def by_duckdb(found):
    connection = connect()
    partial = {"full": 10, "month": 7, "year": 4}
    for source, place in (("register", 1), ("typed", 0)):
        rows = []
        for number, pair in enumerate(found):
            one = pair[place]
            born = one.born if place == 0 else str(one.stored_born)[: partial[one.precision]]
            rows.append((f"{number:06}", one.given, one.family, born, one.postcode if place == 0 else one.codes[0]))
        names = ("id", "given", "family", "born", "postcode")
        connection.register(
            f"given_{source}", pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
        )
        connection.execute(f"create table {source} as from given_{source}")
    number_records(connection, {"register": "register", "typed": "typed"}, COLUMNS)
    connection.execute(
        "create temp table told as select r.rid as a, t.rid as b from records r join records t using (id)"
        " where r.source = 'register' and t.source = 'typed'"
    )
    compare(connection, "told", ATTRIBUTES, "told_compared")
    names = ", ".join(f"t.{attribute.name} & 15" for attribute in ATTRIBUTES)
    return connection.execute(
        f"select {names} from told_compared t join records r on r.rid = t.a order by r.id"
    ).fetchall()


def test_the_shipped_weights_are_of_these_levels_and_say_what_they_were_learned_on():
    told = shipped()
    assert told["version"] and told["learned_on"]
    for attribute in ATTRIBUTES:
        weights = told["attributes"][attribute.name]
        assert weights["levels"] == [level.words for level in attribute.levels]
        assert {len(weights[kind]) for kind in ("person", "household", "twins")} == {len(attribute.levels)}
        assert weights["person"][0][0] > 5 > 0 > weights["person"][-1][0], "the same speaks for, different against"


TIMED = Timed([1.0] * 40, [True] * 40)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, ""), ({"ours": Timed([11.0] * 40, [True] * 40)}, "10 is the limit"), ({"trigram": Timed([40.0] * 40, [True] * 40)}, "1/50 is the limit"),
        ({"ours": Timed([1.0] * 40, [False] * 2 + [True] * 38)}, "0.985 is the least"), ({"of_every": 0.98}, "0.99 is the least"),
        ({"a_second": 499.0}, "500 is the least"),
    ],
    ids=str,
)  # fmt: skip
def test_each_goal_that_is_missed_is_said(more, said):
    slow = Timed([1000.0] * 40, [True] * 40)
    given = {
        "people": 10,
        "ours": TIMED,
        "trigram": slow,
        "key": TIMED,
        "every": slow,
        "of_every": 1.0,
        "a_second": 900.0,
        "page": slow,
    }
    assert [sentence for sentence in Measured(**{**given, **more}).faults if said not in sentence] == []
    assert bool(Measured(**{**given, **more}).faults) is bool(said)


def test_a_small_register_is_loaded_and_measured_whole(bench_folder, free_ports):
    found = measure(2000, bench_folder / "13", free_ports[0], queries=60, every=20, seconds=0.5)
    assert found.ours.recall > 0.9 and found.trigram.recall > 0.5 and found.every.recall > 0.9
    assert found.a_second > 0 and all(found.page.found)
    assert "look-ups a second" in table(found)
