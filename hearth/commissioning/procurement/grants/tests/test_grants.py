"""A round gives part of a share; an application is sent once, decided without an interest, committed, paid or declined with reasons."""

import datetime as dt
import io
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from hearth.commissioning.procurement.grants import actions
from hearth.commissioning.procurement.grants.models import GrantApplication, GrantInterest, GrantRound
from hearth.commissioning.procurement.grants.tests.conftest import ASKED, DECIDED, ROUND
from hearth.commissioning.procurement.tests.clocks import not_told
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message
from hearth.records.money import actions as ledger
from hearth.records.money.models import Entry, EntryKind
from hearth.records.money.tests.conftest import balanced, standing


def days(**named: dt.date) -> dict[str, int]:
    """Days as three boxes each."""
    return {f"{name}-{part}": getattr(day, part) for name, day in named.items() for part in ("day", "month", "year")}


def test_a_round_an_application_an_award_and_a_payment_on_their_pages(
    share: Any, fund: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    office, charity, today = as_client(cast.commissioner), as_client(cast.provider), clock.today()
    typed = ROUND | {
        "pence": "10000",
        "most_pence": "3,000".replace(",", ""),
        "area": "burnley",
        "share": share.reference,
    }
    typed |= {"key": str(uuid.uuid4())} | days(opens_on=today, closes_on=today + dt.timedelta(days=20))
    answer = office.post(reverse("open_grant_round"), typed)
    assert answer.status_code == 302, answer.content.decode()
    with as_(cast.commissioner):
        found = GrantRound.objects.get()
    assert "Summer grants" in charity.get(reverse("grant_rounds")).content.decode()
    asked = ASKED | {"pence": "2500", "key": str(uuid.uuid4()), "draft_sitting": "one"}
    address = reverse("apply_for_grant", args=[found.reference])
    wrong = charity.post(address, asked | {"pence": "3000.01", "what": "Zz kept"})
    assert (
        wrong.status_code == 403 and "up to £3,000.00" in wrong.content.decode() and "Zz kept" in wrong.content.decode()
    )
    for _ in range(2):
        assert charity.post(address, asked).status_code == 302, "sent twice, one application"
    with as_(cast.provider):
        application = GrantApplication.objects.get()
    too_soon = office.get(reverse("decide_grant", args=[application.reference]))
    assert too_soon.status_code == 403 and "This round takes applications to the end of" in too_soon.content.decode()
    ended = office.post(reverse("end_grant_round", args=[found.reference]), {"why": "Enough have applied"})
    assert ended.status_code == 302
    decision = {"no_interest": "on", "award": "yes", "pence": "2000", "reasons": "It fits the round."}
    assert (
        office.post(reverse("decide_grant", args=[application.reference]), decision | {"no_interest": ""}).status_code
        == 422
    )
    assert office.post(reverse("decide_grant", args=[application.reference]), decision).status_code == 302
    page = charity.get(reverse("grant_application", args=[application.reference])).content.decode()
    assert "£2,000.00" in page and "It fits the round." in page and "In the ledger" not in page
    with as_(cast.commissioner):
        entry = Entry.objects.get(kind=EntryKind.COMMITTED)
        assert (entry.pence, entry.with_whom, entry.share) == (200_000, "Lantern Family Support", share)
        assert application.reference in entry.words
    assert (
        office.post(
            reverse("pay_grant", args=[application.reference]), days(happened_on=today) | {"voucher": "V1"}
        ).status_code
        == 302
    )
    with as_(cast.commissioner):
        assert standing(fund)["paid"] == 200_000 and standing(fund)["committed"] == 0
    assert "Paid" in charity.get(reverse("grant_application", args=[application.reference])).content.decode()
    with as_(cast.provider):
        assert Message.objects.filter(template="grant_decided").count() <= 1
    balanced()


def test_it_is_declined_with_reasons_and_nothing_moves(
    application: Any, decide: Any, fund: Any, cast: Any, as_: Any
) -> None:
    with pytest.raises(Refused):
        decide(application, award=False, pence=None, reasons=" ")
    found = decide(application, award=False, pence=None, reasons="Two others do the same.")
    assert (found.state, found.awarded_pence, found.commitment) == ("declined", None, None)
    with as_(cast.commissioner):
        assert standing(fund).get("committed", 0) == 0
        for again in (True, False):
            with pytest.raises(Refused):
                actions.decide_grant(by=cast.commissioner, application=found, **(DECIDED | {"award": again}))


def test_a_round_awards_no_more_than_it_gives(
    open_round: Any, apply: Any, decide: Any, other_provider: Any, cast: Any, as_: Any
) -> None:
    found = open_round(pence=300_000, most_pence=300_000)
    first, second = apply(found), apply(found, by=other_provider)
    decide(first, pence=200_000)
    with pytest.raises(Refused, match=r"£1,000\.00 left"):
        decide(second, pence=100_001)
    decide(second, pence=100_000)


def test_rounds_give_no_more_than_their_share_has(share: Any, open_round: Any, other_area: Any) -> None:
    open_round(pence=7_000_000)
    with pytest.raises(Refused, match=r"£10,000\.00 of that share"):
        open_round(pence=1_000_001, title="One too many")
    open_round(pence=1_000_000, title="The rest")
    with pytest.raises(Refused, match="Choose that district"):
        open_round(area=other_area, title="Elsewhere", pence=300_000)


def test_what_the_ledger_refuses_leaves_the_application_as_it_was(
    application: Any, share: Any, decide: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        ledger.commit_money(
            by=cast.commissioner, share=share, pence=7_900_000, happened_on=clock.today(), with_whom="x", words="x"
        )
    with pytest.raises(Refused, match="is available there"):
        decide(application)
    with as_(cast.commissioner):
        application.refresh_from_db()
        assert application.state == "sent" and application.commitment is None and not GrantInterest.objects.exists()


def test_what_the_ledger_paid_already_is_not_paid_again(
    application: Any, decide: Any, fund: Any, cast: Any, as_: Any
) -> None:
    found, by = decide(application), cast.commissioner
    with as_(by):
        ledger.pay_money(by=by, commitment=found.commitment, pence=200_000, happened_on=clock.today(), words="By hand")
        paid = actions.pay_grant(by=by, application=found, happened_on=clock.today())
        assert paid.paid_pence == 200_000 and standing(fund)["paid"] == 200_000
        with pytest.raises(Refused, match="paid already"):
            actions.pay_grant(by=by, application=found, happened_on=clock.today())


def test_what_was_released_is_not_paid(application: Any, decide: Any, cast: Any, as_: Any) -> None:
    found, by = decide(application), cast.commissioner
    with as_(by):
        ledger.release_money(
            by=by, commitment=found.commitment, pence=200_000, happened_on=clock.today(), words="Not needed"
        )
        with pytest.raises(Refused, match="Nothing of it is committed"):
            actions.pay_grant(by=by, application=found, happened_on=clock.today())


def test_an_organisation_applies_once_and_again_after_it_withdrew(
    round_: Any, application: Any, apply: Any, cast: Any, as_: Any
) -> None:
    with pytest.raises(Refused, match="has applied"):
        apply(round_, title="Another")
    with as_(cast.provider):
        actions.withdraw_grant(by=cast.provider, application=application, why="We found the money elsewhere")
    assert apply(round_, title="Another").reference != application.reference


def test_a_round_that_is_closed_or_ended_takes_nothing(open_round: Any, apply: Any, cast: Any, as_: Any) -> None:
    later = open_round(opens_on=clock.today() + dt.timedelta(days=3), title="Later")
    with pytest.raises((Refused, GrantRound.DoesNotExist)):
        apply(later)
    found = open_round(title="Ends")
    waits = apply(found)
    with as_(cast.commissioner):
        actions.end_grant_round(by=cast.commissioner, round_=found, why="The money is needed elsewhere")
        waits.round = found
        actions.decide_grant(by=cast.commissioner, application=waits, **(DECIDED | {"award": False}))
    with pytest.raises(Refused, match="is ended"):
        apply(found, title="Too late")


def test_nothing_is_decided_while_a_round_takes_applications_nor_is_it_ended_over_one_that_waits(
    application: Any, round_: Any, cast: Any, as_: Any, monkeypatch: Any
) -> None:
    by, decision = cast.commissioner, {"by": cast.commissioner, "application": application} | DECIDED
    last = dt.datetime.combine(round_.closes_on, dt.time(23, 59))
    with clock.frozen(last), as_(by), pytest.raises(Refused, match="This round takes applications to the end of"):
        actions.decide_grant(**decision)
    with clock.frozen(last + dt.timedelta(minutes=2)):
        with as_(by), pytest.raises(Refused, match="waits for an answer"):
            actions.end_grant_round(by=by, round_=round_, why="x")
        with as_(by):
            assert actions.decide_grant(**decision).state == "awarded"


def test_the_databases_clock_says_when_a_round_is_over_whatever_ours_says(
    application: Any, round_: Any, cast: Any, as_: Any, apply: Any, other_provider: Any
) -> None:
    """Ours runs a month fast; the database is not told so."""
    by = cast.commissioner
    with clock.frozen(clock.now() + dt.timedelta(days=40)), as_(by), not_told():
        with pytest.raises(Refused, match="This round takes applications to the end of"):
            actions.decide_grant(by=by, application=application, **DECIDED)
        with connection.cursor() as cursor:
            cursor.execute("update grants_grantapplication set withdrawn_why = 'x' where id = %s", [application.pk])
            assert cursor.rowcount == 0, "nor past the product"
    with clock.frozen(clock.now() + dt.timedelta(days=40)), not_told():
        assert apply(round_, by=other_provider).state == "sent", "and it still takes what is sent in time"


def test_what_a_closed_round_may_still_give_is_promised_until_all_of_it_is_decided(
    open_round: Any, apply: Any, share: Any, cast: Any, as_: Any
) -> None:
    found = open_round(pence=7_000_000, closes_on=clock.today())
    waits = apply(found)
    with clock.frozen(clock.now() + dt.timedelta(days=1)):
        with pytest.raises(Refused, match=r"£10,000\.00 of that share"):
            open_round(title="Another", pence=1_000_001)
        with as_(cast.commissioner):
            actions.decide_grant(by=cast.commissioner, application=waits, **(DECIDED | {"award": False, "pence": None}))
        open_round(title="Another", pence=8_000_000)


def test_whoever_declared_an_interest_neither_decides_nor_pays(
    application: Any, round_: Any, decide: Any, other_commissioner: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by = cast.commissioner
    with as_(by):
        with pytest.raises(Refused):
            actions.declare_grant_interest(by=by, round_=round_, organisation=application.organisation, words=" ")
        actions.declare_grant_interest(
            by=by, round_=round_, organisation=application.organisation, words="My sister runs it"
        )
    for told in ({}, {"award": False}):
        with pytest.raises(Refused, match="interest"):
            decide(application, **told)
    assert as_client(by).get(reverse("decide_grant", args=[application.reference])).status_code == 403
    assert (
        "My sister runs it"
        in as_client(other_commissioner).get(reverse("grant_round", args=[round_.reference])).content.decode()
    )
    with as_(by):
        assert GrantApplication.objects.update(state="declined", decided_by=by, reasons="x") == 0, (
            "nor past the product"
        )
    found = decide(application, by=other_commissioner)
    with as_(by), pytest.raises(Refused, match="interest"):
        actions.pay_grant(by=by, application=found, happened_on=clock.today())


def test_tables_are_taken_away(application: Any, cast: Any, as_client: Any) -> None:
    for who in ("commissioner", "provider"):
        client = as_client(getattr(cast, who))
        for table in ("rounds", "applications", "outside_bids"):
            told = client.post(reverse("download_grants"), {"table": table, "as": "csv"})
            assert told.status_code == 200 and "What this is" in told.content.decode(), (who, table)
    book = load_workbook(
        io.BytesIO(client.post(reverse("download_grants"), {"table": "applications", "as": "xlsx"}).content)
    )
    assert book.worksheets[0]["A2"].value == ASKED["title"] and book.worksheets[0]["G2"].value == 2500


def test_the_list_costs_the_same_however_many_rounds_there_are(open_round: Any, cast: Any, as_client: Any) -> None:
    client = as_client(cast.commissioner)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("grant_rounds")).status_code == 200
        return len(asked)

    open_round()
    cost()
    before = cost()
    for number in range(4):
        open_round(title=f"Number {number}")
    assert cost() == before
