"""From links to people: groups grown from the surest link on, joined only where the evidence between them as a whole allows it."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from hearth.linkage.candidates import compare
from hearth.linkage.caution import sure
from hearth.linkage.decided import SURE
from hearth.linkage.model import Model
from hearth.linkage.scoring import score

# Every pair inside a tangle is compared; a larger one is first cut at its weakest links.
LARGEST_TANGLE = 400
CUT_STEP = 2.0
# Two groups join where their pairs hold, on average, at least this part of the evidence that one person's records must have.
# All of it would keep apart records of which little is known; none would let a chain of weak links through.
ENOUGH_OF_THE_WAY = 0.5


def find_clusters(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    least: float,
    each_once: bool,
    *,
    cautious: bool = False,
    among: str = "records",
) -> None:
    """Make `clusters` (`rid`, `cluster`: the lowest rid of its group; `tangle`) from `scored`; somebody linked to nobody is alone.

    A tangle is what links hold together, whether or not it is one group in the end, named by its lowest rid.

    `among` is the table of the records that are grouped: everybody who is linked to any of them is in it.

    `least` is the natural logarithm of odds from which a pair is a link. `each_once` says that no source lists a person twice:
    then no two records of a source are ever in one group. What `decided` holds apart stays apart, and what it holds together
    comes first. `cautious` keeps apart whatever `caution` is not sure of.
    """
    rids = np.asarray(connection.execute(f"select rid from {among} order by rid").fetchnumpy()["rid"])
    links = connection.execute(
        f"select a, b, odds, l.source <> r.source or not ? or odds >= ? as may from scored join {among} l on l.rid = a"
        f" join {among} r on r.rid = b where odds >= ? order by a, b",
        [each_once, SURE, least],
    ).fetchnumpy()
    a, b, odds, may = (np.asarray(links[name]) for name in ("a", "b", "odds", "may"))
    a, b = np.searchsorted(rids, a), np.searchsorted(rids, b)  # places among them
    floor = ENOUGH_OF_THE_WAY * float(np.log(model.shares["person"]))
    tangles = _tangles(a, b, odds, least, len(rids))
    cluster = rids.copy()
    sizes = np.bincount(tangles, minlength=1)[tangles]
    # Two records and one link: there is nothing more to weigh.
    alone = (sizes[a] == 2) & (tangles[a] == tangles[b]) & (odds > floor) & may
    cluster[b[alone]] = rids[a[alone]]
    several = sizes > 2
    connection.register("tangle_of", pa.table({"rid": rids[several], "tangle": tangles[several]}))
    connection.execute("create or replace temp table tangled as from tangle_of")
    connection.unregister("tangle_of")
    for rows in _each_tangle(connection, model, each_once, cautious, among):
        for group in _groups(*rows, least=least, floor=floor):
            cluster[np.searchsorted(rids, group)] = group.min()
    _, firsts, places = np.unique(tangles, return_index=True, return_inverse=True)
    connection.register("cluster_of", pa.table({"rid": rids, "cluster": cluster, "tangle": rids[firsts[places]]}))
    connection.execute("create or replace table clusters as from cluster_of order by rid")
    connection.unregister("cluster_of")
    connection.execute(
        "drop table tangled; drop table tangle_pairs; drop table tangle_compared; drop table tangle_scored"
    )


def _tangles(a: np.ndarray, b: np.ndarray, odds: np.ndarray, least: float, size: int) -> np.ndarray:
    """For each record the number of the tangle of links it is in; a tangle too large is cut at its weakest links."""
    keep = np.ones(len(a), dtype=bool)
    while True:
        graph = coo_matrix((np.ones(keep.sum()), (a[keep], b[keep])), shape=(size, size))
        _, label = connected_components(graph, directed=False)
        large = np.bincount(label)[label] > LARGEST_TANGLE
        weak = keep & large[a] & (odds < least + CUT_STEP) if len(a) else keep
        if not large.any() or (not weak.any() and least > odds.max()):
            return np.asarray(label)
        keep &= ~weak
        least += CUT_STEP


Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _each_tangle(
    connection: duckdb.DuckDBPyConnection, model: Model, each_once: bool, cautious: bool, among: str
) -> Iterator[Rows]:
    """Every pair of each tangle, looked at before or not, the surest first: two records, their odds, and whether they may be one."""
    connection.execute(
        "create or replace temp table tangle_pairs as select l.rid as a, r.rid as b from tangled l join tangled r"
        " on l.tangle = r.tangle and l.rid < r.rid"
    )
    compare(connection, "tangle_pairs", model.attributes, "tangle_compared", among)
    score(connection, model, "tangle_compared", "tangle_scored")
    found = connection.execute(
        "select t.tangle, s.a, s.b, case when d.same then ? when not d.same then -? else s.odds end as odds,"
        f" coalesce(d.same, (l.source <> r.source or not ?) and {sure(model.attributes, 'c.') if cautious else 'true'}) as may"
        " from tangle_scored s join tangled t on t.rid = s.a join tangle_compared c on c.a = s.a and c.b = s.b"
        f" join {among} l on l.rid = s.a join {among} r on r.rid = s.b left join decided d on d.a = s.a and d.b = s.b"
        " order by t.tangle, 4 desc, l.source, l.id, r.source, r.id",
        [SURE, SURE, each_once],
    ).fetchnumpy()
    tangle, a, b, odds, may = (np.asarray(found[name]) for name in ("tangle", "a", "b", "odds", "may"))
    ends = np.flatnonzero(np.diff(tangle)) + 1
    for start, end in zip([0, *ends], [*ends, len(tangle)], strict=True):
        if end > start:
            yield a[start:end], b[start:end], odds[start:end], may[start:end]


def _groups(
    a: np.ndarray, b: np.ndarray, odds: np.ndarray, may: np.ndarray, *, least: float, floor: float
) -> list[np.ndarray]:
    """The groups of one tangle, as arrays of rids. Every pair of it is given, the surest first."""
    rids, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    first, second = places[: len(a)], places[len(a) :]
    between = np.zeros((len(rids), len(rids)))
    between[first, second] = between[second, first] = odds
    allowed = np.ones((len(rids), len(rids)), dtype=bool)
    allowed[first, second] = allowed[second, first] = may
    group = list(range(len(rids)))
    members = {place: [place] for place in group}
    for one, other, odd in zip(first, second, odds, strict=True):
        if odd < least:
            break
        left, right = group[one], group[other]
        if left == right:
            continue
        cross = np.ix_(members[left], members[right])
        if not allowed[cross].all() or (odd < SURE and between[cross].mean() <= floor):
            continue
        for place in members[right]:
            group[place] = left
        members[left] += members.pop(right)
    return [rids[places] for places in members.values() if len(places) > 1]
