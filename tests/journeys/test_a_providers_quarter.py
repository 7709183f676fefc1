"""A provider's quarter, from chase to certificate: chased, written, its people sent, sent, queried, changed in place, certified."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.fixtures import PHONE, too_wide
from tests.browser.product import Product
from tests.journeys.hands import choose, heading, main, press, write

# Whoever answers for the contract was written to, because its day has passed.
CHASED = """select count(*) from outbox_message m join accounts_user u on u.id = m.to_user_id
    where m.template = 'return_late' and u.email = %s"""
LATE = "select reference from returns_return where state = 'draft' and due_on < current_date order by due_on limit 1"
TITLE = re.compile("^Into learning or work, ")
PEOPLE = "Given name,Family name,Date of birth,Postcode\n" + "".join(
    f"Robin{letter},Larkspur,{day}/03/2009,\n" for day, letter in enumerate("abcdefgh", start=1)
)


def test_a_providers_quarter_from_chase_to_certificate(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None], tmp_path: Path
) -> None:
    email = product.somebody("provider")["email"]
    [(chased,)], [(late,)] = product.sql(CHASED, email), product.sql(LATE)
    assert chased >= 1, "the chase arrived"

    provider = sign_in("provider", screen=PHONE)
    expect(provider.get_by_role("link", name=re.compile("quarterly returns? to send"))).to_be_visible()
    provider.goto(f"/returns/{late}/")
    heading(provider, TITLE)
    assert "has not come" in main(provider)
    axe(provider)
    assert too_wide(provider) == 0

    provider.get_by_role("button", name="Write in it").click()
    heading(provider, "The quarterly return")
    assert "Planned: 280." in main(provider), "it begins with what is known"
    write(
        provider,
        actual_1="271",
        actual_2="58",
        actual_3="150",
        spent_pence="2,480.50",
        difficulties="One post is still empty.",
    )
    write(provider, case_study="“Robin” found a place.")
    axe(provider)
    press(provider, "Keep it")
    heading(provider, TITLE)
    assert "Before it is sent: Give a figure for" in main(provider), (
        "what is missing is said, and nothing is read as nought"
    )

    provider.goto(f"/returns/{late}/write/")
    expect(provider.locator('[name="actual_1"]')).to_have_value("271")
    write(provider, words_4="Counted in January, when the course has begun.")
    choose(provider, "consented", "yes")
    choose(provider, "names_changed", "yes")
    press(provider, "Keep it")

    provider.goto(f"/returns/{late}/people/send/")
    half = tmp_path / "half.xlsx"
    half.write_bytes(b"PK\x03\x04 half of a workbook")
    provider.locator('input[type="file"]').set_input_files(half)
    press(provider, "Send it")
    expect(provider.locator(".govuk-error-summary")).to_contain_text("damaged or not whole")
    whole = tmp_path / "people.csv"
    whole.write_text(PEOPLE + "=HYPERLINK(1),Larkspur,1/3/2009,\n", encoding="utf-8")
    provider.locator('input[type="file"]').set_input_files(whole)
    press(provider, "Send it")
    heading(provider, "Your people in the quarter")
    assert "A formula stands" in main(provider) and "Robinh Larkspur" in main(provider)
    axe(provider)
    assert too_wide(provider) == 0

    provider.goto(f"/returns/{late}/send/")
    heading(provider, "Send the return")
    axe(provider)
    press(provider, "Send it")
    heading(provider, TITLE)
    assert "Came late" in main(provider)

    officer = sign_in("development_officer")
    officer.goto("/returns/?show=sent")
    officer.get_by_role("link", name=re.compile("^Into learning or work")).first.click()
    heading(officer, TITLE)
    assert "271" in main(officer) and "Slightly behind" in main(officer) and "“Robin” found a place." in main(officer)
    axe(officer)
    officer.get_by_role("link", name="Ask about this figure: An accredited qualification").click()
    heading(officer, "Ask about the return")
    write(officer, question="150 of 160: are short courses counted?")
    axe(officer)
    press(officer, "Ask")
    heading(officer, TITLE)

    provider.goto("/")
    expect(provider.get_by_role("link", name=re.compile("with a question to answer"))).to_be_visible()
    provider.goto(f"/returns/{late}/")
    assert "are short courses counted?" in main(provider)
    provider.get_by_role("link", name=re.compile("^Answer ?: Asked about: An accredited qualification$")).click()
    heading(provider, "Answer: an accredited qualification")
    write(provider, actual="139", words="Eleven short courses taken out.", answer="They were. We took them out.")
    axe(provider)
    press(provider, "Save the answer")
    heading(provider, TITLE)

    officer.goto(f"/returns/{late}/")
    changed = main(officer)
    assert "150" in changed and "139. Eleven short courses taken out." in changed and "Changed after a query" in changed
    axe(officer)
    officer.goto(f"/returns/{late}/people/")
    expect(officer.get_by_text("On the provider’s list and in casework")).to_be_visible(timeout=60_000)
    assert "Larkspur" not in main(officer), "no name of the provider's"
    officer.goto(f"/returns/{late}/certify/")
    heading(officer, "Certify the return")
    axe(officer)
    press(officer, "Certify it")
    heading(officer, TITLE)
    assert "Certified" in main(officer)

    provider.goto(f"/returns/{late}/")
    assert "Certified" in main(provider)
    assert provider.request.get(f"/returns/{late}/write/").status == 403, "it stands"
    provider.goto(f"/returns/{late}/people/")
    assert "Robina Larkspur" in main(provider) and "on your list alone" in main(provider)
    officer.goto("/returns/progress/")
    officer.get_by_role("link", name="Into learning or work").first.click()
    heading(officer, "Into learning or work: profile and actual")
    assert "Certified" in main(officer) and "slightly behind" in main(officer)
    axe(officer)
