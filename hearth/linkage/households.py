"""Who lives with whom, as each source wrote it down: by property number or address, with room for slips where a name is shared.

People of one household are told, never made one person. An address is where somebody was when the source was written, so
households are found within a source; the same person's homes in two sources are two facts.
"""

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from hearth.linkage.keys import skeleton
from hearth.linkage.levels import ALIKE, one_slip

# So many people under one roof are a care home, a hostel, a barracks: neighbours there are no family.
COMMUNAL = 16
LARGEST_BLOCK = 400

_NUMBER = "regexp_extract({}.street, '[0-9]+')"
_POSTCODES_AGREE = f"(l.postcode is null or r.postcode is null or l.postcode = r.postcode or {one_slip('postcode')})"
_IN_ONE_PLACE = f"({_POSTCODES_AGREE} or l.place = r.place)"
_SAME_DOOR = "l.street = r.street and regexp_matches(l.street, '[0-9]')"
# Next door is one figure away: a slip in a number is believed in long numbers only.
_NUMBERS_AGREE = (
    "(l.door = r.door or l.door = '' or r.door = '' or (length(l.door) = length(r.door) and length(l.door) >= 3"
    " and damerau_levenshtein(l.door, r.door) = 1))"
)
_ALIKE = (
    f"({one_slip('street')} or jaro_winkler_similarity(l.street, r.street) >= {ALIKE}"
    " or ends_with(l.street, ' ' || r.street) or ends_with(r.street, ' ' || l.street)"
    # Of one of them the number alone was written.
    " or (l.postcode = r.postcode and l.door = r.door and (l.street = l.door or r.street = r.door)))"
)


def find_households(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `households` (`rid`, `household`: the lowest rid of it, NULL where nothing says where somebody lives; `communal`)."""
    connection.execute(
        "create or replace temp table homes as select source, uprn, street, postcode, place, min(rid) as home,"
        f" {_NUMBER.format('records')} as door from records where uprn is not null or street is not null group by all"
    )
    connection.execute(
        "create or replace temp table lives as select r.rid, r.source, r.family, h.home from records r join homes h"
        " on h.source = r.source and h.uprn is not distinct from r.uprn and h.street is not distinct from r.street"
        " and h.postcode is not distinct from r.postcode and h.place is not distinct from r.place"
    )
    pairs = connection.execute(f"{_one_roof()} union {_one_name()}").fetchnumpy()
    (last,) = connection.execute("select coalesce(max(rid), 0) from records").fetchall()[0]
    ones, others = np.asarray(pairs["a"]), np.asarray(pairs["b"])
    _, label = connected_components(
        coo_matrix((np.ones(len(ones)), (ones, others)), shape=(last + 1, last + 1)), directed=False
    )
    connection.register("roofs", pa.table({"home": np.arange(last + 1), "roof": label}))
    connection.execute(
        "create or replace table households as select r.rid, f.household, coalesce(f.people >= "
        + str(COMMUNAL)
        + ", false)"
        " as communal from records r left join lives l using (rid) left join roofs using (home) left join"
        " (select roof, min(rid) as household, count(*) as people from lives join roofs using (home) group by roof) f using (roof)"
        " order by r.rid"
    )
    connection.unregister("roofs")
    connection.execute("drop table homes; drop table lives")


def _one_roof() -> str:
    """Homes that are one by what is written of them alone: a property number, a numbered street, or a slip in the street of one door."""
    kept = f"select source, postcode, door from homes where door <> '' group by all having count(*) between 2 and {LARGEST_BLOCK}"
    return (
        "select l.home as a, r.home as b from homes l join homes r on l.source = r.source and l.uprn = r.uprn and l.home < r.home"
        " union all select l.home, r.home from homes l join homes r on l.source = r.source and l.street = r.street and l.home < r.home"
        f" where {_SAME_DOOR} and {_POSTCODES_AGREE} and (l.uprn is null or r.uprn is null)"
        f" union all select l.home, r.home from (from homes semi join ({kept}) using (source, postcode, door)) l join homes r"
        " on l.source = r.source and l.postcode = r.postcode and l.door = r.door and l.home < r.home"
        f" where {one_slip('street')} and (l.uprn is null or r.uprn is null)"
    )


def _one_name() -> str:
    """Homes written alike, in which somebody has the same family name."""
    sound = skeleton("regexp_replace(h.street, '[0-9 ]+', '', 'g')")
    found = []
    for key in ("h.postcode", f"left({sound}, 6)"):
        found.append(
            f"select a, b from (with named as (select distinct l.source, family, {key} as k, h.home, h.street, h.postcode, h.door, h.uprn, h.place"
            f" from lives l join homes h using (home) where family is not null and h.street is not null and {key} is not null),"
            f" kept as (from named semi join (select source, family, k from named group by all having count(*) between 2 and {LARGEST_BLOCK})"
            " using (source, family, k)) select l.home as a, r.home as b from kept l join kept r on l.source = r.source"
            " and l.family = r.family and l.k = r.k and l.home < r.home"
            f" where {_ALIKE} and {_NUMBERS_AGREE} and {_IN_ONE_PLACE} and (l.uprn is null or r.uprn is null or l.uprn = r.uprn))"
        )
    return " union ".join(found)
