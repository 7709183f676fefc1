"""Going back to a request that was sent, and pressing again."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.front_door.actions import start_request
from hearth.casework.front_door.models import Request, RequestPerson
from hearth.casework.front_door.tests.test_pages import page, typed


@pytest.fixture
def begun(cast: Any, as_: Any) -> Request:
    """The school's practitioner has begun a request."""
    with as_(cast.practitioner):
        return start_request(by=cast.practitioner, key=uuid.uuid4(), channel="partner", signs=[])


def test_whoever_goes_back_after_sending_and_presses_again_is_led_to_the_request(
    begun: Request, as_client: Any, cast: Any, as_: Any
) -> None:
    client, where = as_client(cast.practitioner), reverse("write_request", args=[begun.reference])
    there, sitting = reverse("view_request", args=[begun.reference]), uuid.uuid4().hex + "aaaanone"
    sent = client.post(where, typed(draft_sitting=sitting))
    assert client.post(where, typed(draft_sitting=sitting))["Location"] == sent["Location"]  # the same words
    other = client.post(where, typed(draft_sitting=sitting, worries="And he is hungry."))
    text = page(other)
    assert other.status_code == 403 and "This request has been sent. Open it to add something." in text
    assert f'href="{there}">open the request<' in text and "And he is hungry." in text
    opened = client.get(where, follow=True)
    assert opened.redirect_chain == [(there, 302)]
    assert "This request has been sent." in page(opened) and "Add something" in page(opened)
    with as_(cast.practitioner):
        assert Request.objects.get(pk=begun.pk).worries == "Leo has missed eleven days."
        assert RequestPerson.objects.filter(request=begun).count() == 2
