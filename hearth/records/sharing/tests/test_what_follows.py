"""What the pages of sharing say before and after: what a withdrawal ends, by what right somebody decided, who is to be asked."""

import datetime as dt

import pytest

from hearth.foundation.core import clock
from hearth.records.people.actions import add_person, change_person
from hearth.records.people.facts.actions import record_relationship
from hearth.records.sharing import words
from hearth.records.sharing.models import Consent
from hearth.records.sharing.queries import Basis, Shared


@pytest.fixture
def pages(family, cast, as_client):
    """Read a page of the family's sharing, as its worker."""
    client = as_client(cast.family_worker)

    def read(page="", **post):
        address = f"/families/{family.reference}/sharing/{page}"
        return (client.post(address, post, follow=True) if post else client.get(address)).content.decode()

    return read


def test_withdrawing_is_one_click_away_and_says_what_ends_before_and_after(
    pages, school, kelly, agree, join, cast, family
):
    given = agree(family, school, kelly)
    join(cast.practitioner)
    join(cast.colleague)
    page = pages(f"withdraw/?organisation={school.name}")
    assert f"{school.name}: 2 people can open this family now, and cannot from then on." in page
    assert page.count(" checked") == len(given) == 3, "everything is ticked: nobody has to look for it"
    after = pages(f"withdraw/?organisation={school.name}", consents=[one.reference for one in given])
    assert f"It is withdrawn. Nobody of {school.name} can open this family now." in after


def test_a_withdrawal_that_ends_nothing_since_an_agreement_covers_it_says_so_before_and_after(
    pages, school, kelly, agree, agreed, join, cast, family
):
    agreed(school)
    given = agree(family, school, kelly)
    join(cast.practitioner)
    page = pages(f"withdraw/?organisation={school.name}")
    assert "1 person can open this family now. An agreement between us lets us share" in page
    after = pages(f"withdraw/?organisation={school.name}", consents=[one.reference for one in given])
    assert f"1 person of {school.name} can still open this family." in after
    assert "If they say no to that too, record it" in after


def test_a_right_that_is_not_on_record_is_said_to_be_taken_at_their_word(
    pages, school, kelly, jake, agree, family, cast, as_
):
    agree(family, school, kelly)
    assert "Taken at their word: that Kelly Ashworth has parental responsibility for Jake Ashworth and Mia" in pages()
    with as_(cast.family_worker):
        record_relationship(
            by=cast.family_worker, person=kelly, other=jake, kind="mother", parental_responsibility=True
        )
    page = pages()
    assert "has parental responsibility for Mia Ashworth is not on record" in page


def test_at_sixteen_the_page_says_to_ask_them_themselves_until_they_have_answered(
    pages, school, kelly, jake, agree, family, cast, as_
):
    agree(family, school, kelly)
    assert "16 or 17 now" not in pages()
    today = clock.today()
    with as_(cast.family_worker):
        born = (today - dt.timedelta(days=1)).replace(year=today.year - 16)
        change_person(by=cast.family_worker, person=jake, seen_version=jake.version, born_on=born)
    page = pages()
    assert "Jake Ashworth: 16 or 17 now, so ask them themselves" in page
    assert "As long as we help them<br>Until Jake is 18, on" in page and "Until Mia is 18" not in page, (
        "that is years off"
    )
    agree(family, school, jake, who_decided="young_person", people=[jake])
    assert "16 or 17 now" not in pages()


def test_who_moved_in_and_was_not_asked_is_named_with_the_day_access_ends(
    pages, school, kelly, agree, join, cast, family, as_
):
    agree(family, school, kelly)
    join(cast.practitioner)
    with as_(cast.family_worker):
        add_person(by=cast.family_worker, family=family, role="partner", given_name="Lee", family_name="Marsh")
    last, page = clock.today() + dt.timedelta(days=28), pages()
    assert f"1 person of theirs can open this family now, until {last.day} {last:%B} {last.year}. Ask Lee Marsh" in page
    assert "Nobody has agreed to it for Lee Marsh" in page


def test_a_consent_whose_last_day_has_gone_lets_nobody_in_and_is_told_among_the_earlier_ones(
    pages, school, kelly, agree, family, cast, as_
):
    agree(family, school, kelly, until_on=clock.today())
    assert "The family agreed" in pages()
    with as_(cast.family_worker):
        yesterday = clock.today() - dt.timedelta(days=1)
        Consent.objects.update(from_on=yesterday, until_on=yesterday)
    page = pages()
    assert "Not shared" in page and "Earlier decisions" in page and f"Ended on {yesterday.day}" in page


def test_what_one_agreed_to_and_another_did_not_is_said_to_be_agreed_in_vain(pages, school, kelly, agree, family):
    agree(family, school, None, decider_name="Mum", categories=["basic"])
    agree(family, school, kelly, categories=["basic", "plan"])
    page = pages()
    assert "We may share <strong>who is in the family</strong>" in page
    assert "Kelly Ashworth agreed to the plan and its reviews too, and it is not shared" in page
    assert "Mum agreed to" not in page


def test_a_child_who_is_not_born_is_not_offered_as_the_one_who_decided(pages, family, cast, kelly, as_):
    due = clock.today() + dt.timedelta(days=90)
    unborn = {"role": "child", "family_name": "Ashworth", "born_on": due, "birth_precision": "expected"}
    with as_(cast.family_worker):
        child = add_person(by=cast.family_worker, family=family, **unborn)
    page = pages("consent/")
    assert page.count(f'value="{kelly.reference}"') == 2, "one it may be about, and one who may decide"
    assert page.count(f'value="{child.reference}"') == 1


def test_somebody_who_may_open_the_family_for_two_reasons_is_one_person(
    pages, school, kelly, agree, join, cast, family
):
    agree(family, school, kelly)
    join(cast.practitioner)
    join(cast.practitioner, why="made_request")
    assert "1 person of theirs can open this family now." in pages()


def test_consent_that_ends_when_a_child_is_eighteen_years_from_now_is_said_without_that_day():
    far, near = clock.now() + dt.timedelta(days=3000), clock.now() + dt.timedelta(days=90)
    assert words.basis_until(Basis("consent", ["basic"], far)) == "as long as we help them"
    assert words.basis_until(Basis("consent", ["basic"], near)).startswith("until ")
    assert words.basis_until(Basis("agreement", ["basic"], far)).startswith("until "), "an agreement ends on its day"


def test_a_narrower_decision_that_is_kept_from_the_reader_is_not_told_of(
    pages, school, kelly, agree, family, as_, cast
):
    wide = agree(family, school, kelly, categories=["basic", "plan"])
    one = Shared(school, basis=Basis("consent", ["basic"], None), decisions=list(wide))
    with as_(cast.family_worker):
        assert one.agreed_in_vain == {}
