"""A re-audit shows whether it changed: for the same families, workers or agencies, laid beside what was found before."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.models import Audit
from hearth.oversight.quality.samples import queries
from hearth.oversight.quality.samples.actions import share_out_sample
from hearth.oversight.quality.samples.comparing import Line, Share, compared
from hearth.oversight.quality.tests.conftest import again, ago, auditor_of, grade, refused


def _give_out(cast: Any, sample: Any) -> list[Audit]:
    lead = cast.quality_lead
    with acting_as(lead):
        share_out_sample(by=lead, sample=sample, auditors=[cast.quality_auditor, cast.second_auditor])
        return list(Audit.objects.filter(sample=sample).select_related("sample__tool").order_by("number"))


@pytest.fixture
def before(cast: Any, shared: Any) -> Any:
    """A sample of two, in one of which a father was left out, and in both it is not said how anybody will know."""
    first, second = shared(2, from_on=ago(30), until_on=ago(15))
    grade(auditor_of(cast, first), first, father_included="not_met", measurable="not_met")
    grade(auditor_of(cast, second), second, measurable="not_applicable")
    return first.sample


def test_other_assessments_of_the_same_worker_are_drawn_and_laid_beside_it(
    cast: Any, before: Any, assess: Any, as_client: Any
) -> None:
    later = [assess(name, days=5).reference for name in ("Kershaw", "Livesey")]
    assess("Moss", days=5, by=cast.other_family_worker, manager=cast.other_manager, where=_district(1))
    sample = again(cast.quality_lead, before, "worker", days=10)
    audits = _give_out(cast, sample)
    assert {each.assessment_reference for each in audits} == set(later) and sample.among == 2
    for audit in audits:
        grade(auditor_of(cast, audit), audit)
    with acting_as(cast.quality_lead):
        sample = queries.sample_of(cast.quality_lead, sample.reference)
        lines = {line.name: line for line in compared(cast.quality_lead, sample)}
    whole, fathers, known = (
        next(line for name, line in lines.items() if name.startswith(begins))
        for begins in ("All items", "Each child’s father", "Each outcome says")
    )
    assert whole == Line("All items", Share(11, 13), Share(14, 14), is_part=True)
    assert (fathers.before.words, fathers.after.words, fathers.change) == (
        "50% (1 of 2)",
        "100% (2 of 2)",
        "Up 50 points",
    )
    assert (known.before.words, known.change) == ("0% (0 of 1)", "Up 100 points")
    page = as_client(cast.quality_lead).get(f"/audits/samples/{sample.reference}/").content.decode()
    assert "Up 50 points" in page and "<svg" in page and before.reference in page


def test_the_same_family_is_audited_again_by_a_later_assessment_only(cast: Any, before: Any) -> None:
    with refused("quality.none_to_draw"):
        again(cast.quality_lead, before, "family")


def test_the_same_agency_is_drawn_without_what_was_audited(cast: Any, before: Any) -> None:
    sample = again(cast.quality_lead, before, "agency", size=9)
    with acting_as(cast.quality_lead):
        held = set(Audit.objects.filter(sample=before).values_list("assessment_id", flat=True))
        assert sample.among == 4
        assert not held & set(Audit.objects.filter(sample=sample).values_list("assessment_id", flat=True))


def test_nothing_is_drawn_again_before_there_is_anything_to_compare_with(cast: Any, shared: Any) -> None:
    with refused("quality.nothing_settled"):
        again(cast.quality_lead, shared(1)[0].sample, "worker")


def test_its_figures_leave_the_product_for_a_lead_alone_and_on_record(
    cast: Any, before: Any, as_client: Any, kept_of: Any
) -> None:
    address, said = "/audits/samples/download/", {"sample": before.reference}
    for key in ("quality_auditor", "family_worker", "manager", "strategic_lead"):
        assert as_client(getattr(cast, key)).post(address, said | {"as": "csv"}).status_code == 403, key
    client = as_client(cast.quality_lead)
    assert client.get(address).status_code == 302, "its address alone downloads nothing"
    rows = list(csv.reader(io.StringIO(client.post(address, said | {"as": "csv"}).content.decode("utf-8-sig"))))
    assert rows[1][:2] == ["Part", "All items"] and rows[1][4:6] == ["11", "13"]
    assert client.post(address, {"sample": "QS-4444444", "as": "csv"}).status_code == 404
    book = load_workbook(io.BytesIO(client.post(address, said | {"as": "xlsx"}).content))
    assert [cell.value for cell in book.worksheets[0][2]][4:6] == [11, 13]
    assert [each.verb for each in kept_of(cast.quality_lead) if each.kind == AuditEvent.Kind.EXPORTED] == [
        "quality.sample_downloaded"
    ] * 2


def _district(number: int) -> Any:
    from hearth.foundation.accounts.models import Area
    from hearth.foundation.core.pack import pack

    return Area.objects.get(code=pack().areas.districts[number].code)
