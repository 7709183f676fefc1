"""A family is brought to a panel on consent or a lawful reason; whoever runs it reads it at once, members with the list."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.models import DueItem
from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.panels.actions import add_panel, add_panel_member, end_panel_member
from hearth.casework.panels.items.actions import answer_panel_check, band_of, withdraw_from_panel
from hearth.casework.panels.meetings.queries import age_words
from hearth.casework.panels.models import ListEntry, PanelItem, PanelMember
from hearth.casework.panels.tests.conftest import PATTERN, WORDS, agreed_on, last_day_of, set_up
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refused
from hearth.records.people.models import Access, Person
from hearth.records.people.restrictions.actions import grant_restricted_access, place_restriction
from hearth.records.sharing.actions import record_consent


def test_chair_and_coordinator_read_it_at_once_and_no_member_does(item: Any, cast: Any, as_: Any) -> None:
    for key in ("panel_chair", "panel_coordinator", "family_worker"):
        with as_(getattr(cast, key)):
            assert PanelItem.objects.filter(pk=item.pk).exists(), key
            assert PanelItem.objects.visible_to(getattr(cast, key)).filter(pk=item.pk).exists(), key
    for key in ("health_visitor", "practitioner", "safeguarding_hub_social_worker", "other_manager", "administrator"):
        with as_(getattr(cast, key)):
            assert not PanelItem.objects.filter(pk=item.pk).exists(), key
            assert not PanelItem.objects.visible_to(getattr(cast, key)).filter(pk=item.pk).exists(), key


def test_what_is_opened_says_why_and_ends_by_itself_when_the_minutes_are_due(item: Any, cast: Any, as_: Any) -> None:
    with as_(cast.panel_coordinator):
        rows = list(Access.objects.filter(basis=item.id, why="panel"))
        assert {row.user_id for row in rows} == {cast.panel_chair.id, cast.panel_coordinator.id}
        for row in rows:
            assert row.categories == ["basic", "contact", "assessment", "plan"]
            last = last_day_of(row)
            assert last == item.meeting.minutes_by


def test_it_is_on_the_list_of_what_is_due_and_on_record(item: Any, case: Any, cast: Any, as_: Any) -> None:
    with as_(cast.family_worker):
        due = DueItem.objects.get(case=case, kind="panel", done_at=None)
        assert due.due_on == item.meeting.meets_on
        assert AuditEvent.objects.filter(verb="panels.item_proposed", family_id=case.family_id).count() == 1
    assert item.ages == ["5_to_10", "11_to_15"] and item.number == 1


def test_the_ages_of_children_are_in_the_bands_by_which_unmet_needs_are_counted_and_older_lists_keep_their_words() -> (
    None
):
    bands = {band.code for band in pack().unmet.age_bands}
    years = [(0, "unborn_to_1"), (1, "unborn_to_1"), (2, "2_to_4"), (10, "5_to_10"), (11, "11_to_15"), (17, "16_to_25")]
    for years_old, code in years:
        born = clock.today().replace(day=1) - dt.timedelta(days=366 * years_old + 1)
        assert band_of(born, "full") == code and code in bands
    assert band_of(clock.today() + dt.timedelta(days=90), "expected") == "unborn_to_1"
    assert band_of(None, "unknown") == "" == band_of(dt.date(1980, 1, 1), "full")
    assert age_words(["11_to_15", "unborn_to_1"]) == ["unborn, or under 2", "11 to 15"]
    assert age_words(["5_to_11", "unborn", "5_to_10"]) == ["5 to 10", "unborn", "5 to 11"], (
        "what was stored is still read"
    )


@pytest.mark.parametrize(
    ("basis", "sentence"),
    [
        (StepBasis("consent", ""), "who agreed"),
        (StepBasis("consent", "Kelly agreed"), "day on which the family agreed"),
        (StepBasis("told", "They said no"), "reason in law"),
        (StepBasis("", "Anyhow"), "whether the family agreed"),
    ],
)
def test_it_is_brought_on_no_basis_that_says_too_little(
    basis: StepBasis, sentence: str, case: Any, meeting: Any, agreements: Any, propose: Any
) -> None:
    with pytest.raises(Refused, match=sentence):
        propose(case, meeting, basis=basis)


def test_consent_that_somebody_took_back_since_carries_nothing(
    case: Any, meeting: Any, agreements: Any, propose: Any, cast: Any, as_: Any
) -> None:
    before = clock.today() - dt.timedelta(days=10)
    with as_(cast.family_worker):
        kelly = Person.objects.get(given_name="Kelly", memberships__family=case.family)
        record_consent(
            by=cast.family_worker, family=case.family, organisations=[cast.health_visitor.organisation],
            who_decided="parent", recorded_how="spoken", decider=kelly, decision="refused",
        )  # fmt: skip
    with pytest.raises(Refused, match="said no to sharing with Moorside"):
        propose(case, meeting, basis=agreed_on(before))
    law = StepBasis("danger", "He would come to the house", ground="significant_harm")
    assert propose(case, meeting, basis=law).ground == "significant_harm"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"ask": "money"}, "what you ask the panel for"),
        ({"themes": []}, "what it is about"),
        ({"themes": ["weather"]}, "what it is about"),
        ({"words": "  "}, "what has happened"),
    ],
)
def test_it_says_what_is_asked_and_what_it_is_about(
    told: dict[str, Any], sentence: str, case: Any, meeting: Any, agreements: Any, propose: Any
) -> None:
    with pytest.raises(Refused, match=sentence):
        propose(case, meeting, **told)


def test_a_family_is_on_one_list_of_a_panel_at_a_time(item: Any, case: Any, meeting: Any, propose: Any) -> None:
    with pytest.raises(Refused, match="on a list of Burnley panel already"):
        propose(case, meeting)


def test_a_panel_of_another_district_and_one_that_nobody_runs_are_brought_nothing(
    case: Any, cast: Any, area: Any, other_area: Any, plan: Any, propose: Any, as_: Any
) -> None:
    nobody = set_up(cast, area, "Empty panel")
    (first, *_) = plan(nobody, cast.development_officer)
    with pytest.raises(Refused, match="no chair or no coordinator"):
        propose(case, first)
    with as_(cast.county_manager):
        elsewhere = add_panel(
            by=cast.county_manager, kind="district_panel", area=other_area, name="Chorley panel", **PATTERN
        )
    (second, *_) = plan(elsewhere, cast.county_manager)
    with pytest.raises(Refused, match="does not discuss families of this district"):
        propose(case, second)


def test_a_restricted_record_is_brought_to_no_panel(
    case: Any, meeting: Any, agreements: Any, propose: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.family_worker):
        mia = Person.objects.get(given_name="Mia", memberships__family=case.family)
    govern, until = cast.information_governance, clock.today() + dt.timedelta(days=20)
    with as_(govern):
        row = place_restriction(by=govern, reference=mia.reference, reason="Adopted")
        grant_restricted_access(
            by=govern, restriction=row, reference=mia.reference, user=cast.family_worker, reason="Leads", until_on=until
        )
    with pytest.raises(Refused, match="brought to no panel"):
        propose(case, meeting)


def test_a_restriction_placed_afterwards_closes_what_names_whom_it_protects(
    listed: Any, case: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake", memberships__family=case.family)
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=jake.reference, reason="Adopted")
    for key in ("panel_chair", "health_visitor"):
        with as_(getattr(cast, key)):
            assert not PanelItem.objects.filter(pk=listed.pk).exists(), key


@pytest.mark.parametrize("who", ["practitioner", "other_family_worker", "panel_chair", "board_member"])
def test_whoever_may_not_write_in_the_case_brings_it_nowhere(
    who: str, case: Any, meeting: Any, agreements: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by = getattr(cast, who)
    assert as_client(by).get(reverse("propose_to_panel", args=[case.reference])).status_code in (403, 404)
    with as_(by), pytest.raises((Refused, ProgrammingError)), transaction.atomic():
        PanelItem(
            reference="PI-4F7K3QX", panel=meeting.panel, meeting=meeting, family=case.family, case=case, number=9,
            ask="advice", themes=["housing"], words="Mine", basis="consent", basis_words="Mine", proposed_by=by,
        ).save(force_insert=True)  # fmt: skip


def test_what_was_written_is_never_changed(item: Any, cast: Any, as_: Any) -> None:
    with as_(cast.family_worker), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PanelItem.objects.filter(pk=item.pk).update(words="Otherwise")


def test_taking_it_back_closes_what_it_opened(listed: Any, case: Any, cast: Any, as_: Any) -> None:
    with as_(cast.health_visitor):
        assert PanelItem.objects.filter(pk=listed.pk).exists()
    with as_(cast.family_worker):
        with pytest.raises(Refused, match="Say why"):
            withdraw_from_panel(by=cast.family_worker, item=listed, why=" ")
        withdraw_from_panel(by=cast.family_worker, item=listed, why="Help came")
        with pytest.raises(Refused, match="withdrawn already"):
            withdraw_from_panel(by=cast.family_worker, item=listed, why="Help came")
        assert not Access.objects.filter(basis=listed.id, ended_at=None).exists()
        assert not DueItem.objects.filter(case=case, kind="panel", done_at=None).exists()
    for key in ("panel_chair", "health_visitor"):
        with as_(getattr(cast, key)):
            assert not PanelItem.objects.filter(pk=listed.pk).exists(), key
    with as_(cast.practitioner):
        assert not ListEntry.objects.filter(item=listed.pk).exists()


def test_a_member_does_not_take_back_what_another_brought(listed: Any, cast: Any, as_: Any) -> None:
    with as_(cast.health_visitor), pytest.raises(Refused, match="Whoever brought this"):
        withdraw_from_panel(by=cast.health_visitor, item=listed, why="Mine")


def test_a_member_tells_what_their_agency_knows_and_others_read_it(
    listed: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by = cast.health_visitor
    here = reverse("answer_panel_check", args=[listed.reference])
    client = as_client(by)
    assert client.post(here, {"known": "known"}).status_code == 422
    assert client.post(here, {"known": "known", "known_words": "Weighed each month"}).status_code == 302
    with as_(cast.panel_chair):
        (entry,) = ListEntry.objects.filter(item=listed, user=by)
        assert (entry.known, entry.known_words) == ("known", "Weighed each month")
        with pytest.raises(Refused, match="You were not asked"):
            answer_panel_check(by=cast.panel_chair, entry=entry, known="not_known")
    page = as_client(cast.panel_coordinator).get(reverse("panel_item", args=[listed.reference])).content.decode()
    assert "Weighed each month" in page and "Known to us" in page
    meeting = as_client(cast.panel_coordinator).get(reverse("panel_meeting", args=[listed.meeting.reference]))
    assert "1 of 3 answered" in meeting.content.decode()


def test_it_is_brought_on_its_page(case: Any, meeting: Any, agreements: Any, cast: Any, as_client: Any) -> None:
    client = as_client(cast.family_worker)
    family = client.get(reverse("family", args=[case.family.reference])).content.decode()
    here = reverse("propose_to_panel", args=[case.reference])
    assert here in family
    page = client.get(here).content.decode()
    assert "Its list goes out on" in page
    sent = {"meeting": meeting.reference, "ask": "resource", "themes": ["attendance"], "words": WORDS, "basis": "consent",
            "consent_words": "Kelly agreed"}  # fmt: skip
    missing = client.post(here, sent)
    assert missing.status_code == 422 and WORDS in missing.content.decode()
    done = client.post(here, sent | {"consent_on": clock.today().isoformat()})
    assert done.status_code == 302
    item = client.get(done["Location"]).content.decode()
    assert WORDS in item and "Kelly agreed" in item and "Not sent yet" in item
    back = done["Location"] + "withdraw/"
    assert client.post(back, {"why": "Help came"}).status_code == 302
    assert "Help came" in client.get(done["Location"]).content.decode()


def test_where_no_panel_meets_the_page_says_what_to_do(case: Any, cast: Any, as_client: Any) -> None:
    page = as_client(cast.family_worker).get(reverse("propose_to_panel", args=[case.reference])).content.decode()
    assert "Ask a development officer or a manager of the area" in page


def test_a_new_chair_reads_what_waits_and_the_old_one_does_no_more(item: Any, panel: Any, cast: Any, as_: Any) -> None:
    by = cast.panel_coordinator
    with as_(by):
        end_panel_member(
            by=by, member=PanelMember.objects.select_related("panel__area", "user").get(panel=panel, is_chair=True)
        )
        add_panel_member(by=by, panel=panel, user=cast.county_manager, place="core", is_chair=True, sector="early_help")
        assert Access.objects.filter(basis=item.id, user=cast.county_manager, ended_at=None).exists()
    with as_(cast.panel_chair):
        assert not PanelItem.objects.filter(pk=item.pk).exists()


def test_the_page_asks_the_same_number_of_queries_however_many_answered(
    listed: Any, panel: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    client, page = as_client(cast.panel_chair), reverse("panel_item", args=[listed.reference])
    client.get(page)
    before = _count(client, page)
    with as_(cast.health_visitor):
        entry = ListEntry.objects.select_related("item").get(item=listed, user=cast.health_visitor)
        answer_panel_check(by=cast.health_visitor, entry=entry, known="known", known_words="Yes")
    assert _count(client, page) == before


def _count(client: Any, page: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)
