"""One audit: opened for it alone, graded blind, settled or moderated, sent and answered; and everybody who should not see it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection

from hearth.casework.assessments.models import Assessment
from hearth.casework.plans.closing.actions import close_case
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message
from hearth.oversight.quality import actions, queries
from hearth.oversight.quality.models import Answer, Audit, AuditAction, AuditGrade, AuditResult, ItemGrade
from hearth.oversight.quality.samples.queries import agreement_of
from hearth.oversight.quality.tests.conftest import as_read, auditor_of, begin, grade, refused, send_all
from hearth.records.people.models import Access, Family

ITEMS = 7


def _opens(reader: Any, audit: Audit) -> bool:
    with acting_as(reader):
        return Assessment.objects.filter(pk=audit.assessment_id).exists()


def _reads_items(reader: Any, audit: Audit) -> int:
    with acting_as(reader):
        return ItemGrade.objects.filter(grade__audit=audit.pk).count()


def test_an_auditor_opens_the_record_for_the_audit_alone_and_it_is_on_record(
    cast: Any, shared: Any, as_client: Any
) -> None:
    audit = shared(1)[0]
    auditor, client = cast.quality_auditor, as_client(cast.quality_auditor)
    assert auditor_of(cast, audit) == auditor and not _opens(auditor, audit)
    address = f"/assessments/{audit.assessment_reference}/"
    assert client.get(address).status_code == 404
    assert client.get(f"/audits/{audit.reference}/begin/").status_code == 405, "an address alone opens nothing"
    assert client.post(f"/audits/{audit.reference}/begin/").status_code == 302
    assert client.get(address).status_code == 200
    with acting_as(auditor):
        row = Access.objects.get(user=auditor, why="audit")
        grade_row = AuditGrade.objects.get(audit=audit)
        assert (row.basis, row.categories) == (grade_row.id, ["assessment"])
        assert row.until_at.date() == grade_row.due_on + dt.timedelta(days=1)
        assert AuditEvent.objects.filter(verb="quality.audit_begun", subject=audit.reference).exists()
    assert client.get(f"/audits/{audit.reference}/").content.decode().count(audit.assessment_reference) == 1
    begin(auditor, audit)
    with acting_as(auditor):
        assert Access.objects.filter(user=auditor, why="audit").count() == 1, "beginning twice opens it once"


def test_it_closes_when_the_grade_is_in_and_no_later_than_its_day(cast: Any, shared: Any, as_client: Any) -> None:
    first, second = shared(2)
    one, other = auditor_of(cast, first), auditor_of(cast, second)
    grade(one, first)
    assert not _opens(one, first)
    assert as_client(one).get(f"/assessments/{first.assessment_reference}/").status_code == 404
    with acting_as(one), refused("quality.graded"):
        found = as_read(one, first)
        actions.begin_audit(by=one, audit=found, grade=queries.own_grade(one, found))
    begin(other, second)
    with acting_as(other):
        due_on = AuditGrade.objects.get(audit=second).due_on
    assert due_on == clock.add_working_days(clock.today(), pack().audits.open_days)
    with clock.frozen(due_on + dt.timedelta(days=1)), acting_as(other), refused("quality.lapsed"):
        found = as_read(other, second)
        actions.begin_audit(by=other, audit=found, grade=queries.own_grade(other, found))


def test_nobody_gives_themselves_access_by_an_audit_that_is_not_theirs(cast: Any, shared: Any) -> None:
    audit = shared(1)[0]
    other = cast.second_auditor
    with acting_as(cast.quality_lead):
        key = AuditGrade.objects.get(audit=audit).pk
    for reader, until in ((other, 1), (cast.quality_auditor, 400), (cast.quality_lead, 1)):
        row = Access(
            family=Family(pk=audit.family_id), user=reader, why="audit", basis=key, categories=["assessment"], from_at=clock.now(),
            until_at=clock.now() + dt.timedelta(days=until),
        )  # fmt: skip
        with acting_as(reader), pytest.raises(Exception, match="row-level security"):
            row.save(force_insert=True)
        connection.needs_rollback = False
    with acting_as(other):
        assert not Audit.objects.filter(pk=audit.pk).exists()


def test_one_grade_settles_it_with_the_score_of_the_formula(cast: Any, shared: Any, as_client: Any) -> None:
    audit = shared(1)[0]
    grade(cast.quality_auditor, audit, father_included="not_met", measurable="not_applicable")
    with acting_as(cast.quality_lead):
        found = as_read(cast.quality_lead, audit)
        assert found.state == "settled" and AuditResult.objects.filter(audit=audit).count() == ITEMS
        score = queries.with_items(cast.quality_lead, [found])[found.pk]
        assert score.formula == "5 x 100 / (7 - 1) = 83.3"
    assert (
        "5 x 100 / (7 - 1) = 83.3" in as_client(cast.quality_lead).get(f"/audits/{audit.reference}/").content.decode()
    )


def test_what_is_not_allowed_of_an_item_is_refused(cast: Any, shared: Any) -> None:
    audit, by = shared(1)[0], cast.quality_auditor
    with acting_as(by):
        found = as_read(by, audit)
        mine = queries.own_grade(by, found)
        said = {"by": by, "audit": found, "grade": mine, "part": "voice"}
        with refused("quality.not_begun"):
            actions.grade_part(**said, answers={"child_words": ("met", "")})
    begin(by, audit)
    with acting_as(by):
        with refused("quality.always_applies"):
            actions.grade_part(**said, answers={"child_words": ("not_applicable", "")})
        with refused("quality.no_comment"):
            actions.grade_part(**said, answers={"child_words": ("not_met", " ")})
        with refused("quality.other_item"):
            actions.grade_part(**said, answers={"measurable": ("met", "")})
        actions.grade_part(**said, answers={"child_words": ("met", "")})
        with refused("quality.missing"):
            actions.finish_audit(by=by, audit=found, grade=mine)


def test_the_second_grade_is_blind_until_both_are_in_and_then_each_reads_the_others(cast: Any, shared: Any) -> None:
    audit = shared(1, twice=1)[0]
    one, other, lead = cast.quality_auditor, cast.second_auditor, cast.quality_lead
    grade(one, audit)
    assert (_reads_items(one, audit), _reads_items(other, audit), _reads_items(lead, audit)) == (ITEMS, 0, 0)
    begin(other, audit)
    assert _reads_items(other, audit) == 0 and _reads_items(cast.family_worker, audit) == 0
    grade(other, audit)
    assert _reads_items(one, audit) == _reads_items(other, audit) == _reads_items(lead, audit) == 2 * ITEMS
    assert _reads_items(cast.family_worker, audit) == 0
    with acting_as(lead):
        assert as_read(lead, audit).state == "settled", "both said the same"
        overall, by_item = agreement_of(lead, as_read(lead, audit).sample)
        assert (overall.pairs, overall.same, overall.kappa) == (ITEMS, ITEMS, None)
        assert "one and the same answer" in overall.why_none and len(by_item) == ITEMS


def test_where_they_differ_somebody_else_moderates_and_kappa_is_shown(cast: Any, shared: Any, as_client: Any) -> None:
    audit = shared(1, twice=1)[0]
    one, other, lead = cast.quality_auditor, cast.second_auditor, cast.quality_lead
    grade(one, audit, father_included="not_met", measurable="not_applicable")
    grade(other, audit, measurable="not_met")
    with acting_as(lead):
        found = as_read(lead, audit)
        assert found.state == "moderating"
        assert [each.item.code for each in queries.to_moderate(lead, found)] == ["father_included", "measurable"]
        with refused("quality.other_item"):
            actions.moderate_audit(by=lead, audit=found, decided={"father_included": ("met", "Seen")})
        decided = {"father_included": ("not_met", "Nobody rang him"), "measurable": ("not_applicable", "No plan")}
        actions.moderate_audit(by=lead, audit=found, decided=decided)
        results = {each.item: each for each in AuditResult.objects.filter(audit=audit)}
        assert results["father_included"].moderated and results["father_included"].words == "Nobody rang him"
        assert results["child_words"].answer == Answer.MET and not results["child_words"].moderated
        # 5 of 7 the same; by chance 5 x 6 + 1 x 0 + 1 x 1 of 49: (35 - 31) / (49 - 31)
        overall, _ = agreement_of(lead, found.sample)
        assert (overall.pairs, overall.same) == (7, 5) and overall.kappa == pytest.approx(4 / 18)
    assert "0.22" in as_client(lead).get(f"/audits/samples/{audit.sample.reference}/").content.decode()


def test_a_lead_who_graded_it_does_not_moderate_it(cast: Any, shared: Any) -> None:
    audit = shared(1, twice=1)[0]
    grade(cast.quality_auditor, audit, father_included="not_met")
    grade(cast.second_auditor, audit)
    with acting_as(cast.quality_auditor), refused("quality.may_not_lead"):
        decided = {"father_included": ("met", "Seen")}
        actions.moderate_audit(by=cast.quality_auditor, audit=as_read(cast.quality_auditor, audit), decided=decided)


def test_the_worker_reads_nothing_until_it_is_sent_then_answers_and_does_what_comes_of_it(
    cast: Any, shared: Any, as_client: Any
) -> None:
    audit, worker, lead = shared(1)[0], cast.family_worker, cast.quality_lead
    grade(cast.quality_auditor, audit, father_included="not_met")
    client, address = as_client(worker), f"/audits/{audit.reference}/"
    assert client.get(address).status_code == 404
    with acting_as(worker):
        trail = AuditEvent.objects.filter(verb__startswith="quality.")
        assert not trail.exists(), (
            "whoever opens a family reads what was done for it: nothing of an audit before it is sent"
        )
        assert not Audit.objects.exists() and not AuditResult.objects.exists() and not ItemGrade.objects.exists()
        assert queries.audits_waiting(worker) == []
    send_all(lead, audit)
    with acting_as(lead):
        assert Message.objects.filter(template="audit_findings", to_user_id=worker.id).count() == 1
    with acting_as(worker):
        assert set(AuditEvent.objects.filter(verb__startswith="quality.").values_list("verb", flat=True)) == {
            "quality.findings_sent"
        }
    page = client.get(address).content.decode()
    assert "Ask fathers" in page and "6 x 100 / (7 - 0) = 85.7" in page
    assert cast.quality_auditor.full_name not in page
    assert "What you wrote was audited" in client.get("/").content.decode()
    with acting_as(worker):
        assert not ItemGrade.objects.exists() and not AuditGrade.objects.exists(), (
            "who graded, and what each said, is not the worker's"
        )
        found = as_read(worker, audit)
        actions.reply_to_findings(by=worker, audit=found, agrees=False, reply="He was rung three times.")
        to_do = actions.add_audit_action(by=worker, audit=found, what="Write down each call", due_on=clock.today())
        assert [each.words for each in queries.audits_waiting(worker)] == ["1 thing to do after an audit"]
        with refused("quality.answered"):
            actions.reply_to_findings(by=worker, audit=found, agrees=True, reply="Again")
        actions.finish_audit_action(by=worker, audit=found, to_do=to_do, done_words="Done from now on")
        assert queries.audits_waiting(worker) == []
    with acting_as(lead):
        found = as_read(lead, audit)
        assert (found.state, found.agrees, found.reply) == ("answered", False, "He was rung three times.")
        assert AuditAction.objects.get(audit=audit).done_words == "Done from now on"
        with refused("quality.not_the_worker"):
            actions.finish_audit_action(by=lead, audit=found, to_do=to_do, done_words="I say so")


def test_another_worker_and_a_manager_read_nothing_of_it(cast: Any, shared: Any, as_client: Any) -> None:
    audit = shared(1)[0]
    grade(cast.quality_auditor, audit)
    send_all(cast.quality_lead, audit)
    for key in ("manager", "other_family_worker", "second_auditor", "county_manager", "practitioner", "strategic_lead"):
        reader = getattr(cast, key)
        assert as_client(reader).get(f"/audits/{audit.reference}/").status_code == 404, key
        with acting_as(reader):
            rows = [kind.objects.count() for kind in (Audit, AuditGrade, ItemGrade, AuditResult, AuditAction)]
            assert rows == [0] * 5, key


def test_a_lead_takes_it_from_one_auditor_and_the_record_closes_at_once(cast: Any, shared: Any) -> None:
    audit, lead = shared(1)[0], cast.quality_lead
    begin(cast.quality_auditor, audit)
    with acting_as(lead):
        found = as_read(lead, audit)
        held = queries.grade_at(lead, found, 1)
        with refused("quality.not_independent"):
            actions.change_auditor(by=lead, audit=found, grade=held, auditor=cast.manager)
        actions.change_auditor(by=lead, audit=found, grade=held, auditor=cast.second_auditor)
    assert not _opens(cast.quality_auditor, audit)
    with acting_as(cast.quality_auditor):
        assert not Audit.objects.filter(pk=audit.pk).exists()
    grade(cast.second_auditor, audit)


def test_more_days_are_given_to_the_same_auditor(cast: Any, shared: Any) -> None:
    audit, lead = shared(1)[0], cast.quality_lead
    with clock.frozen(clock.now() + dt.timedelta(days=60)), acting_as(lead):
        found = as_read(lead, audit)
        assert [each.reference for each in queries.to_lead(lead)] == [audit.reference]
        held = queries.grade_at(lead, found, 1)
        actions.change_auditor(by=lead, audit=found, grade=held, auditor=cast.quality_auditor)
        assert not queries.grade_at(lead, found, 1).has_lapsed and queries.to_lead(lead) == []


def test_it_is_left_out_with_why_and_the_record_closes(cast: Any, shared: Any) -> None:
    audit, lead = shared(1)[0], cast.quality_lead
    begin(cast.quality_auditor, audit)
    with acting_as(lead):
        with refused("quality.no_reason"):
            actions.leave_out_audit(by=lead, audit=as_read(lead, audit), why=" ")
        actions.leave_out_audit(by=lead, audit=as_read(lead, audit), why="It was written as a test")
        assert as_read(lead, audit).left_out_why == "It was written as a test"
    assert not _opens(cast.quality_auditor, audit)


def test_of_a_case_that_closes_meanwhile_the_record_is_opened_again_for_the_audit(cast: Any, shared: Any) -> None:
    audit, worker, auditor = shared(1)[0], cast.family_worker, cast.quality_auditor
    begin(auditor, audit)
    with acting_as(worker):
        from hearth.casework.cases.models import Case

        case = Case.objects.get(pk=audit.case_id)
        close_case(
            by=worker, case=case, reason="outcomes_met", outcome="all_met", closing_words="Done", family_view="Good"
        )
    assert not _opens(auditor, audit), "closing ends everybody's access"
    grade(auditor, audit)
    with acting_as(cast.quality_lead):
        assert as_read(cast.quality_lead, audit).state == "settled"


def test_another_tab_s_words_are_not_written_over_unseen(cast: Any, shared: Any, as_client: Any) -> None:
    audit, by = shared(1)[0], cast.quality_auditor
    begin(by, audit)
    client, address = as_client(by), f"/audits/{audit.reference}/parts/voice/"
    page = client.get(address).content.decode()
    seen = re.findall(r'<input[^>]*name="seen"[^>]*value="(\w+)"|<input[^>]*value="(\w+)"[^>]*name="seen"', page)[0]
    seen = seen[0] or seen[1]
    typed = {"answer_child_words": "met", "comment_child_words": "Her drawing", "seen": seen}
    assert client.post(address, typed | {"sent": "1"}).status_code == 302
    again = client.post(address, typed | {"comment_child_words": "Something else", "sent": "2"})
    assert again.status_code == 409 and "Her drawing" in again.content.decode()
    bad = client.post(address, {"answer_father_included": "", "comment_father_included": "Not lost", "seen": seen})
    assert (
        bad.status_code == 422
        and "Choose an answer for this comment" in bad.content.decode()
        and "Not lost" in bad.content.decode()
    )


def test_who_may_open_the_record_for_another_audit_still_begins_this_one_by_its_button(
    cast: Any, shared: Any, as_client: Any
) -> None:
    first = shared(1)[0]
    again = shared(1, seed="One")[0]
    assert first.assessment_id == again.assessment_id, "the same seed draws the same"
    auditor = auditor_of(cast, first)
    begin(auditor, first)
    page = as_client(auditor).get(f"/audits/{again.reference}/").content.decode()
    assert _opens(auditor, again) and "Open it for the audit" in page
