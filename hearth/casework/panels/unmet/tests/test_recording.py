"""A need that nobody could meet: who records it, what it must say, who reads it with a name and who without."""

import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Request
from hearth.casework.panels.unmet import queries
from hearth.casework.panels.unmet.actions import record_unmet_need, withdraw_unmet_need
from hearth.casework.panels.unmet.models import UnmetNeed, UnmetWords
from hearth.casework.panels.unmet.tests.conftest import TOLD
from hearth.casework.plans.closing.actions import close_case
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.people.access.actions import end_all_access
from hearth.records.people.restrictions.actions import place_restriction

# Who reads the words and whose it was; and who reads what, where and why alone.
NAMED = {
    "family_worker",
    "manager",
    "county_manager",
    "front_door_officer",
    "development_officer",
    "senior_development_officer",
}
NAMELESS = {"panel_coordinator"}
STRANGERS = (
    "practitioner", "health_visitor", "charity_worker", "other_family_worker", "other_manager", "other_front_door_officer",
    "commissioner", "analyst", "strategic_lead", "board_member", "elected_member", "administrator", "information_governance",
    "panel_chair", "provider",
)  # fmt: skip


def test_a_worker_records_it_in_the_case_and_it_is_counted_where_it_was_met(
    need: Any, case: Any, area: Any, cast: Any, as_: Any
) -> None:
    assert need.reference.startswith("UN-")
    assert (need.family_id, need.case, need.area, need.recorded_on) == (case.family_id, case, area, clock.today())
    with as_(cast.manager):
        event = AuditEvent.objects.filter(verb="unmet.need_recorded").get()
    assert (event.family_id, event.subject) == (case.family_id, need.reference)
    assert "Zzquil" not in str(event.detail)


def test_who_reads_it_and_who_reads_it_without_a_name(need: Any, cast: Any, as_: Any) -> None:
    for who in (*NAMED, *NAMELESS, *STRANGERS):
        user = getattr(cast, who)
        with as_(user):
            for rows in (UnmetNeed.objects.all(), UnmetNeed.objects.visible_to(user)):
                assert rows.exists() is (who in NAMED | NAMELESS), who
            for words in (UnmetWords.objects.all(), UnmetWords.objects.visible_to(user)):
                assert words.exists() is (who in NAMED), who
            assert UnmetNeed.objects.opened_to(user).exists() is (who in NAMED), who


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"need": "yacht"}, "unmet.need"),
        ({"age_band": "old"}, "unmet.age_band"),
        ({"reason": ""}, "unmet.reason"),
        ({"wait": "ages"}, "unmet.wait"),
        ({"instead": " \u202e\n"}, "unmet.instead"),
        ({"source": "request"}, "unmet.source"),
        ({"source": "search"}, "unmet.source"),
    ],
)
def test_what_it_must_say(met: Any, told: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        met(**told)
    assert refused.value.refusal.code == code


def test_what_is_typed_is_kept_clean_and_in_a_line(met: Any, cast: Any, as_: Any) -> None:
    need = met(looked_for=f"A\u202e group\n\nof {'x' * 400}", instead="First\r\nthen")
    with as_(cast.family_worker):
        words = UnmetWords.objects.get(need=need)
    assert words.looked_for.startswith("A group of xx") and len(words.looked_for) == 200
    assert words.instead == "First\nthen"


def test_nobody_records_in_a_case_that_is_closed_or_not_theirs(met: Any, case: Any, cast: Any, as_: Any) -> None:
    for who in ("elected_member", "panel_coordinator", "commissioner"):
        by = getattr(cast, who)
        with as_(by), pytest.raises((Refused, Case.DoesNotExist)):
            record_unmet_need(by=by, source="case", case=Case(pk=case.pk), **TOLD)
    with as_(cast.other_family_worker), pytest.raises(Refused):
        record_unmet_need(by=cast.other_family_worker, source="case", case=Case(pk=case.pk), **TOLD)
    with as_(cast.family_worker):
        close_case(
            by=cast.family_worker, case=case, reason="outcomes_met", outcome="all_met", closing_words="Done.", family_view="Good."
        )  # fmt: skip
    with pytest.raises(Refused) as refused:
        met()
    assert refused.value.refusal.code == "cases.closed"


def test_the_front_door_records_it_from_a_request_and_those_of_its_area_alone_read_it(
    asked: Request, cast: Any, as_: Any
) -> None:
    by = cast.front_door_officer
    with as_(by):
        need = record_unmet_need(by=by, source="request", request=asked, **TOLD)
        assert (need.family, need.request, need.area_id) == (None, asked, asked.area_id)
        assert queries.needs_of_request(by, asked) == [need]
    for who, reads in (("practitioner", True), ("other_front_door_officer", False), ("health_visitor", False)):
        with as_(getattr(cast, who)):
            assert UnmetNeed.objects.exists() is reads, who  # whoever asked may read their request
            assert UnmetWords.objects.exists() is reads, who
    for who in ("practitioner", "other_front_door_officer", "family_worker"):
        by = getattr(cast, who)
        with as_(by), pytest.raises(Refused):
            record_unmet_need(by=by, source="request", request=asked, **TOLD)


def test_nobody_says_that_it_was_a_panel_who_runs_none_and_a_search_that_found_nothing_is_of_nobody(
    met: Any, cast: Any, area: Any, as_: Any
) -> None:
    with pytest.raises(Refused, match="Only the chair and the coordinator"):
        met(cast.manager, source="panel")
    with as_(cast.practitioner):
        found = record_unmet_need(by=cast.practitioner, source="search", area=area, **TOLD)
        assert (found.family, found.case, found.request) == (None, None, None)
        assert not UnmetWords.objects.filter(need=found).exists()
        with pytest.raises(Refused):
            record_unmet_need(by=cast.practitioner, source="full", **TOLD)


def test_a_restricted_family_is_kept_from_its_recorder_and_from_those_who_work_themes(
    need: Any, family: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=family.reference, reason="A refuge")
    for who in (*NAMED, *NAMELESS):
        user = getattr(cast, who)
        with as_(user):
            for rows in (UnmetNeed.objects.all(), UnmetNeed.objects.visible_to(user), UnmetWords.objects.all()):
                assert not rows.exists(), who


def test_a_family_of_which_everybody_is_restricted_is_kept_from_those_who_work_themes(
    need: Any, family: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.family_worker):
        everybody = list(family.memberships.values_list("person__reference", flat=True))
    with as_(cast.information_governance):
        for reference in everybody:
            place_restriction(by=cast.information_governance, reference=reference, reason="A refuge")
    with as_(cast.panel_coordinator):
        assert not UnmetNeed.objects.exists()


def test_whoever_may_open_the_family_no_more_keeps_what_they_recorded_without_a_name(
    need: Any, family: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.manager):
        end_all_access(by=cast.manager, family=family, but="nothing")
    with as_(cast.family_worker):
        assert UnmetNeed.objects.visible_to(cast.family_worker).get() == need
        assert not UnmetWords.objects.exists()
        assert queries.whose(cast.family_worker, need) == {"words": [], "case": None, "asked": None, "family": None}


def test_what_was_recorded_cannot_be_rewritten_or_made_up(need: Any, case: Any, cast: Any, as_: Any) -> None:
    for who, sql in (
        ("family_worker", "update unmet_unmetneed set need = 'other'"),
        ("family_worker", "update unmet_unmetwords set instead = 'x'"),
    ):
        with as_(getattr(cast, who)), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with as_(cast.family_worker), connection.cursor() as cursor:
        cursor.execute("delete from unmet_unmetneed")
        assert UnmetNeed.objects.get() == need
    with as_(cast.other_family_worker), pytest.raises(DatabaseError), transaction.atomic():
        UnmetNeed(
            id=uuid.uuid4(), reference="UN-3333333", source="case", family_id=case.family_id, case_id=case.pk, area=case.area,
            need="other", age_band="adult", reason="no_service", wait="no_wait", recorded_by=cast.other_family_worker,
        ).save(force_insert=True)  # fmt: skip


def test_it_is_taken_back_by_its_recorder_with_a_reason_and_counted_nowhere(need: Any, cast: Any, as_: Any) -> None:
    with as_(cast.manager), pytest.raises(Refused) as refused:
        withdraw_unmet_need(by=cast.manager, need=need, why="No")
    assert refused.value.refusal.code == "unmet.not_yours"
    with as_(cast.family_worker):
        with pytest.raises(Refused) as refused:
            withdraw_unmet_need(by=cast.family_worker, need=need, why=" ")
        assert refused.value.refusal.code == "unmet.no_reason"
        withdraw_unmet_need(by=cast.family_worker, need=need, why="Wrong case")
        with pytest.raises(Refused) as refused:
            withdraw_unmet_need(by=cast.family_worker, need=need, why="Twice")
        assert refused.value.refusal.code == "unmet.withdrawn"
        assert queries.needs_of_case(cast.family_worker, need.case) == []


def test_it_stands_on_the_chronology_in_one_query(
    need: Any, family: Any, cast: Any, as_: Any, django_assert_num_queries: Any
) -> None:
    with as_(cast.family_worker), django_assert_num_queries(1):
        (entry,) = queries.timeline_entries(cast.family_worker, family)
    assert entry.title == "Could not be offered: speech, language and communication"
    with as_(cast.other_manager):
        assert queries.timeline_entries(cast.other_manager, family) == []
