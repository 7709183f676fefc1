"""A wrong entry is corrected without typing it again, and the list can be taken away for a spreadsheet."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.universal.actions import correct_universal_activity, record_universal_activity
from hearth.casework.universal.models import UniversalActivity
from hearth.casework.universal.queries import Wanted, totals
from hearth.casework.universal.tests.test_universal import TOLD
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused


@pytest.fixture
def activity(cast: Any, area: Any, as_: Any) -> UniversalActivity:
    """A breakfast club of twelve children and three adults."""
    with as_(cast.practitioner):
        return record_universal_activity(by=cast.practitioner, area=area, **TOLD)


def test_a_correction_counts_once_and_keeps_what_stood(cast, activity, as_):
    by = cast.practitioner
    with as_(by):
        right = correct_universal_activity(by=by, activity=activity, area=activity.area, **(TOLD | {"adults": 30}))
        old = UniversalActivity.objects.get(pk=activity.pk)
        assert old.withdrawn_why == f"Corrected: see {right.reference}" and old.adults == 3
        assert (
            totals(by, Wanted()).activities == 1 and dict(totals(by, Wanted()).bands)["Parents and other adults"] == 30
        )


def test_sent_twice_it_is_corrected_once(cast, activity, as_):
    by = cast.practitioner
    told = TOLD | {"adults": 30, "key": activity.pk}
    with as_(by):
        first = correct_universal_activity(by=by, activity=activity, area=activity.area, **told)
        assert correct_universal_activity(by=by, activity=activity, area=activity.area, **told).pk == first.pk
        assert UniversalActivity.objects.count() == 2


@pytest.mark.parametrize("who", ["colleague", "development_officer"])
def test_nobody_else_corrects_it_and_nothing_is_recorded_in_its_place(cast, activity, as_, who):
    other = getattr(cast, who)
    with as_(other):
        with pytest.raises(Refused):
            correct_universal_activity(by=other, activity=activity, area=activity.area, **TOLD)
        assert UniversalActivity.objects.count() == 1


def test_somebody_of_another_organisation_does_not_find_the_page(cast, activity, as_client):
    address = reverse("correct_universal_activity", args=[activity.reference])
    assert as_client(cast.health_visitor).get(address).status_code == 404
    assert as_client(cast.health_visitor).post(address, {}).status_code == 404


def test_the_page_has_everything_in_it_and_saves_what_was_changed(cast, activity, as_client):
    client, address = as_client(cast.practitioner), reverse("correct_universal_activity", args=[activity.reference])
    assert address in client.get(reverse("universal_activity", args=[activity.reference])).content.decode()
    shown = client.get(address).content.decode()
    for words in ("Breakfast club", 'value="12"', 'value="3"', activity.area.name):
        assert words in shown
    typed = {
        "what": "Breakfast club",
        "kind": "group",
        "setting": "school",
        "area": activity.area.code,
        "happened_on": clock.today().isoformat(),
        "children_5_to_11": "21",
        "achievements": "attends_more",
        "key": str(activity.pk),
    }
    assert "It is corrected" in client.post(address, typed, follow=True).content.decode()


def _rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_list_is_taken_away_as_it_is_seen_and_that_is_on_record(cast, activity, as_client):
    answer = as_client(cast.practitioner).post(reverse("download_universal"), {"period": "year"})
    assert answer["Content-Type"].startswith("text/csv") and "attachment" in answer["Content-Disposition"]
    (row,) = _rows(answer)
    assert (row["What was done"], row["Children of 5 to 11"], row["Everybody"]) == ("Breakfast club", "12", "15")
    with acting_as(cast.practitioner, using="audit"):
        event = AuditEvent.objects.using("audit").get(kind="exported", verb="universal.list_downloaded")
    assert event.detail["activities"] == 1


def test_others_take_away_only_what_they_may_see(cast, activity, as_client):
    assert _rows(as_client(cast.health_visitor).post(reverse("download_universal"), {})) == []
    assert as_client(cast.administrator).post(reverse("download_universal"), {}).status_code == 403


def test_reading_a_link_takes_nothing_away(cast, activity, as_client):
    assert as_client(cast.practitioner).get(reverse("download_universal")).url == reverse("universal")


@pytest.mark.parametrize("what", ["=HYPERLINK(0)", "+1", "-1", "@SUM(1)"])
def test_what_somebody_typed_is_never_a_formula(cast, area, as_, as_client, what):
    with as_(cast.practitioner):
        record_universal_activity(by=cast.practitioner, area=area, **(TOLD | {"what": what}))
    (row,) = _rows(as_client(cast.practitioner).post(reverse("download_universal"), {}))
    assert row["What was done"] == f"'{what}"
