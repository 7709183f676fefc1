"""Figures are counted by `system:measures`: it sees keys, days and codes of what may be counted, and can change nothing."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.models import Model
from django.db.utils import DatabaseError

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.actions import request_step_up
from hearth.casework.cases.steps.models import CareStep
from hearth.casework.cases.steps.rules import PackItem, StepBasis
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.triage.models import Decision
from hearth.casework.panels.models import PanelItem
from hearth.casework.panels.unmet.models import UnmetNeed
from hearth.casework.plans.models import Outcome, Plan, PlanAgreement
from hearth.casework.universal.actions import record_universal_activity
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.roles import MEASURES
from hearth.intelligence.insight.models import FamilyOfConcern
from hearth.records.people.restrictions.actions import place_restriction

COUNTS = {
    "hearth_assessment_counts", "hearth_audit_findings", "hearth_care_days",
    "hearth_concern_counts", "hearth_counts", "hearth_entitlement", "hearth_missed_touchpoints",
    "hearth_need_counts", "hearth_need_flags", "hearth_need_population", "hearth_panel_times",
    "hearth_performance_counts", "hearth_performance_waits",
    "hearth_search_counts", "hearth_referral_counts", "hearth_theme_counts", "hearth_universal_totals", "hearth_unmet_counts",
    "hearth_volunteer_hours",

}  # fmt: skip
NIGHT = {"hearth_keep_measures", "hearth_forget_measures"}  # nobody calls them for a reader: adr 45
# All that it may read. Whoever adds a column here says in adr 24 what is counted by it.
READS = {
    "performance_measuredsum": {
        "id", "created_at", "source", "about", "part", "quarter", "month", "area", "counted", "median", "asked",
    },
    "accounts_area": {"id", "parent_id", "code", "name", "goes_live_on"},
    "accounts_organisation": {"id", "name"},
    "accounts_user": {"id", "organisation_id"},
    "assessments_assessment": {
        "family_id", "case_id", "author_id", "number", "status", "started_on", "signed_off_at", "created_at", "due_on",
    },
    "cases_case": {
        "id", "area_id", "request_id", "stage", "closed_on", "family_id", "opened_on", "closure_reason", "closure_outcome",
    },
    "front_door_decision": {"request_id", "was_due_on", "reopened_at"},
    "front_door_request": {"id", "area_id", "state", "received_at", "has_assessment", "needs", "decided_at"},
    "insight_familyofconcern": {"id", "area_id"},
    "directory_findercount": {"month", "area_id", "need", "outcome", "by_worker", "searches"},
    "insight_insightrun": {"as_at", "entitlement", "figures", "is_current", "population", "touchpoints", "used"},
    "panels_panel": {"id", "kind"},
    "panels_panelitem": {"panel_id", "case_id", "status", "proposed_at", "heard_at", "first_help_on"},
    "steps_carestep": {"family_id", "case_id", "requested_by_id", "requested_at", "direction", "status", "decided_at"},
    "plans_plan": {"id", "case_id"},
    "plans_outcome": {"plan_id", "area", "state", "ended_on"},
    "plans_planagreement": {"plan_id", "agreed_on"},
    "quality_audit": {"id", "area_id", "settled_at"},
    "quality_auditresult": {"audit_id", "item", "answer"},
    "unmet_theme": {"id", "area_id", "state"},
    "unmet_unmetneed": {"id", "area_id", "need", "age_band", "reason", "wait", "recorded_on", "withdrawn_at", "theme_id"},
    "universal_universalactivity": {
        "area_id", "organisation_id", "kind", "happened_on", "withdrawn_at", "adults",
        "children_under_5", "children_5_to_11", "young_people_12_to_19",
    },
    "volunteers_volunteermatch": {"id", "area_id", "volunteer_id", "family_id"},
    "volunteers_volunteervisit": {"match_id", "visited_on", "minutes", "taken_back_on"},
}  # fmt: skip


def asked(question: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the database says of itself."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())


def test_every_function_that_counts_is_the_identitys_and_it_owns_nothing_else(db: None) -> None:
    owned = asked("select p.proname from pg_proc p where p.proowner = %s::regrole", MEASURES)
    assert {name for (name,) in owned} == COUNTS | NIGHT
    assert asked("select relname from pg_class where relowner = %s::regrole", MEASURES) == []


def test_it_reads_these_columns_and_no_name_day_of_birth_or_note(db: None) -> None:
    columns = asked(
        "select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0"
        " and not a.attisdropped where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p')"
        " and has_column_privilege(%s, c.oid, a.attnum, 'select')",
        MEASURES,
    )
    found: dict[str, set[str]] = {}
    for table, column in columns:
        found.setdefault(table, set()).add(column)
    assert found == READS


def test_it_may_change_no_table_and_no_column(db: None) -> None:
    writable = asked(
        "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p')"
        " and (has_any_column_privilege(%s, c.oid, 'insert, update, references')"
        " or has_table_privilege(%s, c.oid, 'delete, truncate, trigger'))",
        MEASURES, MEASURES,
    )  # fmt: skip
    assert writable == [("performance_measuredsum",)], (
        "sums that the night counts, which have no key of anybody (adr 45)"
    )
    assert asked("select has_schema_privilege(%s, 'public', 'create')", MEASURES) == [(False,)]


def test_it_passes_no_row_policy_cannot_sign_in_and_nobody_can_become_it(db: None) -> None:
    powers = "rolsuper or rolbypassrls or rolcanlogin or rolcreaterole or rolcreatedb or rolinherit"
    assert asked(f"select {powers} from pg_roles where rolname = %s", MEASURES) == [(False,)]  # noqa: S608 - our own words
    for other in ("hearth_web", "hearth_worker", "hearth_gate", "hearth_eraser", "hearth_insight"):
        for one, of in ((other, MEASURES), (MEASURES, other)):
            assert asked("select pg_has_role(%s, %s, 'member')", one, of) == [(False,)], (one, of)
    with pytest.raises(DatabaseError, match="permission denied"):
        asked(f"set local role {MEASURES}")


@pytest.mark.parametrize(
    "statement",
    [
        "select id from people_person",
        "select given_name from people_person", "select born_on from people_person", "select * from people_person",
        "select id from people_family",
        "select name from people_family", "select full_name from accounts_user", "select email from accounts_user",
        "select family_id from people_membership", "select value from people_identifier", "select words from notes_noteversion",
        "select family_name from front_door_request", "select given_name from front_door_requestperson",
        "select person_id from front_door_personmatch",
        "select names from insight_familyofconcern", "select value from assessments_answer",
        "select hearth_names_kept_apart()", "select hearth_kept_from(gen_random_uuid())",
        "insert into people_family (id) values (gen_random_uuid())", "update cases_case set stage = 'closed'",
        "update people_family set restricted = false", "delete from cases_case", "truncate steps_carestep",
    ],
)  # fmt: skip
def test_what_it_tries_beyond_that_is_refused(db: None, statement: str) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"set local role {MEASURES}")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(using="owner"):
            cursor.execute(statement)
        cursor.execute("reset role")


# The same question, asked by the identity in the transaction of a test.
_SEES = f"""
    create or replace function tests_measures_see(which text) returns bigint language plpgsql security definer
        set search_path = public, pg_temp as $$ declare n bigint; begin
        execute format('select count(*) from %I', which) into n; return n; end $$;
    grant create on schema public to {MEASURES};
    alter function tests_measures_see(text) owner to {MEASURES};
    revoke create on schema public from {MEASURES}
"""  # noqa: S608 - our own words


@pytest.fixture
def sees(db: None) -> Iterator[Callable[[type[Model]], int]]:
    """Counts how many rows of a table the identity sees, by a function of its own for as long as the test lasts."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(_SEES)
        try:
            yield lambda model: asked("select tests_measures_see(%s)", model._meta.db_table)[0][0]
        finally:
            owner.execute("drop function tests_measures_see(text)")


def test_row_security_shows_it_nothing_that_is_in_no_figure(sees: Any, case_ago: Any, cast: Any) -> None:
    first, second, third = (case_ago(name, 5) for name in ("Zzquilone", "Zzquiltwo", "Zzquilthree"))
    with acting_as(cast.family_worker):
        for case in (first, second, third):
            start_assessment(by=cast.family_worker, case=case, known={})
        child = second.family.memberships.get().person
    before = {model: sees(model) for model in (Case, Assessment)}
    with acting_as(cast.information_governance):
        for reference in (first.family.reference, child.reference):
            place_restriction(by=cast.information_governance, reference=reference, reason="A refuge.")
    assert {model: before[model] - sees(model) for model in before} == {Case: 2, Assessment: 2}
    assert min(before.values()) >= 3, "of the third it sees keys"


@pytest.mark.parametrize(
    "model",
    [
        Case,
        Assessment,
        Request,
        CareStep,
        FamilyOfConcern,
        UnmetNeed,
        PanelItem,
        Plan,
        Outcome,
        PlanAgreement,
        Decision,
    ],
)
def test_what_is_left_out_is_looked_up_once_and_not_for_each_row(db: None, model: type[Model]) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"set local role {MEASURES}")
        cursor.execute(f"explain select count(*) from {model._meta.db_table}")  # noqa: S608 - our own names
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("reset role")
    assert "(hashed SubPlan" in plan and "(SubPlan" not in plan, plan


@pytest.mark.parametrize(
    "told",
    [
        "hearth_families_in_no_figure",
        "hearth_requests_in_no_figure",
        "hearth_concerns_kept_apart",
        "hearth_unmet_in_no_figure",
        "hearth_plans_in_no_figure",
        "hearth_volunteering_in_no_figure",
    ],
)
def test_what_it_is_told_to_leave_out_is_told_to_no_reader(cast: Any, told: str) -> None:
    with acting_as(cast.analyst), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        asked(f"select {told}()")


def test_it_counts_for_nobody_unless_they_may_see_counts(case_ago: Any, cast: Any, area: Any) -> None:
    case, by = case_ago("Zzquilone", 5), cast.family_worker
    with acting_as(by):
        start_assessment(by=by, case=case)
        request_step_up(
            by=by, case=case, reason="needs_not_met", words="It is harder.",
            basis=StepBasis("consent", "Yes.", agreed_on=clock.today()), items=[PackItem("summary", "Story", "<p>Told.</p>", {})],
        )  # fmt: skip
        record_universal_activity(
            by=by, area=area, kind="group", setting="school", what="A morning", happened_on=clock.today(),
            achievements=["attends_more"], adults=9,
        )  # fmt: skip
    # Those of needs, unmet needs, touchpoints, entitlement and searches are asked in their rooms' tests; how long panels take, in test_heard.py;
    # measures in oversight/performance; days in care in commissioning/value.
    elsewhere = {
        "hearth_audit_findings", "hearth_care_days", "hearth_entitlement", "hearth_missed_touchpoints", "hearth_need_counts",
        "hearth_need_flags", "hearth_need_population",
        "hearth_panel_times", "hearth_performance_counts", "hearth_performance_waits", "hearth_search_counts", "hearth_theme_counts",
        "hearth_unmet_counts", "hearth_volunteer_hours",
    }  # fmt: skip
    for function in sorted(COUNTS - elsewhere - {"hearth_concern_counts"}):
        second = "'2020-01-01', '2020-01-01'" if function == "hearth_counts" else "'2020-01-01', ''"
        with acting_as(cast.analyst):
            assert asked(f"select * from {function}(%s, {second})", cast.analyst.id), function  # noqa: S608 - our own names
        for reader, named in ((cast.family_worker, cast.family_worker), (cast.family_worker, cast.analyst)):
            with acting_as(reader):
                assert asked(f"select * from {function}(%s, {second})", named.id) == [], function  # noqa: S608 - our own names
    with acting_as(cast.family_worker):
        assert asked("select * from hearth_concern_counts(3)") == []
    with acting_as(cast.analyst):
        assert asked("select * from hearth_concern_counts(3)")
