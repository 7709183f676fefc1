"""Somebody is recruited, checked, trained, talked with, approved by somebody else, and ends; and who may not do any of it."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import Http404

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Conflict
from hearth.oversight.quality.volunteers import actions, queries
from hearth.oversight.quality.volunteers.models import Volunteer, VolunteerCheck
from hearth.oversight.quality.volunteers.tests.conftest import WHO, ago, approve, refused, see_everything


def test_nobody_is_approved_before_everything_was_seen_and_the_page_says_what_is_missing(
    cast: Any, recruit: Any, as_client: Any
) -> None:
    made, officer = recruit(), cast.senior_development_officer
    with acting_as(officer), refused("volunteers.missing"):
        actions.approve_volunteer(by=officer, volunteer=queries.volunteer_of(officer, made.reference))
    page = as_client(cast.volunteer_coordinator).get(f"/volunteers/{made.reference}/").content.decode()
    for words in (
        "2 references that recommend them: there are 0",
        "A DBS certificate",
        "Training: Safeguarding children",
        "An interview",
    ):
        assert words in page
    see_everything(cast.volunteer_coordinator, made)
    assert approve(officer, made).is_approved


def test_a_reference_against_somebody_asks_for_one_more(cast: Any, recruit: Any) -> None:
    made, by = recruit(), cast.volunteer_coordinator
    with acting_as(by):
        one = actions.ask_for_reference(by=by, volunteer=made, referee="Doubter", relation="Neighbour")
        actions.note_reference(by=by, volunteer=made, reference=one, recommends=False, words="Never on time")
        with refused("volunteers.reference_noted"):
            actions.note_reference(by=by, volunteer=made, reference=one, recommends=True, words="Changed my mind")
    see_everything(by, made)
    with acting_as(by):
        assert queries.missing_of_each(by, [made])[made.pk] == [
            "one more reference that recommends them, since somebody does not"
        ]
        last = actions.ask_for_reference(by=by, volunteer=made, referee="Third", relation="Vicar")
        actions.note_reference(by=by, volunteer=made, reference=last, recommends=True, words="Excellent")
        assert queries.missing_of_each(by, [made])[made.pk] == []
        with refused("volunteers.many_references"):
            actions.ask_for_reference(by=by, volunteer=made, referee="Fifth", relation="Friend")


def test_whoever_recruited_somebody_does_not_approve_them_whatever_their_roles(
    cast: Any, recruit: Any, area: Any
) -> None:
    from hearth.foundation.accounts.models import Appointment

    coordinator = cast.volunteer_coordinator
    with acting_as(cast.administrator):
        Appointment(user=coordinator, role="quality_lead", from_on=ago(5)).save(force_insert=True)
    both = type(coordinator).objects.select_related("organisation").get(pk=coordinator.pk)
    made = recruit(by=both)
    see_everything(both, made)
    with acting_as(both):
        with refused("volunteers.own"):
            actions.approve_volunteer(by=both, volunteer=queries.volunteer_of(both, made.reference))
        with pytest.raises(DatabaseError, match="approved_by_somebody_else"):
            Volunteer.objects.filter(pk=made.pk).update(approved_by=both, approved_on=clock.today())


def test_the_database_lets_nobody_approve_in_anothers_name_or_take_an_end_back(
    cast: Any, recruit: Any, approved: Any
) -> None:
    by, made = cast.volunteer_coordinator, recruit()
    for change in ({"approved_by": cast.quality_lead, "approved_on": clock.today()},):
        with pytest.raises(DatabaseError, match="approves there"), acting_as(by):
            Volunteer.objects.filter(pk=made.pk).update(**change)
    with acting_as(by):
        ended = actions.end_volunteer(by=by, volunteer=made, end_reason="moved")
        with refused("volunteers.ended"):
            actions.note_check(by=by, volunteer=ended, level="enhanced", outcome="clear", seen_on=ago(1))
        with refused("volunteers.ended_already"):
            actions.end_volunteer(by=by, volunteer=ended, end_reason="moved")
    with pytest.raises(DatabaseError, match="stands"), acting_as(by):
        Volunteer.objects.filter(pk=made.pk).update(ended_on=None, ended_by=None, end_reason="")


def test_a_check_keeps_four_figures_stands_as_long_as_the_pack_says_and_the_newest_counts(
    cast: Any, approved: Any
) -> None:
    by, made = cast.volunteer_coordinator, approved(seen_on=dt.date(2024, 2, 29))
    with acting_as(by):
        (check,) = queries.checks_of(by, made)
        assert (check.number_ends, check.renew_by) == (
            "0417",
            actions.months_later(dt.date(2024, 2, 29), pack().volunteers.check_months),
        )
        assert actions.months_later(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
        for number in ("12345", "12a4", "123"):
            with refused("volunteers.number_ends"):
                actions.note_check(
                    by=by, volunteer=made, level="enhanced", outcome="clear", seen_on=ago(1), number_ends=number
                )
        with refused("volunteers.check_words"):
            actions.note_check(by=by, volunteer=made, level="enhanced", outcome="refused", seen_on=ago(1))
        with refused("volunteers.seen_on"):
            actions.note_check(
                by=by, volunteer=made, level="enhanced", outcome="clear", seen_on=clock.today() + dt.timedelta(1)
            )
        with refused("volunteers.other_code"):
            actions.note_check(by=by, volunteer=made, level="basic", outcome="clear", seen_on=ago(1))
        actions.note_check(
            by=by, volunteer=made, level="enhanced", outcome="refused", seen_on=ago(1), words="The manager decided"
        )
        assert queries.standing_of(made, queries.newest_checks(by, [made])[made.pk]).word == "Check run out"
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(by):
        VolunteerCheck.objects.filter(volunteer=made).update(outcome="clear")


def test_a_check_that_runs_out_is_chased_on_the_first_page(cast: Any, approved: Any, as_client: Any) -> None:
    from hearth.oversight.quality.volunteers.helping.queries import volunteers_waiting

    by, made = cast.volunteer_coordinator, approved()
    with acting_as(by):
        assert volunteers_waiting(by) == []
        until = queries.checks_of(by, made)[0].renew_by
        with clock.frozen(until - dt.timedelta(days=pack().volunteers.chase_days)):
            (waits,) = volunteers_waiting(by)
            assert (waits.words, waits.late) == ("1 DBS check of volunteers to renew", 0)
        with clock.frozen(until + dt.timedelta(days=1)):
            assert volunteers_waiting(by)[0].late == 1


def test_who_reads_volunteers_and_who_does_not(cast: Any, recruit: Any, as_client: Any, other_area: Any) -> None:
    made, theirs = recruit(), recruit(by=cast.other_volunteer_coordinator, where=other_area, full_name="Away Person")
    reads = {
        "volunteer_coordinator": (200, 404),
        "other_volunteer_coordinator": (404, 200),
        "senior_development_officer": (200, 200),
    }
    for key, wanted in reads.items():
        client = as_client(getattr(cast, key))
        assert client.get("/volunteers/").status_code == 200
        assert tuple(client.get(f"/volunteers/{one.reference}/").status_code for one in (made, theirs)) == wanted, key
    for key in (
        "family_worker",
        "manager",
        "practitioner",
        "charity_manager",
        "elected_member",
        "administrator",
        "front_door_officer",
    ):
        person = getattr(cast, key)
        client = as_client(person)
        assert client.get("/volunteers/").status_code == 403, key
        assert client.get(f"/volunteers/{made.reference}/").status_code == 404, key
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute("select count(*) from volunteers_volunteer")
            assert cursor.fetchone() == (0,), key
            with refused("volunteers.may_not_coordinate"):
                actions.recruit_volunteer(by=person, area=made.area, **WHO)


def test_bad_input_is_refused_in_a_sentence(cast: Any, recruit: Any) -> None:
    for code, more in (
        ("volunteers.who", {"full_name": " "}),
        ("volunteers.who", {"postcode": "nowhere"}),
        ("volunteers.born_on", {"born_on": dt.date(1801, 1, 1)}),
        ("volunteers.known_words", {"known_to_us": True, "known_words": " "}),
        ("volunteers.other_code", {"districts": ["atlantis"]}),
        ("volunteers.other_code", {"languages": ["elvish"]}),
        ("volunteers.nowhere", {"days": []}),
    ):
        with refused(code):
            recruit(**more)


def test_two_who_change_the_same_person_see_each_others_words(cast: Any, recruit: Any) -> None:
    by, made = cast.volunteer_coordinator, recruit()
    said = {name: value for name, value in WHO.items() if name != "came_by"}
    with acting_as(by):
        first, second = (queries.volunteer_of(by, made.reference) for _ in range(2))
        actions.change_volunteer(by=by, volunteer=first, version=1, **(said | {"phone": "01632 960012"}))
        with pytest.raises(Conflict) as told:
            actions.change_volunteer(by=by, volunteer=second, version=1, **(said | {"phone": "01632 960013"}))
        assert told.value.texts == {"phone": ("01632 960012", "01632 960013")}
        with pytest.raises(Http404):
            queries.volunteer_of(cast.other_volunteer_coordinator, made.reference)


def test_it_goes_from_the_first_page_to_the_approval_in_the_browser_forms(cast: Any, as_client: Any) -> None:
    client = as_client(cast.volunteer_coordinator)
    typed = {name: value for name, value in WHO.items() if name not in ("born_on", "known_to_us")}
    typed |= {"area": "burnley", "known_to_us": "no", "born_on-day": "3", "born_on-month": "4", "born_on-year": "1961"}
    answered = client.post("/volunteers/recruit/", typed)
    assert answered.status_code == 302, answered.content.decode()[:3000]
    where = answered["Location"]
    day = {"seen_on-day": "1", "seen_on-month": "2", "seen_on-year": str(clock.today().year - 1)}
    assert (
        client.post(
            f"{where}checks/", {"level": "enhanced", "outcome": "clear", "number_ends": "0417", **day}
        ).status_code
        == 302
    )
    assert (
        client.post(
            f"{where}checks/", {"level": "enhanced", "outcome": "clear", "number_ends": "abc", **day}
        ).status_code
        == 403
    )
    page = client.get(where).content.decode()
    assert "ending 0417" in page and "Rosa Delgado" in page
