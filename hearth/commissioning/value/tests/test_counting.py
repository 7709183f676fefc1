"""Days in care are counted of those whom a contract helps: sums alone, why where there are none, and recorded by a person."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from hearth.commissioning.contracts.quarters import next_quarter, quarter_of
from hearth.commissioning.contracts.returns.tests.conftest import (  # noqa: F401 - fixtures
    agreement,
    check,
    contract,
    csv_of,
    fill,
    fund,
    give,
    keeper,
    make_contract,
    now,
    other_commissioner,
    other_share,
    owner,
    send,
    share,
    sign,
    upload,
    write,
)
from hearth.commissioning.contracts.returns.tests.test_matching import crowd  # noqa: F401 - fixture
from hearth.commissioning.value.investing import actions, counting, queries
from hearth.commissioning.value.models import CareDays, Investment
from hearth.commissioning.value.tests.conftest import INVESTED
from hearth.commissioning.value.tests.test_valuing import code_of
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.insight.care.models import CareTime
from hearth.intelligence.insight.gathering import INSIGHT
from hearth.intelligence.insight.models import InsightRun
from hearth.records.documents.tests.conftest import worker  # noqa: F401 - fixture
from hearth.records.people.models import Person
from hearth.records.people.restrictions.actions import place_restriction

IN_CARE = 10  # days, of one of them


@pytest.fixture(autouse=True)
def as_the_worker(worker: None) -> None:  # noqa: F811
    """A run is written by an identity that the worker alone may become."""


FIRST = quarter_of(clock.today())  # the quarter in which today is, also once it has ended


def first() -> dt.date:
    """Its first day."""
    return FIRST


def later() -> dt.date:
    """Some days after it has ended."""
    return next_quarter(first()) + dt.timedelta(days=5)


@pytest.fixture
def invested(contract: Any, cast: Any, area: Any, as_: Any) -> Investment:  # noqa: F811
    """An investment in what the contract does, since this quarter."""
    with as_(cast.commissioner):
        told = INVESTED | {"of": contract.reference, "begins_on": first()}
        return actions.add_investment(by=cast.commissioner, area=area, **told)


@pytest.fixture
def matched(now: Any, crowd: Any, upload: Any, fill: Any, send: Any, check: Any) -> list[Any]:  # noqa: F811
    """Six children on the provider's list of this quarter and in casework, matched under the agreement."""
    people = upload(now, csv_of(*crowd))
    send(fill(now, 9, 41, 8800))
    assert check(people)
    return list(crowd)


@pytest.fixture
def held(cast: Any) -> Callable[..., None]:
    """`held(until)`: a run stands that read social care's status until a day; one child was in care for ten days, said twice."""

    def make(until: dt.date, given: str = "Wrena") -> None:
        with acting_as(cast.family_worker):
            child = Person.objects.get(given_name=given, family_name="Thistlewood")
        sender, begun = cast.analyst.organisation, first() + dt.timedelta(days=70)
        with acting_as(INSIGHT):
            for n, days in enumerate((IN_CARE, 4)):
                CareTime(
                    person=child, feed="social_care", organisation=sender, category="assessment", from_on=begun,
                    until_on=begun + dt.timedelta(days=days - 1), numbers=[], content_hash=str(n),
                ).save(force_insert=True)  # fmt: skip
            read = {"feed": "social_care", "organisation": str(sender.pk), "left_out": "", "area": ""}
            covers = {"from": str(first() - dt.timedelta(days=400)), "until": str(until), "as_at": str(until)}
            InsightRun(
                reference="IR-4F7K3QX",
                as_at=until,
                state="done",
                is_current=True,
                used=[read | covers],
                by=cast.analyst,
            ).save(force_insert=True)

    return make


def counted(reader: Any, investment: Investment, as_: Any) -> counting.CountedDays:
    """As somebody reads it, once the quarter has ended."""
    with clock.frozen(later()), as_(reader):
        return counting.counted_days(reader, queries.investment_of(reader, investment.reference))


def test_days_are_counted_of_those_on_both_lists_and_each_day_once(
    invested: Investment, matched: Any, held: Any, cast: Any, as_: Any
) -> None:
    held(later())
    found = counted(cast.commissioner, invested, as_)
    assert (found.as_at, found.why_not) == (later(), "")
    days = (next_quarter(first()) - first()).days
    assert [(each.children, each.child_days, each.care_days) for each in found.quarters] == [(6, 6 * days, IN_CARE)]


def test_who_is_restricted_is_in_no_figure_and_of_few_none_is_told(
    invested: Investment, matched: Any, held: Any, cast: Any, as_: Any
) -> None:
    held(later())
    for given, children in (("Wrena", 5), ("Wrenb", None)):
        with as_(cast.family_worker):
            reference = Person.objects.get(given_name=given).reference
        with as_(cast.information_governance):
            place_restriction(by=cast.information_governance, reference=reference, reason="Safety")
        (quarter,) = counted(cast.commissioner, invested, as_).quarters
        assert quarter.children == children
        assert quarter.care_days == (0 if children else None)
    assert "too few" in quarter.why_not


def test_without_a_file_or_past_its_days_it_is_not_known(
    invested: Investment, matched: Any, held: Any, cast: Any, as_: Any
) -> None:
    assert counted(cast.commissioner, invested, as_).why_not == counting.NO_FEED
    held(next_quarter(first()) - dt.timedelta(days=2))
    (quarter,) = counted(cast.commissioner, invested, as_).quarters
    assert quarter.children is None and "is held from" in quarter.why_not


@pytest.mark.usefixtures("crowd")
def test_why_it_is_not_known_is_said(invested: Investment, held: Any, cast: Any, as_: Any) -> None:
    held(later())
    (quarter,) = counted(cast.commissioner, invested, as_).quarters
    assert "no return of it was sent" in quarter.why_not
    by = cast.commissioner
    with as_(by):
        for of, words in (("", "names no contract"), ("CT-0000000", "no contract that you may read")):
            told = INVESTED | {"of": of, "begins_on": first(), "name": f"Of {of}"}
            made = actions.add_investment(by=by, area=invested.area, **told)
            assert words in counting.counted_days(by, queries.investment_of(by, made.reference)).why_not


def test_whoever_may_not_read_the_contract_or_the_investment_is_told_no_days(
    invested: Investment, matched: Any, held: Any, cast: Any, as_: Any
) -> None:
    held(later())
    told = {}
    for who in (
        "commissioner",
        "development_officer",
        "family_worker",
        "provider",
        "police_officer",
        "administrator",
        "elected_member",
    ):
        with as_(getattr(cast, who)), connection.cursor() as cursor:
            cursor.execute("select count(*) from hearth_care_days(%s)", [invested.pk])
            told[who] = cursor.fetchone()[0]
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute("select * from hearth_care_of_each(%s)", [invested.pk])
    assert told == dict.fromkeys(told, 0) | {
        "commissioner": 1,
        "development_officer": 1,
        "elected_member": told["elected_member"],
    }
    with as_(cast.other_family_worker):
        assert not Investment.objects.exists()


def test_a_person_records_what_was_counted_and_what_is_due_follows_it(
    invested: Investment, matched: Any, held: Any, cast: Any, as_: Any
) -> None:
    held(later())
    by, quarter = cast.strategic_lead, counted(cast.commissioner, invested, as_).quarters[0]
    with clock.frozen(later()), as_(by):
        made = actions.record_counted_days(by=by, investment=invested, quarter=first())
        assert (made.as_at, made.children, made.child_days, made.care_days) == (
            later(), 6, quarter.child_days, IN_CARE,
        )  # fmt: skip
        found = queries.investment_of(by, invested.reference)
        came = queries.projection(found, queries.index_held(by), found.counted)
        assert came.expected == came.going and came.counted.care_days == IN_CARE
        assert counting.counted_days(by, found).quarters[0].is_recorded
        with pytest.raises(Refused) as refused:
            actions.record_counted_days(by=by, investment=invested, quarter=first())
        assert code_of(refused) == "value.counted_already"
        with pytest.raises(Refused) as refused:
            actions.record_counted_days(by=by, investment=invested, quarter=next_quarter(first()))
        assert code_of(refused) == "value.not_counted"


def test_what_is_typed_for_that_time_stands_beside_it_until_it_is_withdrawn(
    invested: Investment, matched: Any, held: Any, cast: Any, as_: Any
) -> None:
    held(later())
    by = cast.commissioner
    with clock.frozen(later()), as_(by):
        typed = actions.record_care_days(
            by=by, investment=invested, from_on=first(), until_on=first() + dt.timedelta(days=9), children=2, child_days=20, care_days=3,
            source="The placements team",
        )  # fmt: skip
        (quarter,) = counting.counted_days(by, queries.investment_of(by, invested.reference)).quarters
        assert [each.pk for each in quarter.recorded] == [typed.pk] and not quarter.is_recorded
        with pytest.raises(Refused) as refused:
            actions.record_counted_days(by=by, investment=invested, quarter=first())
        assert code_of(refused) == "value.days_twice"
        with pytest.raises(Refused) as refused:
            actions.record_counted_days(by=by, investment=invested, quarter=first(), seen="otherwise")
        assert code_of(refused) == "value.counted_otherwise"


def test_nobody_records_as_counted_what_was_not(
    invested: Investment, matched: Any, held: Any, cast: Any, as_: Any
) -> None:
    held(later())
    by = cast.commissioner
    told = {
        "reference": "CD-4F7K3QX",
        "investment": invested,
        "from_on": first(),
        "until_on": next_quarter(first()) - dt.timedelta(days=1),
    }
    with as_(by):
        made = CareDays(**told, children=6, child_days=500, care_days=0, source="x", recorded_by=by, as_at=first())
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            made.save(force_insert=True)


def test_the_page_shows_both_and_offers_to_record(
    invested: Investment, matched: Any, held: Any, cast: Any, as_client: Any
) -> None:
    held(later())
    with clock.frozen(later()):
        client = as_client(cast.commissioner)
        address = reverse("record_counted_days", args=[invested.reference, first().isoformat()])
        page = client.get(reverse("investment", args=[invested.reference])).content.decode()
        assert address in page and "Counted by Hearth" not in page and "Thistlewood" not in page
        shown = client.get(address).content.decode()
        seen = shown.split('name="seen"')[1].split('value="')[1].split('"')[0]
        assert client.post(address, {"seen": seen}).status_code == 302
        page = client.get(reverse("investment", args=[invested.reference])).content.decode()
        assert "As counted" in page and "Counted by Hearth" in page and address not in page
        table = client.post(
            reverse("download_value"), {"table": "care_days", "reference": invested.reference}
        ).content.decode()
        assert table.count("Counted by Hearth,") == 1 and "Recorded," in table
        for bad in ("2026", "2026-13-01", "nothing", "2020-02-01"):
            assert client.get(reverse("record_counted_days", args=[invested.reference, bad])).status_code == 404
        before = client.get(reverse("record_counted_days", args=[invested.reference, "2020-01-01"])).content.decode()
        assert "no quarter of the investment" in before
    assert as_client(cast.family_worker).get(address).status_code == 403
