"""The frameworks of every pack: what the papers ask for is there, each rule fits its feeds, and a fault is said by file and key."""

import datetime as dt
from pathlib import Path

import pytest

from hearth.foundation.core.pack import load_pack
from hearth.foundation.core.packs.indicators import Threshold
from hearth.foundation.core.tests.packs import PACKS, PRACTICE
from hearth.intelligence.insight.frameworks import faults, rules_of
from hearth.intelligence.insight.windows import window_of

TODAY = dt.date(2026, 11, 28)


@pytest.mark.parametrize("name", PACKS)
def test_no_rule_of_a_pack_asks_a_feed_for_what_it_has_not(name: str) -> None:
    assert faults(load_pack(PRACTICE / name)) == []


def test_supporting_families_names_all_ten_outcomes_and_what_no_feed_could_tell() -> None:
    rules = rules_of(load_pack(PRACTICE / "lancashire"), TODAY)
    framework = next(one for one in rules.frameworks if one.code == "supporting-families")
    numbers = {rule.need.split(".")[0] for rule in framework.indicators if rule.need[0].isdigit()}
    assert numbers == {str(number) for number in range(1, 11)}
    assert all(rule.blind and rule.source for one in rules.frameworks for rule in one.indicators)
    assert not next(rule for rule in framework.indicators if rule.code == "sf_health").can_be_told


def test_what_frameworks_say_alike_is_one_rule_that_counts_in_each() -> None:
    rules = rules_of(load_pack(PRACTICE / "lancashire"), TODAY)
    crime = rules.find("tf1_crime")
    assert crime is not None
    assert {each.code for each in crime.counts} == {"offence", "sf_crime", "tf2_crime", "tf1_crime"}
    assert rules.find("sf_crime") is crime


def test_best_start_is_lancashires_and_a_framework_begins_on_its_day() -> None:
    assert rules_of(load_pack(PRACTICE / "stockton"), TODAY).find("best_start") is None
    before = rules_of(load_pack(PRACTICE / "lancashire"), dt.date(2022, 10, 2))
    assert "supporting-families" not in {one.code for one in before.frameworks}


def test_an_authoritys_own_threshold_stands_in_place_of_the_frameworks() -> None:
    pack = load_pack(PRACTICE / "lancashire")
    own = Threshold(indicator="absence_persistent", at_least=None, at_least_percent=15, why="Decided on 3 September")
    changed = pack.model_copy(update={"indicators": pack.indicators.model_copy(update={"thresholds": (own,)})})
    rule = rules_of(changed, TODAY).find("absence_persistent")
    assert rule is not None and rule.indicator.share is not None
    assert (rule.indicator.share.at_least_percent, rule.own_threshold) == (15, "Decided on 3 September")


@pytest.mark.parametrize(
    ("changed", "to", "sentence"),
    [
        ('feed = "housing"', 'feed = "houses"', "there is no feed houses"),
        ('where = { antisocial_behaviour', "where = { anti_social", "housing has no column anti_social"),
        ('part = ["unauthorised"]', 'part = ["truant"]', "no mark of attendance means truant"),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_fit_its_feed_is_a_fault_with_file_and_key(
    changed: str, to: str, sentence: str, tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(PRACTICE, tmp_path / "practice")
    file = tmp_path / "practice" / "england" / "framework-troubled-families-1.toml"
    text = file.read_text()
    assert changed in text
    file.write_text(text.replace(changed, to, 1))
    (found,) = faults(load_pack(tmp_path / "practice" / "lancashire"))
    assert found.startswith("framework-troubled-families-1.toml: indicator[")
    assert sentence in found


@pytest.mark.parametrize(
    ("written", "first"),
    [("12 months", "2025-11-29"), ("2 terms", "2026-04-16"), ("3 terms", "2026-01-01"), ("school_year", "2026-09-01"), ("now", "2026-11-28")],
)  # fmt: skip
def test_a_window_begins_where_it_should(written: str, first: str) -> None:
    window = window_of(written, TODAY)
    assert (str(window.from_on), window.until_on) == (first, TODAY)
