"""A need that nobody can meet is recorded on a phone, and is bought for: intention, tender, sealed bids, scores, award and contract."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from hearth.commissioning.contracts.quarters import quarters_of
from hearth.foundation.core import clock
from hearth.invented.bought import BIDDERS
from hearth.invented.cast import PASSWORD, authenticator_secret, email_of
from hearth.records.money.models.ledger import financial_year, year_words
from tests.browser.fixtures import PHONE
from tests.browser.product import Product
from tests.journeys.hands import NO_PANEL, choose, date, heading, main, pick, press, write
from tests.journeys.test_a_need_nobody_can_meet import WORKING, record_need

TITLE = "Befrienders for parents on their own"
SECRET = "Tea and an hour, every Tuesday"  # stands in a bid and nowhere else
PASSPHRASES = {
    "county_manager": "nine lanterns by the canal", "strategic_lead": "a quiet bench in winter", "information_governance": "kept in the iron box",
}  # fmt: skip
# No page sets a clock back: what the call and its bids say of days is moved, as if a month had gone by.
A_MONTH_LATER = """
    alter table procurement_tender disable trigger user; alter table procurement_bid disable trigger user;
    update procurement_tender set published_at = published_at - interval '30 days', questions_until = questions_until - interval '30 days',
        deadline_at = deadline_at - interval '30 days' where reference = '{0}';
    update procurement_bid set sent_at = sent_at - interval '30 days' where tender_id = (select id from procurement_tender where reference = '{0}');
    alter table procurement_tender enable trigger user; alter table procurement_bid enable trigger user;
"""
AFTER_THE_STANDSTILL = """
    alter table procurement_award disable trigger user;
    update procurement_award set decided_on = decided_on - 30, standstill_until = standstill_until - 30
        where tender_id = (select id from procurement_tender where reference = '{0}');
    alter table procurement_award enable trigger user;
"""
# The source with most that nobody has allocated, and the share that the journey allocates from it.
RICHEST = """select f.reference from money_fund f join money_account a on a.fund_id = f.id and a.kind = 'unallocated'
    order by a.pence desc limit 1"""
SHARE = "select reference from money_share where purpose = 'Befriending'"
Open = Callable[..., Page]
Axe = Callable[[Page], None]


def _other_bidder(product: Product) -> str:
    """Somebody who bids for another organisation, and signs in as the cast does."""
    email = email_of(BIDDERS[0])
    product.people.append({
        "key": BIDDERS[0].key, "email": email, "role": "another provider", "password": PASSWORD, "authenticator_secret": authenticator_secret(email)
    })  # fmt: skip
    return email


def _intend(office: Page, axe: Axe) -> str:
    """Side by side, then an intention that cites the need, and is agreed. Where it is."""
    office.goto("/needs/?area=burnley")
    heading(office, "Needs, side by side")
    axe(office)
    office.get_by_role("link", name="Draft an intention for A mentor or befriender").click()
    write(office, title=TITLE, what="Twelve volunteers who are found, trained and paid their fares.", pence="60000")
    pick(office, "area", "Burnley")
    date(office, "buy_by", clock.today() + dt.timedelta(days=200))
    axe(office)
    press(office, "Draft it")
    heading(office, TITLE)
    office.get_by_role("link", name="Cite evidence").click()
    choose(office, "chosen", "unmet:mentoring")
    press(office, "Cite it")
    heading(office, TITLE)
    assert "Needs recorded as not met in the last 12 months, A mentor or befriender" in main(office)
    where = office.url
    office.get_by_role("button", name="Say what becomes of it").click()
    choose(office, "state", "agreed")
    write(office, words="The commissioning board agreed it.")
    press(office, "Save it")
    heading(office, TITLE)
    axe(office)
    return where


def _write_tender(office: Page, people: Product, axe: Axe) -> str:
    """From the intention's page: what is needed, two lots, what bids are judged by, and who keeps the passphrases. Its reference."""
    office.get_by_role("button", name="Write a tender for it").click()
    heading(office, "Write a tender")
    expect(office.locator('select[name="intention"]')).to_contain_text(TITLE)
    write(office, title=TITLE, background="Parents on their own wait months for somebody who comes by.")
    write(
        office,
        outcomes="Parents have somebody to ring\nChildren are in school",
        questions_time="12pm",
        deadline_time="12pm",
    )
    date(office, "questions_on", clock.today() + dt.timedelta(days=14))
    date(office, "deadline_on", clock.today() + dt.timedelta(days=24))
    axe(office)
    press(office, "Begin it")
    heading(office, TITLE)
    reference = office.url.rstrip("/").rpartition("/")[2]
    for name, district in (("North", "burnley"), ("South", "chorley")):
        office.get_by_role("link", name="Add a lot").click()
        write(office, name=name, what="Twelve volunteers, looked after.", most_pence="30000")
        choose(office, "districts", district)
        press(office, "Add it")
        heading(office, TITLE)
    for name, kind, weight in (("Price", "price", "40"), ("What changes for families", "quality", "60")):
        office.get_by_role("link", name="Add a criterion").click()
        write(office, name=name, weight=weight)
        choose(office, "kind", kind)
        press(office, "Add it")
        heading(office, TITLE)
    office.get_by_role("link", name="Say who keeps the passphrases").click()
    keepers = dict(zip(("one", "two", "escrow"), PASSPHRASES, strict=True))
    write(office, **{place: people.somebody(key)["email"] for place, key in keepers.items()})
    press(office, "Save")
    heading(office, TITLE)
    assert "have all three passphrases set" in main(office)
    axe(office)
    return reference


def _lock_away(keeper: Page, passphrase: str, axe: Axe) -> None:
    """From what waits on their first page."""
    keeper.get_by_role("link", name=f"Set your passphrase: {TITLE}").click()
    heading(keeper, "Set your passphrase")
    axe(keeper)
    write(keeper, passphrase=passphrase, passphrase_again=passphrase)
    press(keeper, "Set it")
    heading(keeper, TITLE)


def _bid(bidder: Page, reference: str, pounds: str, answer: str, axe: Axe) -> None:
    bidder.goto(f"/tenders/{reference}/")
    bidder.get_by_role("button", name="Bid for lot 1").click()
    heading(bidder, "Bid for lot 1: North")
    axe(bidder)
    write(bidder, sealed_price=pounds, sealed_answer_2=answer)
    press(bidder, "Seal and send")
    heading(bidder, TITLE)
    assert "Receipt" in main(bidder) and answer not in main(bidder)


def _score(scorer: Page, reference: str, points: dict[str, int], axe: Axe) -> None:
    """Declare first; then each bid by oneself."""
    scorer.goto("/")
    scorer.get_by_role("link", name=f"Declare your interests: {TITLE}").click()
    axe(scorer)
    choose(scorer, "conflict", "no")
    press(scorer, "Declare it")
    heading(scorer, TITLE)
    for bidder, given in points.items():
        scorer.goto(f"/tenders/{reference}/")
        scorer.get_by_role("link", name=bidder).click()
        heading(scorer, f"The bid of {bidder}")
        axe(scorer)
        scorer.get_by_role("button", name="Score this bid").click()
        choose(scorer, "points_2", str(given))
        write(scorer, words_2="It says how, and for whom.")
        press(scorer, "Save my points")
        heading(scorer, f"The bid of {bidder}")


def _agree(chair: Page, reference: str, points: dict[str, int], axe: Axe) -> None:
    chair.goto(f"/tenders/{reference}/")
    press(chair, "All have scored: compare")
    for bidder, given in points.items():
        chair.goto(f"/tenders/{reference}/")
        chair.get_by_role("link", name=bidder).click()
        chair.get_by_role("button", name="Write down what was agreed").click()
        axe(chair)
        choose(chair, "points_2", str(given))
        write(chair, words_2="Agreed: it says how one would know.")
        press(chair, "Save what was agreed")
        heading(chair, f"The bid of {bidder}")


def _allocate(office: Page, product: Product) -> None:
    """£30,000 of a source for what is meant to be bought."""
    [(fund,)] = product.sql(RICHEST)
    office.goto(f"/money/sources/{fund}/allocate/")
    heading(office, "Allocate money")
    write(office, pence="30000", purpose="Befriending", words="For what the board agreed")
    pick(office, "year", year_words(financial_year(clock.today())))
    date(office, "happened_on", clock.today())
    press(office, "Allocate it")
    expect(office.get_by_text("£30,000.00 allocated")).to_be_visible()


def _write_contract(office: Page, product: Product, axe: Axe) -> str:
    """From the award: who pays, what is reached by when, and what is planned by quarter. Its reference."""
    office.get_by_role("button", name="Write its contract").click()
    heading(office, "Write a contract")
    axe(office)
    begins, ends = clock.today(), clock.today() + dt.timedelta(days=80)
    write(office, title=TITLE, what="Twelve volunteers are found, trained and looked after.")
    choose(office, "needs", "mentoring")
    date(office, "starts_on", begins)
    date(office, "ends_on", ends)
    pick(office, "manager", "Helen Duckworth")
    press(office, "Begin it")
    heading(office, TITLE)
    reference = office.url.rstrip("/").rpartition("/")[2]
    expect(office.get_by_text("Say who pays which part of it.")).to_be_visible()
    office.get_by_role("link", name="Add a part").click()
    [(share,)] = product.sql(SHARE)
    pick(office, "organisation", product.somebody("commissioner")["organisation"])
    pick(office, "area", "Burnley")
    office.locator('select[name="share"]').select_option(share)
    write(office, pence="28000")
    press(office, "Add the part")
    heading(office, TITLE)
    office.get_by_role("link", name="Add a milestone").click()
    write(office, name="Twelve volunteers have begun", pence="28000")
    date(office, "due_on", ends)
    press(office, "Add the milestone")
    heading(office, TITLE)
    office.get_by_role("link", name="Add a target").click()
    choose(office, "kind", "output")
    choose(office, "unit", "number")
    write(office, name="Parents who are befriended", definition="Who was met three times or more.")
    planned = ", ".join("6" for _ in quarters_of(begins, ends))
    write(office, figures=planned)
    press(office, "Add the target")
    heading(office, TITLE)
    assert "It is whole, and waits for two signatures." in main(office)
    axe(office)
    return reference


def _sign(signer: Page, reference: str, axe: Axe) -> None:
    signer.goto(f"/contracts/{reference}/")
    signer.get_by_role("button", name="Sign it").click()
    heading(signer, "Sign the contract")
    axe(signer)
    signer.locator('input[name="read"]').check()
    press(signer, "Sign it")
    heading(signer, TITLE)


def test_an_unmet_need_becomes_a_contract(
    product: Product, sign_in: Open, visitor: Callable[..., Page], axe: Axe
) -> None:
    [(case, _, _)] = product.sql(WORKING, product.somebody("family_worker")["email"])
    product.sql(NO_PANEL, case)
    record_need(sign_in("family_worker", screen=PHONE), case, axe)

    office = sign_in("commissioner")
    intention = _intend(office, axe)
    reference = _write_tender(office, product, axe)
    for key, passphrase in PASSPHRASES.items():
        _lock_away(sign_in(key), passphrase, axe)
    office.goto(f"/tenders/{reference}/")
    office.get_by_role("button", name="Publish it").click()
    office.locator('input[name="sure"]').check()
    press(office, "Publish it")
    heading(office, TITLE)
    office.goto(intention)
    office.get_by_role("link", name=TITLE).first.click()
    heading(office, TITLE)

    # Anybody reads it; a supplier asks, and the answer is everybody's.
    public = visitor(PHONE)
    public.goto("/calls/")
    expect(public.get_by_role("heading", name=TITLE)).to_be_visible()
    public.goto(f"/calls/{reference}/")
    axe(public)
    charity = sign_in("provider")
    charity.goto(f"/tenders/{reference}/")
    charity.get_by_role("button", name="Ask a question").click()
    write(charity, words="Are fares paid for?")
    press(charity, "Send the question")
    heading(charity, TITLE)
    office.goto("/")
    office.get_by_role("link", name=f"1 question to answer: {TITLE}").click()
    office.get_by_role("link", name=re.compile("^Answer")).click()
    write(office, answer="Yes, on top of the price.")
    press(office, "Answer everybody")
    public.reload()
    assert "Yes, on top of the price." in main(public) and "Lantern" not in main(public)

    # Two bids, sealed: whoever runs the tender sees neither, nor who bid.
    others = sign_in(_other_bidder(product))
    _bid(charity, reference, "28000", SECRET, axe)
    _bid(others, reference, "25000", "Somebody comes by once a month", axe)
    office.goto(f"/tenders/{reference}/")
    assert "Harbour Homes" not in main(office) and SECRET not in main(office)
    opener = sign_in("county_manager", path=f"/tenders/{reference}/open/")
    assert "and no sooner" in main(opener)

    product.sql(A_MONTH_LATER.format(reference))
    charity.goto(f"/tenders/{reference}/")
    expect(charity.get_by_role("button", name="Bid for lot 2")).to_have_count(0)
    opener.goto("/")
    opener.get_by_role("link", name=re.compile(f"^Open the bids, two of you together: {TITLE}")).click()
    write(opener, passphrase_one=PASSPHRASES["county_manager"], passphrase_two="not this one at all")
    press(opener, "Open all bids")
    expect(opener.locator(".govuk-error-summary")).to_contain_text("That is not the passphrase of Dorothy Kay")
    axe(opener)
    write(opener, passphrase_one=PASSPHRASES["county_manager"], passphrase_two=PASSPHRASES["strategic_lead"])
    press(opener, "Open all bids")
    heading(opener, TITLE)

    # Scored by each alone, compared, agreed.
    chair, second = sign_in("senior_development_officer"), sign_in("development_officer")
    for key, chairs in (("senior_development_officer", "yes"), ("development_officer", "no")):
        office.goto(f"/tenders/{reference}/scorers/add/")
        write(office, scorer=product.somebody(key)["email"])
        choose(office, "chairs", chairs)
        press(office, "Name them")
        heading(office, TITLE)
    _score(chair, reference, {"Lantern Family Support": 9, "Harbour Homes": 5}, axe)
    _score(second, reference, {"Lantern Family Support": 8, "Harbour Homes": 6}, axe)
    _agree(chair, reference, {"Lantern Family Support": 9, "Harbour Homes": 6}, axe)

    # Awarded, with reasons to each; the notice comes after the standstill.
    office.goto("/")
    office.get_by_role("link", name=f"Award it: {TITLE}").click()
    office.get_by_role("button", name="Award lot 1").click()
    axe(office)
    office.get_by_role("radio", name=re.compile("^Lantern Family Support")).check()
    write(office, reasons="It says best what would change, and how one would know.")
    for box in office.locator('textarea[name^="words_"]').all():
        box.fill("Because of what would change for families.")
    press(office, "Award it")
    heading(office, TITLE)
    expect(office.get_by_role("button", name="Publish the notice")).to_have_count(0)
    public.reload()
    assert "Award notice" not in main(public)
    others.goto("/")
    others.get_by_role("link", name=f"Lot 1 is decided, read why: {TITLE}").click()
    assert "your bid did not win" in main(others) and "Because of what would change for families." in main(others)
    assert SECRET not in main(others)
    axe(others)

    product.sql(AFTER_THE_STANDSTILL.format(reference))
    office.goto("/")
    office.get_by_role("link", name=f"Publish the notice of lot 1: {TITLE}").click()
    press(office, "Publish the notice")
    public.reload()
    assert "Award notice: lot 1, North" in main(public) and "£28,000.00" in main(public)
    axe(public)

    # The contract is written from the award, and signed by two; its money is committed as the second signs.
    _allocate(office, product)
    office.goto(f"/tenders/{reference}/")
    contract = _write_contract(office, product, axe)
    _sign(sign_in("strategic_lead"), contract, axe)
    office.goto("/")
    _sign(office, contract, axe)
    assert "needs a quality visit" in main(office), "the whole of it is worth more than needs one"
    charity.goto(f"/contracts/{contract}/")
    heading(charity, TITLE)
    axe(charity)
    assert others.request.get(f"/contracts/{contract}/").status == 404, "another provider's"

    # The intention is told what was bought: you said, we bought.
    office.goto(intention)
    office.get_by_role("button", name="Say what becomes of it").click()
    choose(office, "state", "bought")
    write(office, words="Lantern Family Support, from April.")
    press(office, "Save it")
    heading(office, TITLE)
    told: Any = main(office)
    assert "Bought" in told and "Lantern Family Support, from April." in told and "Contracts that carry it out" in told
