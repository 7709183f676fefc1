"""The pages of sharing over HTTP: what a worker records, what follows, and who is kept out."""

import datetime as dt

import pytest

from hearth.foundation.core import clock
from hearth.foundation.core.reader import read_as
from hearth.records.people.access.actions import give_access
from hearth.records.people.actions import add_person
from hearth.records.people.links.actions import link_people
from hearth.records.people.models import Family
from hearth.records.sharing.models import Agreement, Consent, SharingException
from hearth.records.sharing.queries import basis_for, family_sharing, timeline_entries


def date(name, day):
    """A day as three boxes."""
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


@pytest.fixture
def consent_form(school, family, kelly, jake, cast, as_):
    """What a worker types when Kelly agrees for everybody at home."""
    from hearth.records.people.models import Person

    with as_(cast.family_worker):
        rows = Person.objects.filter(memberships__family=family).order_by("born_on")
        people = list(rows.values_list("reference", flat=True))
    return {
        "decision": "given", "people": people, "organisation": str(school.id), "organisation_2": "", "organisation_3": "",
        "categories": ["basic", "assessment"], "who_decided": "parent", "decider": kelly.reference, "recorded_how": "signed", "words": "",
    } | date("from_on", clock.today())  # fmt: skip


@pytest.fixture
def worker(cast, as_client):
    """The family worker's web client."""
    return as_client(cast.family_worker)


def test_a_worker_records_consent_and_the_page_says_who_what_and_until_when(worker, family, consent_form, school):
    last = clock.today() + dt.timedelta(days=100)
    assert worker.get(f"/families/{family.reference}/sharing/consent/").status_code == 200
    response = worker.post(f"/families/{family.reference}/sharing/consent/", consent_form | date("until_on", last))
    assert response.status_code == 302, response.content.decode()
    page = worker.get(f"/families/{family.reference}/sharing/").content.decode()
    assert school.name in page
    assert "The family agreed" in page
    assert "Kelly Ashworth: a parent or carer with parental responsibility" in page
    assert page.count("Agreed</strong>") == 1, "one conversation is one row"
    assert "Kelly Ashworth, Jake Ashworth and Mia Ashworth" in page
    assert f"until {last.day} {last:%B} {last.year}" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"categories": []}, "Choose at least one kind of information"),
        ({"people": []}, "Choose at least one person"),
        ({"people": ["PE-3333333"]}, "Choose"),
        ({"organisation": "00000000-0000-4000-8000-000000000000"}, "Choose an organisation"),
        ({"decision": ""}, "Choose what they decided"),
        ({"decider": "other", "decider_name": ""}, "Enter their name"),
        ({"who_decided": "child_competent", "competence": ""}, "Why do you think the child understands"),
        ({"who_decided": "the_cat"}, "Choose by what right"),
        ({"from_on-year": "2099"}, "today or in the past"),
        ({"words": "x" * 4001}, "4,000 characters or fewer"),
    ],
    ids=str,
)
def test_a_consent_that_does_not_say_enough_is_not_recorded(wrong, sentence, worker, family, consent_form, cast, as_):
    response = worker.post(f"/families/{family.reference}/sharing/consent/", consent_form | wrong)
    assert response.status_code in (403, 422)
    assert sentence in response.content.decode()
    with as_(cast.family_worker):
        assert not Consent.objects.exists()


def test_somebody_on_record_without_parental_responsibility_cannot_consent_for_the_child(
    worker, family, consent_form, kelly, jake, cast, as_
):
    from hearth.records.people.facts.actions import record_relationship

    with as_(cast.family_worker):
        record_relationship(
            by=cast.family_worker, person=kelly, other=jake, kind="step_parent", parental_responsibility=False
        )
    response = worker.post(f"/families/{family.reference}/sharing/consent/", consent_form)
    assert response.status_code == 403
    assert "not having parental responsibility" in response.content.decode()


def test_withdrawing_takes_one_form_and_closes_the_record_to_the_school(
    worker, family, consent_form, school, cast, as_, as_client
):
    worker.post(f"/families/{family.reference}/sharing/consent/", consent_form)
    with as_(cast.family_worker):
        basis = basis_for(family, school)
        give_access(
            by=cast.family_worker,
            family=family,
            user=cast.practitioner,
            why="team_around_family",
            categories=basis.categories,
        )
        references = list(Consent.objects.values_list("reference", flat=True))
    partner = as_client(cast.practitioner)
    assert partner.get(f"/families/{family.reference}/people/").status_code == 200
    form = worker.get(f"/families/{family.reference}/sharing/withdraw/?organisation={school.name}").content.decode()
    assert form.count('name="consents"') == 3
    response = partner.post(f"/families/{family.reference}/sharing/withdraw/", {"consents": references})
    assert (response.status_code, response["Location"]) == (302, "/"), (
        "the partner who recorded it can no longer open the family"
    )
    assert partner.get(f"/families/{family.reference}/people/").status_code == 404
    page = worker.get(f"/families/{family.reference}/sharing/").content.decode()
    assert "Not shared" in page and "Withdrawn on" in page


def test_when_two_parents_disagree_the_page_shows_who_said_no_and_an_officer_settles_it(
    worker, family, consent_form, jake, school, cast, as_client, as_
):
    worker.post(f"/families/{family.reference}/sharing/consent/", consent_form)
    no = consent_form | {
        "decision": "refused",
        "people": [jake.reference],
        "decider": "other",
        "decider_name": "Dean Ashworth",
        "words": "Not the school.",
    }
    assert worker.post(f"/families/{family.reference}/sharing/consent/", no).status_code == 302
    page = worker.get(f"/families/{family.reference}/sharing/").content.decode()
    assert "Two people disagree about Jake Ashworth" in page
    assert "Dean Ashworth" in page and "Nothing is shared about this until it is decided" in page
    with as_(cast.family_worker):
        refusal = Consent.objects.get(decision="refused").reference
    address = f"/families/{family.reference}/sharing/disagreements/{refusal}/"
    assert worker.get(address).status_code == 403, "the worker does not decide it"
    officer = as_client(cast.front_door_officer)
    assert "Not the school." in officer.get(address).content.decode()
    assert officer.post(address, {"shares": "yes", "reason": ""}).status_code == 422
    assert (
        officer.post(address, {"shares": "yes", "reason": "His mother lives with him and he wants it."}).status_code
        == 302
    )
    page = worker.get(f"/families/{family.reference}/sharing/").content.decode()
    assert "he wants it" in page and f"{cast.front_door_officer.full_name} decided" in page
    assert officer.get(f"/families/{family.reference}/sharing/disagreements/CO-3333333/").status_code == 404


def test_an_exception_needs_its_reason_and_its_end_and_can_be_ended(worker, family, school, cast, as_):
    address = f"/families/{family.reference}/sharing/exception/"
    body = {
        "organisation": str(school.id), "ground": "significant_harm", "reason": "Bruises, twice this week.", "categories": ["basic"],
        "family_told": "no", "family_not_told_because": "Asking would put Jake at risk.",
    } | date("until_on", clock.today() + dt.timedelta(days=14))  # fmt: skip
    assert worker.get(address).status_code == 200
    for wrong, sentence in (
        ({"reason": ""}, "Say what you fear"), ({"until_on-year": "2031"}, "a year ahead"), ({"family_not_told_because": ""}, "not told"),
        ({"ground": "because"}, "Choose the reason in law"),
    ):  # fmt: skip
        response = worker.post(address, body | wrong)
        assert response.status_code in (403, 422)
        assert sentence in response.content.decode()
    assert worker.post(address, body).status_code == 302
    page = worker.get(f"/families/{family.reference}/sharing/").content.decode()
    assert "Shared without consent, by law" in page and "Bruises, twice this week." in page
    with as_(cast.family_worker):
        reference = SharingException.objects.get().reference
    assert (
        worker.post(
            f"/families/{family.reference}/sharing/exceptions/{reference}/end/", {"why": "No danger now."}
        ).status_code
        == 302
    )
    assert "Not shared" in worker.get(f"/families/{family.reference}/sharing/").content.decode()


def test_a_partner_without_the_assessment_does_not_read_why_it_was_shared_without_consent(
    family, school, cast, as_, as_client, worker
):
    typed = {
        "organisation": str(school.id), "ground": "significant_harm", "reason": "Bruises, twice this week.",
        "categories": ["basic"], "family_told": "yes",
    } | date("until_on", clock.today() + dt.timedelta(days=14))  # fmt: skip
    worker.post(f"/families/{family.reference}/sharing/exception/", typed)
    with as_(cast.family_worker):
        give_access(
            by=cast.family_worker, family=family, user=cast.practitioner, why="team_around_family", categories=["basic"]
        )
    with as_(cast.practitioner):
        assert Family.objects.filter(pk=family.pk).exists()
        assert not SharingException.objects.exists()
        assert not SharingException.objects.visible_to(cast.practitioner).exists()
    assert "Bruises" not in as_client(cast.practitioner).get(f"/families/{family.reference}/sharing/").content.decode()


@pytest.mark.parametrize(
    "role", ["other_family_worker", "practitioner", "elected_member", "information_governance", "administrator"]
)
def test_whoever_may_not_open_the_family_learns_nothing_of_its_sharing(
    role, family, school, kelly, agree, cast, as_client
):
    [row, *_] = agree(family, school, kelly)
    client, start = as_client(getattr(cast, role)), f"/families/{family.reference}/sharing/"
    for end in (
        "",
        "consent/",
        "withdraw/",
        f"disagreements/{row.reference}/",
        "exception/",
        "exceptions/SE-3333333/end/",
    ):
        for method in (client.get, client.post):
            response = method(start + end, {})
            assert response.status_code == 404, end
            assert school.name not in response.content.decode() or role == "practitioner"


def test_agreements_are_read_by_all_and_written_and_ended_by_information_governance(school, cast, as_client, as_):
    ig, last = as_client(cast.information_governance), clock.today() + dt.timedelta(days=365)
    body = {
        "organisation": str(school.id),
        "purposes": ["early_help"],
        "categories": ["basic"],
        "document": "ISA-7",
        "notes": "",
    }
    body |= date("from_on", clock.today()) | date("until_on", last)
    assert ig.get("/agreements/new/").status_code == 200
    for wrong in (
        {"purposes": []},
        {"categories": []},
        {"document": ""},
        {"until_on-year": "2001"},
        {"organisation": "x"},
    ):
        assert ig.post("/agreements/new/", body | wrong).status_code == 422
    made = ig.post("/agreements/new/", body)
    assert made.status_code == 302
    for role in ("practitioner", "elected_member", "manager"):
        client = as_client(getattr(cast, role))
        assert school.name in client.get("/agreements/").content.decode()
        assert client.get(made["Location"]).status_code == 200
        assert client.get("/agreements/new/").status_code == 403
        assert client.post("/agreements/new/", body).status_code == 403
        assert client.post(f"{made['Location']}end/", {"why": "x"}).status_code == 403
    assert ig.post(f"{made['Location']}end/", {"why": "The school closed."}).status_code == 302
    assert "The school closed." in ig.get(made["Location"]).content.decode()
    assert school.name not in ig.get("/agreements/").content.decode()
    assert school.name in ig.get("/agreements/?show=ended").content.decode()
    read_as(None)
    assert not Agreement.objects.exists(), "no reader, no rows"


def test_the_sharing_page_costs_the_same_for_one_organisation_and_for_six(
    family, kelly, agree, cast, as_, django_assert_num_queries
):
    from hearth.foundation.accounts.models import Organisation

    partners = list(Organisation.objects.filter(is_authority=False))
    agree(family, partners[0], kelly)
    with as_(cast.family_worker), django_assert_num_queries(8):
        assert len(family_sharing(cast.family_worker, family)) == 1
    for organisation in partners[1:]:
        agree(family, organisation, kelly, decision="refused")
    with as_(cast.family_worker), django_assert_num_queries(8):
        assert len(family_sharing(cast.family_worker, family)) == len(partners) >= 6


def test_the_chronology_tells_what_was_agreed_refused_and_withdrawn(family, school, kelly, jake, agree, cast, as_):
    from hearth.records.sharing.actions import withdraw_consent

    given = agree(family, school, kelly)
    agree(family, school, None, decider_name="Dean Ashworth", people=[jake], decision="refused")
    with as_(cast.family_worker):
        withdraw_consent(by=cast.family_worker, family=family, consents=given)
        titles = [entry.title for entry in timeline_entries(cast.family_worker, family)]
    assert f"Kelly Ashworth agreed to share with {school.name} (Kelly, Jake and Mia)" in titles
    assert f"Dean Ashworth said no to sharing with {school.name} (Jake)" in titles
    assert f"Agreement to share with {school.name} withdrawn (Kelly, Jake and Mia)" in titles


def test_a_no_on_a_linked_record_counts_here_and_a_yes_there_does_not(
    family, area, school, kelly, jake, agree, cast, as_
):
    from hearth.records.people.actions import open_family

    by = cast.family_worker
    with as_(by):
        other = open_family(by=by, name="Holt", area=area)
        twin_record = add_person(by=by, family=other, role="child", given_name="Jacob", family_name="Holt")
    agree(family, school, kelly)
    agree(other, school, None, decider_name="Dean Holt", people=[twin_record], decision="refused")
    with as_(by):
        assert basis_for(family, school).kind == "consent"
    with as_(cast.manager):
        link_people(by=cast.manager, person=jake, other=twin_record, why="One boy.")
    with as_(by):
        assert "decision elsewhere is in the way" in basis_for(family, school).sentence
        assert basis_for(other, school).code == "sharing.refused", "Kelly's yes for the other record opens nothing here"


def test_a_decision_about_a_restricted_child_is_hidden_with_the_child(
    family, school, kelly, jake, agree, cast, as_, worker
):
    from hearth.records.people.restrictions.actions import place_restriction

    agree(family, school, kelly)
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=jake.reference, reason="A refuge.")
    with as_(cast.family_worker):
        assert not Consent.objects.filter(person_id=jake.id).exists()
    assert "Jake" not in worker.get(f"/families/{family.reference}/sharing/").content.decode()


def test_the_look_up_page_answers_as_a_page_and_as_a_part_and_never_by_get(worker, family, cast, as_client):
    body = {
        "given_name": "Jake",
        "family_name": "Ashworth",
        "born-day": "14",
        "born-month": "9",
        "born-year": "2015",
        "postcode": "",
    }
    page = worker.post("/look-up/", body).content.decode()
    assert "Jake Ashworth" in page and "<html" in page
    part = worker.post(
        f"/look-up/?family={family.reference}", body | {"born-year": "20"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in part and f"/families/{family.reference}/people/join/" in part
    assert "Jake Ashworth" not in worker.get("/look-up/?given_name=Jake&family_name=Ashworth").content.decode()
    assert "Nobody like this is known to you" in as_client(cast.practitioner).post("/look-up/", body).content.decode()
    for role in ("elected_member", "analyst", "board_member"):
        assert as_client(getattr(cast, role)).post("/look-up/", body).status_code == 403
