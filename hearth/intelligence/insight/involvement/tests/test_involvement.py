"""Who works with a family, by what partners sent: from files through a link run and a run of the rules to what each reader sees."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.models import FeedDecision
from hearth.intelligence.insight.erasing import forget_concern
from hearth.intelligence.insight.involvement.models import Involvement
from hearth.intelligence.insight.involvement.tests.conftest import (
    CARE,
    DAYS,
    HOUSING,
    JAKE,
    KNOWN,
    NHS,
    VISITS,
    person_called,
)
from hearth.intelligence.matching.erasing import forget_person
from hearth.intelligence.matching.models import LinkRun, MatchPair
from hearth.records.people.access.actions import give_access
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.facts.actions import add_identifier
from hearth.records.people.links.actions import link_people, undo_link
from hearth.records.people.models import Access
from hearth.records.people.restrictions.actions import place_restriction
from hearth.records.sharing.agreements.actions import end_agreement

Call = Callable[..., Any]
ROLL = (
    "pupilonrolltableid,NativeId,upn,surname,forename,dob,sex,termlysessionspossible,termlysessionsauthorised,"
    "termlysessionsunauthorised,entrydate\n"
)


def test_three_services_are_shown_with_days_and_whom_to_ring_and_never_what_it_is_about(
    sent: Any, view: Call, cast: Any
) -> None:
    seen = view(cast.family_worker)
    told = {each.service: each for each in seen.involved}
    assert list(told) == ["Housing: Harbour Homes", "Health visitor", "Social care"], "what goes on comes first"
    care, home, visits = told["Social care"], told["Housing: Harbour Homes"], told["Health visitor"]
    assert {each.person for each in seen.involved} == {"Jake Ashworth"}
    assert (care.standing, care.days) == ("Past", "from 1 Feb 2024 until 5 Aug 2024")
    assert (care.contact, care.phone) == ("Zed Zander", "01632 960441")
    assert (home.standing, home.days, home.contact) == ("Current", "since 6 May 2023", "Ann Ring")
    assert (visits.standing, visits.days) == ("Contacts", "first contact 6 Jan 2026, last contact 2 Mar 2026")
    assert care.as_at.startswith("as at") and care.source == cast.analyst.organisation.name
    with acting_as(cast.family_worker):
        kept = str([list(row.values()) for row in Involvement.objects.values()])
    for detail in ("child_protection", "open", "one_year", "arrears"):
        assert detail not in f"{kept} {seen}", detail


def test_what_a_service_says_alike_of_several_is_said_once_with_all_their_names(
    jake: Any, family: Any, held: Call, worked_out: Call, view: Call, cast: Any
) -> None:
    mia, number = person_called(cast, family, "Mia"), "9991234519"
    with acting_as(cast.family_worker):
        add_identifier(by=cast.family_worker, person=mia, kind="nhs", value=number)
    days = "2024-02-01,2024-08-05,Zed Zander,01632 960441\n"
    held(
        "social_care",
        f"{CARE}p1,{NHS},child_protection,{days}p2,{number},child_protection,{days}p3,{number},child_in_need,2025-03-04,,,\n",
    )
    worked_out()
    seen = [(each.person, each.standing) for each in view(cast.family_worker).involved]
    assert ("Jake Ashworth and Mia Ashworth", "Past") in seen and ("Mia Ashworth", "Current") in seen and len(seen) == 2


def test_until_anybody_is_linked_a_family_reads_not_searched_and_never_none(
    jake: Any, held: Call, work_out: Call, reasons: Call, services: Call, cast: Any
) -> None:
    held("social_care", JAKE["social_care"])
    title = f"Social care status from {cast.analyst.organisation.name}"
    assert reasons(cast.family_worker)[title] == "Not searched", "nobody has worked it out"
    work_out(as_at=clock.today())
    assert reasons(cast.family_worker)[title] == "Not searched", "and nobody has been linked"
    assert services(cast.family_worker) == []


def test_each_of_the_five_words_has_its_own_reason(
    jake: Any, family: Any, held: Call, worked_out: Call, reasons: Call, police: Any, agreed: Call, cast: Any
) -> None:
    agreement = agreed(police, "police_and_justice")
    old = {"covers_from": dt.date(2020, 1, 1), "covers_until": dt.date(2020, 12, 31), "as_at": dt.date(2020, 12, 31)}
    held("social_care", JAKE["social_care"])
    held("housing", HOUSING + "p9,past,Mill Homes,,,,2023-05-06,,,,\n")
    held("health_visits", f"{VISITS}9434765919,one_year,2020-01-05,2020-01-06,\n", **old)
    held("police", KNOWN + "p8,North,PC Ring,1\n", organisation=police)
    worked_out()
    with acting_as(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="Over")
    mine = cast.analyst.organisation.name
    assert reasons(cast.family_worker) == {
        "Early help casework": "Not held",
        f"Health visitor contacts from {mine}": "Outside the period",
        f"Housing from {mine}": "Not searched for Kelly Ashworth and Mia Ashworth",
        f"Police: known people from {police.name}": "Not permitted",
        "School roll": "Not held",
        f"Social care status from {mine}": "Not searched for Kelly Ashworth and Mia Ashworth",
    }
    with acting_as(cast.analyst, using="audit"):
        asked = FeedDecision.objects.using("audit").filter(reader_id=cast.family_worker.id, what="show")
        assert set(asked.values_list("feed", "decision")) == {
            ("health_visits", "PERMIT"), ("housing", "PERMIT"), ("social_care", "PERMIT"), ("police", "REVIEW"),
        }  # fmt: skip


def test_no_match_says_that_everybody_was_looked_for_and_nobody_found(
    jake: Any, family: Any, held: Call, worked_out: Call, reasons: Call, cast: Any
) -> None:
    held("school_roll", ROLL + "c1,S1,H801200001001,Zander,Zed,2014-05-05,M,100,0,0,2020-09-01\n")
    worked_out()
    title = f"School roll from {cast.analyst.organisation.name}"
    assert reasons(cast.family_worker)[title] == "No match", "everybody has a name to be looked for by"
    with acting_as(cast.family_worker):
        add_person(
            by=cast.family_worker, family=family, role="child", given_name="Una", family_name="Ashworth",
            born_on=dt.date(2021, 1, 1), birth_precision="full",
        )  # fmt: skip
    assert reasons(cast.family_worker)[title] == "Not searched for Una Ashworth", "she came on record since"


def test_whoever_may_be_somebody_of_a_feed_is_no_match_only_once_a_person_has_decided(
    jake: Any, held: Call, worked_out: Call, reasons: Call, cast: Any
) -> None:
    held("school_roll", ROLL + "c1,S1,H801200001001,Zander,Zed,2014-05-05,M,100,0,0,2020-09-01\n")
    worked_out()
    mine, title = cast.analyst.organisation, f"School roll from {cast.analyst.organisation.name}"
    with acting_as(cast.analyst):
        pair = MatchPair(
            reference="MP-TEST234", kind="review", turn=1, run=LinkRun.objects.get(is_current=True), one_key="1", other_key="2",
            one_feed="school_roll", one_organisation=mine, register_person=jake.cluster_id, bits=0, probability=0.5,
        )  # fmt: skip
        pair.save(force_insert=True)
    assert reasons(cast.family_worker)[title] == "Not searched for Jake Ashworth"
    with acting_as(cast.analyst):
        MatchPair.objects.filter(pk=pair.pk).update(state="different")
    assert reasons(cast.family_worker)[title] == "No match"


def test_being_on_the_newest_roll_is_current_and_on_an_older_one_is_past(
    jake: Any, held: Call, worked_out: Call, services: Call, view: Call, cast: Any
) -> None:
    row = "c1,S1,H801200001001,Ashworth,Jake,2015-09-14,M,100,0,0,2022-09-01\n"
    other = "c2,S1,B801200005001,Zander,Zed,2014-05-05,M,100,0,0,2020-09-01\n"
    with acting_as(cast.family_worker):
        add_identifier(by=cast.family_worker, person=jake, kind="upn", value="H801200001001")
    spring = {"covers_from": DAYS[0], "covers_until": DAYS[0] + dt.timedelta(days=90)}
    summer = {"covers_from": DAYS[0] + dt.timedelta(days=91), "covers_until": DAYS[1]}
    held("school_roll", ROLL + row + other, **spring)
    held("school_roll", ROLL + row + other, **summer)
    worked_out()
    assert services(cast.family_worker) == [("School: S1", "Current")]
    assert view(cast.family_worker).involved[0].days == "since 1 Sep 2022"
    held("school_roll", ROLL + other, **summer)
    worked_out()
    assert services(cast.family_worker) == [("School: S1", "Past")]


def test_whoever_may_not_open_the_family_sees_nothing_and_nobody_writes(sent: Any, cast: Any, services: Call) -> None:
    for who in ("other_family_worker", "other_manager", "elected_member", "administrator", "police_officer", "analyst"):
        reader = getattr(cast, who)
        with acting_as(reader):
            assert not Involvement.objects.exists(), who
        assert services(reader) == [], who
    with acting_as(cast.family_worker):
        assert Involvement.objects.count() == 3
        assert Involvement.objects.update(standing="current") == 0
        assert Involvement.objects.all().delete()[0] == 0
    with pytest.raises(ProgrammingError), acting_as(cast.family_worker):
        Involvement(person=sent, organisation=cast.analyst.organisation, content_hash="x").save(force_insert=True)


def test_a_partner_is_shown_what_their_own_agreement_and_the_familys_consent_cover(
    sent: Any, family: Any, cast: Any, services: Call, reasons: Call, agreed: Call
) -> None:
    partner, mine = cast.practitioner, cast.analyst.organisation.name
    with acting_as(cast.family_worker):
        give_access(
            by=cast.family_worker, family=family, user=partner, why="team_member", categories=["basic", "housing"]
        )
    assert services(partner) == [], "no agreement with their own organisation"
    assert reasons(partner)[f"Housing from {mine}"] == "Not permitted"
    agreed(partner.organisation, "housing", "health", "assessment")
    assert services(partner) == [("Housing: Harbour Homes", "Current")]
    assert reasons(partner)[f"Health visitor contacts from {mine}"] == "Not permitted", "consent leaves health out"
    with acting_as(partner):
        assert set(Involvement.objects.values_list("feed", flat=True)) == {"housing"}, "by policy too"
    with acting_as(cast.family_worker):
        Access.objects.filter(user=partner, family=family).update(categories=None)
    assert len(services(partner)) == 3


def test_whoever_is_restricted_is_in_it_no_more_at_once_and_in_no_later_run(
    sent: Any, family: Any, cast: Any, services: Call, worked_out: Call
) -> None:
    by = cast.information_governance
    with acting_as(by):
        place_restriction(by=by, reference=sent.reference, reason="A test")
    assert services(cast.family_worker) == []
    with acting_as(cast.family_worker):
        assert not Involvement.objects.exists()
    worked_out()
    assert _all(cast) == 0, "nothing is written of them"


def test_a_restricted_family_shows_nothing_to_those_on_its_list_and_says_why(
    sent: Any, family: Any, cast: Any, view: Call
) -> None:
    from hearth.records.people.restrictions.actions import grant_restricted_access

    by = cast.information_governance
    with acting_as(by):
        row = place_restriction(by=by, reference=family.reference, reason="A test")
        grant_restricted_access(
            by=by, restriction=row, reference=family.reference, user=cast.family_worker, reason="Works with them",
            until_on=clock.today() + dt.timedelta(days=9),
        )  # fmt: skip
    seen = view(cast.family_worker)
    assert (seen.involved, seen.not_shown, seen.apart) == ((), (), True)
    with acting_as(cast.family_worker):
        assert not Involvement.objects.exists()


def test_a_linked_record_of_the_same_person_shows_it_too_until_the_link_is_undone(
    jake: Any, cast: Any, area: Any, held: Call, worked_out: Call
) -> None:
    by = cast.front_door_officer
    with acting_as(cast.family_worker):
        home = open_family(by=cast.family_worker, name="Second", area=area)
        twice = add_person(
            by=cast.family_worker, family=home, role="child", given_name="Jake", family_name="Ashworth",
            born_on=jake.born_on, birth_precision="full",
        )  # fmt: skip
    with acting_as(by):
        made = link_people(by=by, person=jake, other=twice, why="The same birth date and mother")
    held("social_care", JAKE["social_care"])
    worked_out()
    with acting_as(cast.family_worker):
        assert set(Involvement.objects.values_list("person", flat=True)) == {jake.pk, twice.pk}
    with acting_as(by):
        undo_link(by=by, link=made, why="Two boys")
    worked_out()
    with acting_as(cast.family_worker):
        assert set(Involvement.objects.values_list("person", flat=True)) == {jake.pk}


def test_a_run_writes_only_what_is_new_and_takes_out_what_is_no_longer_said(
    sent: Any, cast: Any, held: Call, worked_out: Call, services: Call
) -> None:
    def keys() -> dict[str, Any]:
        with acting_as(cast.family_worker):
            return dict(Involvement.objects.values_list("feed", "pk"))

    before = keys()
    held("social_care", f"{CARE}p1,{NHS},child_in_need,2026-02-01,,Zed Zander,01632 960441\n")
    worked_out()
    after = keys()
    assert {feed for feed in before if before[feed] != after[feed]} == {"social_care"}
    assert ("Social care", "Current") in services(cast.family_worker)


def test_somebody_erased_from_feeds_is_out_of_it_at_once(sent: Any, cast: Any, services: Call) -> None:
    by = cast.information_governance
    with acting_as(by):
        forget_person(by=by, scheme="nhs_number", value=NHS, why="They asked")
        forget_concern(by=by, scheme="nhs_number", value=NHS, why="They asked")
    assert services(cast.family_worker) == [("Housing: Harbour Homes", "Current")], "it is held by another number"
    with acting_as(by):
        forget_person(by=by, scheme="social_care_id", value="p1", why="They asked")
        forget_concern(by=by, scheme="social_care_id", value="p1", why="They asked")
    assert services(cast.family_worker) == [] and _all(cast) == 0


def test_a_file_that_was_taken_back_is_shown_no_more(sent: Any, cast: Any, services: Call, reasons: Call) -> None:
    from hearth.intelligence.feeds.actions import reverse_load
    from hearth.intelligence.feeds.models import FeedLoad

    with acting_as(cast.analyst):
        reverse_load(by=cast.analyst, load=FeedLoad.objects.get(feed="social_care", is_current=True), why="Wrong file")
    assert "Social care" not in dict(services(cast.family_worker))
    assert reasons(cast.family_worker)["Social care status"] == "Not held"


def test_a_look_is_on_record_with_the_page_it_was_on(
    sent: Any, family: Any, cast: Any, view: Call, kept_of: Call
) -> None:
    view(cast.family_worker)
    (look,) = [each for each in kept_of(cast.family_worker) if each.verb == "insight.family_view_opened"]
    assert (look.family_id, look.kind, look.detail) == (family.pk, "looked", {"where": "test"})


def test_it_asks_as_often_of_many_people_and_services_as_of_few(
    sent: Any, family: Any, cast: Any, view: Call, held: Call, worked_out: Call
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            view(cast.family_worker)
        return len(queries)

    few = asked()
    mia = person_called(cast, family, "Mia")
    with acting_as(cast.family_worker):
        add_identifier(by=cast.family_worker, person=mia, kind="nhs", value="9990000018")
    rows = "".join(f"p2,9990000018,adult,2026-0{month}-01,,,\n" for month in range(1, 6))
    held("social_care", JAKE["social_care"] + rows)
    worked_out()
    assert len(view(cast.family_worker).involved) == 8
    assert asked() == few <= 16


def _all(cast: Any) -> int:
    """How many there are, whoever they are about: as the identity that works them out."""
    from hearth.intelligence.insight.gathering import INSIGHT

    with acting_as(INSIGHT):
        return Involvement.objects.count()
