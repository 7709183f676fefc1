"""Requests that are begun and not sent, in the list of whoever began them."""

import re
import uuid
from typing import Any

from django.urls import reverse

from hearth.casework.front_door.tests.test_pages import page, typed


def test_what_is_half_finished_says_that_danger_was_ticked_when_it_was_begun_and_whom_it_names_first(
    as_client: Any, cast: Any
) -> None:
    client = as_client(cast.practitioner)
    begin = {"signs": ["danger_now"], "key": str(uuid.uuid4())}
    write = client.post(reverse("ask_for_help"), begin)["Location"].replace("ring-now", "write")
    client.post(write, typed(worries=""))
    text = page(client.get(reverse("my_requests")))
    assert "A sign of danger was ticked" in text and "Marsden, Kelly" in text
    assert re.search(r"Begun \d+ \w+ \d{4} at ", text)


def test_half_finished_requests_that_name_nobody_are_told_apart_by_what_they_are_about_and_never_by_the_worry(
    as_client: Any, cast: Any
) -> None:
    client = as_client(cast.practitioner)
    for reasons in (["school_life"], []):
        begin = {"signs": ["none_of_these"], "key": str(uuid.uuid4())}
        write = client.post(reverse("ask_for_help"), begin)["Location"]
        nobody = {"family_name": "", "person-0-given_name": "", "person-0-family_name": ""}
        client.post(write, typed(reasons=reasons, worries="She said dad hit her.", **nobody))
    text = page(client.get(reverse("my_requests")))
    assert ">About: " in text and "A request you began" in text and "dad hit her" not in text
