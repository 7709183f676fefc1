"""A family asks for help on a phone, without signing in, and the front door finds it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.fixtures import PHONE
from tests.browser.product import Product
from tests.journeys.hands import choose, heading, main, pick, press, write

MOTHER, CHILD = "Rowena Quillfeather", "Barnaby"
WORDS = "I cannot get Barnaby to school, and I am worn out."


def _asked(page: Page, area: str, axe: Callable[[Page], None]) -> str:
    page.goto("/ask-for-help/")
    axe(page)
    choose(page, "signs", "none_of_these")
    press(page, "Go on")
    heading(page, "Tell us what would help")
    choose(page, "reasons", "school_life")
    write(page, worries=WORDS, asker_name=MOTHER, asker_phone="01632 960 700", answer__when_safe="Not after six")
    choose(page, "asker_relation", "parent")
    pick(page, "area", area)
    write(page, person__0__given_name=CHILD, person__0__family_name=MOTHER.split()[1])
    pick(page, "person-0-role", "Child")
    choose(page, "consent", "given")
    axe(page)
    press(page, "Send it to us")
    page.wait_for_url("**/ask-for-help/sent/")
    axe(page)
    found = re.search(r"Your reference is (RQ-\w+)", main(page))
    assert found, main(page)
    return found[1]


def test_a_mother_asks_on_her_phone_and_the_front_door_reads_it_in_its_queue(
    product: Product, visitor: Callable[..., Page], sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = visitor(PHONE)
    reference = _asked(page, product.somebody("front_door_officer")["area"], axe)
    assert "What happens next" in main(page)
    officer = sign_in("front_door_officer", path="/requests/")
    row = officer.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text("Quillfeather")
    row.get_by_role("link").click()
    said = main(officer)
    assert WORDS in said
    assert f"{CHILD} Quillfeather" in said
    assert "Not after six" in said


def test_who_asks_sees_nothing_of_anybody_not_even_what_they_typed(
    product: Product, visitor: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = visitor(PHONE)
    reference = _asked(page, product.somebody("front_door_officer")["area"], axe)
    [known] = product.sql("select family_name from people_person where family_name <> '' order by family_name limit 1")
    for path in ("/ask-for-help/sent/", "/ask-for-help/write/"):
        page.goto(path)  # the next person to hold this phone finds no word of it
        for word in (WORDS, MOTHER, CHILD, known[0]):
            assert word not in page.content()
    for path in ("", "triage/", "write/", "sent/", "print/", "decide/"):
        page.goto(f"/requests/{reference}/{path}")
        expect(page.locator("input[name=login]")).to_be_visible()
        assert "Quillfeather" not in page.content()


def test_a_sign_of_danger_shows_the_family_whom_to_ring(
    visitor: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = visitor(PHONE)
    page.goto("/ask-for-help/")
    page.locator("input[name=signs]").first.check()
    press(page, "Go on")
    page.wait_for_url("**/ring-now/")
    expect(page.locator('main a[href^="tel:"]').first).to_be_visible()
    axe(page)


def _begin(page: Page) -> None:
    page.goto("/ask-for-help/")
    choose(page, "signs", "none_of_these")
    press(page, "Go on")
    heading(page, "Tell us what would help")


def test_what_a_family_typed_is_there_again_after_a_reload_and_gone_once_they_leave_or_begin_again(
    visitor: Callable[..., Page],
) -> None:
    page = visitor(PHONE)
    words = page.locator("textarea[name=worries]")
    _begin(page)
    write(page, worries=WORDS)
    choose(page, "consent", "given")
    page.reload()
    expect(words).to_have_value(WORDS)
    expect(page.locator("input[name=consent][value=given]")).to_be_checked()
    page.go_back()  # to the first question, and on again
    press(page, "Go on")
    expect(words).to_have_value(WORDS)
    page.route("https://**", lambda route: route.abort())  # nothing outside is opened by a test
    page.get_by_role("button", name="Leave this page now").click(no_wait_after=True)
    page.wait_for_timeout(2000)
    page.goto("/ask-for-help/write/")
    expect(words).to_have_value("")
    write(page, worries=WORDS)
    _begin(page)
    expect(words).to_have_value("")
    write(page, worries=WORDS)
    press(page, "Send it to us")  # with much left out: the page comes back with something to put right
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    write(page, worries=f"{WORDS} And more since.")
    page.reload()
    expect(words).to_have_value(f"{WORDS} And more since.")
