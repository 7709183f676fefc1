"""A family asks for help without signing in."""

import re
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from hearth.casework.front_door.documents.models import RequestDocument, RequestDocumentContent
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.triage.actions import record_decision
from hearth.doorstep import rate
from hearth.foundation.core.reader import read_as
from hearth.records.documents.tests.files import pdf, telephones, upload

PAGES = ("ask_as_family", "family_ring_now", "write_family_request", "family_request_sent")


@pytest.fixture(autouse=True)
def fresh_count(db: None) -> Any:
    """Nobody has asked in the last hour."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def visitor(client: Client) -> Client:
    """A visitor who has answered that no child is in danger."""
    client.post(reverse("ask_as_family"), {"signs": ["none_of_these"], "key": str(uuid.uuid4())})
    return client


def page(answer: Any) -> str:
    """The page's text."""
    return re.sub(r"\s+", " ", answer.content.decode())


def typed(**more: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {
        "key": str(uuid.uuid4()),
        "asker_name": "Kelly Marsden",
        "asker_relation": "parent",
        "asker_phone": "01632 960 700",
        "area": "burnley",
        "worries": "I cannot get Leo to school and I am worn out.",
        "reasons": ["school_life"],
        "person-0-given_name": "Leo",
        "person-0-family_name": "Marsden",
        "person-0-role": "child",
        "person-0-born-year": "2018",
        "consent": "given",
        "answer-when_safe": "Not after six",
        "interpreter": "no",
    } | more


def send(visitor: Client, **more: Any) -> Any:
    """Send the form."""
    return visitor.post(reverse("write_family_request"), typed(**more), follow=True)


def test_a_family_asks_in_its_own_words_and_gets_a_reference_and_what_happens_next(
    visitor: Client, cast: Any, as_: Any
) -> None:
    text = page(send(visitor))
    reference = re.search(r"Your reference is (RQ-\w+)", text)
    assert reference
    assert "What happens next" in text
    assert "worn out" not in text
    with as_(cast.front_door_officer):
        made = Request.objects.get(reference=reference[1])
        assert (made.channel, made.made_by, made.family_name, made.safe_contact) == (
            "family",
            None,
            "Marsden",
            "Not after six",
        )
        assert [(p.full_name, p.role) for p in made.people.order_by("place")] == [
            ("Kelly Marsden", "parent"),
            ("Leo Marsden", "child"),
        ]


def test_every_page_opens_without_a_sign_in_and_is_kept_by_no_browser(client: Client, visitor: Client) -> None:
    for name in PAGES:
        answer = visitor.get(reverse(name))
        assert answer.status_code in (200, 302)
        assert "no-store" in answer["Cache-Control"]
        assert "sign-in" not in answer.get("Location", "")


def test_every_page_can_be_left_quickly(visitor: Client) -> None:
    send(visitor)
    for name in PAGES:
        text = page(visitor.get(reverse(name)))
        assert "Leave this page now" in text
        assert "govuk-exit-this-page" in text


def test_a_sign_of_danger_shows_whom_to_ring_and_the_front_door_is_told_what_was_ticked(
    client: Client, cast: Any, as_: Any
) -> None:
    where, key = reverse("ask_as_family"), str(uuid.uuid4())
    both = client.post(where, {"signs": ["domestic_abuse_now", "none_of_these"], "key": key})
    assert both.status_code == 422 and "alone, or take its tick away" in page(both)
    assert "exclusive" not in page(both), "a tick would be cleared unseen"
    answer = client.post(where, {"signs": ["domestic_abuse_now"], "key": key}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("family_ring_now")
    assert "01632 960119" in page(answer)
    assert "Your reference" in page(send(client))
    with as_(cast.front_door_officer):
        made = Request.objects.get(channel="family")
        assert made.signs == ["domestic_abuse_now"]
        assert made.signs_shown_at is not None


def test_the_first_question_is_put_kindly_to_a_parent_and_says_what_a_tick_does(client: Client, db: None) -> None:
    text = page(client.get(reverse("ask_as_family")))
    assert text.index("Thank you for coming to us") < text.index("Is any of this true now, of your child or of you?")
    assert "Then we show you whom to ring, and you can still write to us." in text
    assert "There is violence in your home now" in text
    assert "significant harm" not in text and "A child has said, or you have seen" not in text


@pytest.mark.parametrize("name", ["ask_as_family", "family_ring_now", "family_request_sent"])
def test_999_and_the_other_numbers_can_be_pressed(name: str, visitor: Client) -> None:
    send(visitor)
    text = page(visitor.get(reverse(name)))
    assert '<a class="govuk-link" href="tel:999">999</a>' in text
    if name != "ask_as_family":
        assert 'href="tel:01632960110"' in text and 'href="tel:01632960119"' in text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"answer-best_way": "text", "asker_phone": "07700 900 700"}, "We will text the number you gave us."),
        ({"answer-best_way": "email", "asker_email": "kelly@example.org"}, "We will write to the e-mail address"),
        ({}, "We will ring the number you gave us."),
        ({"asker_phone": "", "address": "4 Weavers Row"}, "We will send a letter to the address you gave us."),
    ],
)
def test_whoever_asked_is_told_how_they_will_be_reached(said: dict[str, str], told: str, visitor: Client) -> None:
    text = page(send(visitor, **said))
    assert told in text and "960 700" not in text and "in the way you asked" not in text


def test_the_page_to_write_on_says_what_is_kept(visitor: Client) -> None:
    text = page(visitor.get(reverse("write_family_request")))
    assert "We keep nothing until you send it." in text and "in this tab alone, for 20 minutes at the most" in text


def test_the_danger_question_comes_first_whatever_address_is_opened(client: Client) -> None:
    assert client.get(reverse("write_family_request"))["Location"] == reverse("ask_as_family")
    assert client.post(reverse("write_family_request"), typed())["Location"] == reverse("ask_as_family")
    assert client.get(reverse("family_request_sent"))["Location"] == reverse("ask_as_family")


def test_a_family_is_reached_as_it_asked_to_be_and_its_number_stands_where_it_is_looked_for(
    visitor: Client, cast: Any, as_: Any, as_client: Any
) -> None:
    send(visitor, **{"answer-best_way": "text", "asker_phone": "07700 900 700", "answer-when_safe": "Not after six"})
    with as_(cast.front_door_officer):
        made = Request.objects.get(channel="family")
        record_decision(
            by=cast.front_door_officer, request=made, outcome="advice", reason="Low.", words_for_referrer="Come by."
        )
    text = page(as_client(cast.front_door_officer).get(reverse("triage_request", args=[made.reference])))
    assert "reach them yourself. What is the best way to reach you? Text me." in text
    assert text.count("07700 900 700") == 2, "with the family, and with who is asking"
    assert text.index("Not after six") < text.index("Who is who"), "what would not be safe is beside whom to reach"


def test_the_form_sent_twice_is_one_request(visitor: Client, cast: Any, as_: Any) -> None:
    sent = typed()
    one, two = (page(visitor.post(reverse("write_family_request"), sent, follow=True)) for _ in range(2))
    found = [re.search(r"Your reference is (RQ-\w+)", text) for text in (one, two)]
    assert found[0] and found[1] and found[0][1] == found[1][1]
    with as_(cast.front_door_officer):
        assert Request.objects.filter(channel="family").count() == 1


def test_nothing_typed_is_read_back_by_the_next_visitor(visitor: Client) -> None:
    send(visitor)
    for name in PAGES:
        for client in (visitor, Client()):
            assert "worn out" not in page(client.get(reverse(name)))
    assert "Your reference" not in page(Client().get(reverse("family_request_sent"), follow=True))


def test_a_reference_opens_nothing_for_the_public(visitor: Client, client: Client) -> None:
    reference = re.search(r"RQ-\w+", page(send(visitor)))
    assert reference
    for name in ("view_request", "print_request", "write_request", "triage_request", "request_sent"):
        answer = client.get(reverse(name, args=[reference[0]]))
        assert answer.status_code == 302
        assert "next=" in answer["Location"]


def test_nobody_is_matched_on_the_doorstep(visitor: Client, case: Any) -> None:
    text = page(send(visitor, **{"person-0-given_name": "Jake", "person-0-family_name": "Ashworth"}))
    assert "known" not in text.lower()
    form = page(visitor.get(reverse("write_family_request")))
    assert "/requests/known/" not in form


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"asker_name": ""}, "Enter your name"),
        ({"area": ""}, "Choose where you live"),
        ({"area": "x'; --"}, "Choose"),
        ({"worries": "", "reasons": []}, "or write what is happening"),
        ({"asker_phone": ""}, "Tell us one way to reach you"),
        ({"asker_phone": "", "answer-best_way": "text"}, "Enter a telephone number so that we can text you"),
        (
            {"answer-best_way": "text", "asker_phone": "(01632) 960 700"},
            "Enter a mobile number so that we can text you",
        ),
        (
            {"answer-best_way": "text", "asker_phone": "+44 1632 960700"},
            "Enter a mobile number so that we can text you",
        ),
        ({"asker_phone": "", "answer-best_way": "call"}, "Enter a telephone number so that we can ring you"),
        ({"answer-best_way": "email"}, "Enter an e-mail address so that we can write to you"),
        ({"answer-best_way": "letter"}, "Enter your address so that we can write to you"),
        ({"answer-best_way": "through_somebody"}, "Say who it is that you trust"),
        ({"person-0-born-day": "4"}, "Leo Marsden: the date of birth must include a month"),
        ({"asker_phone": "ring me"}, "Enter a telephone number"),
        ({"asker_email": "nobody@"}, "Enter an e-mail address"),
        ({"consent": ""}, "Choose whether we may speak to others"),
        ({"worries": "x" * 10_001}, "10,000 characters or fewer"),
        ({"person-0-born-year": "2999"}, "4 figures"),
        ({"person-0-role": ""}, "Choose who person 1 is in the family"),
        ({"key": "forged"}, "out of date"),
    ],
)
def test_what_is_wrong_is_said_simply_and_nothing_typed_is_lost(
    change: dict[str, Any], sentence: str, visitor: Client, cast: Any, as_: Any
) -> None:
    answer = send(visitor, **({"hopes": "Calm \u202emornings & <b>sleep</b>"} | change))
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert "&lt;b&gt;sleep&lt;/b&gt;" in page(answer)
    with as_(cast.front_door_officer):
        assert not Request.objects.filter(channel="family").exists()


def test_people_are_added_on_the_page_without_script(visitor: Client) -> None:
    text = page(send(visitor, add_person="1"))
    assert 'name="person-1-given_name"' in text
    assert 'value="Leo"' in text
    assert "There is a problem" not in text


def test_after_many_requests_from_one_place_the_next_is_asked_to_wait_or_ring_and_loses_nothing(
    visitor: Client, cast: Any, as_: Any
) -> None:
    for _ in range(rate.FROM_ONE_ADDRESS):
        assert "Your reference" in page(send(visitor))
    answer = send(visitor)
    assert answer.status_code == 403
    assert "Wait an hour, or ring 01632" in page(answer)
    assert "worn out" in page(answer)
    with as_(cast.front_door_officer):
        assert Request.objects.filter(channel="family").count() == rate.FROM_ONE_ADDRESS


def test_somebody_who_signs_in_asks_in_their_own_name(as_client: Any, cast: Any) -> None:
    client = as_client(cast.practitioner)
    assert client.get(reverse("ask_as_family"))["Location"] == reverse("ask_for_help")
    assert client.post(reverse("write_family_request"), typed()).status_code == 302


def test_the_forms_are_held_against_forgery(visitor: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert (
        strict.post(reverse("ask_as_family"), {"signs": ["none_of_these"], "key": str(uuid.uuid4())}).status_code == 403
    )


def test_whoever_writes_for_longer_than_they_are_remembered_loses_nothing(visitor: Client, db: None) -> None:
    visitor.session.flush()
    visitor.cookies.clear()
    judged = visitor.post(reverse("write_family_request"), typed(signs="", area=""))
    assert judged.status_code == 422 and "I cannot get Leo to school" in page(judged)
    sent = visitor.post(reverse("write_family_request"), typed(signs="danger_now,made_up"), follow=True)
    assert "Your reference is" in page(sent)


def test_signs_of_danger_travel_with_the_page_to_the_front_door(client: Client, cast: Any, as_: Any) -> None:
    client.post(reverse("ask_as_family"), {"signs": ["danger_now"], "key": str(uuid.uuid4())})
    opened = client.get(reverse("write_family_request")).content.decode()
    assert re.search(r'name="signs"[^>]*value="danger_now"|value="danger_now"[^>]*name="signs"', opened)
    client.cookies.clear()
    client.post(reverse("write_family_request"), typed(signs="danger_now"))
    with as_(cast.front_door_officer):
        assert Request.objects.get(channel="family").signs == ["danger_now"]


def test_a_family_is_asked_in_its_own_words(visitor: Client, db: None) -> None:
    text = page(visitor.get(reverse("write_family_request")))
    assert "My child is unhappy at school, or not going" in text
    assert "Social care has looked" not in text and "anti-social" not in text and "Care at home is slipping" not in text


def test_a_family_sends_letters_and_pictures_that_the_front_door_opens_and_the_next_visitor_does_not(
    visitor: Client, cast: Any, as_client: Any, as_: Any
) -> None:
    sent = [upload(pdf(), "school.pdf"), upload(telephones(), "IMG_1.HEIC"), upload(pdf(), "again.pdf")]
    text = page(send(visitor, files=sent))
    assert "Your reference is RQ-" in text
    with as_(cast.front_door_officer):
        found = list(RequestDocument.objects.select_related("request").order_by("name"))
    assert [(each.name, each.kind, each.added_by) for each in found] == [
        ("IMG_1.jpg", "picture", None),
        ("school.pdf", "other", None),
    ]
    address = reverse("request_document", args=[found[1].reference])
    assert as_client(cast.front_door_officer).get(address).content == pdf()
    assert visitor.get(address).status_code == 302
    assert as_client(cast.other_front_door_officer).get(address).status_code == 404
    listed = as_client(cast.front_door_officer).get(reverse("triage_request", args=[found[0].request.reference]))
    assert "Added by The family" in page(listed)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([upload(b"MZ" + bytes(100), "photo.jpg")], "This file is not the kind its name says"),
        ([upload(pdf(b"/N %d" % n), "a.pdf") for n in range(4)], "Choose up to 3 files"),
        ([upload(b"", "a.pdf")], "That file is empty"),
    ],
)
def test_a_file_that_cannot_be_taken_keeps_every_word_the_family_typed(
    files: list[Any], sentence: str, visitor: Client, cast: Any, as_: Any
) -> None:
    text = page(send(visitor, files=files))
    assert sentence in text and "worn out" in text
    with as_(cast.front_door_officer):
        assert not Request.objects.filter(channel="family", worries__contains="worn out").exists()


def test_the_same_form_sent_twice_is_one_request_with_its_documents_once(visitor: Client, cast: Any, as_: Any) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        send(visitor, key=key, files=[upload(pdf(), "school.pdf")])
    with as_(cast.front_door_officer):
        assert RequestDocument.objects.count() == 1


def test_a_visitor_can_add_no_document_to_a_request_that_is_there(visitor: Client, cast: Any, as_: Any) -> None:
    send(visitor, files=[upload(pdf(), "school.pdf")])
    with as_(cast.front_door_officer):
        there = RequestDocument.objects.get()
    read_as(None)
    more = {"name": "x.pdf", "media_type": "application/pdf", "size": 1, "kind": "other"}
    for row in (
        RequestDocument(request_id=there.request_id, reference="DO-4444444", sha256="x", **more),
        RequestDocumentContent(document_id=there.id, bytes=b"x", sha256="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)


def test_somebody_whom_a_family_takes_out_can_be_put_back(visitor: Client) -> None:
    write = reverse("write_family_request")
    taken = visitor.post(write, typed(remove_person="0", **{"person-1-given_name": "Kelly"}))
    assert "Leo Marsden is taken out." in page(taken) and 'id="person-0"' not in page(taken)
    carried = dict(
        re.findall(r'type="hidden" name="(taken_out|person-0-[^"]+)" value="([^"]+)"', taken.content.decode())
    )
    assert carried["person-0-born-year"] == "2018"
    back = page(visitor.post(write, typed(put_back_person="0", **carried)))
    assert "is taken out" not in back and 'id="person-0"' in back and 'value="Leo"' in back
