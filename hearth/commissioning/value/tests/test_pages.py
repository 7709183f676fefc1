"""The pages: a contract is valued from its cost to its return, an investment is modelled, and every table is taken away."""

import io
import re
import uuid
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.commissioning.value import actions
from hearth.commissioning.value.investing import actions as investing
from hearth.commissioning.value.models import Assumption, Investment, Outcome, Valuation
from hearth.commissioning.value.tests.conftest import COUNTED, HAPPENED, INVESTED, OWN, VALUED

VALUATION = {
    "name": "Mentors after school", "bought": "contract", "of": "=CT-1", "area": "", "cost_pence": "£50,000", "cost_year": "2024",
    "cost_bias": "0", "prices": "2024", "words": "", "begins_on-day": "1", "begins_on-month": "4", "begins_on-year": "2024",
    "ends_on-day": "31", "ends_on-month": "3", "ends_on-year": "2025",
}  # fmt: skip
OUTCOME = {
    "worth": "table", "code": "E&S2.0", "number": "3", "number_source": "School census", "grade": "3", "sector": "education", "lasts": "2",
    "drop_off": "25", "attribution": "40", "others_source": "Heads of year", "what": "", "unit": "", "pence": "", "year": "", "agency": "",
    "value_source": "",
}  # fmt: skip


def keyed(told: dict[str, str], **more: str) -> dict[str, str]:
    """What a page sends, with its own key."""
    return {"key": str(uuid.uuid4())} | told | more


def test_a_contract_is_valued_from_its_cost_to_its_return(cast: Any, as_client: Any, as_: Any) -> None:
    client = as_client(cast.commissioner)
    assert "Nothing is valued yet" in client.get(reverse("social_returns")).content.decode()
    sent = client.post(reverse("add_valuation"), keyed(VALUATION))
    assert sent.status_code == 302, sent.content.decode()
    with as_(cast.commissioner):
        made = Valuation.objects.get()
    sent = client.post(reverse("add_valued_outcome", args=[made.reference]), keyed(OUTCOME))
    assert sent.status_code == 302, sent.content.decode()
    with as_(cast.commissioner):
        outcome = Outcome.objects.get()
    page = client.get(reverse("valuation", args=[made.reference])).content.decode()
    assert "£9,219.00 in 2005/06" in page and "GDP deflators at market prices" in page
    assert "£7.60 to £9.20" in page and "Backing the Future" in page
    changed = client.post(
        reverse("change_assumption", args=[outcome.reference, "attribution"]),
        {
            "cautious": "60",
            "central": "40",
            "hopeful": "20",
            "source": "Heads of year",
            "why": "They differ",
            "seen": _seen(client, outcome),
        },
    )
    assert changed.status_code == 302, changed.content.decode()
    again = client.get(reverse("valuation", args=[made.reference])).content.decode()
    assert "Owed to others from 40, 40, 40 per cent to 60, 40, 20 per cent" in again and "They differ" in again
    listed = client.get(reverse("social_returns")).content.decode()
    assert "Mentors after school" in listed and "As published elsewhere" in listed


def _seen(client: Any, outcome: Outcome) -> str:
    page = client.get(reverse("change_assumption", args=[outcome.reference, "attribution"])).content.decode()
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', page) or re.search(
        r'value="([0-9a-f]+)"[^>]*name="seen"', page
    )
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"cost_pence": "lots"}, "Enter a number from 0.01"),
        ({"cost_year": "2026"}, "has 1955/56 to 2024/25, and not 2026/27"),
        ({"ends_on-year": "2020"}, "The last day is before the first"),
        ({"cost_bias": "301"}, "Enter a number from 0 to 300"),
        ({"prices": "1066"}, "Choose a financial year"),
        ({"name": ""}, "Say what was bought"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(
    told: dict[str, str], sentence: str, cast: Any, as_client: Any
) -> None:
    page = as_client(cast.commissioner).post(
        reverse("add_valuation"), keyed(VALUATION, **({"words": "Zz kept"} | told))
    )
    assert page.status_code in (403, 422)
    assert sentence in page.content.decode() and "Zz kept" in page.content.decode()


def test_a_value_of_ones_own_asks_for_its_price_year_and_its_source(
    valuation: Valuation, cast: Any, as_client: Any
) -> None:
    page = as_client(cast.commissioner).post(
        reverse("add_valued_outcome", args=[valuation.reference]),
        keyed(OUTCOME, worth="own", what="A break", pence="100"),
    )
    assert page.status_code == 422
    assert (
        "Choose the price year of the value" in page.content.decode()
        and "Say where the value is from" in page.content.decode()
    )


def test_a_release_of_the_index_is_typed_as_it_was_published(cast: Any, as_client: Any) -> None:
    client, address = as_client(cast.strategic_lead), reverse("load_price_index")
    told = {
        "publication": "GDP deflators: September 2026", "publisher": "HM Treasury", "base": "2024/25 = 100", "published_on-day": "30",
        "published_on-month": "9", "published_on-year": "2026",
    }  # fmt: skip
    for figures, sentence in (
        ("2024/25, =1", "is no financial year with its index"),
        ("2024/25, 1\n2024-25, 2", "is there twice"),
    ):
        page = client.post(address, keyed(told, figures=figures))
        assert page.status_code == 422 and sentence in page.content.decode()
    assert client.post(address, keyed(told, figures="2024/25, 100\n2025/26, 103.4\n")).status_code == 302
    assert "September 2026" in client.get(reverse("value_tables")).content.decode()


def test_an_investment_is_begun_from_essex_and_fed_by_counts(cast: Any, as_client: Any, as_: Any) -> None:
    client = as_client(cast.commissioner)
    example = client.get(reverse("essex_bond")).content.decode()
    assert example.count("£1.45") >= 2 and "£45.31" in example and "£7,100,000.00" in example
    page = client.get(reverse("add_investment"), {"from": "essex"}).content.decode()
    fields = dict(re.findall(r'<input[^>]*name="([a-z_\-]+)"[^>]*value="([^"]*)"', page))
    chosen = {"care_year": "2013", "prices": "2013", "area": "", "words": ""}
    body = {name: value for name, value in fields.items() if not name.startswith(("csrf", "draft"))} | chosen
    sent = client.post(reverse("add_investment"), body)
    assert sent.status_code == 302, sent.content.decode()
    with as_(cast.commissioner):
        made = Investment.objects.get()
    page = client.get(reverse("investment", args=[made.reference])).content.decode()
    assert "No days in care are recorded yet" in page and "£1.45" in page and "Of a hundred draws" in page
    told = {f"{name}-{part}": value for name, year in (("from_on", "2014"), ("until_on", "2015")) for part, value in
            (("day", "1"), ("month", "4"), ("year", year))}  # fmt: skip
    told |= {"children": "40", "child_days": "10000", "care_days": "1150", "source": "Placements team"}
    sent = client.post(reverse("record_care_days", args=[made.reference]), told)
    assert sent.status_code == 302, sent.content.decode()
    page = client.get(reverse("investment", args=[made.reference])).content.decode()
    assert "11.5%" in page and "As it goes so far" in page and "4,350 days saved" in page


@pytest.mark.parametrize(
    "table", ["returns", "outcomes", "changes", "unit_costs", "index", "factors", "investments", "years", "draws"]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_table_is_taken_away_with_what_it_means(
    table: str, kind: str, outcome: Outcome, investment: Investment, valuation: Valuation, cast: Any, as_client: Any
) -> None:
    reference = investment.reference if table in ("years", "draws") else valuation.reference
    sent = as_client(cast.elected_member).post(
        reverse("download_value"), {"table": table, "as": kind, "reference": reference}
    )
    assert sent.status_code == 200
    if kind == "csv":
        assert "What this is" in sent.content.decode()
    else:
        book = openpyxl.load_workbook(io.BytesIO(sent.content))
        assert book.sheetnames[-1] == "What this is" and book.worksheets[0].max_row > 1


def test_a_download_is_asked_for_and_what_was_typed_is_never_worked_out(
    outcome: Outcome, cast: Any, as_client: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        actions.add_valuation(by=cast.commissioner, **(VALUED | {"name": "=1+1"}))
    client = as_client(cast.commissioner)
    assert client.get(reverse("download_value"), {"table": "returns"}).status_code == 302
    assert client.post(reverse("download_value"), {"table": "secrets"}).status_code == 302
    assert "\n=1+1" not in client.post(reverse("download_value"), {"table": "returns", "as": "csv"}).content.decode()


@pytest.mark.parametrize("who", ["family_worker", "manager", "provider"])
def test_whoever_reads_no_value_opens_no_page(
    who: str, valuation: Valuation, outcome: Outcome, investment: Investment, cast: Any, as_client: Any
) -> None:
    client = as_client(getattr(cast, who))
    for name in ("social_returns", "investments", "value_tables", "essex_bond", "add_valuation", "load_price_index"):
        assert client.get(reverse(name)).status_code == 403, name
    assert client.post(reverse("download_value"), {"table": "unit_costs"}).status_code == 403
    for name, reference in (("valuation", valuation.reference), ("investment", investment.reference)):
        assert client.get(reverse(name, args=[reference])).status_code in (403, 404), name
    assert client.get(reverse("change_valued_outcome", args=[outcome.reference])).status_code in (403, 404)


def test_whoever_only_reads_is_offered_no_change(
    valuation: Valuation, outcome: Outcome, investment: Investment, cast: Any, as_client: Any
) -> None:
    client = as_client(cast.board_member)
    for name, reference in (("valuation", valuation.reference), ("investment", investment.reference)):
        page = client.get(reverse(name, args=[reference])).content.decode()
        assert "/change/" not in page and "/assumes/" not in page and "/care-days/" not in page
    assert client.get(reverse("change_valuation", args=[valuation.reference])).status_code == 403
    assert client.get(reverse("change_assumption", args=[outcome.reference, "lasts"])).status_code == 403
    assert client.get(reverse("record_care_days", args=[investment.reference])).status_code == 403


def test_more_rows_take_no_more_queries(
    outcome: Outcome, investment: Investment, valuation: Valuation, area: Any, cast: Any, as_client: Any, as_: Any
) -> None:
    by = cast.commissioner
    client = as_client(by)
    addresses = [
        reverse("social_returns"), reverse("investments"), reverse("valuation", args=[valuation.reference]),
        reverse("investment", args=[investment.reference]),
    ]  # fmt: skip

    def asked() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    asked()
    with as_(by):
        investing.record_care_days(by=by, investment=investment, **COUNTED)
    before = asked()
    with as_(by):
        for number in range(3):
            more = actions.add_valuation(by=by, area=area, **(VALUED | {"name": f"More {number}"}))
            for each in (more, valuation):
                actions.add_valued_outcome(by=by, valuation=each, **(HAPPENED | OWN))
            investing.add_investment(by=by, area=area, **(INVESTED | {"name": f"More {number}"}))
        assert Assumption.objects.count() == 42
    assert asked() == before
