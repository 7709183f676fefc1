"""The ledger's pages: money is posted on them, a figure is followed to its entries, and a table is taken away."""

import io
import re
import uuid
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.foundation.core import clock
from hearth.records.money.models import Entry, EntryKind, Fund, Share
from hearth.records.money.tests.conftest import standing


def _typed(**told: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "pence": "£1,234.56", "words": "Grants round one", "voucher": "", "key": str(uuid.uuid4()),
        "happened_on-day": today.day, "happened_on-month": today.month, "happened_on-year": today.year,
    } | told  # fmt: skip


def test_money_is_posted_from_its_source_to_its_payment(
    fund: Fund, area: Any, keeper: Any, as_client: Any, as_: Any
) -> None:
    client = as_client(keeper)
    steps: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("receive_money", fund.reference, {}),
        ("allocate_money", fund.reference, {"area": area.code, "year": "2011", "purpose": "Grants", "pence": "500"}),
        ("pass_elsewhere", fund.reference, {"pence": "0.01"}),
    )
    for name, reference, told in steps:
        sent = client.post(reverse(name, args=[reference]), _typed(**told))
        assert sent.status_code == 302, (name, sent.content.decode())
    with as_(keeper):
        share = Share.objects.get()
    assert client.post(
        reverse("commit_money", args=[share.reference]), _typed(pence="400", with_whom="Lantern")
    ).status_code == 302  # fmt: skip
    with as_(keeper):
        commitment = Entry.objects.get(kind=EntryKind.COMMITTED)
    for name, pence in (("pay_money", "300.5"), ("release_money", "9"), ("recover_money", "0.50")):
        sent = client.post(reverse(name, args=[commitment.reference]), _typed(pence=pence))
        assert sent.status_code == 302, name
    page = client.get(reverse("ledger_entry", args=[commitment.reference])).content.decode()
    assert "£300.00" in page and "£90.50" in page and "Lantern" in page
    with as_(keeper):
        assert standing(fund)["available"] == 50_000 - 40_000 + 900 + 50


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"pence": "1.005"}, "Enter a number from 0.01"),
        ({"pence": "lots"}, "Enter a number from 0.01"),
        ({"pence": "-3"}, "Enter a number from 0.01"),
        ({"pence": "1e3"}, ""),
        ({"words": ""}, "Say in a line what it is for"),
        ({"happened_on-year": "2199"}, "must be today or in the past"),
        ({"key": "x"}, "out of date"),
        ({"year": "1066"}, "Choose the financial year"),
        ({"area": "atlantis"}, "district"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(
    told: dict[str, str], sentence: str, fund: Fund, keeper: Any, as_client: Any
) -> None:
    typed = _typed(area="", year="2011", purpose="Zz kept purpose") | told
    page = as_client(keeper).post(reverse("allocate_money", args=[fund.reference]), typed)
    if not sentence:
        assert page.status_code in (302, 422)
        return
    assert page.status_code == 422
    assert sentence in page.content.decode() and "Zz kept purpose" in page.content.decode()


def test_too_much_is_refused_with_everything_still_typed(fund: Fund, keeper: Any, as_client: Any) -> None:
    page = as_client(keeper).post(
        reverse("pass_elsewhere", args=[fund.reference]), _typed(pence="100000.01", words="Zz kept words")
    )
    text = page.content.decode()
    assert page.status_code == 403 and "£100,000.00 is not allocated" in text and "Zz kept words" in text


def test_where_eighty_thousand_pounds_went_is_answered_in_three_clicks(
    share: Share, commit: Any, keeper: Any, cast: Any, as_client: Any, as_: Any
) -> None:
    from hearth.records.money import actions
    from hearth.records.money.tests.conftest import SAID

    commitment = commit(share, 7_500_000, words="Family wise service")
    with as_(keeper):
        actions.pay_money(by=keeper, commitment=commitment, pence=7_500_000, **(SAID | {"words": "First quarter"}))
    client, page = as_client(cast.elected_member), reverse("ledger")
    for shown in ("£80,000.00", "Lantern Family Support", "First quarter"):
        text = client.get(page).content.decode()
        assert shown in text
        row = re.search(
            rf'href="(/money/(?:shares|entries)/[^"?]+)"[^>]*>(?:(?!</tr>).)*?{re.escape(shown)}', text, re.S
        )
        assert row, shown
        page = row.group(1)
    assert "£75,000.00" in client.get(page).content.decode()


def test_a_figure_that_is_not_explained_stands_on_the_first_page(
    fund: Fund, keeper: Any, cast: Any, as_client: Any, as_: Any
) -> None:
    import datetime as dt

    with as_(keeper):
        Fund.objects.filter(pk=fund.pk).update(ends_on=dt.date(2012, 3, 31))
    for path in (reverse("ledger"), reverse("fund", args=[fund.reference])):
        page = as_client(cast.board_member).get(path).content.decode()
        assert re.search(r"£100,000\.00\s*(</strong>|</p>|of it|<)", page) and "ot explained" in page


def test_filters_that_cannot_be_read_are_left_out(share: Share, cast: Any, as_client: Any) -> None:
    client = as_client(cast.board_member)
    for asked in ({"area": "atlantis"}, {"year": "²²²²"}, {"year": "99999"}, {"fund": "'"}, {"page": "-1"}):
        assert client.get(reverse("ledger"), asked).status_code == 200
    assert "Early support" in client.get(reverse("ledger"), {"year": "2011"}).content.decode()
    assert "Change a filter" in client.get(reverse("ledger"), {"area": "whole"}).content.decode()
    for name, row in (("money_share", share), ("fund", share.fund)):
        assert client.get(reverse(name, args=[row.reference]), {"of": "nonsense", "page": "x"}).status_code == 200


def test_tables_are_taken_away_whole_with_what_they_mean_and_no_formula(
    fund: Fund, share: Share, commit: Any, keeper: Any, cast: Any, as_client: Any, kept_of: Any
) -> None:
    commit(share, 12_345, with_whom="=HYPERLINK(1)", words="+cmd", voucher="@x")
    client = as_client(cast.board_member)
    for table, figure in (("sources", "100000"), ("shares", "80000"), ("entries", "123.45")):
        sent = {"table": table, "as": "csv"}
        text = client.post(reverse("download_ledger"), sent).content.decode("utf-8-sig")
        assert figure in text and "What this is" in text and "Pounds." in text
        assert not re.search(r'(^|,)"?[=+@]', text, re.M), table
        book = openpyxl.load_workbook(
            io.BytesIO(client.post(reverse("download_ledger"), sent | {"as": "xlsx"}).content)
        )
        sheet = book.worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        assert float(figure) in [cell.value for cell in cells]
        assert "Pounds." in str(book["What this is"]["B1"].value)
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    assert [event.verb for event in kept_of(cast.board_member)].count("money.table_downloaded") == 6


def test_a_district_takes_away_its_own_share_alone(
    share: Share, give: Any, other_area: Any, cast: Any, as_client: Any
) -> None:
    give(other_area, 1_111_111)
    client = as_client(cast.development_officer)
    for table in ("sources", "shares", "entries"):
        text = client.post(reverse("download_ledger"), {"table": table, "as": "csv"}).content.decode()
        assert other_area.name not in text and "11111" not in text
        assert ("80000" in text) is (table != "sources")
    assert client.get(reverse("download_ledger")).status_code == 302
    assert client.post(reverse("download_ledger"), {"table": "passwords"}).status_code == 302


def test_pages_cost_the_same_for_one_entry_and_for_twenty(
    fund: Fund, share: Share, give: Any, commit: Any, cast: Any, as_client: Any
) -> None:
    client = as_client(cast.development_officer)
    pages = [
        (client, reverse("ledger")),
        (client, reverse("money_share", args=[share.reference])),
        (as_client(cast.board_member), reverse("fund", args=[fund.reference])),
    ]

    def cost() -> list[int]:
        found = []
        for reader, page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert reader.get(page).status_code == 200
            found.append(len(asked))
        return found

    commit(share, 100)
    cost()
    one = cost()
    for number in range(20):
        commit(share, 100 + number)
        give(share.area, 100, purpose=f"Purpose {number}")
    assert cost() == one
