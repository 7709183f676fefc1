"""The claim rules of every pack: what the frameworks ask for is there, and a fault is said by file and key."""

import datetime as dt
from pathlib import Path

import pytest

from hearth.foundation.core.pack import check, load_pack
from hearth.foundation.core.tests.packs import PACKS, PRACTICE, Copy

FILE = "england/framework-supporting-families.toml"


@pytest.mark.parametrize("name", PACKS)
def test_each_framework_says_when_a_family_is_claimed_for_or_that_it_never_is(name: str) -> None:
    found = {framework.code: framework.claim for framework in load_pack(PRACTICE / name).frameworks}
    assert found["neet"] is None
    families, second, local = found["supporting-families"], found["troubled-families-2"], found["local"]
    first = found["troubled-families-1"]
    assert families and second and local and first
    assert (first.needs_at_least, first.pounds, first.pays_until) == (2, None, dt.date(2015, 3, 31))
    assert {fall.code: fall.at_least_percent for need in first.needs for fall in need.falls} == {
        "antisocial": 60, "offending": 33,
    }  # fmt: skip
    assert [(need.code, need.is_asked) for need in first.needs] == [("crime", True), ("school", True), ("work", False)]
    assert first.window_of(first.needs[1]) == (3, "terms")
    assert (families.needs_at_least, len(families.needs), families.pays_until) == (3, 10, dt.date(2025, 3, 31))
    assert [families.window_of(need) for need in families.needs[:2]] == [(2, "terms"), (6, "months")]
    assert (second.needs_at_least, second.pounds, second.window_of(second.needs[1])) == (2, 800, (3, "terms"))
    assert set(families.on_record) == {"dependent_child", "assessment", "lead_practitioner", "plan"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("needs_at_least = 3", "needs_at_least = 11", "claim: asks for 11 needs and names 10: add needs or ask for fewer"),
        ("sustained_terms = 2", "sustained_terms = 2\nsustained_months = 3",
         "claim.need[1]: must have sustained_months or sustained_terms: take one out"),
        ('label = "9. Secure housing"', 'label = "9. Safe housing"',
         'indicator[11].need: is "9. Secure housing", which is the label of no [[claim.need]]: did you mean "9. Safe housing"?'),
        ("pays_until = 2025-03-31", "pays_until = 2022-03-31", "claim.pays_until: must not be before from_on, 2022-10-03 (it is 2022-03-31)"),
        ('"lead_practitioner", "plan"]', '"lead_worker", "plan"]', "claim.on_record[3]: must be one of"),
        ('code = "housing"', 'code = "crime"', 'claim.need[9].code: is "crime", and so is claim.need[7].code: change one of them'),
    ],
)  # fmt: skip
def test_a_fault_in_the_rules_of_a_claim_is_said_by_file_and_key(
    old: str, new: str, fault: str, tmp_path: Path
) -> None:
    copy = Copy(tmp_path)
    copy.swap(FILE, old, new)
    assert any(f"{sentence}".startswith(f"practice/lancashire/framework-supporting-families.toml: {fault}")
               or f": {fault}" in sentence for sentence in check(copy.folder())), check(copy.folder())  # fmt: skip
