"""Learn the look-up's weights again: `python -m benchmarks.look_up_weights`. On invented people that no measurement uses."""

import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.register import Query, register, typed
from hearth.linkage.columns import Columns
from hearth.linkage.engine import connect
from hearth.linkage.live import learn_weights

SEED, PEOPLE, QUERIES = 1001, 200_000, 40_000
WHERE = Path(__file__).parent.parent / "hearth/records/people/search/likeness/weights.json"
COLUMNS = Columns(
    id=("id",),
    given_name=("given",),
    family_name=("family",),
    birth_date=("born",),
    postcode=("postcode",),
    date_order="ymd",
)


def learned(people: int, queries: int, seed: int) -> dict[str, Any]:
    """The weights, from so many people and so many searches for some of them."""
    everybody = [one for household in register(people, seed) for one in household]
    codes = sorted({one.codes[0] for one in everybody})
    dice = random.Random(f"typed {seed}")
    asked = [typed(one, dice, codes) for one in dice.sample([one for one in everybody if one.given], queries)]
    connection = connect()
    rows = [(str(one.key), one.given, one.family, str(one.stored_born or ""), one.codes[0]) for one in everybody]
    connection.register("given_register", _table(rows))
    connection.register("given_typed", _table([_row(n, query) for n, query in enumerate(asked)]))
    home = defaultdict(list)
    for one in everybody:
        home[one.family_key].append(str(one.key))
    families = {str(one.key): one.family_key for one in everybody}
    meant = [
        (str(n), key, key == str(query.truth))
        for n, query in enumerate(asked)
        for key in home[families[str(query.truth)]]
    ]
    connection.register(
        "meant", pa.table(dict(zip(("typed", "register", "same"), map(list, zip(*meant, strict=True)), strict=True)))
    )
    connection.execute("create table register as from given_register; create table typed as from given_typed")
    return learn_weights(connection, "register", "typed", "meant", COLUMNS)


def _row(number: int, query: Query) -> tuple[str, ...]:
    return (str(number), query.given, query.family, query.born.removeprefix("about "), query.postcode)


def _table(rows: list[tuple[str, ...]]) -> pa.Table:
    names = ("id", "given", "family", "born", "postcode")
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


def main() -> None:
    """Write the file that ships. A migration then makes the functions again (docs/look-up.md)."""
    told = {
        "version": 1,
        "learned_on": f"{PEOPLE:,} invented people and {QUERIES:,} searches, seed {SEED}",
        **learned(PEOPLE, QUERIES, SEED),
    }
    WHERE.write_text(json.dumps(told, separators=(", ", ": ")).replace('], "', '],\n "') + "\n", encoding="utf-8")
    print(WHERE)


if __name__ == "__main__":
    main()
