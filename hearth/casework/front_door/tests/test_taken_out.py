"""Somebody who is taken out of a request can be put back, with all that was typed of them, until it is sent."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hearth.casework.front_door.actions import start_request
from hearth.casework.front_door.forms.people import MOST
from hearth.casework.front_door.models import Request, RequestPerson
from hearth.casework.front_door.tests.test_pages import page, typed


@pytest.fixture
def write(cast: Any, as_: Any) -> str:
    """The form of a request that the school's practitioner has begun."""
    with as_(cast.practitioner):
        begun = start_request(by=cast.practitioner, key=uuid.uuid4(), channel="partner", signs=[])
    return reverse("write_request", args=[begun.reference])


@pytest.fixture
def school(as_client: Any, cast: Any) -> Client:
    """The school's practitioner, signed in."""
    client: Client = as_client(cast.practitioner)
    return client


def hidden(answer: Any) -> dict[str, str]:
    """What the page carries of those who are taken out."""
    return dict(
        re.findall(r'<input type="hidden" name="(taken_out|person-[^"]+)" value="([^"]*)">', answer.content.decode())
    )


def without(row: int, **more: Any) -> dict[str, Any]:
    """The form as a browser sends it without the boxes of one person."""
    return {name: value for name, value in typed().items() if not name.startswith(f"person-{row}-")} | more


def test_whoever_is_taken_out_is_offered_back_and_comes_back_as_they_were_typed(school: Client, write: str) -> None:
    taken = school.post(write, typed(remove_person="0"))
    text = page(taken)
    assert "Kelly Marsden is taken out." in text and ">Put back<" in text
    assert 'id="person-0"' not in text and 'value="Leo"' in text and "There is a problem" not in text
    carried = hidden(taken)
    assert carried["taken_out"] == "0" and carried["person-0-born-year"] == "1991"
    back = school.post(write, without(0, **carried, put_back_person="0"))
    again = page(back)
    assert "is taken out" not in again and 'id="person-0"' in again and not hidden(back)
    for value in ("Kelly", "1991"):
        assert re.search(rf'name="person-0-[^"]+"[^>]* value="{value}"', again)
    assert re.search(r'name="person-0-sex"[^>]* value="F" checked', again)


def test_it_waits_with_the_draft(school: Client, write: str) -> None:
    carried = hidden(school.post(write, typed(remove_person="0")))
    assert "Kelly Marsden is taken out." in page(school.get(write))
    school.post(write, without(0, **carried, attach="yes"))  # typing goes on; then the page is left, and come back to
    opened = school.get(write)
    assert "Kelly Marsden is taken out." in page(opened) and hidden(opened) == carried
    school.post(write, without(0, **carried, put_back_person="0"))
    assert "is taken out" not in page(school.get(write))


def test_what_is_taken_out_is_not_judged_and_not_sent(school: Client, write: str, cast: Any, as_: Any) -> None:
    wrong = {"person-0-born-year": "2999"}
    carried = hidden(school.post(write, typed(remove_person="0", **wrong)))
    sent = school.post(write, without(0, **carried), follow=True)
    assert "Request sent" in page(sent)
    with as_(cast.practitioner):
        assert [each.full_name for each in RequestPerson.objects.all()] == ["Leo Marsden"]
        assert Request.objects.get().state == "received"


def test_several_are_offered_back_each_by_their_own_button(school: Client, write: str) -> None:
    carried = hidden(school.post(write, typed(remove_person="0")))
    both = school.post(write, without(0, **carried, remove_person="1"))
    text = page(both)
    assert "Kelly Marsden is taken out." in text and "Leo Marsden is taken out." in text
    assert 'id="person-2"' in text  # an empty row to begin again in, and not in the place of somebody who may come back


def test_nobody_is_offered_back_of_whom_nothing_was_typed_and_typing_is_only_words(school: Client, write: str) -> None:
    empty = {"person-2-given_name": "", "person-2-role": ""}
    assert "is taken out" not in page(school.post(write, typed(remove_person="2", **empty)))
    named = {"person-2-place_of_day": '"><script>x</script>', "person-2-role": ""}
    text = page(school.post(write, typed(remove_person="2", **named)))
    assert "Somebody without a name is taken out." in text and "<script>x" not in text
    for nonsense in ("nobody", "-1", "999"):
        answer = school.post(write, typed(put_back_person=nonsense, taken_out=["1", nonsense]))
        assert answer.status_code == 422 and "Leo Marsden is taken out." in page(answer)


def test_somebody_added_meanwhile_does_not_take_their_place(school: Client, write: str) -> None:
    carried = hidden(school.post(write, typed(remove_person="1")))
    added = page(school.post(write, without(1, **carried, add_person="1")))
    assert 'id="person-2"' in added and 'id="person-1"' not in added and "Leo Marsden is taken out." in added


def test_nobody_is_pushed_out_by_one_who_is_put_back(school: Client, write: str) -> None:
    crowd = {f"person-{n}-given_name": f"Child {n}" for n in range(2, MOST + 1)}
    text = page(school.post(write, typed(taken_out="0", put_back_person="0", **crowd)))
    assert "Kelly Marsden is taken out." in text and f'value="Child {MOST}"' in text


def test_enter_in_a_box_takes_nobody_out(school: Client, write: str) -> None:
    """A browser presses the first button of a form."""
    form = school.get(write).content.decode().split('<form id="the-form"')[1]
    first = re.search(r"<button[^>]*>", form)
    assert first and "name=" not in first[0] and 'tabindex="-1"' in first[0]
