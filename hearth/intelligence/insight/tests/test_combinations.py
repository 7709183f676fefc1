"""Rules made of other rules, worked out of files alone: by person or by family, counting needs or rules."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from hearth.foundation.core.packs.indicators import Indicator
from hearth.intelligence.feeds.engine import connect
from hearth.intelligence.insight.computing import Source, Work
from hearth.intelligence.insight.frameworks import Counts, Rule, Rules

AS_AT = dt.date(2026, 3, 20)


def _rule(code: str, need: str, **form: object) -> Rule:
    words = {"label": code, "need": need, "source": "invented", "window": "12 months", "blind": "much"}
    indicator = Indicator.model_validate({"code": code, **words, **form})
    return Rule(indicator, (Counts("own", "Our own", "1", code, need),))


def _combined(code: str, **form: object) -> Rule:
    parts = ("stolen", "harmed", "hospital")
    return _rule(code, "Several", combination={"indicators": parts, "at_least": 2, **form})


def _happened(feed: str, **values: tuple[str, ...]) -> dict[str, object]:
    return {"feed": feed, "where": values, "at_least": 1}


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Ann stole and was harmed, which is one need; Ben stole and was in hospital; Cas was harmed, and Dee, of the same house, in hospital."""
    happened = "date '2026-03-01'"
    known = [("ann", "Theft"), ("ann", "Assault"), ("ben", "Theft"), ("cas", "Assault")]
    offences = ", ".join(f"(uuid(), '{person}', {happened}, '{offence}', 'Offender')" for person, offence in known)
    visits = ", ".join(f"(uuid(), '{person}', {happened})" for person in ("ben", "dee"))
    homes = [("offences", "social_care_id", "ann", "h1"), ("offences", "social_care_id", "ben", "h2")]
    homes += [("offences", "social_care_id", "cas", "h3"), ("emergency_attendances", "nhs_number", "dee", "h3")]
    homes += [("emergency_attendances", "nhs_number", "ben", "h2")]
    homes += [("casework", "hearth_person", "ann", "h1"), ("casework", "hearth_person", "cas", "h3")]
    helped = "(uuid(), 'ann', null, null, date '2026-01-01'), (uuid(), 'cas', null, null, date '2026-01-01')"
    links = ", ".join(
        f"('{feed}', 'o', '{scheme}', '{name}', '{name}', '{home}', null)" for feed, scheme, name, home in homes
    )
    for name, columns, rows in (
        ("offences", "_key, person, happened_on, offence, part", offences),
        ("visits", "_key, nhs_number, arrived_on", visits),
        ("casework", "_key, person, nhs_number, upn, opened_on", helped),
        ("links", "feed, organisation, scheme, value, person, household, register_person", links),
    ):
        duckdb.sql(f"copy (select * from (values {rows}) r({columns})) to '{tmp_path / name}.parquet' (format parquet)")
    rules = (
        _rule("stolen", "Crime", events=_happened("offences", offence=("Theft",))),
        _rule("harmed", "Crime", events=_happened("offences", offence=("Assault",))),
        _rule("hospital", "Health", events=_happened("emergency_attendances")),
        _rule("helped", "Early help", state={"feed": "casework"}, only_together=True),
        _rule("with_help", "Several", combination={"indicators": ("stolen", "hospital", "helped"), "at_least": 2}),
        _combined("rules_by_person", counting="indicators", by="person"),
        _combined("needs_by_person", counting="needs", by="person"),
        _combined("rules_by_family", counting="indicators", by="family"),
        _combined("needs_by_family", counting="needs", by="family"),
    )
    sources = [
        Source(0, "offences", "o", tmp_path / "offences.parquet", AS_AT, AS_AT),
        Source(1, "emergency_attendances", "o", tmp_path / "visits.parquet", AS_AT, AS_AT),
        Source(2, "casework", "o", tmp_path / "casework.parquet", AS_AT, AS_AT),
    ]
    done = Work(connect(tmp_path / "spill"), Rules(rules, ()), sources, AS_AT, tmp_path / "links.parquet")
    done.run(tmp_path)
    return done


@pytest.mark.parametrize(
    ("code", "people"),
    [
        ("rules_by_person", ["ann", "ben"]),
        ("needs_by_person", ["ben"]),
        ("rules_by_family", ["ann", "ben", "cas", "dee"]),
        ("needs_by_family", ["ben", "cas", "dee"]),
    ],
)
def test_a_combination_counts_needs_or_rules_of_a_person_or_a_family(work: Work, code: str, people: list[str]) -> None:
    for table in ("facts", "flags"):
        found = work.engine.execute(f"select distinct person from {table} where rule = ? order by 1", [code]).fetchall()
        assert [person for (person,) in found] == people


def test_each_flag_that_makes_a_combination_up_is_a_fact_of_it(work: Work) -> None:
    said = "select said, number from facts where rule = 'needs_by_family' and household = 'h3' order by 1"
    assert work.engine.execute(said).fetchall() == [("harmed", "social_care_id:cas"), ("hospital", "nhs_number:dee")]


def test_what_counts_only_together_makes_a_combination_and_flags_nobody(work: Work) -> None:
    found = work.engine.execute("select person, said from facts where rule = 'with_help' order by all").fetchall()
    assert found == [
        ("ann", "helped"), ("ann", "stolen"), ("ben", "hospital"), ("ben", "stolen"), ("cas", "helped"), ("dee", "hospital"),
    ]  # fmt: skip
    for table in ("facts", "flags"):
        assert work.engine.execute(f"select * from {table} where rule = 'helped'").fetchall() == []
