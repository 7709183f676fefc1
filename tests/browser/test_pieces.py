"""Every piece and every field, in a real browser: by keyboard, on a phone, without script, and to axe."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.fixtures import PHONE, WIDE

SCREENS = [pytest.param(WIDE, id="wide"), pytest.param(PHONE, id="phone")]
KIT = "/ui-kit/"


@pytest.fixture
def kit(sign_in: Callable[..., Page]) -> Callable[..., Page]:
    """`kit(PHONE)` is the page of all pieces, opened afresh: what an earlier test typed is thrown away."""

    def open_afresh(screen: ViewportSize = WIDE) -> Page:
        page = sign_in("manager", screen=screen, path=KIT)
        if page.get_by_role("button", name="Discard it").count():
            page.get_by_role("button", name="Discard it").click()
        expect(page.locator(".app-draft")).to_have_count(0)
        return page

    return open_afresh


def _send(page: Page) -> None:
    page.get_by_role("button", name="Send it").click()


@pytest.mark.parametrize("screen", SCREENS)
def test_no_piece_keeps_anybody_out(
    kit: Callable[..., Page], axe: Callable[[Page], None], screen: ViewportSize
) -> None:
    page = kit(screen)
    axe(page)
    page.get_by_label("E-mail", exact=True).check()
    page.get_by_label("School", exact=True).check()
    _send(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_runs_off_the_side(kit: Callable[..., Page], screen: ViewportSize) -> None:
    page = kit(screen)
    for path in (KIT, "/accessibility/", "/privacy/", "/nothing-here/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path


def test_the_page_can_be_read_at_four_times_the_size(kit: Callable[..., Page]) -> None:
    page = kit({"width": 320, "height": 256})  # 1280 wide, enlarged four times
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("path", ["/accessibility/", "/privacy/", "/nothing-here/"])
def test_pages_for_everybody_keep_nobody_out(
    visitor: Callable[..., Page], axe: Callable[[Page], None], path: str
) -> None:
    page = visitor(PHONE)
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    axe(page)


def test_the_error_summary_takes_the_focus_and_each_link_leads_to_its_box(kit: Callable[..., Page]) -> None:
    page = kit()
    page.get_by_label("E-mail", exact=True).check()
    _send(page)
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    links = summary.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href').slice(1))")
    assert {"id_email", "id_seen_on-day", "id_scale", "id_agreed", "id_told"} <= set(links)
    for target in links:
        summary.locator(f'a[href="#{target}"]').click()
        assert page.evaluate("document.activeElement.id") == target


def test_a_keyboard_alone_skips_to_the_content_and_fills_the_form(kit: Callable[..., Page]) -> None:
    page = kit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.get_by_label("Name of the school").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("E-mail", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_label("E-mail address")).to_be_focused()  # what the choice revealed comes next
    page.locator("#id_scale").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#id_scale-2")).to_be_checked()


def test_a_choice_reveals_its_own_question_only(kit: Callable[..., Page]) -> None:
    page = kit()
    email, phone = page.get_by_label("E-mail address"), page.get_by_label("Telephone number")
    expect(email).to_be_hidden()
    page.get_by_label("E-mail", exact=True).check()
    expect(email).to_be_visible()
    expect(phone).to_be_hidden()
    page.get_by_label("Telephone", exact=True).check()
    expect(email).to_be_hidden()
    expect(phone).to_be_visible()


def test_without_script_the_form_can_be_filled_sent_and_is_drafted_when_it_is_wrong(
    kit: Callable[..., Page],
) -> None:
    signed = kit()
    browser = signed.context.browser
    assert browser is not None
    context = browser.new_context(
        base_url=signed.url.removesuffix(KIT), storage_state=signed.context.storage_state(), java_script_enabled=False
    )
    page = context.new_page()
    page.goto(KIT)
    page.get_by_label("Name of the school").fill("St Anne’s Primary School")
    _send(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.goto(KIT)
    expect(page.get_by_label("Name of the school")).to_have_value("St Anne’s Primary School")
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("Name of the school")).to_have_value("")
    context.close()


def test_two_texts_are_shown_side_by_side_and_the_saved_one_can_be_taken(kit: Callable[..., Page]) -> None:
    page = kit()
    page.get_by_label("Name of the school").fill("Conflict with me")
    page.get_by_label("Do not tell me").check()
    for box, text in (("Day", "3"), ("Month", "2"), ("Year", "2026")):
        page.locator("#id_seen_on").get_by_label(box).fill(text)
    page.get_by_role("textbox", name="What is happening?").fill("My own words.\n  And an indented line.")
    page.get_by_label("None of these").check()
    page.locator("#id_scale-8").check(force=True)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Level of need").select_option("2")
    page.get_by_label("I have told the family about this").check()
    _send(page)
    conflict = page.locator(".app-conflict")
    expect(conflict).to_contain_text("What somebody else saved.")
    expect(conflict).to_contain_text("My own words.")
    expect(page.get_by_role("textbox", name="What is happening?")).to_have_value(
        "My own words.\n  And an indented line."
    )
    page.get_by_role("button", name="Use the saved words").click()
    expect(page.get_by_role("textbox", name="What is happening?")).to_have_value("What somebody else saved.")
    expect(page.get_by_label("Name of the school")).to_have_value("Conflict with me")
    page.get_by_label("Name of the school").fill("St Anne’s")
    _send(page)
    expect(page.locator(".app-banner--success").first).to_contain_text("Saved: St Anne’s.")
    expect(page.locator(".app-draft")).to_have_count(0)


def test_on_paper_there_is_no_navigation(kit: Callable[..., Page]) -> None:
    page = kit()
    page.emulate_media(media="print")
    for gone in (".app-navigation", ".app-filters", ".app-footer", ".app-header__who", ".app-form-end"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
