"""The whole of a tender on its pages, from the first word to the notice; and who is turned away from which."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.commissioning.procurement.models import Award, Bid, Score, SupplierQuestion, Tender
from hearth.commissioning.procurement.tests.conftest import ANSWERS, PASSPHRASES, SECRET, letter
from hearth.foundation.core import clock
from hearth.foundation.ui.models import Draft


def text(response: Any, status: int = 200) -> str:
    """The words of a page."""
    assert response.status_code == status, response.content.decode()[-3000:]
    return str(response.content.decode())


def boxes(name: str, days: int, time: str) -> dict[str, Any]:
    """A day so far from today and a time of day, as the form has them."""
    day = clock.today() + clock.dt.timedelta(days=days)
    return {f"{name}_on-day": day.day, f"{name}_on-month": day.month, f"{name}_on-year": day.year, f"{name}_time": time}


def test_a_tender_goes_from_its_first_word_to_its_notice(
    cast: Any, area: Any, other_bidder: Any, keepers: Any, hands: Any, as_client: Any, as_: Any
) -> None:
    runs, bids, rival = as_client(cast.commissioner), as_client(cast.provider), as_client(other_bidder)
    said = {
        "title": "Family support at home",
        "background": "Families wait.",
        "outcomes": "In school\nCoping",
        "standstill_days": 8,
    }
    assert "Enter the deadline" in text(runs.post(reverse("write_tender"), said), 422)
    made = runs.post(reverse("write_tender"), said | boxes("questions", 10, "12pm") | boxes("deadline", 20, "12pm"))
    assert made.status_code == 302
    with as_(cast.commissioner):
        tender = Tender.objects.get()
    at, page = [tender.reference], reverse("tender", args=[tender.reference])

    def done(client: Client, name: str, typed: dict[str, Any], *more: Any) -> None:
        found = client.post(reverse(name, args=[*at, *more]), typed)
        assert found.status_code == 302, text(found, found.status_code)[-4000:]

    lot = {"name": "North", "what": "Visits", "districts": [area.code], "most_pence": "120,000"}
    done(runs, "add_lot", lot)
    done(runs, "add_criterion", {"name": "Price", "kind": "price", "weight": "40"})
    done(runs, "add_criterion", {"name": "Outcomes", "kind": "quality", "weight": "60", "guidance": "How?"})
    assert "0.00% is left" in text(
        runs.post(reverse("add_criterion", args=at), {"name": "x", "kind": "quality", "weight": "1"}), 403
    )
    done(runs, "add_joint_commissioner", {"organisation": str(cast.commissioner.organisation_id), "share": "100"})
    done(runs, "add_call_file", {"file": letter("The whole specification")})
    done(runs, "take_out", {"part": "share 1"})
    done(runs, "name_keyholders", {place: who.email for place, who in keepers.items()})
    assert "have all three passphrases set" in text(runs.post(reverse("publish_tender", args=at), {"sure": "on"}), 403)
    for place, who in keepers.items():
        words = {"passphrase": PASSPHRASES[place], "passphrase_again": PASSPHRASES[place]}
        assert "Your passphrase" in text(as_client(who).get(reverse("set_passphrase", args=at)))
        done(as_client(who), "set_passphrase", words)
    assert Client().get(reverse("open_call", args=at)).status_code == 404
    done(runs, "publish_tender", {"sure": "on"})
    call = text(Client().get(reverse("open_call", args=at)))
    assert "Families wait." in call and "North" in call and "40%" in call and "plan.txt" in call
    assert "Family support at home" in text(Client().get(reverse("open_calls")))
    assert b"The whole specification" in Client().get(reverse("call_file", args=[*at, 1])).content

    key = {"key": "0d7c9f0e-3f7e-4f39-9f0c-1f3f5b8a7c11"}
    done(bids, "ask_about_call", {"words": "Lantern here: may we bid for part?", **key})
    with as_(cast.commissioner):
        question = SupplierQuestion.objects.get()
    assert "Lantern" in text(runs.get(page)) and "Lantern here" not in text(rival.get(page))
    assert as_client(other_bidder).get(reverse("answer_supplier", args=[question.reference])).status_code == 403
    answered = runs.post(
        reverse("answer_supplier", args=[question.reference]), {"words": "May one bid for part?", "answer": "No."}
    )
    assert answered.status_code == 302
    public = text(Client().get(reverse("open_call", args=at)))
    assert "May one bid for part?" in public and "Lantern" not in public

    offer = {"sealed_price": "87,654.32", "sealed_answer_2": ANSWERS[2], "sealed_files": [letter()], **key}
    done(bids, "send_bid", offer, 1)
    done(rival, "send_bid", {"sealed_price": "99,000", "sealed_answer_2": "Otherwise.", **key}, 1)
    with as_(cast.provider):
        own = Bid.objects.get()
    assert own.receipt[:16] in text(bids.get(page)) and own.receipt[:32] not in text(rival.get(page))
    assert SECRET not in text(bids.get(reverse("send_bid", args=[*at, 1])))
    assert "North" in text(runs.get(page)) and own.reference not in text(runs.get(page))
    opener = as_client(keepers["one"])
    both = {f"passphrase_{place}": PASSPHRASES[place] for place in ("one", "two")}
    assert opener.get(reverse("open_bids", args=at)).status_code == 403
    assert "no sooner" in text(opener.post(reverse("open_bids", args=at), both), 403)

    hands.forward(days=21)
    opener = as_client(keepers["one"])
    wrong = text(opener.post(reverse("open_bids", args=at), both | {"passphrase_two": "not that one at all"}), 403)
    assert "not the passphrase of" in wrong and PASSPHRASES["one"] not in wrong
    done(opener, "open_bids", both)
    chair, second = cast.senior_development_officer, cast.development_officer
    runs = as_client(cast.commissioner)
    for who, chairs in ((chair, "yes"), (second, "no")):
        done(runs, "name_scorer", {"scorer": who.email, "chairs": chairs})
    scorers = {who: as_client(who) for who in (chair, second)}
    with as_(cast.commissioner):
        offers = list(Bid.objects.order_by("price_pence"))
    for who, client in scorers.items():
        assert client.get(reverse("opened_bid", args=[offers[0].reference])).status_code == 403
        assert "Lantern" in text(client.get(reverse("declare_conflict", args=at)))
        done(client, "declare_conflict", {"conflict": "no"})
        assert SECRET in text(client.get(reverse("opened_bid", args=[offers[0].reference])))
        for bid, points in zip(offers, (7, 6), strict=True):
            given = {"points_2": points, "words_2": f"As {who.full_name} reads it"}
            assert client.post(reverse("score_bid", args=[bid.reference]), given).status_code == 302
    assert SECRET.encode() in scorers[chair].get(reverse("opened_bid_file", args=[offers[0].reference, 1])).content
    alone = text(scorers[chair].get(reverse("opened_bid", args=[offers[0].reference])))
    assert f"As {chair.full_name} reads it" in alone and f"As {second.full_name} reads it" not in alone
    done(scorers[chair], "close_scoring", {})
    assert second.full_name in text(scorers[chair].get(reverse("agree_scores", args=[offers[0].reference])))
    for bid, points in zip(offers, (7, 6), strict=True):
        given = {"points_2": points, "words_2": "As all agreed"}
        assert scorers[chair].post(reverse("agree_scores", args=[bid.reference]), given).status_code == 302

    assert "82.00" in text(runs.get(page))  # 40 for the lowest price, and 7 of 10 of 60
    told = {f"words_{bid.reference}": f"Told to {bid.organisation_id}" for bid in offers}
    done(runs, "award_lot", {"bid": offers[0].reference, "reasons": "The best of two.", **told}, 1)
    csv = text(runs.post(reverse("download_scores"), {"tender": tender.reference, "table": "results", "as": "csv"}))
    assert "82.00" in csv and "What this is" in csv
    assert (
        runs.post(reverse("download_scores"), {"tender": tender.reference, "table": "points", "as": "xlsx"}).status_code
        == 200
    )
    lost = text(as_client(other_bidder).get(page))
    assert "did not win" in lost and "82.00" in lost and f"Told to {offers[1].organisation_id}" in lost
    assert f"Told to {offers[0].organisation_id}" not in lost
    assert "The best of two." not in text(Client().get(reverse("open_call", args=at)))
    with as_(cast.commissioner):
        award = Award.objects.get()
    publish = reverse("publish_award", args=[*at, 1])
    assert runs.post(publish).status_code == 403
    hands.set(clock.dt.datetime.combine(award.standstill_until, clock.dt.time(23, 59)))
    assert as_client(cast.commissioner).post(publish).status_code == 403
    hands.forward(minutes=2)
    assert as_client(cast.commissioner).post(publish).status_code == 302
    notice = text(Client().get(reverse("open_call", args=at)))
    assert "The best of two." in notice and "£87,654.32" in notice and "Lantern" in notice
    with as_(chair):
        assert Score.objects.count() == 4


def test_who_is_turned_away(
    agreed: Tender, two_bids: Any, cast: Any, other_bidder: Any, as_client: Any, keepers: Any
) -> None:
    at, bid = [agreed.reference], [two_bids[0].reference]
    for who, wrote, read in (
        (cast.provider, 403, 403), (other_bidder, 403, 404), (cast.administrator, 403, 404), (cast.elected_member, 403, 404),
        (cast.family_worker, 403, 404), (keepers["one"], 403, 403), (cast.board_member, 403, 404),
    ):  # fmt: skip
        client = as_client(who)
        for name in ("change_tender", "add_lot", "name_keyholders", "publish_tender", "withdraw_tender", "name_scorer"):
            assert client.get(reverse(name, args=at)).status_code == wrote, (who, name)
        for name in ("opened_bid", "score_bid", "agree_scores"):
            assert client.get(reverse(name, args=bid)).status_code == read, (who, name)
        assert client.get(reverse("opened_bid_file", args=[*bid, 1])).status_code == 404
        assert client.get(reverse("award_lot", args=[*at, 1])).status_code == 403
    for who in (cast.administrator, cast.elected_member, cast.family_worker):
        assert as_client(who).get(reverse("tender", args=at)).status_code == 403
        assert as_client(who).get(reverse("tenders")).status_code == 403
    assert SECRET not in text(as_client(cast.commissioner).get(reverse("tender", args=at)))
    assert as_client(cast.commissioner).get(reverse("opened_bid", args=bid)).status_code == 403


def test_a_draft_is_its_writers_and_its_keyholders(locked: Tender, cast: Any, keepers: Any, as_client: Any) -> None:
    at = [locked.reference]
    for who, status in (
        (cast.commissioner, 200), (keepers["two"], 200), (cast.senior_development_officer, 404), (cast.provider, 404),
        (cast.board_member, 404), (cast.administrator, 403),
    ):  # fmt: skip
        assert as_client(who).get(reverse("tender", args=at)).status_code == status, who
    assert Client().get(reverse("open_call", args=at)).status_code == 404
    assert Client().get(reverse("call_file", args=[*at, 1])).status_code == 404


@pytest.mark.parametrize("name", ["tenders", "open_calls"])
def test_the_list_costs_the_same_for_one_and_for_many(
    name: str, published: Tender, draft: Tender, cast: Any, as_client: Any, as_: Any
) -> None:
    from hearth.commissioning.procurement import actions
    from hearth.commissioning.procurement.tests.conftest import words

    client = as_client(cast.commissioner)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(name)).status_code == 200
        return len(found)

    cost()
    one = cost()
    for _ in range(5):
        with as_(cast.commissioner):
            actions.write_tender(by=cast.commissioner, **words())
    assert cost() == one


def test_the_page_of_a_tender_costs_the_same_with_more_in_it(agreed: Tender, cast: Any, as_client: Any) -> None:
    client = as_client(cast.senior_development_officer)
    page = reverse("tender", args=[agreed.reference])
    client.get(page)
    with CaptureQueriesContext(connection) as found:
        assert client.get(page).status_code == 200
    assert len(found) < 60


def test_nothing_of_a_bid_is_kept_when_the_session_has_run_out(
    published: Tender, cast: Any, as_client: Any, hands: Any, as_: Any
) -> None:
    """Elsewhere what was typed is kept for its writer, to be read after signing in again; of a bid and a passphrase nothing is."""
    client, at = as_client(cast.provider), [published.reference]
    refused = client.post(reverse("send_bid", args=[*at, 1]), {"sealed_price": "x", "sealed_answer_2": SECRET})
    assert refused.status_code == 422 and SECRET in refused.content.decode()
    hands.forward(hours=13)
    late = client.post(reverse("send_bid", args=[*at, 1]), {"sealed_price": "87654.32", "sealed_answer_2": SECRET})
    assert late.status_code == 401
    client.post(
        reverse("keep_draft"), {"path": "/tenders/", "form": "", "sealed_answer_2": SECRET, "passphrase_one": SECRET}
    )
    with as_(cast.provider):
        assert [each.data for each in Draft.objects.all() if SECRET in str(each.data)] == []


def test_another_bid_from_the_same_page_is_another_bid(published: Tender, cast: Any, as_client: Any, as_: Any) -> None:
    """The Back button and another price: done. The same again: done once."""
    client = as_client(cast.provider)
    page = reverse("send_bid", args=[published.reference, 1])
    typed = {"sealed_price": "90,000", "sealed_answer_2": "Ours", "sealed_answer_3": "Ours", "draft_sitting": "a" * 40,
             "key": "0d7c9f0e-3f7e-4f39-9f0c-1f3f5b8a7c11"}  # fmt: skip
    for price in ("90,000", "90,000", "80,000", "80,000"):
        assert client.post(page, typed | {"sealed_price": price}).status_code == 302
    with as_(cast.provider):
        assert Bid.objects.count() == 2 and Bid.objects.standing().count() == 1
