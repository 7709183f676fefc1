"""Contracts on their pages: written, signed, delivered, varied, visited, claimed, ended; each as whoever does it."""

import datetime as dt
import io
import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from hearth.commissioning.contracts.models import Contract, Milestone, OutcomeClaim, QualityVisit, Variation
from hearth.commissioning.contracts.tests.conftest import milestone_of
from hearth.foundation.core import clock


def boxes(name: str, day: dt.date) -> dict[str, Any]:
    """A day as its three boxes send it."""
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def filled(page: str) -> dict[str, str]:
    """What the text boxes and hidden boxes of a page are filled in with, by their names."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf'\b{each}="([^"]*)"', tag) for each in ("name", "value"))
        if name and value:
            found[name[1]] = unescape(value[1])
    return found


def post(client: Any, slice_: str, /, *args: str, **typed: Any) -> Any:
    """Send a form, and follow where it leads."""
    answer = client.post(reverse(slice_, args=args), typed)
    assert answer.status_code == 302, re.findall(r"error-summary__list.*?</ul>", answer.content.decode(), re.DOTALL)
    return client.get(answer.headers["Location"]).content.decode()


def test_a_contract_is_written_signed_and_read_on_its_pages(
    area: Any, share: Any, fund: Any, cast: Any, as_client: Any, as_: Any
) -> None:
    client, today = as_client(cast.commissioner), clock.today()
    page = client.get(reverse("write_contract")).content.decode()
    key = filled(page)["key"]
    text = post(
        client, "write_contract", title="Mentors after school", what="Mentors", needs=["mentoring"], no_tender_why="One only",
        provider=str(cast.provider.organisation.pk), manager=cast.development_officer.reference, key=key,
        **boxes("starts_on", today), **boxes("ends_on", today + dt.timedelta(days=200)),
    )  # fmt: skip
    assert "Before it can be signed" in text and "Say who pays which part of it." in text
    with as_(cast.commissioner):
        made = Contract.objects.get()
    reference = made.reference
    post(
        client,
        "add_part",
        reference,
        organisation=str(cast.commissioner.organisation.pk),
        area=area.code,
        share=share.reference,
        pence="12,000",
    )
    post(
        client,
        "add_milestone",
        reference,
        name="Begins",
        pence="12000",
        **boxes("due_on", today + dt.timedelta(days=9)),
    )
    quarters = ", ".join(["5", "-", "7", "8"][: len(made.quarters)])
    text = post(
        client,
        "add_target",
        reference,
        kind="output",
        name="Young people",
        definition="Meets twice",
        unit="number",
        figures=quarters,
    )
    assert "waits for two signatures" in text and "–" in text
    refused = client.post(
        reverse("add_target", args=[reference]),
        {"kind": "output", "name": "x", "definition": "x", "unit": "number", "figures": "ten"},
    )
    assert refused.status_code == 422 and "is not a figure" in refused.content.decode()
    assert "Somebody else signs it second" in post(
        as_client(cast.strategic_lead), "sign_contract", reference, read="on"
    )
    assert client.post(reverse("sign_contract", args=[reference]), {}).status_code == 422, "nothing is signed by a slip"
    text = post(client, "sign_contract", reference, read="on")
    assert "committed in the ledger" in text and "No quality visit yet" in text
    assert "Dorothy Kay and Alan Tomlinson" in text
    assert "Mentors after school" in as_client(cast.provider).get(reverse("contracts")).content.decode()


def test_a_milestone_goes_from_reached_to_paid_by_three_people(
    contract: Contract, cast: Any, as_client: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        found = milestone_of(contract)
    args = (contract.reference, found.reference)
    text = post(
        as_client(cast.provider), "reach_milestone", *args, evidence="Register", **boxes("reached_on", clock.today())
    )
    assert "Somebody else certifies it" in text and "Certify it" not in text
    text = post(as_client(cast.development_officer), "certify_milestone", *args, certify="yes")
    assert "may be paid" in text and "Pay it" not in text
    text = post(
        as_client(cast.commissioner), "pay_milestone", *args, voucher="INV 1", **boxes("paid_on", clock.today())
    )
    assert "stands in the ledger" in text and "£14,000.01" in text
    again = as_client(cast.commissioner).post(
        reverse("pay_milestone", args=args), {**boxes("paid_on", clock.today()), "voucher": "INV 2"}
    )
    assert again.status_code == 403 and "It is paid already." in again.content.decode()


def test_a_variation_is_asked_agreed_and_read_side_by_side(
    contract: Contract, cast: Any, as_client: Any, as_: Any
) -> None:
    client = as_client(cast.commissioner)
    page = client.get(reverse("ask_for_variation", args=[contract.reference])).content.decode()
    typed: dict[str, Any] = {
        name: value for name, value in filled(page).items() if name.startswith(("part_", "profile_", "key"))
    }
    typed |= {"what": "Visits at home, and on Saturdays", "why": "Families asked for it"} | boxes(
        "ends_on", contract.ends_on
    )
    text = post(client, "ask_for_variation", contract.reference, **typed)
    assert "Visits at home, and on Saturdays" in text and "Before" in text and "Value of the whole" not in text
    with as_(cast.commissioner):
        found = Variation.objects.get()
    text = post(as_client(cast.provider), "answer_variation", found.reference, agree="yes")
    assert "A commissioner brings it into force" in text and "Visits at home.</p>" in text
    text = post(client, "bring_in_variation", found.reference)
    assert "Visits at home, and on Saturdays" in text and "In force" in text
    same = client.get(reverse("ask_for_variation", args=[contract.reference])).content.decode()
    typed["key"] = filled(same)["key"]
    refused = client.post(reverse("ask_for_variation", args=[contract.reference]), typed)
    assert refused.status_code == 403 and "Nothing here is different" in refused.content.decode()


def test_a_visit_takes_the_contract_off_every_list_and_its_actions_are_followed(
    contract: Contract, cast: Any, as_client: Any, as_: Any
) -> None:
    lists = [
        (cast.development_officer, "contracts"),
        (cast.board_member, "contracts"),
        (cast.commissioner, "contracts"),
    ]
    for user, name in lists:
        assert "No quality visit yet" in as_client(user).get(reverse(name)).content.decode(), user
    officer, today = as_client(cast.development_officer), clock.today()
    assert "1 contract without its quality visit" in officer.get(reverse("home")).content.decode()
    text = post(
        officer,
        "plan_visit",
        contract.reference,
        visitor=cast.development_officer.reference,
        **boxes("planned_for", today),
    )
    assert "No quality visit yet" in text, "planned is not done"
    with as_(cast.commissioner):
        visit = QualityVisit.objects.get()
    text = post(officer, "note_visit", visit.reference, findings="Calm rooms, no lock", **boxes("done_on", today))
    assert "Calm rooms" in text and "No quality visit yet" not in text
    for user, name in lists:
        assert "No quality visit yet" not in as_client(user).get(reverse(name)).content.decode()
    text = post(
        officer, "add_visit_action", visit.reference, what="Mend the lock", by_provider="yes", **boxes("due_on", today)
    )
    assert (
        "Mend the lock" in text
        and "Mend the lock"
        in as_client(cast.provider).get(reverse("contract", args=[contract.reference])).content.decode()
    )
    with as_(cast.commissioner):
        act = visit.actions.get()
    assert "Seen" in post(officer, "finish_visit_action", act.reference, words="Seen")


def test_an_outcome_is_claimed_verified_and_paid_and_names_nobody_to_others(
    contract: Contract, helped: Any, cast: Any, as_client: Any, as_: Any
) -> None:
    provider = as_client(cast.provider)
    page = provider.get(reverse("claim_outcome", args=[contract.reference])).content.decode()
    key = filled(page)["key"]
    with as_(cast.commissioner):
        term = contract.terms.get().reference
    typed = {
        "term": term,
        "case": helped.reference,
        "evidence": "Letter 7",
        "words": "Zzwords: they kept it",
        "key": key,
        **boxes("happened_on", clock.today()),
    }
    wrong = provider.post(reverse("claim_outcome", args=[contract.reference]), typed | {"case": "EH-NOTHERE"})
    assert wrong.status_code == 403 and "no case of that reference" in wrong.content.decode()
    text = post(provider, "claim_outcome", contract.reference, **typed)
    assert "Zzwords" in text and helped.family.name in text
    with as_(cast.commissioner):
        claim = OutcomeClaim.objects.get()
    for who in ("commissioner", "board_member"):
        for name, arg in (
            ("outcome_claim", claim.reference),
            ("outcome_claims", contract.reference),
            ("contract", contract.reference),
        ):
            text = as_client(getattr(cast, who)).get(reverse(name, args=[arg])).content.decode()
            assert (
                "Letter 7" in text
                and "Zzwords" not in text
                and helped.family.name not in text
                and helped.reference not in text
            )
    assert as_client(cast.commissioner).get(reverse("look_at_claim", args=[claim.reference])).status_code == 403
    officer = as_client(cast.development_officer)
    assert "Zzwords" in officer.get(reverse("look_at_claim", args=[claim.reference])).content.decode()
    assert "may be paid" in post(officer, "look_at_claim", claim.reference, verify="yes")
    assert "stands in the ledger" in post(
        as_client(cast.commissioner), "pay_outcome", claim.reference, **boxes("paid_on", clock.today())
    )


def test_a_contract_is_de_commissioned_on_its_pages(contract: Contract, helped: Any, cast: Any, as_client: Any) -> None:
    officer, today = as_client(cast.development_officer), clock.today()
    page = officer.get(reverse("ask_to_decommission", args=[contract.reference])).content.decode()
    typed = {
        "reasons": "Nobody comes",
        "lost": "Saturday visits",
        "instead": "The hub",
        "families": "3",
        "key": filled(page)["key"],
    }
    text = post(
        officer,
        "ask_to_decommission",
        contract.reference,
        **typed,
        **boxes("notice_on", today),
        **boxes("last_day", today + dt.timedelta(days=60)),
    )
    assert "Nobody comes" in text and "fewer than 5" in text
    link = text.split("/contracts/endings/") if "/contracts/endings/" in text else None
    assert link is None, "whoever asked does not decide"
    assert (
        "Nobody comes"
        not in as_client(cast.provider).get(reverse("contract", args=[contract.reference])).content.decode()
    )
    keeper = as_client(cast.commissioner)
    ending = (
        keeper.get(reverse("contract", args=[contract.reference]))
        .content.decode()
        .split("/contracts/endings/")[1]
        .split("/")[0]
    )
    assert "Saturday visits" in keeper.get(reverse("decide_decommissioning", args=[ending])).content.decode()
    text = post(keeper, "decide_decommissioning", ending, end="yes", words="Agreed")
    assert "everybody is told" in text and "Released in the ledger" in text
    text = post(officer, "place_family", contract.reference, case=helped.reference, to="The hub", words="Zzplaced")
    assert "Zzplaced" in text and helped.family.name in text and "destination: 1." in text
    text = keeper.get(reverse("contract", args=[contract.reference])).content.decode()
    assert "Zzplaced" not in text and "destination: fewer than 5." in text


@pytest.mark.parametrize("table", ["contracts", "milestones", "profiles", "outcomes", "variations", "visits"])
def test_every_table_leaves_as_csv_and_excel_and_runs_no_formula(
    table: str, write: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    write(title="=1+1")
    client = as_client(cast.commissioner)
    text = client.post(reverse("download_contracts"), {"table": table, "as": "csv"})
    assert text.headers["Content-Type"].startswith("text/csv") and "As at" in text.content.decode()
    assert ",=1+1" not in text.content.decode() and "\n=1+1" not in text.content.decode()
    book = load_workbook(io.BytesIO(client.post(reverse("download_contracts"), {"table": table, "as": "xlsx"}).content))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    assert client.get(reverse("download_contracts")).status_code == 302


@pytest.mark.parametrize(
    "who", ["practitioner", "family_worker", "front_door_officer", "information_governance", "administrator"]
)
def test_nobody_else_opens_contracts(who: str, contract: Contract, cast: Any, as_client: Any) -> None:
    client = as_client(getattr(cast, who))
    assert client.get(reverse("contracts")).status_code == 403
    assert client.post(reverse("download_contracts"), {"table": "contracts"}).status_code == 403
    assert client.get(reverse("contract", args=[contract.reference])).status_code == 404


def test_the_pages_cost_a_fixed_number_of_queries(
    contract: Contract, write: Any, sign: Any, cast: Any, as_: Any, as_client: Any, django_assert_max_num_queries: Any
) -> None:
    client = as_client(cast.board_member)
    for _ in range(2):
        with django_assert_max_num_queries(30):
            client.get(reverse("contracts"))
        for title in ("One", "Two", "Three"):
            sign(write(parts=(1_000, 500), cap=0, title=title))
    with django_assert_max_num_queries(60):
        assert client.get(reverse("contract", args=[contract.reference])).status_code == 200
    with as_(cast.commissioner):
        for number in range(5):
            Milestone(reference=f"MI-{number}", contract=contract, name="x", due_on=contract.ends_on, pence=0).save(
                force_insert=True
            )
    with django_assert_max_num_queries(60):
        client.get(reverse("contract", args=[contract.reference]))


def test_a_draft_is_changed_on_its_page(draft: Contract, cast: Any, as_client: Any, as_: Any) -> None:
    client = as_client(cast.commissioner)
    page = client.get(reverse("change_contract", args=[draft.reference])).content.decode()
    seen = filled(page)["seen"]
    typed = {
        "title": "Another name", "what": "Visits", "needs": ["parenting"], "no_tender_why": "One only", "seen": seen,
        "provider": str(cast.provider.organisation.pk), "manager": cast.development_officer.reference,
        **boxes("starts_on", draft.starts_on), **boxes("ends_on", draft.ends_on),
    }  # fmt: skip
    assert "Another name" in post(client, "change_contract", draft.reference, **typed)
    with as_(cast.commissioner):
        reference = milestone_of(draft).reference
    text = post(client, "take_out_of_contract", draft.reference, piece="milestone", of=reference)
    assert "It is taken out." in text and "is paid for nothing" in text
