"""A lead practitioner asks, a coordinator chooses and says why, the family agrees, visits and reviews are noted, and the help ends."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import Http404

from hearth.casework.cases.models import Case
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.volunteers import actions as of_volunteers
from hearth.oversight.quality.volunteers.helping import actions, queries
from hearth.oversight.quality.volunteers.models import MatchState, VolunteerMatch, VolunteerRequest, VolunteerVisit
from hearth.oversight.quality.volunteers.queries import volunteer_of
from hearth.oversight.quality.volunteers.tests.conftest import WANTED, ago, answer, refused
from hearth.records.people.models import Family
from hearth.records.people.restrictions.actions import place_restriction


def fits_of(reader: Any, asked: VolunteerRequest) -> dict[str, dict[str, str]]:
    """How each candidate fits, by first name and by what was asked."""
    with acting_as(reader):
        found = queries.candidates(reader, queries.request_of(reader, asked.reference))
        return {each.volunteer.first_name: {one.about: one.fit for one in each.reasons} for each in found}


def test_the_lead_asks_once_and_only_on_the_familys_agreement(cast: Any, case: Any, ask: Any) -> None:
    for code, more in (
        ("volunteers.no_needs", {"needs": []}),
        ("volunteers.no_needs", {"needs": ["a_pony"]}),
        ("volunteers.no_words", {"must_know": " "}),
        ("volunteers.not_agreed", {"agreed_by": ""}),
        ("volunteers.not_agreed", {"agreed_on": clock.today() + dt.timedelta(days=1)}),
        ("volunteers.other_code", {"languages": ["elvish"]}),
    ):
        with refused(code):
            ask(**more)
    ask()
    with refused("volunteers.asked"):
        ask()
    with acting_as(cast.manager), refused("volunteers.not_lead"):
        actions.ask_for_volunteer(by=cast.manager, case=Case.objects.get(pk=case.pk), **WANTED, agreed_on=ago(1))


def test_the_coordinator_reads_what_was_written_for_them_and_nothing_of_the_case(
    cast: Any, family: Any, case: Any, ask: Any, as_client: Any
) -> None:
    asked, coordinator = ask(), cast.volunteer_coordinator
    client = as_client(coordinator)
    page = client.get(f"/volunteers/requests/{asked.reference}/").content.decode()
    assert "Kelly, Jake, Mia" in page and "The dog is loud" in page
    for words in ("Ashworth", family.reference, case.reference):
        assert words not in page
    for address in (
        f"/cases/{case.reference}/",
        f"/families/{family.reference}/",
        f"/cases/{case.reference}/volunteer/",
    ):
        assert client.get(address).status_code == 404, address
    with acting_as(coordinator):
        assert not Family.objects.exists() and not Case.objects.exists()
    with acting_as(cast.other_volunteer_coordinator), pytest.raises(Http404):
        queries.request_of(cast.other_volunteer_coordinator, asked.reference)


def test_candidates_fit_by_need_place_language_and_time_each_with_why(cast: Any, ask: Any, approved: Any) -> None:
    approved()
    approved(
        full_name="Idris Part",
        helps_with=["parenting"],
        districts=["chorley"],
        languages=[],
        days=["mon"],
        times=["evening"],
    )
    asked = ask(languages=["ar"], needs=["practical_help", "parenting"])
    assert fits_of(cast.volunteer_coordinator, asked) == {
        "Rosa": {"Need": "whole", "Place": "whole", "Language": "whole", "Time": "whole", "Room": "whole"},
        "Idris": {"Need": "part", "Place": "not", "Language": "not", "Time": "part", "Room": "whole"},
    }
    with acting_as(cast.volunteer_coordinator):
        first, second = queries.candidates(cast.volunteer_coordinator, asked)
        assert (first.volunteer.first_name, first.in_short) == ("Rosa", "Everything fits")
        assert second.in_short == "2 things do not fit, 2 things fit in part"
        assert "not with practical help at home" in second.reasons[0].words


def test_nobody_unchecked_unapproved_run_out_or_ended_is_matched_by_rule_or_by_database(
    cast: Any, ask: Any, recruit: Any, approved: Any, choose: Any
) -> None:
    coordinator, asked = cast.volunteer_coordinator, ask()
    old = approved(full_name="Olga Old", seen_on=ago(40))
    with acting_as(coordinator):
        of_volunteers.note_check(
            by=coordinator,
            volunteer=old,
            level="enhanced",
            outcome="clear",
            seen_on=ago(31 * pack().volunteers.check_months),
        )
    refused_one, new = approved(full_name="Rex Refused"), recruit(full_name="Una New")
    with acting_as(coordinator):
        of_volunteers.note_check(
            by=coordinator, volunteer=refused_one, level="enhanced", outcome="refused", seen_on=ago(0), words="Decided"
        )
    gone = approved(full_name="Gus Gone")
    with acting_as(coordinator):
        of_volunteers.end_volunteer(by=coordinator, volunteer=gone, end_reason="moved")
    stale = approved(full_name="Stan Stale", seen_on=ago(31 * pack().volunteers.check_months - 400))
    assert set(fits_of(coordinator, asked)) == {"Olga", "Stan"}, (
        "an older check that has run out does not undo a newer one"
    )
    with clock.frozen(clock.today() + dt.timedelta(days=1)):
        for each in (refused_one, new):
            with refused("volunteers.not_this_one"):
                choose(asked, each)
    with pytest.raises(Http404):
        choose(asked, gone)
    for each in (refused_one, new, gone):
        with pytest.raises(DatabaseError, match="row-level security"), acting_as(coordinator):
            VolunteerMatch(
                reference="VM-3333333", asked=asked, volunteer=each, family_id=asked.family_id, area_id=asked.area_id, called="X",
                chosen_by=coordinator, why="Because", fits=[],
            ).save(force_insert=True)  # fmt: skip
    assert choose(asked, stale).state == MatchState.PROPOSED


def test_nobody_is_matched_with_their_own_family_and_nobody_is_told_why(
    cast: Any, family: Any, ask: Any, approved: Any, choose: Any
) -> None:
    asked = ask()
    own = approved(full_name="Kelly Smith-Jones", born_on=dt.date(1990, 5, 2))  # born as Kelly of the family was
    other = approved(full_name="Paul Elder", born_on=dt.date(1990, 5, 2))
    with acting_as(cast.family_worker):
        from hearth.records.people.models import Membership
        from hearth.records.people.models.facts import Address

        someone = Membership.objects.filter(family=family).first()
        assert someone is not None
        Address(person_id=someone.person_id, lines="12, Bank Street, Burnley", postcode="BB11 3AB").save(
            force_insert=True
        )
    lodger = approved(full_name="Len Lodger", address="12 bank street", postcode="BB11 3AB")
    neighbour = approved(full_name="Nora Neighbour", address="14 Bank Street", postcode="BB11 3AB")
    assert set(fits_of(cast.volunteer_coordinator, asked)) == {"Paul", "Nora"}
    for each in (own, lodger):
        with refused("volunteers.not_this_one"):
            choose(asked, each)
    assert choose(asked, neighbour).called == "Nora" and other.full_name == "Paul Elder"


def test_whom_the_family_knows_is_never_matched_with_it_again(cast: Any, ask: Any, approved: Any, choose: Any) -> None:
    asked, rosa = ask(), approved()
    match = answer(cast.family_worker, choose(asked, rosa), agrees=True, knows_them=True, answer_words="She is my aunt")
    assert match.state == MatchState.DECLINED, "an aunt is not a volunteer, whatever else was ticked"
    assert fits_of(cast.volunteer_coordinator, asked) == {}
    with refused("volunteers.not_this_one"):
        choose(asked, rosa)
    with acting_as(cast.volunteer_coordinator), connection.cursor() as cursor:
        cursor.execute("select count(*) from volunteers_volunteerconflict")
        assert cursor.fetchone() == (0,), "with whom they must not be matched is the family's to know"


def test_help_begins_when_the_family_agrees_and_the_case_says_since_when(
    cast: Any, case: Any, ask: Any, approved: Any, choose: Any, as_client: Any
) -> None:
    worker, coordinator = cast.family_worker, cast.volunteer_coordinator
    asked, rosa = ask(), approved()
    match = choose(asked, rosa)
    assert "ask the family" in as_client(worker).get(f"/cases/{case.reference}/").content.decode()
    assert "A volunteer was chosen for the Ashworth family: ask them" in as_client(worker).get("/").content.decode()
    with acting_as(coordinator), refused("volunteers.not_with_family"):
        found = queries.match_of(coordinator, match.reference)
        actions.note_family_answer(
            by=coordinator, match=found, agrees=True, answered_by="Kelly", starts_on=clock.today()
        )
    with pytest.raises(DatabaseError), acting_as(coordinator):
        VolunteerMatch.objects.filter(pk=match.pk).update(state="helping")
    with refused("volunteers.starts_on"):
        answer(worker, match, starts_on=ago(3))
    going = answer(worker, match)
    assert going.review_on == clock.today() + dt.timedelta(days=pack().volunteers.first_review_days)
    with refused("volunteers.answered"):
        answer(worker, match)
    page = as_client(worker).get(f"/cases/{case.reference}/").content.decode()
    assert "helps since" in page and "Rosa" in page and "Delgado" not in page
    with acting_as(worker), connection.cursor() as cursor:
        cursor.execute("select count(*) from volunteers_volunteer")
        assert cursor.fetchone() == (0,), "the family's practitioners read a first name alone"


def test_no_help_begins_by_a_check_that_ran_out_while_the_family_thought(
    cast: Any, ask: Any, approved: Any, choose: Any
) -> None:
    coordinator, asked, rosa = cast.volunteer_coordinator, ask(), approved()
    match = choose(asked, rosa)
    with acting_as(coordinator):
        of_volunteers.note_check(
            by=coordinator, volunteer=rosa, level="enhanced", outcome="refused", seen_on=ago(0), words="New conviction"
        )
    with refused("volunteers.not_this_one"):
        answer(cast.family_worker, match)
    assert answer(cast.family_worker, match, agrees=False).state == MatchState.DECLINED


def test_the_sheet_says_first_names_and_what_they_must_know_and_printing_is_on_record(
    cast: Any, helps: Any, as_client: Any, kept_of: Any
) -> None:
    match = helps()
    coordinator = as_client(cast.volunteer_coordinator)
    page = coordinator.get(f"/volunteers/matches/{match.reference}/sheet/").content.decode()
    assert "Kelly, Jake, Mia" in page and "The dog is loud and kind." in page and "Ashworth" not in page
    assert [each.verb for each in kept_of(cast.volunteer_coordinator) if each.kind == "exported"] == [
        "volunteers.sheet_printed"
    ]
    assert as_client(cast.family_worker).get(f"/volunteers/matches/{match.reference}/sheet/").status_code == 403


def test_visits_lie_in_the_time_of_the_help_and_may_be_taken_back(cast: Any, helps: Any) -> None:
    match, worker, coordinator = helps(20), cast.family_worker, cast.volunteer_coordinator
    with acting_as(coordinator):
        for code, day, minutes in (
            ("volunteers.visited_on", ago(21), 60),
            ("volunteers.visited_on", clock.today() + dt.timedelta(days=1), 60),
            ("volunteers.minutes", ago(5), pack().volunteers.longest_visit_minutes + 1),
            ("volunteers.minutes", ago(5), 0),
        ):
            with refused(code):
                actions.log_visit(by=coordinator, match=match, visited_on=day, minutes=minutes)
        first = actions.log_visit(by=coordinator, match=match, visited_on=ago(5), minutes=470, words="Walked to school")
        with refused("volunteers.minutes"):
            actions.log_visit(by=coordinator, match=match, visited_on=ago(5), minutes=20)
        actions.take_back_visit(by=coordinator, match=match, visit=first)
        with refused("volunteers.taken_back"):
            actions.take_back_visit(by=coordinator, match=match, visit=first)
    with acting_as(worker):
        second = actions.log_visit(
            by=worker, match=queries.match_of(worker, match.reference), visited_on=ago(5), minutes=90
        )
        assert (second.number, queries.minutes_on(match, ago(5))) == (2, 90)
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(coordinator):
        VolunteerVisit.objects.filter(pk=second.pk).update(minutes=900)


def test_a_review_is_chased_and_the_next_comes_within_the_packs_days(cast: Any, helps: Any) -> None:
    days = pack().volunteers.first_review_days
    match, by = helps(days + 3), cast.volunteer_coordinator
    with acting_as(by):
        (waits,) = queries.volunteers_waiting(by)
        assert (waits.words, waits.late) == ("1 review of volunteers’ help to make", 1)
        soon = clock.today() + dt.timedelta(days=30)
        late = clock.today() + dt.timedelta(days=pack().volunteers.review_days + 1)
        for code, more in (
            ("volunteers.next_on", {"next_on": late}),
            ("volunteers.next_on", {"next_on": clock.today()}),
            ("volunteers.no_words", {"family_words": " "}),
            ("volunteers.reviewed_on", {"reviewed_on": ago(days + 4)}),
        ):
            said = {"reviewed_on": clock.today(), "family_words": "Fine", "next_on": soon} | more
            with refused(code):
                actions.review_help(by=by, match=match, **said)
        actions.review_help(by=by, match=match, reviewed_on=clock.today(), family_words="Fine", next_on=soon)
        assert queries.volunteers_waiting(by) == [] and queries.match_of(by, match.reference).review_on == soon


def test_help_ends_with_a_reason_and_the_family_may_ask_again(cast: Any, helps: Any, ask: Any, approved: Any) -> None:
    match, worker, coordinator = helps(20), cast.family_worker, cast.volunteer_coordinator
    with acting_as(coordinator), refused("volunteers.still_helps"):
        of_volunteers.end_volunteer(
            by=coordinator, volunteer=volunteer_of(coordinator, match.volunteer.reference), end_reason="moved"
        )
    with acting_as(worker):
        found = queries.match_of(worker, match.reference)
        for code, more in (
            ("volunteers.other_code", {"end_reason": "boredom"}),
            ("volunteers.ended_on", {"ended_on": ago(30)}),
        ):
            with refused(code):
                actions.end_help(by=worker, match=found, **({"end_reason": "familys_wish", "ended_on": ago(1)} | more))
        actions.end_help(by=worker, match=found, end_reason="familys_wish", ended_on=ago(1), end_words="It was good")
        with refused("volunteers.help_ended"):
            actions.end_help(by=worker, match=found, end_reason="familys_wish", ended_on=ago(1))
        with refused("volunteers.visited_on"):
            actions.log_visit(by=worker, match=found, visited_on=ago(0), minutes=60)
    with pytest.raises(DatabaseError, match="stands"), acting_as(worker):
        VolunteerMatch.objects.filter(pk=match.pk).update(state="proposed")
    assert ask().state == "open"


def test_a_closed_case_is_told_to_the_coordinator_who_cannot_open_it(
    cast: Any, helps: Any, case: Any, as_client: Any
) -> None:
    match = helps(20)
    with acting_as(cast.family_worker):
        Case.objects.filter(pk=case.pk).update(stage="closed", closed_on=clock.today())
    with acting_as(cast.volunteer_coordinator):
        assert queries.outlasting(cast.volunteer_coordinator) == {match.pk}
    assert "The case is closed" in as_client(cast.volunteer_coordinator).get("/volunteers/").content.decode()


def test_a_restricted_family_is_kept_from_the_coordinator_and_asks_for_nobody(
    cast: Any, family: Any, case: Any, helps: Any, ask: Any
) -> None:
    match, coordinator = helps(10), cast.volunteer_coordinator
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=family.reference, reason="Threats")
    with acting_as(coordinator):
        assert (
            queries.going(coordinator) == []
            and not VolunteerRequest.objects.exists()
            and not VolunteerMatch.objects.exists()
        )
        with pytest.raises(Http404):
            queries.match_of(coordinator, match.reference)


def test_strangers_wrong_agencies_and_wrong_districts_reach_nothing(cast: Any, helps: Any, as_client: Any) -> None:
    match = helps(5)
    asked = match.asked
    addresses = [
        f"/volunteers/matches/{match.reference}/{page}"
        for page in ("", "answer/", "visits/", "review/", "end/", "sheet/")
    ]
    addresses += [f"/volunteers/requests/{asked.reference}/{page}" for page in ("", "withdraw/")]
    for key in (
        "practitioner",
        "charity_manager",
        "other_family_worker",
        "other_volunteer_coordinator",
        "elected_member",
        "quality_lead",
    ):
        client = as_client(getattr(cast, key))
        for address in addresses:
            assert client.get(address).status_code == 404, (key, address)
            assert client.post(address, {}).status_code in (404, 405), (key, address)
        with acting_as(getattr(cast, key)), connection.cursor() as cursor:
            for table in ("request", "match", "visit", "review", "conflict"):
                cursor.execute(f"select count(*) from volunteers_volunteer{table}")  # noqa: S608 - one of five words above
                assert cursor.fetchone() == (0,), (key, table)


def test_it_is_walked_in_forms_from_the_case_to_the_end_and_a_double_press_is_one(
    cast: Any, case: Any, approved: Any, as_client: Any
) -> None:
    approved()
    worker, coordinator = as_client(cast.family_worker), as_client(cast.volunteer_coordinator)
    today = clock.today()

    def day(name: str, when: dt.date = today) -> dict[str, str]:
        return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}

    page = worker.get(f"/cases/{case.reference}/volunteer/").content.decode()
    assert "Kelly, Jake, Mia" in page
    typed = {
        "needs": ["practical_help"],
        "first_names": "Kelly",
        "must_know": "A dog",
        "agreed_by": "Kelly",
        **day("agreed_on"),
    }
    sent = typed | {"draft_sitting": "one"}
    asked = worker.post(f"/cases/{case.reference}/volunteer/", sent)["Location"]
    assert worker.post(f"/cases/{case.reference}/volunteer/", sent)["Location"] == asked, "sent twice, asked once"
    found = coordinator.get(asked).content.decode()
    choose = next(part.split('"')[0] for part in found.split('href="') if "/choose/" in part)
    match = coordinator.post(choose, {"why": "Near"})["Location"]
    assert (
        worker.post(f"{match}answer/", {"agrees": "yes", "answered_by": "Kelly", **day("starts_on")}).status_code == 302
    )
    assert coordinator.post(f"{match}visits/", {"minutes": "45", **day("visited_on")}).status_code == 302
    said = {"family_words": "Good", **day("reviewed_on"), **day("next_on", today + dt.timedelta(days=20))}
    assert coordinator.post(f"{match}review/", said).status_code == 302
    assert coordinator.post(f"{match}visits/1/take-back/", {}).status_code == 302
    assert coordinator.post(f"{match}end/", {"end_reason": "no_longer_needed", **day("ended_on")}).status_code == 302
    assert "How it ended" in coordinator.get(match).content.decode()
