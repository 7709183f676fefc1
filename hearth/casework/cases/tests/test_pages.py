"""The pages of a case over the web: the team, the lead, moving, reopening, reaching; strangers see nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases import queries
from hearth.casework.cases.actions import add_other_member, close_case
from hearth.casework.cases.models import Case, ReachingPlan, TeamMember
from hearth.casework.cases.reaching.actions import plan_try, start_reaching
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.models import Person
from hearth.records.sharing.actions import record_consent
from hearth.records.sharing.words import categories

PAGES = (
    "case",
    "team",
    "join_team",
    "add_other_member",
    "leave_team",
    "name_lead",
    "move_family",
    "reopen_case",
    "reaching",
    "start_reaching",
    "change_reaching",
    "plan_try",
    "end_reaching",
)


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def reached_for(cast, case, as_):
    """A plan for reaching the family with one try."""
    by = cast.family_worker
    with as_(by):
        plan = start_reaching(by=by, case=case, noticed="Missed visits.", in_the_way="Nights.", approach="Saturdays.")
        plan_try(by=by, plan=plan, way="visit", what="Saturday at ten.", planned_on=clock.today(), by_user=by)
        return plan


def addresses(case):
    return [reverse(name, args=[case.reference]) for name in PAGES] + [reverse("record_try", args=[case.reference, 1])]


def test_every_page_opens_for_the_lead_practitioner(cast, case, reached_for, as_client):
    client = as_client(cast.family_worker)
    for address in addresses(case):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("who", ["other_manager", "practitioner", "administrator", "analyst", "charity_manager"])
def test_no_page_opens_for_a_stranger_or_says_that_it_exists(cast, case, reached_for, as_client, who):
    client = as_client(getattr(cast, who))
    for address in [*addresses(case), reverse("agree_to_stop", args=[case.reference])]:
        response = client.get(address)
        assert response.status_code == 404, address
        assert "Ashworth" not in response.content.decode()
        assert client.post(address, {}).status_code == 404, address


def test_a_reference_that_is_none_is_not_found(cast, case, as_client):
    client = as_client(cast.family_worker)
    for reference in ("EH-3333333", "nonsense", case.reference.lower(), "'; drop table cases_case; --"):
        assert client.get(reverse("team", args=[reference])).status_code == 404


def test_opening_the_team_is_on_record(cast, case, as_client):
    as_client(cast.development_officer).get(reverse("team", args=[case.reference]))
    with acting_as(cast.development_officer, using="audit"):
        looks = AuditEvent.objects.using("audit").filter(kind="looked", subject=case.reference)
        assert [look.verb for look in looks] == ["cases.team_opened"]


def test_a_practitioner_joins_by_name_and_role(cast, case, as_, as_client):
    typed = {"user": cast.other_family_worker.email, "role": "practitioner"}
    response = as_client(cast.family_worker).post(
        reverse("join_team", args=[case.reference]), {**typed, "user": "Kofi Mensah"}
    )
    assert response.status_code == 302
    with as_(cast.family_worker):
        assert [member.who for member in queries.team_of(cast.family_worker, case)] == ["Joanne Pickup", "Kofi Mensah"]


def test_somebody_we_may_not_share_with_is_refused_with_the_way_to_record_consent(cast, case, family, as_, as_client):
    client, address = as_client(cast.family_worker), reverse("join_team", args=[case.reference])
    response = client.post(address, {"user": "Grace Okafor", "role": "practitioner"})
    assert response.status_code == 403
    assert reverse("record_consent", args=[family.reference]) in response.content.decode()
    assert "Grace Okafor" in response.content.decode()
    with as_(cast.family_worker):
        assert TeamMember.objects.filter(case=case, left_on=None).count() == 1
        record_consent(
            by=cast.family_worker, family=family, organisations=[cast.health_visitor.organisation],
            who_decided="parent", decider=Person.objects.get(given_name="Kelly"), recorded_how="spoken",
            categories=["basic", "plan"],
        )  # fmt: skip
    reads = f"<strong>{cast.health_visitor.organisation.name}</strong>: {categories(['basic', 'plan']).lower()}. The family agreed."
    assert reads in client.get(address).content.decode()
    joined = client.post(address, {"user": "Grace Okafor", "role": "practitioner"}, follow=True).content.decode()
    assert f"is in the team. They read {categories(['basic', 'plan']).lower()}, because the family agreed." in joined
    assert f'href="{reverse("family_sharing", args=[family.reference])}">What each' in joined


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"role": "practitioner"}, "Enter the name of who is joining"),
        ({"user": "Nobody Atall", "role": "practitioner"}, "Nobody called"),
        ({"user": "Kofi Mensah"}, "Choose what they are in the team"),
        ({"user": "Kofi Mensah", "role": "emperor"}, "Choose what they are in the team"),
        ({"user": "Kofi Mensah", "role": "in_words", "role_words": ""}, "Say what they do in the team"),
        ({"user": "Kofi Mensah", "role": "in_words", "role_words": "x" * 61}, "60 characters or fewer"),
        ({"user": "Owen Price", "role": "practitioner"}, "Nobody called"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_joins(cast, case, as_, as_client, typed, sentence):
    response = as_client(cast.family_worker).post(reverse("join_team", args=[case.reference]), typed)
    assert response.status_code == 422
    assert sentence in words_of(response)
    with as_(cast.family_worker):
        assert TeamMember.objects.filter(case=case, left_on=None).count() == 1


def test_a_family_member_and_somebody_by_name_are_added(cast, case, as_, as_client):
    client, address = as_client(cast.family_worker), reverse("add_other_member", args=[case.reference])
    with as_(cast.family_worker):
        kelly = Person.objects.get(given_name="Kelly", memberships__family=case.family)
    assert client.post(address, {"person": str(kelly.pk), "role": "parent_or_carer"}).status_code == 302
    typed = {"person": "somebody_else", "name": "Mrs Lee", "organisation_name": "Language line", "role": "advocate"}
    assert client.post(address, typed).status_code == 302
    page = words_of(client.get(reverse("team", args=[case.reference])))
    assert "Kelly Ashworth" in page
    assert "Mrs Lee, Language line" in page


def test_the_lead_is_changed_on_the_page_to_one_of_the_team_or_anybody_by_name(cast, case, as_, as_client):
    client = as_client(cast.manager)
    response = client.post(
        reverse("name_lead", args=[case.reference]), {"who": "somebody_else", "somebody": "Kofi Mensah"}
    )
    assert response.status_code == 302
    response = client.post(reverse("name_lead", args=[case.reference]), {"who": str(cast.family_worker.pk)})
    assert response.status_code == 302
    with as_(cast.manager):
        assert Case.objects.get(pk=case.pk).lead == cast.family_worker


def test_who_may_not_change_the_team_is_told_whom_to_ask(cast, case, as_client):
    response = as_client(cast.development_officer).post(
        reverse("name_lead", args=[case.reference]), {"who": "somebody_else", "somebody": "Kofi Mensah"}
    )
    assert response.status_code == 403
    assert "Only the lead practitioner or a manager of the area" in words_of(response)


def test_somebody_is_taken_from_the_team_on_the_page(cast, case, as_, as_client):
    with as_(cast.family_worker):
        member = add_other_member(by=cast.family_worker, case=case, role="advocate", name="Mrs Lee")
    client, address = as_client(cast.family_worker), reverse("leave_team", args=[case.reference])
    assert client.post(address, {"member": "00000000-0000-0000-0000-000000000000"}).status_code == 422
    assert client.post(address, {"member": str(member.pk)}).status_code == 302
    with as_(cast.family_worker):
        lead = TeamMember.objects.get(case=case, is_lead=True)
    assert (
        client.post(address, {"member": str(lead.pk)}).status_code == 422
    )  # the lead is not among those who may leave


def test_a_family_is_moved_on_the_page_and_its_old_front_door_can_no_longer_open_it(cast, case, other_area, as_client):
    response = as_client(cast.manager).post(reverse("move_family", args=[case.reference]), {"area": other_area.code})
    assert response.status_code == 302
    assert as_client(cast.front_door_officer).get(reverse("case", args=[case.reference])).status_code == 404
    assert as_client(cast.other_front_door_officer).get(reverse("case", args=[case.reference])).status_code == 200
    bad = as_client(cast.other_manager).post(reverse("move_family", args=[case.reference]), {"area": "atlantis"})
    assert bad.status_code == 422


def test_a_closed_case_tells_how_it_ended_and_is_reopened(cast, case, as_, as_client):
    by = cast.family_worker
    with as_(by):
        close_case(
            by=by,
            case=case,
            reason="outcomes_met",
            outcome="all_met",
            closing_words="Six visits.",
            family_view="<b>Good</b>",
        )
    client = as_client(by)
    page = client.get(reverse("case", args=[case.reference])).content.decode()
    assert "Six visits." in page
    assert "&lt;b&gt;Good&lt;/b&gt;" in page
    response = client.post(reverse("reopen_case", args=[case.reference]), {"because": "same_need"})
    assert response.status_code == 302
    assert "The same need has come back" in words_of(client.get(response.url.replace("team/", "")))


def test_reaching_goes_from_a_plan_to_an_agreement_on_the_pages(cast, case, as_, as_client):
    lead, ref = as_client(cast.family_worker), case.reference
    words = {"noticed": "Missed visits.", "in_the_way": "Nights.", "approach": "Saturdays."}
    assert lead.post(reverse("start_reaching", args=[ref]), {**words, "approach": ""}).status_code == 422
    assert lead.post(reverse("start_reaching", args=[ref]), words).url == reverse("plan_try", args=[ref])
    today = clock.today()
    day = {"planned_on-day": today.day, "planned_on-month": today.month, "planned_on-year": today.year}
    for number, way in enumerate(("visit", "call", "message"), start=1):
        planned = lead.post(
            reverse("plan_try", args=[ref]),
            {"way": way, "what": f"Try {number}", "by_user": str(cast.family_worker.pk), **day},
        )
        assert planned.status_code == 302
        went = {"reached": "no", "tried_on-day": today.day, "tried_on-month": today.month, "tried_on-year": today.year}
        assert lead.post(reverse("record_try", args=[ref, number]), went).status_code == 302
    assert (
        lead.post(reverse("end_reaching", args=[ref]), {"reached": "no", "ended_words": "Silence."}).status_code == 302
    )
    assert lead.post(reverse("agree_to_stop", args=[ref]), {"read_it": "yes"}).status_code == 403
    manager = as_client(cast.manager)
    assert reverse("agree_to_stop", args=[ref]) in manager.get(reverse("reaching", args=[ref])).content.decode()
    assert manager.post(reverse("agree_to_stop", args=[ref]), {}).status_code == 422
    assert manager.post(reverse("agree_to_stop", args=[ref]), {"read_it": "yes"}).status_code == 302
    with as_(cast.manager):
        assert ReachingPlan.objects.get(case=case).agreed_by == cast.manager


def test_a_team_of_20_costs_the_same_queries_as_a_team_of_1(cast, case, as_, as_client):
    by, client, address = cast.family_worker, as_client(cast.family_worker), reverse("team", args=[case.reference])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    with as_(by):
        for number in range(19):
            add_other_member(by=by, case=case, role="volunteer", name=f"Helper {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_what_happened_is_told_in_one_query(cast, case, family, as_, django_assert_num_queries):
    by = cast.family_worker
    with as_(by):
        close_case(by=by, case=case, reason="opened_in_error", outcome="not_known")
        with django_assert_num_queries(1):
            entries = queries.timeline_entries(by, family)
    assert {entry.title for entry in entries} == {
        "The case was opened",
        "The case was closed: The case was opened by mistake",
        "Joanne Pickup joined the team around the family",
        "Joanne Pickup left the team around the family",
    }
    with as_(cast.other_manager):
        assert queries.timeline_entries(cast.other_manager, family) == []
