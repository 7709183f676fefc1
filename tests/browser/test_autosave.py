"""Nothing typed is lost: not by leaving, not without a network, not when the session runs out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Page, expect

KIT = "/ui-kit/"
WHO = "family_worker"


@pytest.fixture
def page(sign_in: Callable[..., Page]) -> Page:
    """The form, opened afresh: a draft of an earlier test is thrown away."""
    page = sign_in(WHO, path=KIT)
    if page.get_by_role("button", name="Discard it").count():
        page.get_by_role("button", name="Discard it").click()
    expect(page.locator(".app-draft")).to_have_count(0)
    return page


def _words(page: Page) -> Any:
    return page.get_by_label("What is happening?")


def test_what_is_typed_is_saved_without_asking_and_is_there_again(page: Page) -> None:
    _words(page).press_sequentially("He is sleeping better.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    page.reload()
    expect(_words(page)).to_have_value("He is sleeping better.")
    expect(page.locator(".app-draft")).to_contain_text("You have unsaved typing from")


def test_leaving_the_page_at_once_keeps_it_too(page: Page) -> None:
    _words(page).press_sequentially("Half a sen")
    page.goto("/accessibility/")
    page.goto(KIT)
    expect(_words(page)).to_have_value("Half a sen")


def test_without_a_network_it_says_so_and_saves_when_it_is_back(page: Page) -> None:
    page.route("**/drafts/", lambda route: route.abort())
    _words(page).press_sequentially("In a lift.")
    expect(page.locator("[data-saved]")).to_have_text("Not saved, we keep trying. Do not close this page.")
    page.unroute("**/drafts/")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    page.reload()
    expect(_words(page)).to_have_value("In a lift.")


def _end_the_session_of(person: dict[str, str], product: Any) -> None:
    """The same password, hashed anew: every session of theirs ends, as when they have been away too long."""
    hashed = make_password(person["password"])
    product.sql("update accounts_user set password = %s where email = %s", hashed, person["email"])


def test_signed_out_while_typing_one_signs_in_on_the_spot_and_goes_on(
    page: Page, product: Any, doorkeeper: Any, axe: Callable[[Page], None]
) -> None:
    person = product.somebody(WHO)
    _words(page).press_sequentially("A long assessment")
    _end_the_session_of(person, product)
    _words(page).press_sequentially(" goes on.")
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("Password")).to_be_focused()
    axe(page)
    dialog.get_by_label("Password").fill("not the password")
    dialog.get_by_label("Code").fill("000000")
    dialog.get_by_role("button", name="Sign in and save").click()
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    dialog.get_by_label("Password").fill(person["password"])
    dialog.get_by_label("Code").fill(doorkeeper.code(person))
    dialog.get_by_role("button", name="Sign in and save").click()
    expect(dialog).to_have_count(0)
    expect(_words(page)).to_have_value("A long assessment goes on.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    doorkeeper.states[person["email"]] = page.context.storage_state()
    page.get_by_role("button", name="Send it").click()  # with the new token
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(_words(page)).to_have_value("A long assessment goes on.")


def test_signed_out_while_typing_one_may_sign_in_in_another_tab(page: Page, product: Any, doorkeeper: Any) -> None:
    person = product.somebody(WHO)
    _end_the_session_of(person, product)
    _words(page).press_sequentially("Still on the first tab.")
    expect(page.get_by_role("dialog")).to_be_visible()
    second = page.context.new_page()
    second.goto(KIT)
    doorkeeper.sign_in(second, person)
    page.get_by_role("button", name="I signed in in another tab").click()
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    doorkeeper.states[person["email"]] = page.context.storage_state()
    second.goto(KIT)
    expect(_words(second)).to_have_value("Still on the first tab.")


def test_another_person_finds_nothing_of_it(page: Page, sign_in: Callable[..., Page]) -> None:
    _words(page).press_sequentially("Mine alone.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    other = sign_in("other_family_worker", path=KIT)
    expect(_words(other)).to_have_value("")


def test_files_and_what_the_page_itself_put_in_are_not_sent(page: Page) -> None:
    with page.expect_request("**/drafts/") as sent:
        _words(page).press_sequentially("Only this.")
    body: Any = sent.value.post_data_json
    assert body["path"] == KIT
    assert body["data"]["words"] == ["Only this."]
    assert not {"csrfmiddlewaretoken", "draft_form", "draft_sitting", "letter"} & set(body["data"])


@pytest.mark.parametrize("line", ["a good line", "a line that is cut"])
def test_reloading_right_after_the_last_key_keeps_the_last_words(page: Page, line: str) -> None:
    _words(page).press_sequentially("He sleeps well.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    if line == "a line that is cut":
        page.route("**/drafts/", lambda route: route.abort())
    _words(page).press_sequentially(" And he eats.")
    page.reload()
    expect(_words(page)).to_have_value("He sleeps well. And he eats.")
    page.unroute("**/drafts/")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    page.reload()
    expect(_words(page)).to_have_value("He sleeps well. And he eats.")


def test_the_last_words_are_found_by_their_author_alone_and_go_with_signing_out(
    page: Page, sign_in: Callable[..., Page]
) -> None:
    page.route("**/drafts/", lambda route: route.abort())
    _words(page).press_sequentially("Mine alone, on this tab.")
    page.goto("/accessibility/")
    assert _left(page), "they wait for their author"
    kept = page.evaluate("Object.entries({...sessionStorage}).find(([key]) => key.startsWith('last-words:'))")
    other = sign_in("other_family_worker", path=KIT)
    other.evaluate("([key, value]) => sessionStorage.setItem(key, value)", kept)
    other.reload()
    expect(_words(other)).to_have_value("")
    assert not _left(other)
    page.goto(KIT)
    expect(_words(page)).to_have_value("Mine alone, on this tab.")
    _words(page).press_sequentially(" And more.")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert _left(page)
    page.evaluate(
        "document.querySelector('form:not([data-autosave])').dispatchEvent(new Event('submit', {bubbles: true}))"
    )
    assert not _left(page)


def _left(page: Page) -> bool:
    return bool(page.evaluate("Object.keys(sessionStorage).some((key) => key.startsWith('last-words:'))"))


def test_a_familys_own_page_leaves_nothing_in_the_browser(visitor: Callable[..., Page]) -> None:
    page = visitor()
    page.goto("/ask-for-help/")
    box = page.locator("textarea, input[type=text]").first
    if box.count():
        box.fill("He has left us.")
    page.reload()
    assert page.evaluate("Object.keys(sessionStorage).length + Object.keys(localStorage).length") == 0
