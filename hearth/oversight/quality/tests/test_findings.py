"""Findings by item and district: in figures that name nobody, small ones left out; and the training that is needed because of them."""

import csv
import io
from collections import Counter
from typing import Any

import pytest

from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.models import TrainingNeed
from hearth.oversight.quality.tests.conftest import as_read, auditor_of, grade, refused
from hearth.oversight.quality.training import figures
from hearth.oversight.quality.training.actions import meet_training_need, raise_training_need
from hearth.records.people.models import Family
from hearth.records.people.restrictions.actions import place_restriction

FATHERS, MEASURE = "father_included", "measurable"


@pytest.fixture
def settled(cast: Any, shared: Any) -> Any:
    """Six audits of the first district: fathers are left out in all of them, and in one nobody can say when an outcome is reached."""
    audits = shared(6)
    for number, audit in enumerate(audits):
        grade(
            auditor_of(cast, audit), audit, father_included="not_met", **({MEASURE: "not_met"} if number == 0 else {})
        )
    return audits


def _found(reader: Any) -> dict[str, Any]:
    with acting_as(reader):
        return {line.item: line for line in figures.findings(reader, 12).lines}


def test_it_is_counted_twice_and_the_same(cast: Any, settled: Any, area: Any) -> None:
    from hearth.oversight.quality.models import AuditResult

    with acting_as(cast.quality_lead):
        by_hand = Counter(AuditResult.objects.filter(answer="not_met").values_list("item", flat=True))
    found = _found(cast.elected_member)
    assert by_hand == {FATHERS: 6, MEASURE: 1}
    assert (found[FATHERS].by_area, found[FATHERS].together) == ({area.code: 6}, 6)
    assert (found[MEASURE].by_area, found[MEASURE].together) == ({area.code: None}, None), (
        "one is too few to show, and so is its sum"
    )
    assert next(iter(found)) == FATHERS


def test_of_fewer_audits_than_are_shown_nothing_is_said(cast: Any, shared: Any) -> None:
    for audit in shared(4):
        grade(auditor_of(cast, audit), audit, father_included="not_met")
    assert _found(cast.elected_member) == {}


def test_a_restricted_family_is_in_no_figure(cast: Any, settled: Any, area: Any) -> None:
    with acting_as(cast.family_worker):
        reference = Family.objects.get(pk=settled[1].family_id).reference
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=reference, reason="Threats")
    assert _found(cast.elected_member)[FATHERS].together == 5


def test_who_reads_it_and_what_leaves_the_product(cast: Any, settled: Any, as_client: Any, kept_of: Any) -> None:
    address = "/audits/findings/"
    for key, status in (
        ("elected_member", 200),
        ("manager", 200),
        ("quality_lead", 200),
        ("family_worker", 403),
        ("practitioner", 403),
    ):
        assert as_client(getattr(cast, key)).get(address).status_code == status, key
    member = as_client(cast.elected_member)
    page = member.get(address).content.decode()
    assert "Each child’s father is named" in page and "few" in page and "Raise a training need" not in page
    assert member.get("/audits/findings/download/").status_code == 302
    rows = list(
        csv.reader(io.StringIO(member.post("/audits/findings/download/", {"as": "csv"}).content.decode("utf-8-sig")))
    )
    assert [row[1:] for row in rows[1:3]] == [["6", "6"], ["few", "few"]]
    assert [each.verb for each in kept_of(cast.elected_member) if each.kind == "exported"] == [
        "quality.findings_downloaded"
    ]
    assert _found(cast.family_worker) == {}, "the database counts for nobody else either"


def test_a_lead_raises_a_training_need_from_an_audit_and_says_how_it_was_met(
    cast: Any, settled: Any, as_client: Any, area: Any
) -> None:
    lead = cast.quality_lead
    with acting_as(lead):
        said = {"by": lead, "title": "Asking fathers", "why": "Left out six times", "area": area, "item": FATHERS}
        need = raise_training_need(**said, audit=as_read(lead, settled[0]))
        with refused("quality.no_words"):
            raise_training_need(**said | {"why": " "})
        meet_training_need(by=lead, need=need, met_words="A morning for every team")
        with refused("quality.need_met"):
            meet_training_need(by=lead, need=need, met_words="Again")
    page = as_client(lead).get("/audits/findings/").content.decode()
    assert "Asking fathers" in page and "A morning for every team" in page and settled[0].reference in page
    for key in ("quality_auditor", "manager", "family_worker", "elected_member"):
        reader = getattr(cast, key)
        with acting_as(reader), refused("quality.may_not_lead"):
            raise_training_need(**said | {"by": reader})
        with acting_as(reader):
            assert not TrainingNeed.objects.exists(), key
