"""Which pairs a run puts before people, with what each side says and the evidence; and what was decided before."""

import hashlib
import math
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from hearth.intelligence.matching.models import MatchPair
from hearth.intelligence.matching.parameters import Parameters
from hearth.intelligence.matching.people import COLUMNS, SAYS, in_words
from hearth.intelligence.matching.register import SOURCE
from hearth.linkage.candidates import compare
from hearth.linkage.caution import WORDS, below, sure
from hearth.linkage.decided import number_decided
from hearth.linkage.model import Model
from hearth.linkage.pipeline import Linked, Settings
from hearth.linkage.records import number_records
from hearth.linkage.scoring import Evidence, Line, evidence, odds_of, probability_of

KIND = MatchPair.Kind
BANDS = (0.05, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999)  # probabilities at which a band of scores begins
SHOWN = SAYS[:10]
RECORD_KEY = "sha256({0}.source || '/' || {0}.id)"
NUMBER_KEY = "sha256('number/' || {0})"
_ROWS = pa.schema([("one", pa.string()), ("other", pa.string()), ("same", pa.bool_())])


@dataclass
class Proposed:
    """Pairs as plain data for `actions.finish_run`, and counts by band."""

    pairs: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)


def read_labels(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `decided_before` (pairs of records that people decided) and `refused` (numbers that are not somebody's on the register)."""
    rows = MatchPair.objects.filter(state__in=MatchPair.DECIDED).values_list("one_key", "other_key", "state")
    told = [list(cells) for cells in zip(*rows, strict=True)] or [[], [], []]
    table = pa.table(
        {"one": told[0], "other": told[1], "same": [s == MatchPair.State.SAME for s in told[2]]}, schema=_ROWS
    )
    connection.register("labels", table)
    connection.execute(
        f"create temp table keyed as select source, id, {RECORD_KEY.format('people')} as key from people"
    )
    connection.execute(
        "create table decided_before as select l.source as source_a, l.id as id_a, r.source as source_b, r.id as id_b, d.same"
        " from labels d join keyed l on l.key = d.one join keyed r on r.key = d.other"
    )
    connection.execute(
        "create table refused as select n.scope, r.id as register_person from labels d"
        f" join (select distinct scope from numbers where id is null) n on {NUMBER_KEY.format('n.scope')} = d.one"
        f" join keyed r on r.key = d.other and r.source = '{SOURCE}' where not d.same"
    )
    connection.unregister("labels")


def nobody_to_link(connection: duckdb.DuckDBPyConnection, given: Settings) -> Linked:
    """What linking gives where there is one source or none: everybody is alone."""
    number_records(connection, {"people": "people"}, COLUMNS)
    number_decided(connection)
    connection.execute("create table scored (a bigint, b bigint, odds double)")
    connection.execute("create table clusters as select rid, rid as cluster from records")
    return Linked(connection, COLUMNS, given, None)


def weights_of(model: Model | None) -> list[dict[str, Any]]:
    """The model as plain data: for each thing compared and each level, how often among one person's records and among strangers'."""
    told: list[dict[str, Any]] = []
    if model is None:
        return told
    for attribute in model.attributes:
        same, chance = (model.tables[kind][attribute.name][0].sum(axis=1) for kind in ("person", "strangers"))
        for at, level in enumerate(attribute.levels, start=1):
            told.append({
                "attribute": attribute.name, "level": in_words(level.words), "same": round(float(same[at]), 6),
                "chance": float(f"{chance[at]:.4g}"), "bits": round(math.log2(same[at] / chance[at]), 2),
            })  # fmt: skip
    return told


def propose_pairs(linked: Linked, goes_by: Parameters) -> Proposed:
    """Pairs between the two thresholds, the likeliest of any two groups; what was joined to the register; and a sample drawn by chance.

    Whoever may be somebody restricted is in none of them.
    """
    connection = linked.connection
    _note_closed(connection)
    counts = _count_bands(connection, odds_of(goes_by.link))
    connection.execute(
        f"""create or replace temp table asked as
            with open_pairs as (
                select s.a, s.b, s.odds, p.cluster as one, q.cluster as other from scored s
                join clusters p on p.rid = a join clusters q on q.rid = b
                where p.cluster not in (from closed) and q.cluster not in (from closed)
            ), review as (
                select a, b from open_pairs where one <> other
                qualify row_number() over (partition by least(one, other), greatest(one, other) order by odds desc, a, b) = 1
                order by odds desc, a, b limit {goes_by.most_review}
            ), on_register as (
                select least(r.rid, f.rid) as a, greatest(r.rid, f.rid) as b from records r join clusters c using (rid)
                join clusters d on d.cluster = c.cluster join records f on f.rid = d.rid and f.source <> '{SOURCE}'
                left join scored s on s.a = least(r.rid, f.rid) and s.b = greatest(r.rid, f.rid)
                where r.source = '{SOURCE}' and c.cluster not in (from closed)
                qualify row_number() over (partition by r.rid order by s.odds desc nulls last, f.source, f.id) = 1
            ), drawn as (
                select a, b from open_pairs join records l on l.rid = a join records r on r.rid = b where one = other and odds < 1000
                order by sha256({RECORD_KEY.format("l")} || {RECORD_KEY.format("r")}) limit {goes_by.sample}
            )
            select a, b, min(kind) as kind, bool_or(drawn) as drawn from (
                select a, b, 'review' as kind, false as drawn from review union all
                select a, b, 'register', false from on_register union all
                select a, b, case when l.source = '{SOURCE}' or r.source = '{SOURCE}' then 'register' else 'joined' end, true
                from drawn join records l on l.rid = a join records r on r.rid = b) group by a, b"""
    )
    counts["review_beyond"] = max(0, counts["review"] - goes_by.most_review)
    pairs = _told(linked, *_evidence(linked)) if linked.model else []
    return Proposed(pairs + _by_number_alone(connection), counts)


def _note_closed(connection: duckdb.DuckDBPyConnection) -> None:
    """`closed`: groups with somebody restricted in them, or that may be; `near`: whom on the register each group may be."""
    connection.execute(
        f"""create or replace temp table near as
            select distinct cluster, id from (
                select c.cluster, r.id from records r join clusters c using (rid) where r.source = '{SOURCE}'
                union all select c.cluster, r.id from scored s join records r on r.rid = s.a and r.source = '{SOURCE}'
                    join clusters c on c.rid = s.b
                union all select c.cluster, r.id from scored s join records r on r.rid = s.b and r.source = '{SOURCE}'
                    join clusters c on c.rid = s.a)"""
    )
    connection.execute(
        "create or replace temp table closed as select distinct cluster from near where id in (select id from hidden)"
    )


def _count_bands(connection: duckdb.DuckDBPyConnection, link: float) -> dict[str, Any]:
    """How many pairs were joined and left to people, in all and in each band of scores."""
    cases = " ".join(f"when odds < {odds_of(band)} then {place}" for place, band in enumerate(BANDS[1:]))
    rows = connection.execute(
        f"select p.cluster = q.cluster, case {cases} else {len(BANDS) - 1} end as band, count(*) from scored"
        " join clusters p on p.rid = a join clusters q on q.rid = b where abs(odds) < 1000 group by 1, 2"
    ).fetchall()
    bands = [[0, 0] for _ in BANDS]
    for joined, band, pairs in rows:
        bands[band][int(not joined)] += pairs
    return {
        "joined": sum(band[0] for band in bands), "review": sum(band[1] for band in bands), "bands": bands,
        "link_bits": round(link / math.log(2), 2),
    }  # fmt: skip


def _evidence(linked: Linked) -> tuple[list[tuple[Any, ...]], list[Any]]:
    """Each pair that is asked, and the evidence of each, in one order; a pattern is weighed once."""
    model, connection = linked.model, linked.connection
    assert model is not None  # noqa: S101 - the caller asks
    compare(connection, "asked", model.attributes, "asked_compared")
    names = ", ".join(f"c.{attribute.name}" for attribute in model.attributes)
    rows = connection.execute(
        f"select a, b, kind, drawn, {sure(model.attributes, 'c.')}, {names} from asked_compared c join asked using (a, b) order by a, b"
    ).fetchall()
    weighed: dict[tuple[int, ...], Any] = {}
    for row in rows:
        if row[4:] not in weighed:
            weighed[row[4:]] = _held_back(
                evidence(model, np.array(row[5:])), row[4], odds_of(linked.settings.threshold)
            )
    return [(row[0], row[1], *row[2:4]) for row in rows], [weighed[row[4:]] for row in rows]


def _held_back(found: Evidence, is_sure: bool, threshold: float) -> Evidence:
    """The evidence, with a line for what caution takes away."""
    least = below(threshold)
    if is_sure or found.bits * math.log(2) < threshold:
        return found
    line = Line("caution", WORDS, least / math.log(2) - found.bits)
    return Evidence((*found.lines, line), least / math.log(2), probability_of(least))


def _told(linked: Linked, pairs: list[tuple[Any, ...]], found: list[Any]) -> list[dict[str, Any]]:
    connection = linked.connection
    says = ", ".join(f"p.{name}" for name in SHOWN)
    sides = {
        rid: {
            "key": key,
            "source": source,
            "feed": feed,
            "organisation": organisation,
            "id": name,
            "says": _says(cells),
        }
        for rid, key, source, feed, organisation, name, *cells in connection.execute(
            f"select r.rid, {RECORD_KEY.format('p')}, p.source, p.feed, p.organisation, p.id, {says} from records r"
            " join people p on p.source = r.source and p.id = r.id"
            " where r.rid in (select a from asked union all select b from asked)"
        ).fetchall()
    }
    near: dict[int, list[str]] = {}
    for rid, who in connection.execute(
        "select c.rid, n.id from clusters c join near n using (cluster)"
        " where c.rid in (select a from asked union all select b from asked) order by 1, 2"
    ).fetchall():
        near.setdefault(rid, []).append(who)
    numbers: dict[tuple[str, str], list[str]] = {}
    for source, name, number in connection.execute(
        "select n.source, n.id, n.scheme || ':' || n.value from numbers n join records r on r.source = n.source and r.id = n.id"
        " where r.rid in (select a from asked union all select b from asked) order by 1, 2, 3"
    ).fetchall():
        numbers.setdefault((source, name), []).append(number)
    told = []
    for (a, b, kind, drawn), weighed in zip(pairs, found, strict=True):
        one, other = sorted((sides[a], sides[b]), key=lambda side: (side["source"] == SOURCE, side["key"]))
        told.append(_pair(one, other, kind, drawn) | {
            "about": sorted({*near.get(a, []), *near.get(b, [])}),
            "numbers": sorted({n for side in (one, other) for n in numbers.get((side["source"], side["id"]), [])}),
            "evidence": [{"of": line.attribute, "words": in_words(line.words), "bits": round(line.bits, 2)} for line in weighed.lines],
            "bits": weighed.bits, "probability": weighed.probability,
        })  # fmt: skip
    return told


def _says(cells: list[Any]) -> dict[str, str]:
    return {name: str(cell) for name, cell in zip(SHOWN, cells, strict=True) if cell}


def _pair(one: dict[str, Any], other: dict[str, Any], kind: str, drawn: bool) -> dict[str, Any]:
    on_register = other["source"] == SOURCE
    chance = hashlib.sha256(f"{one['key']}{other['key']}".encode()).hexdigest()
    return {
        "kind": kind, "drawn": drawn, "turn": int(chance[:15], 16), "one_key": one["key"], "other_key": other["key"],
        "one_feed": one["feed"], "one_organisation_id": one["organisation"], "one_says": one["says"],
        "other_feed": "" if on_register else other["feed"], "other_says": other["says"],
        "other_organisation_id": None if on_register else other["organisation"],
        "register_person": other["id"] if on_register else None,
    }  # fmt: skip


def _by_number_alone(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Persons of whom feeds hold a number and nothing else, joined to the register by it."""
    says = ", ".join(f"p.{name}" for name in SHOWN)
    rows = connection.execute(
        f"""select {NUMBER_KEY.format("n.scope")}, n.feed, n.organisation, n.scheme, n.value, p.id, {RECORD_KEY.format("p")}, {says}
            from numbers n join groups g using (scope) join records r on g.own = 'group ' || (select c.cluster from clusters c where c.rid = r.rid)
            join people p on p.source = r.source and p.id = r.id
            where r.source = '{SOURCE}' and n.id is null and r.id not in (select id from hidden)
            and n.scope in (select scope from numbers where source = '{SOURCE}')
            and g.own not in (select g2.own from numbers m join groups g2 using (scope) where m.id is not null and m.source <> '{SOURCE}')
            qualify row_number() over (partition by p.id order by n.scheme, n.value, n.feed, n.organisation) = 1 order by 1"""
    ).fetchall()
    told = []
    for key, feed, organisation, scheme, value, who, register_key, *cells in rows:
        one = {"key": key, "source": feed, "feed": feed, "organisation": organisation, "says": {scheme: value}}
        other = {"key": register_key, "source": SOURCE, "id": who, "says": _says(cells)}
        words = f"the same {'NHS number' if scheme == 'nhs_number' else 'pupil number'}, which passes its check; the feed says nothing else"
        told.append(_pair(one, other, KIND.REGISTER, drawn=False) | {
            "about": [who], "numbers": [f"{scheme}:{value}"], "bits": 0.0, "probability": 1.0,
            "evidence": [{"of": scheme, "words": words, "bits": 0.0}],
        })  # fmt: skip
    return told


__all__ = ["BANDS", "Proposed", "nobody_to_link", "propose_pairs", "read_labels", "weights_of"]
