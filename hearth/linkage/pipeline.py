"""The whole way: records, what chance does, candidates, the model, links, people."""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from hearth.linkage.background import Background, learn_background
from hearth.linkage.candidates import Proposed, compare
from hearth.linkage.caution import hold_back
from hearth.linkage.clusters import find_clusters
from hearth.linkage.columns import Columns, LinkageProblem
from hearth.linkage.decided import number_decided, weigh_decided
from hearth.linkage.households import find_households
from hearth.linkage.kept import keep
from hearth.linkage.keys import keys
from hearth.linkage.known import Known, grown, read_known
from hearth.linkage.levels import attributes
from hearth.linkage.model import Model, learn
from hearth.linkage.new_records import find_near, propose_new
from hearth.linkage.pairs import ENGINES, carried
from hearth.linkage.records import number_new_records, number_records
from hearth.linkage.scoring import Evidence, evidence, odds_of, patterns_of, score

MODES = ("dedupe", "link")


@dataclass(frozen=True)
class Settings:
    """How to link. One threshold serves every kind of data: a probability, from which a pair is one person.

    mode       "dedupe" looks for pairs anywhere; "link" across sources only
    each_once  no source lists a person twice, so that no person gets two records of one source
    review     the probability from which a pair that is not linked is shown to a person
    cautious   twins, and fathers and sons of one name, are never linked without asking (`caution`)
    threads    0 for as many as the machine has;  memory  DuckDB's limit, such as "4GB"
    engine     what carries the pairs: "duckdb", or "spark" at the address `master`; it changes nothing of the answer (`on_spark`)
    """

    mode: str = "dedupe"
    each_once: bool = False
    threshold: float = 0.5
    review: float = 0.05
    cautious: bool = False
    threads: int = 0
    memory: str = ""
    engine: str = "duckdb"
    master: str = "local[*]"

    @property
    def grouped_by(self) -> list[float]:
        """What groups of the same links depend on, as plain numbers."""
        return [self.threshold, float(self.each_once), float(self.cautious)]

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise LinkageProblem(f"mode is {self.mode!r}; it is one of {', '.join(MODES)}.")
        if self.engine not in ENGINES:
            raise LinkageProblem(f"engine is {self.engine!r}; it is one of {', '.join(ENGINES)}.")
        if not 0 < self.review <= self.threshold < 1:
            raise LinkageProblem(
                "review and threshold are probabilities above 0 and below 1, and review is not the larger."
            )


@dataclass
class Linked:
    """What linking gave. The tables `records`, `scored` and `clusters` of `connection` hold the whole of it.

    `known` is what it was linked against, if anything: `records` reads the files of its folder.
    """

    connection: duckdb.DuckDBPyConnection
    columns: Columns
    settings: Settings
    model: Model | None
    background: Background | None = None
    proposed: list[Proposed] = field(default_factory=list)
    known: Known | None = None

    def pairs(self) -> pa.Table:
        """Pairs from the review probability on: `source_a, id_a, source_b, id_b, probability, bits, decision`.

        `decision` is "link" where both records are in one cluster, else "review": a person decides.
        """
        return self.connection.sql(
            "select l.source as source_a, l.id as id_a, r.source as source_b, r.id as id_b,"
            " 1 / (1 + exp(-odds)) as probability, odds / ln(2) as bits,"
            " case when p.cluster = q.cluster then 'link' else 'review' end as decision"
            " from scored join records l on l.rid = a join records r on r.rid = b"
            " join clusters p on p.rid = a join clusters q on q.rid = b order by 1, 2, 3, 4"
        ).to_arrow_table()

    def clusters(self) -> pa.Table:
        """Each record with its person: `source, id, cluster`; the cluster is named by its first record, as "source/id"."""
        return self.connection.sql(
            "select r.source, r.id, f.source || '/' || f.id as cluster from records r join clusters c using (rid)"
            " join records f on f.rid = c.cluster order by 1, 2"
        ).to_arrow_table()

    def households(self) -> pa.Table:
        """Each record with its household: `source, id, household, communal`; named by its first record, NULL where none is known."""
        find_households(self.connection)
        return self.connection.sql(
            "select r.source, r.id, f.source || '/' || f.id as household, communal from records r join households h using (rid)"
            " left join records f on f.rid = h.household order by 1, 2"
        ).to_arrow_table()

    def counts(self) -> tuple[int, int, int]:
        """How many records there are, how many people they are, and how many pairs are for a person to decide."""
        records, people = self.connection.sql("select count(*), count(distinct cluster) from clusters").fetchall()[0]
        review = self.connection.sql(
            "select count(*) from scored join clusters p on p.rid = a join clusters q on q.rid = b"
            " where p.cluster <> q.cluster"
        ).fetchall()[0][0]
        return records, people, review

    def explain(self, one: tuple[str, str], other: tuple[str, str]) -> Evidence:
        """Why two records, each a source and an id, are or are not one person. Raises LinkageProblem for one that is not there."""
        if self.model is None:
            raise LinkageProblem("There was nothing to learn from: fewer than two records.")
        rids = sorted(self._rid(*named) for named in (one, other))
        self.connection.execute("create or replace temp table asked as select ? as a, ? as b", rids)
        compare(self.connection, "asked", self.model.attributes, "asked_compared")
        patterns, _ = patterns_of(self.connection, "asked_compared", self.model.attributes)
        return evidence(self.model, patterns[0])

    def keep(self, folder: Path, without: str = "") -> None:
        """Keep what was found in a folder, for `link_new`: in the folder it was linked against, only what is new is written.

        Without the records that the table `without` (`source`, `id`) names. What the folder held is kept until all is written. Raises
        LinkageProblem where nothing was learned or it cannot be written.
        """
        if self.model is None or self.background is None:
            raise LinkageProblem("There was nothing to learn from: fewer than two records.")
        ((records, last),) = self.connection.execute("select count(*), max(rid) from clusters").fetchall()
        now = Known(self.columns, self.model, self.background, records, self.settings.grouped_by, last)
        keep(self.connection, now, self.known, self.proposed, folder, without)

    def _rid(self, source: str, name: str) -> int:
        found = self.connection.execute(
            "select rid from records where source = ? and id = ?", [source, name]
        ).fetchall()
        if not found:
            raise LinkageProblem(f"{source} has no record {name}.")
        return int(found[0][0])


def link(
    connection: duckdb.DuckDBPyConnection,
    tables: dict[str, str],
    columns: Columns,
    settings: Settings,
    decided: str = "",
) -> Linked:
    """Link the tables of a connection made by `engine.connect`, each a source by its name, all with the same columns.

    `decided` is a table of pairs that a person decided (`source_a, id_a, source_b, id_b, same`), which hold whatever the evidence.

    Nothing is told beforehand about who is who, and nothing is drawn by chance: the same records give the same answer whatever
    their order. Raises LinkageProblem where columns are missing, ids repeat, or nothing can be compared.
    """
    check_columns(connection, tables, columns)
    present = set(number_records(connection, tables, columns))
    across = is_across(connection, settings)
    compared = attributes(present, columns.identifier, columns.other)
    if not compared:
        raise LinkageProblem("Every column is blank: there is nothing to compare.")
    number_decided(connection, decided)
    with carried(connection, settings.engine, settings.master, settings.memory) as pairs:
        told = pairs.propose(keys(present, len(columns.identifier)), across)
        patterns, counts = pairs.compare(compared)
        if not len(counts):
            return _nobody_linked(connection, columns, settings, told)
        background = learn_background(connection, compared, across)
        model = learn(compared, background, patterns, counts)
        pairs.score(model, odds_of(settings.review))
    _hold_back(connection, model, settings)
    _group(connection, model, settings)
    return Linked(connection, columns, settings, model, background, told)


def link_new(
    connection: duckdb.DuckDBPyConnection,
    tables: dict[str, str],
    columns: Columns,
    settings: Settings,
    folder: Path,
    decided: str = "",
    gone: str = "",
) -> Linked:
    """Link new tables against what `Linked.keep` left in a folder, with the weights learned then; columns mean what they did.

    What is known is read as far as the new records reach: the pairs with one of them, and the groups that one of them is linked to.
    `gone` is a table (`source`, `id`) of records that are known no more. It differs from linking all at once by what the new records
    would have taught the model, and pairs known before keep their odds. Raises LinkageProblem.
    """
    known = read_known(connection, folder, gone)
    if columns != known.columns:
        raise LinkageProblem(f"Columns mean something else here than they did when {folder} was kept.")
    if settings.engine != "duckdb":
        raise LinkageProblem(
            "New records are linked against those known on DuckDB alone: leave out the engine, or --known."
        )
    check_columns(connection, tables, columns)
    number_new_records(connection, tables, columns, known.last, known.held)
    across = is_across(connection, settings)
    number_decided(connection, decided)
    kept = [key for key in keys(set(known.held), len(columns.identifier)) if key.name in known.keys]
    (records,) = connection.execute("select count(*) from records").fetchall()[0]
    told = propose_new(connection, kept, known.keys, records, across)
    model, threshold = grown(known, records), odds_of(settings.threshold)
    compare(connection, "candidates", model.attributes, "compared", "reached")
    score(connection, model, "compared", "scored", odds_of(settings.review))
    _hold_back(connection, model, settings)
    find_near(connection, threshold, everybody=settings.grouped_by != known.grouped_by)
    connection.execute("insert into scored select a, b, odds from known_scored")
    _group(connection, model, settings, "near")
    connection.execute("insert into clusters from known_clusters anti join near using (rid)")
    connection.execute("drop table near; drop table reached")
    return Linked(connection, columns, settings, model, known.background, told, known)


def _hold_back(connection: duckdb.DuckDBPyConnection, model: Model, settings: Settings) -> None:
    """Hold back what caution does, and let go of what was compared."""
    if settings.cautious:
        hold_back(connection, "compared", model.attributes, odds_of(settings.threshold))
    connection.execute("drop table compared; drop table if exists candidates")


def _group(connection: duckdb.DuckDBPyConnection, model: Model, settings: Settings, among: str = "records") -> None:
    """From `scored` to people, with what people decided."""
    weigh_decided(connection)
    threshold = odds_of(settings.threshold)
    find_clusters(connection, model, threshold, settings.each_once, cautious=settings.cautious, among=among)


def check_columns(connection: duckdb.DuckDBPyConnection, tables: dict[str, str], columns: Columns) -> None:
    """Raise LinkageProblem unless every table has each column that is named."""
    for table in tables.values():
        columns.check([row[0] for row in connection.execute(f"describe {table}").fetchall()])


def is_across(connection: duckdb.DuckDBPyConnection, settings: Settings) -> bool:
    """Whether pairs are looked for across sources only."""
    across = settings.mode == "link"
    if across and connection.execute("select count(distinct source) from records").fetchall()[0][0] < 2:
        raise LinkageProblem(
            "There is one source only, and the mode link looks across sources: dedupe looks within one."
        )
    return across


def _nobody_linked(
    connection: duckdb.DuckDBPyConnection, columns: Columns, settings: Settings, told: list[Proposed]
) -> Linked:
    connection.execute("create or replace table scored (a bigint, b bigint, odds double)")
    connection.execute("create or replace table clusters as select rid, rid as cluster, rid as tangle from records")
    return Linked(connection, columns, settings, None, None, told)
