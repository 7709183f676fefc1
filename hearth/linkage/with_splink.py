"""A model that one may choose instead of ours: Splink 5, used as its documentation shows, on the same records and for the same answers.

It is plain Fellegi-Sunter: a pair is one person or two strangers, and what it agrees on is taken as independent, in families too. It is
here as the peer that ours is measured beside and for analysts who know it. The product does not need it and does not install it.
"""

import importlib
import logging
import math
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from hearth.linkage.columns import Columns, LinkageProblem
from hearth.linkage.pipeline import Linked, Settings, check_columns, is_across
from hearth.linkage.records import number_plainly
from hearth.linkage.scoring import Evidence
from hearth.linkage.splink_model import certain_rules, comparisons, proposing_rules, training_rules

NOT_INSTALLED = "The model splink needs the package splink, version 5, which is not installed: .venv/bin/python -m pip install 'splink~=5.0'."
NOT_EXPLAINED = "The model splink has no words for a pair: leave out --explain, or the model."
NOT_KEPT = (
    "What the model splink found cannot be kept to link new files against: leave out --keep and --known, or the model."
)
NOT_ON_SPARK = "The model splink runs on DuckDB here: leave out the engine, or the model."
NOT_CAUTIOUS = "The model splink does not know caution: leave out cautious, or the model."
# Pairs drawn to see how often strangers agree, and the part of true pairs that agree on one that is certain: as in Splink's tutorials.
SAMPLED, RECALL = 1e7, 0.7
# No odds are larger: a probability of 1 has none.
MOST_BITS = 500.0


@dataclass
class LinkedWithSplink(Linked):
    """What Splink found. `linker` and `predictions` are its own, `sources` what it calls the sources."""

    linker: Any = None
    sources: tuple[str, ...] = ()
    predictions: Any = None

    def explain(self, one: tuple[str, str], other: tuple[str, str]) -> Evidence:
        """Refused: the words are those of our model."""
        raise LinkageProblem(NOT_EXPLAINED)

    def keep(self, *_: Any, **__: Any) -> None:
        """Refused: what is kept are the keys, the levels and the weights of our model."""
        raise LinkageProblem(NOT_KEPT)

    def group(self, threshold: float) -> None:
        """Make `clusters` with the links from this probability on, not below the review probability."""
        self.settings = replace(self.settings, threshold=threshold)
        clustering, given = self.linker.clustering, {"threshold_match_probability": threshold}
        if self.settings.each_once:
            found = clustering.cluster_using_single_best_links(self.predictions, list(self.sources), **given)
        else:
            found = clustering.cluster_pairwise_predictions_at_threshold(self.predictions, **given)
        self.connection.execute(
            "create or replace table clusters as select unique_id as rid, lowest as cluster, lowest as tangle from"
            f" (select unique_id, min(unique_id) over (partition by cluster_id) as lowest from {found.physical_name}) order by rid"
        )
        found.drop_table_from_database_and_remove_from_cache()


def the_package() -> Any:
    """Splink itself. Raises LinkageProblem where it is not installed, or is another version."""
    try:
        package = importlib.import_module("splink")
    except ImportError:
        raise LinkageProblem(NOT_INSTALLED) from None
    if not str(getattr(package, "__version__", "")).startswith("5."):
        raise LinkageProblem(NOT_INSTALLED)
    return package


def link_with_splink(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, str], columns: Columns, settings: Settings
) -> LinkedWithSplink:
    """Link as `pipeline.link` does, with Splink's comparisons, weights and groups. Raises LinkageProblem."""
    splink = the_package()
    if settings.cautious:
        raise LinkageProblem(NOT_CAUTIOUS)
    if settings.engine != "duckdb":
        raise LinkageProblem(NOT_ON_SPARK)
    check_columns(connection, tables, columns)
    present = set(number_plainly(connection, tables, columns))
    if connection.execute("select count(*) from records").fetchall()[0][0] < 2:
        raise LinkageProblem("There was nothing to learn from: fewer than two records.")
    across = is_across(connection, settings) or settings.each_once
    inputs, uk = _inputs(connection, splink, across)
    has = present | ({"dob"} if "born" in present else set())
    linker = splink.Linker(
        inputs,
        splink.SettingsCreator(
            link_type="link_only" if across else "dedupe_only",
            comparisons=comparisons(has, uk=uk),
            blocking_rules_to_generate_predictions=[
                splink.block_on(*rule) for rule in proposing_rules(connection, has)
            ],
            retain_matching_columns=False,
        ),
        log_level=logging.ERROR,
    )
    _train(splink, linker, has)
    predictions = linker.inference.predict(threshold_match_probability=settings.review, warning_mode="never")
    connection.execute(
        "create or replace table scored as select least(unique_id_l, unique_id_r) as a, greatest(unique_id_l, unique_id_r) as b,"
        f" least({MOST_BITS}, greatest(-{MOST_BITS}, match_weight)) * {math.log(2)} as odds from {predictions.physical_name}"
    )
    sources = tuple(table.dataset_display_name for table in inputs)
    linked = LinkedWithSplink(
        connection, columns, settings, None, linker=linker, sources=sources, predictions=predictions
    )
    linked.group(settings.threshold)
    return linked


def _inputs(connection: duckdb.DuckDBPyConnection, splink: Any, across: bool) -> tuple[list[Any], bool]:
    """The records as Splink takes them: one table, or across sources one for each; and whether postcodes are those of this country."""
    code = "regexp_full_match(postcode, '[a-z]{1,2}[0-9][0-9a-z]?[0-9][a-z]{2}')"
    connection.execute(
        "create or replace table splink_people as select rid as unique_id, source as source_name,"
        " * exclude (rid, source, id, postcode, whole, born, birthday, birth_month, birth_day), given || ' ' || family as both_names,"
        " substr(born, 1, 4) || '-' || substr(born, 5, 2) || '-' || substr(born, 7, 2) as dob,"
        f" case when {code} then left(postcode, -3) || ' ' || right(postcode, 3) else postcode end as postcode from records"
    )
    ((uk,),) = connection.execute(
        f"select coalesce(2 * count(*) filter ({code}) > count(*), false) from records where postcode is not null"
    ).fetchall()
    connection.execute("set enable_progress_bar = false")  # what Splink asks would draw one over what a command says
    engine = splink.DuckDBAPI(connection=connection)
    named = connection.execute("select distinct source_name from splink_people order by 1").fetchall()
    if across and len(named) < 2:
        raise LinkageProblem("There is one source only, and it lists nobody twice: there is nothing to link.")
    if not across:
        return [engine.register("splink_people", dataset_display_name="splink_input")], bool(uk)
    for place, (name,) in enumerate(named):
        connection.execute(
            f"create or replace table splink_people_{place} as from splink_people where source_name = ?", [name]
        )
    sources = [f"splink_people_{place}" for place in range(len(named))]
    return [engine.register(table, dataset_display_name=f"splink_source_{k}") for k, table in enumerate(sources)], bool(
        uk
    )


def _train(splink: Any, linker: Any, has: set[str]) -> None:
    """Learn the weights: how many pairs are true, how often strangers agree, then what true pairs agree on. Raises LinkageProblem."""
    rules = [rule if isinstance(rule, str) else splink.block_on(*rule) for rule in certain_rules(has)]
    try:
        linker.training.estimate_probability_two_random_records_match(rules, recall=RECALL)
    except ValueError:
        raise LinkageProblem(
            "Nearly all records agree with each other: there is nothing for Splink to learn from."
        ) from None
    if not linker.misc.save_model_to_json()["probability_two_random_records_match"]:
        raise LinkageProblem(
            "No two records agree but for a slip, and Splink begins with those that do: it cannot link these files."
        )
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED)
    learned = 0
    for rule in training_rules(has):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on(*rule))
        except splink.internals.exceptions.EMTrainingException:
            continue  # no two records share it, so there is nothing to see there
        learned += 1
    if not learned:
        raise LinkageProblem("Too few records share a name or a date for Splink to learn from.")
