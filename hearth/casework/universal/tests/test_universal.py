"""Universal activity: recorded in a minute, read by those who did it, counted by those who see counts."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.universal import queries
from hearth.casework.universal.actions import record_universal_activity, withdraw_universal_activity
from hearth.casework.universal.models import UniversalActivity
from hearth.casework.universal.queries import Wanted
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused

TOLD: dict[str, Any] = {
    "kind": "group",
    "setting": "school",
    "what": "Breakfast club",
    "happened_on": clock.today(),
    "achievements": ["attends_more"],
    "children_5_to_11": 12,
    "adults": 3,
}
EVERYTHING = Wanted()


@pytest.fixture
def did(area: Any, as_: Any) -> Callable[..., UniversalActivity]:
    """`did(cast.practitioner, adults=5)` records a breakfast club of twelve children."""

    def make(by: Any, **told: Any) -> UniversalActivity:
        with as_(by):
            return record_universal_activity(by=by, **({"area": area} | TOLD | told))

    return make


def test_it_is_recorded_under_the_recorders_own_organisation(did: Any, cast: Any) -> None:
    activity = did(cast.practitioner)
    assert activity.reference.startswith("UA-")
    assert (activity.organisation, activity.people) == (cast.practitioner.organisation, 15)


def test_it_is_read_by_the_organisations_own_people_and_by_whoever_sees_the_areas_work(
    did: Any, cast: Any, as_: Any
) -> None:
    did(cast.practitioner)
    seen = {
        "practitioner",
        "colleague",
        "manager",
        "front_door_officer",
        "county_manager",
        "development_officer",
        "senior_development_officer",
    }
    for who in (
        *seen,
        "health_visitor",
        "family_worker",
        "other_manager",
        "other_practitioner",
        "commissioner",
        "analyst",
        "elected_member",
        "charity_manager",
    ):
        user = getattr(cast, who)
        with as_(user):
            assert UniversalActivity.objects.exists() is (who in seen), who
            assert UniversalActivity.objects.visible_to(user).exists() is (who in seen), who


def test_whoever_sees_counts_gets_sums_and_no_rows(did: Any, cast: Any, area: Any, as_: Any) -> None:
    did(cast.practitioner)
    did(cast.health_visitor, adults=7, children_5_to_11=0)
    with as_(cast.commissioner):
        (total,) = queries.area_totals(cast.commissioner, EVERYTHING)
        assert (total.area, total.activities, total.children, total.adults, total.organisations) == (
            area.name,
            2,
            12,
            10,
            2,
        )
        assert not UniversalActivity.objects.exists()
    for who in ("practitioner", "family_worker", "administrator"):
        with as_(getattr(cast, who)), connection.cursor() as cursor:
            for reader in (getattr(cast, who), cast.commissioner):
                cursor.execute(
                    "select count(*) from hearth_universal_totals(%s, %s, '')", [reader.pk, dt.date(2020, 1, 1)]
                )
                assert cursor.fetchone() == (0,), who


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"kind": "party"}, "universal.kind"),
        ({"setting": "moon"}, "universal.kind"),
        ({"what": " \u202e"}, "universal.what"),
        ({"happened_on": clock.today() + dt.timedelta(days=1)}, "universal.in_the_future"),
        ({"happened_on": dt.date(2016, 11, 22)}, "universal.too_long_ago"),
        ({"children_5_to_11": 0, "adults": 0}, "universal.nobody"),
        ({"adults": 50_000}, "universal.too_many"),
        ({"adults": -1}, "universal.too_many"),
        ({"achievements": []}, "universal.achievements"),
        ({"achievements": ["world_peace"]}, "universal.achievements"),
    ],
)
def test_what_cannot_be_is_refused(told: dict[str, Any], code: str, did: Any, cast: Any) -> None:
    with pytest.raises(Refused) as refused:
        did(cast.practitioner, **told)
    assert refused.value.refusal.code == code


@pytest.mark.parametrize("who", ["analyst", "commissioner", "elected_member", "safeguarding_hub_social_worker"])
def test_roles_that_offer_nothing_record_nothing(who: str, did: Any, cast: Any) -> None:
    with pytest.raises(Refused) as refused:
        did(getattr(cast, who))
    assert refused.value.refusal.code == "universal.may_not_record"


def test_the_same_page_sent_twice_makes_one_row(did: Any, cast: Any) -> None:
    key = uuid.uuid4()
    assert did(cast.practitioner, key=key) == did(cast.practitioner, key=key)


def test_other_words_from_the_same_page_are_another_row(did: Any, cast: Any) -> None:
    key = uuid.uuid4()
    assert did(cast.practitioner, key=key) != did(cast.practitioner, key=key, adults=9)


def test_what_was_taken_back_is_kept_and_counted_nowhere(did: Any, cast: Any, as_: Any) -> None:
    activity = did(cast.practitioner)
    with as_(cast.colleague), pytest.raises(Refused):
        withdraw_universal_activity(by=cast.colleague, activity=activity, why="Not mine to take.")
    with as_(cast.practitioner):
        withdraw_universal_activity(by=cast.practitioner, activity=activity, why="Typed twice.")
        assert len(queries.activities(cast.practitioner, EVERYTHING).rows) == 1
        assert queries.totals(cast.practitioner, EVERYTHING).people == 0
    with as_(cast.commissioner):
        assert queries.area_totals(cast.commissioner, EVERYTHING) == []


def test_the_database_takes_no_change_and_no_row_in_anothers_name(did: Any, cast: Any, area: Any, as_: Any) -> None:
    activity = did(cast.practitioner)
    with as_(cast.practitioner):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update universal_universalactivity set adults = 500")
        with pytest.raises(ProgrammingError), transaction.atomic():
            UniversalActivity(
                reference="UA-4F7K3QX",
                organisation=cast.health_visitor.organisation,
                area=area,
                key=uuid.uuid4(),
                kind="group",
                setting="school",
                what="x",
                happened_on=clock.today(),
                recorded_by=cast.practitioner,
            ).save(force_insert=True)
    with as_(cast.health_visitor), connection.cursor() as cursor:
        cursor.execute("update universal_universalactivity set withdrawn_why = 'x' where id = %s", [activity.pk])
        assert cursor.rowcount == 0


def _typed(area: Any, **told: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "what": "Breakfast club",
        "kind": "group",
        "setting": "school",
        "area": area.code,
        "achievements": ["attends_more"],
        "happened_on-day": today.day,
        "happened_on-month": today.month,
        "happened_on-year": today.year,
        "children_5_to_11": "12",
        "key": str(uuid.uuid4()),
    } | told


def test_it_is_recorded_on_one_page(area: Any, as_client: Any, cast: Any) -> None:
    client = as_client(cast.practitioner)
    page = client.get(reverse("record_universal_activity")).content.decode()
    assert f'value="{area.code}" selected' in page  # my own district
    sent = client.post(reverse("record_universal_activity"), _typed(area, what="<i>Toast</i>"))
    assert sent.status_code == 302
    listed = client.get(sent["Location"]).content.decode()
    assert "&lt;i&gt;Toast&lt;/i&gt;" in listed and "is recorded" in listed


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"what": ""}, "Say in a line what was done"),
        ({"children_5_to_11": ""}, "Say how many people took part"),
        ({"children_5_to_11": "lots"}, "Enter a whole number"),
        ({"adults": "-4"}, "Enter a whole number"),
        ({"area": "atlantis"}, "Choose the district"),
        ({"achievements": []}, "Tick what it achieved"),
        ({"happened_on-year": "2199"}, "must be today or in the past"),
        ({"key": "x"}, "out of date"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(
    told: dict[str, Any], sentence: str, area: Any, as_client: Any, cast: Any
) -> None:
    page = as_client(cast.practitioner).post(
        reverse("record_universal_activity"), _typed(area, how_we_know="They came back.") | told
    )
    assert page.status_code == 422
    assert sentence in page.content.decode() and "They came back." in page.content.decode()


def test_pages_are_for_those_whose_they_are(did: Any, as_client: Any, cast: Any) -> None:
    activity = did(cast.practitioner)
    for who, status in {
        "practitioner": 200,
        "manager": 200,
        "health_visitor": 404,
        "commissioner": 404,
        "administrator": 404,
    }.items():
        client = as_client(getattr(cast, who))
        assert client.get(reverse("universal_activity", args=[activity.reference])).status_code == status, who
        assert client.get(reverse("withdraw_universal_activity", args=[activity.reference])).status_code == status, who
    for who, status in {
        "commissioner": 200,
        "elected_member": 200,
        "administrator": 403,
        "information_governance": 403,
    }.items():
        assert as_client(getattr(cast, who)).get(reverse("universal")).status_code == status, who
    assert as_client(cast.commissioner).get(reverse("record_universal_activity")).status_code == 403


def test_the_list_costs_the_same_for_one_and_for_twenty(did: Any, as_client: Any, cast: Any) -> None:
    client = as_client(cast.manager)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert (
                client.get(reverse("universal"), {"kind": "group", "period": "nonsense", "page": "-1"}).status_code
                == 200
            )
        return len(found)

    did(cast.practitioner)
    cost()
    one = cost()
    for number in range(20):
        did(cast.practitioner, adults=number)
    assert cost() == one
