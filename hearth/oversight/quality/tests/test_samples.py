"""Samples: drawn by a seed that anybody can draw with again, from what a lead may draw, and given to those who stand far enough away."""

from types import SimpleNamespace
from typing import Any

from hearth.foundation.accounts.models import Appointment, User
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality import rules
from hearth.oversight.quality.models import Audit, AuditGrade
from hearth.oversight.quality.samples import queries
from hearth.oversight.quality.samples.actions import share_out_sample
from hearth.oversight.quality.samples.drawing import draw
from hearth.oversight.quality.tests.conftest import NAMES, ago, auditor_of, refused
from hearth.records.people.models import Family
from hearth.records.people.restrictions.actions import place_restriction


def test_the_same_seed_draws_the_same_and_a_heavier_one_comes_more_often() -> None:
    even = dict.fromkeys("ABCDEFGHIJ", 1)
    assert draw(even, "seed", 4) == draw(dict(reversed(even.items())), "seed", 4)
    assert draw(even, "seed", 4) != draw(even, "another", 4)
    assert sorted(draw(even, "seed", 99)) == sorted(even)
    first = [draw(even | {"A": 5}, str(number), 1)[0] for number in range(2000)]
    assert 0.30 < first.count("A") / 2000 < 0.42, "five of fourteen: 0.357"


def test_a_lead_draws_without_opening_a_family_and_anybody_can_draw_it_again(cast: Any, drawn: Any) -> None:
    sample = drawn(3)
    with acting_as(cast.quality_lead):
        assert sample.among == 6
        assert not Family.objects.visible_to(cast.quality_lead).exists()
        assert not Family.objects.exists()
        assert len(queries.audits_of(cast.quality_lead, sample)) == 3
        assert queries.draws_the_same(sample) is True
        event = AuditEvent.objects.get(verb="quality.sample_drawn")
        assert event.detail["seed"] == "One" and event.detail["among"] == 6


def test_only_what_was_signed_off_in_the_period_is_drawn(cast: Any, drawn: Any, assess: Any) -> None:
    assess("Grimshaw", days=60)
    assert drawn(1).among == 6
    assert drawn(1, from_on=ago(90)).among == 7
    with refused("quality.too_few"):
        drawn(1, from_on=ago(90), until_on=ago(40))
    with refused("quality.period"):
        drawn(1, until_on=clock.today())
    with refused("quality.size"):
        drawn(0)


def test_a_theme_is_found_in_the_needs_that_were_written_and_in_no_part_of_a_word(
    cast: Any, drawn: Any, assess: Any
) -> None:
    for name in NAMES[:4]:
        assess(name, needs="Dad is drinking every evening.")
    assess("Hargreaves", needs="ALCOHOL in the kitchen,\nalways.")
    assess("Isherwood", needs="Non-alcoholics go to the drugstore.")
    assess("Jackson", strengths="Mum stopped drinking.")
    assert drawn(5, theme="drugs_and_alcohol").among == 5
    assert drawn(20).among == 13
    with acting_as(cast.quality_lead):
        found = Audit.objects.filter(sample__theme="").exclude(themes=[])
        assert {tuple(each.themes) for each in found} == {("drugs_and_alcohol",)} and len(found) == 5


def test_nobody_audits_what_they_wrote_signed_off_or_stand_too_near_to(cast: Any, drawn: Any) -> None:
    sample, lead = drawn(3), cast.quality_lead
    with acting_as(lead):
        shared = share_out_sample(by=lead, sample=sample, auditors=[cast.quality_auditor, cast.second_auditor], twice=1)
        assert (shared.given, shared.twice, shared.left) == (3, 1, 0)
        assert AuditGrade.objects.filter(audit__sample=sample).count() == 4
        assert not Audit.objects.filter(sample=sample, state="drawn").exists()
        with refused("quality.all_given"):
            share_out_sample(by=lead, sample=sample, auditors=[cast.quality_auditor])


def test_who_stands_too_near_is_decided_by_the_pack(cast: Any, shared: Any, monkeypatch: Any) -> None:
    audit, auditor, worker = shared(1)[0], cast.quality_auditor, cast.family_worker
    teams = {worker.id: {"one"}, auditor.id: {"one", "two"}, cast.second_auditor.id: {"two"}}
    assert not rules.independent(audit, auditor, teams), "of the worker's own team"
    assert rules.independent(audit, cast.second_auditor, teams)
    assert not rules.independent(audit, worker, {}) and not rules.independent(audit, cast.manager, {})
    for asked, fits in (("anywhere", True), ("another_organisation", False)):
        monkeypatch.setattr(
            rules, "pack", lambda asked=asked: SimpleNamespace(audits=SimpleNamespace(auditors_from=asked))
        )
        assert rules.independent(audit, auditor, teams) is fits


def test_a_lead_of_another_district_sees_nothing_of_it(cast: Any, shared: Any, as_client: Any, other_area: Any) -> None:
    audit = shared(1)[0]
    held = Appointment.objects.filter(user=cast.quality_lead)
    assert as_client(cast.quality_lead).get(f"/audits/{audit.reference}/").status_code == 200
    with acting_as(cast.administrator):
        held.update(area=other_area)
    client = as_client(User.objects.get(pk=cast.quality_lead.pk))
    assert client.get(f"/audits/{audit.reference}/").status_code == 404
    page = client.get(f"/audits/samples/{audit.sample.reference}/").content.decode()
    assert audit.reference not in page
    with acting_as(cast.quality_lead):
        assert not Audit.objects.exists() and not AuditGrade.objects.exists()


def test_of_a_restricted_family_nothing_is_drawn_and_nothing_is_said(cast: Any, drawn: Any, assessed: Any) -> None:
    assert drawn(1).among == 6
    reference = _family_of(cast, assessed[0])
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=reference, reason="Threats")
    assert drawn(6).among == 5
    with acting_as(cast.quality_lead):
        assert not Audit.objects.filter(assessment_reference=assessed[0].reference).exists()


def test_what_was_drawn_is_not_shown_any_more_once_somebody_is_restricted(
    cast: Any, shared: Any, assessed: Any
) -> None:
    audits = shared(6)
    audit = next(each for each in audits if each.assessment_reference == assessed[0].reference)
    auditor, reference = auditor_of(cast, audit), _family_of(cast, assessed[0])
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=reference, reason="Threats")
    for reader in (cast.quality_lead, auditor):
        with acting_as(reader):
            assert (
                not Audit.objects.filter(pk=audit.pk).exists()
                and not AuditGrade.objects.filter(audit=audit.pk).exists()
            )


def _family_of(cast: Any, assessment: Any) -> str:
    with acting_as(cast.family_worker):
        return str(Family.objects.get(pk=assessment.family_id).reference)
