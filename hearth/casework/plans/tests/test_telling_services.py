"""What stands in the way of asking a service, and what is on record already, is said before somebody types."""

import datetime as dt
from typing import Any

from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.directory.models import Service
from hearth.records.directory.tests.conftest import *  # noqa: F403
from hearth.records.people.actions import add_person
from hearth.records.people.models import Person


def test_a_refusal_names_who_was_not_asked_and_leads_to_sharing(
    agreed_to: Any, service: Service, agreed: Any, family: Any, cast: Any, as_client: Any
) -> None:
    with acting_as(cast.family_worker):
        add_person(
            by=cast.family_worker,
            family=family,
            role="parent",
            given_name="Adam",
            family_name="Rogers",
            born_on=dt.date(1990, 3, 4),
        )
    agreed_to()
    client, sharing = as_client(cast.family_worker), reverse("family_sharing", args=[family.reference])
    listed = client.get(reverse("services_for_plan", args=[agreed.reference]), {"words": "songs"}).content.decode()
    assert "May not be told yet" in listed and "Adam Rogers" in listed and f'href="{sharing}"' in listed
    refused = client.get(reverse("refer_to_service", args=[agreed.reference, service.reference]))
    page = refused.content.decode()
    assert refused.status_code == 403
    assert "Nobody has agreed to it for Adam Rogers" in page and f'href="{sharing}"' in page
    assert "Kelly" not in page.split("Nobody has agreed")[1].split(".")[0], "who agreed is not named as missing"
    assert "not asked yet: Adam Rogers" in client.get(sharing).content.decode()


def test_a_service_that_is_full_says_so_before_it_is_asked_and_the_family_is_reached_as_on_record(
    agreed_to: Any, service: Service, agreed: Any, cast: Any, kelly: Any, as_client: Any, as_: Any
) -> None:
    agreed_to()
    with as_(cast.commissioner):
        Service.objects.filter(pk=service.pk).update(places="full", places_as_at=clock.today())
    with as_(cast.family_worker):
        Person.objects.filter(pk=kelly.pk).update(phone="07700 900123")
    page = as_client(cast.family_worker).get(reverse("refer_to_service", args=[agreed.reference, service.reference]))
    assert "They say: full, and no waiting list" in page.content.decode()
    assert "Kelly Ashworth, 07700 900123" in page.content.decode()
