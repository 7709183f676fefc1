"""What each reader learns when they type somebody's name: the record, that somebody is known, or nothing."""

import datetime as dt

import pytest

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.partial_date import PartialDate
from hearth.records.people.access.actions import give_access
from hearth.records.people.actions import add_person
from hearth.records.people.models import Address, Person, PersonName, RestrictedSearch
from hearth.records.sharing.look_up.queries import look_up, look_up_each, typed_of

JAKE = ("Jake", "Ashworth", PartialDate(2015, 9, 14))


@pytest.fixture
def look(family, as_):
    """Look up as somebody."""

    def found(user, *typed):
        with as_(user):
            return look_up(user, *typed)

    return found


def names(found):
    return [candidate.name for candidate in found]


def test_whoever_may_open_the_record_sees_it_with_the_reasons_likeliest_first(look, cast):
    first, *_ = look(cast.family_worker, *JAKE)
    assert (first.may_open, first.name, first.birth) == (True, "Jake Ashworth", "14 September 2015")
    assert first.reference.startswith("PE-")
    assert first.family_reference.startswith("FA-")
    assert first.reasons == ["same names", "same birth date"]


@pytest.mark.parametrize(
    "typed",
    [
        ("Ashworth", "Jake"),  # swapped
        ("JAKE", "ashworth"),
        ("Jayke", "Ashworth", PartialDate(2015, 9, 14)),  # sounds alike
        ("Jake", "Asworth", PartialDate(2015, 9)),
        ("Jake", "Ashworth", PartialDate(2015)),
        ("Jake", "Ashworth", PartialDate(2015, estimated=True)),
        ("Jake", "", PartialDate(2015, 9, 14)),
        ("Jake", "Ashworth", dt.date(2015, 9, 15)),  # a day out
    ],
    ids=str,
)
def test_a_name_typed_differently_still_finds_the_child(look, cast, typed):
    assert names(look(cast.family_worker, *typed))[:1] == ["Jake Ashworth"]


@pytest.mark.parametrize(
    "typed",
    [
        ("Jake", ""),
        ("", "Ashworth"),
        ("", ""),
        ("Jake", "Ashworth", PartialDate(1984, 1, 2)),
        ("Oliver", "Ramsbottom", PartialDate(2015, 9, 14)),
        ("%", "_"),
        ("'; drop table people_person; --", "x", PartialDate(2015, 9, 14)),
    ],
    ids=str,
)
def test_too_little_or_something_else_finds_nobody(look, cast, typed):
    assert look(cast.family_worker, *typed) == []


def test_another_name_and_what_somebody_is_called_find_them_too(look, cast, family, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake", memberships__family=family)
        PersonName(person=jake, given_name="Jacob", family_name="Świątek", kind="former").save(force_insert=True)
        jake.known_as = "Bobby"
        jake.save()
    assert names(look(cast.family_worker, "Jacob", "Swiatek"))[:1] == ["Jake Ashworth"]
    assert names(look(cast.family_worker, "Bobby", "Ashworth", PartialDate(2015, 9, 14)))[:1] == ["Jake Ashworth"]


def test_a_renamed_person_is_no_longer_found_by_the_old_name(look, cast, family, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake", memberships__family=family)
        jake.given_name = "Zebedee"
        jake.save()
    assert names(look(cast.family_worker, "Zebedee", "Ashworth"))[:1] == ["Zebedee Ashworth"]
    assert "Zebedee Ashworth" not in names(look(cast.family_worker, "Jake", "Ashworth"))


def test_a_postcode_finds_somebody_whose_birth_date_nobody_knows(look, cast, family, as_):
    with as_(cast.family_worker):
        dean = add_person(by=cast.family_worker, family=family, role="parent", given_name="Dean", family_name="Holt")
        Address(person=dean, lines="4 Tanner Street", postcode="BB11 1AA").save(force_insert=True)
    found = look(cast.family_worker, "Dean", "Holt", None, "bb111aa")
    assert found[0].reasons == ["same names", "same postcode"]


def test_a_colleague_who_may_not_open_it_learns_that_somebody_is_known_and_whom_to_ring(look, cast, family, area, as_):
    with as_(cast.family_worker):
        give_access(by=cast.family_worker, family=family, user=cast.family_worker, why="lead_practitioner")
    [known] = look(cast.other_family_worker, *JAKE)
    assert not known.may_open
    assert (known.name, known.reference, known.family_name, known.family_reference, known.reasons, known.birth) == (
        "",
        "",
        "",
        "",
        [],
        "",
    )
    assert (known.area, known.contact_name) == (area.name, "Joanne Pickup")
    assert known.contact_phone


def test_where_nobody_leads_it_is_the_front_door_that_is_rung(look, cast):
    [known] = look(cast.other_family_worker, *JAKE)
    assert (known.contact_name, known.contact_phone) == (pack().words.front_door, pack().authority.phone)


def test_a_partner_learns_nothing_without_an_agreement_and_that_somebody_is_known_with_one(look, cast, agreed, as_):
    school = cast.practitioner.organisation
    assert look(cast.practitioner, *JAKE) == []
    agreed(school, purposes=["early_help"])
    assert look(cast.practitioner, *JAKE) == [], "it must be an agreement for that purpose"
    agreed(school, purposes=["look_up"])
    [known] = look(cast.practitioner, *JAKE)
    assert (known.may_open, known.name) == (False, "")


@pytest.mark.parametrize(
    "typed",
    [("Jake", "Ashworth"), ("Jayke", "Ashworth", PartialDate(2015, 9, 14)), ("Jake", "Ashworth", PartialDate(2015)),
     ("Jake", "", PartialDate(2015, 9, 14)), ("Jake", "Ashworth", PartialDate(2015, 9, 15))],
    ids=str,
)  # fmt: skip
def test_whoever_may_not_open_it_learns_nothing_from_a_guess(look, cast, typed):
    assert look(cast.other_family_worker, *typed) == []


def restrict(person, as_, cast):
    """Make somebody hidden, as a restriction does."""
    from hearth.records.people.restrictions.actions import place_restriction

    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=person.reference, reason="A refuge.")


def test_a_restricted_person_never_appears_and_the_safeguarding_desk_is_told_once(look, cast, family, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake", memberships__family=family)
    restrict(jake, as_, cast)
    for user in (cast.family_worker, cast.other_family_worker):
        assert "Jake Ashworth" not in names(look(user, *JAKE))
        assert not [c for c in look(user, *JAKE) if not c.may_open]
        with as_(user):
            assert not RestrictedSearch.objects.exists(), "the searcher is told nothing"
    with as_(cast.safeguarding_hub_social_worker):
        rows = list(RestrictedSearch.objects.values_list("person_id", "searched_by_id").order_by("created_at"))
    assert rows == [(jake.id, cast.family_worker.id), (jake.id, cast.other_family_worker.id)]


def test_one_intent_is_one_audit_event_without_a_name_and_another_child_is_another(look, cast, as_):
    for typed in ("Jak", "Jake"):
        look(cast.health_visitor, typed, "Ashworth", PartialDate(2015, 9, 14))
    look(cast.health_visitor, "Mia", "Ashworth", PartialDate(2019, 1, 30))
    with as_(cast.health_visitor, using="audit"):
        events = list(
            AuditEvent.objects.using("audit").filter(actor_id=cast.health_visitor.id, verb="sharing.looked_up")
        )
    assert len(events) == 2
    assert not [event for event in events if "ash" in str(event.detail).lower()]


def test_several_people_are_looked_up_at_once_each_as_if_alone(cast, family, as_, django_assert_num_queries):
    """With a rule for each: one has an event on record already, one is restricted, one is not enough to look for."""
    typed = [("Mia", "Ashworth", PartialDate(2019, 1, 30)), ("Jake", ""), JAKE, ("Kelly Jane", "Ashworth")]
    with as_(cast.family_worker):
        mia = Person.objects.get(given_name="Mia", memberships__family=family)
        alone = [look_up(cast.family_worker, *each) for each in typed]
        together = look_up_each(cast.family_worker, [typed_of(*each) for each in typed])
        assert together == alone
        assert [names(found)[:1] for found in together] == [["Mia Ashworth"], [], ["Jake Ashworth"], ["Kelly Ashworth"]]
        with django_assert_num_queries(2):
            look_up_each(cast.family_worker, [typed_of(*each) for each in typed])
        with django_assert_num_queries(2):
            look_up_each(cast.family_worker, [typed_of(*JAKE)])
    restrict(mia, as_, cast)
    with as_(cast.other_family_worker):
        together = look_up_each(cast.other_family_worker, [typed_of(*each) for each in (*typed, *typed)])
    assert together[0] == together[1] == together[4] == []
    with as_(cast.safeguarding_hub_social_worker):
        told = RestrictedSearch.objects.filter(searched_by_id=cast.other_family_worker.id)
        assert [row.person_id for row in told] == [mia.id], "told once, though asked twice in one query"
    with as_(cast.other_family_worker, using="audit"):
        events = AuditEvent.objects.using("audit").filter(actor_id=cast.other_family_worker.id, kind="searched")
        assert events.count() == 3, "one for each person who could be looked for"


def test_the_dead_agreement_no_longer_answers(look, cast, agreed, as_):
    from hearth.records.sharing.agreements.actions import end_agreement

    agreement = agreed(cast.practitioner.organisation)
    with as_(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="Over.")
    assert look(cast.practitioner, *JAKE) == []
