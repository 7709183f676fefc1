"""A passkey in a real browser: made, used instead of a password, after one, and to confirm; and the pages on the way."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.fixtures import too_wide
from tests.browser.product import Product
from tests.journeys.hands import heading, press

WHO, ANOTHER = "health_visitor", "police_officer"
# A telephone that unlocks with a finger, which is always there.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """The device of a page, as Chromium plays one."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        self.key = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def tell(self, method: str, **more: Any) -> Any:
        """Ask or tell it something."""
        return self.session.send(f"WebAuthn.{method}", {"authenticatorId": self.key, **more})

    def uses(self) -> list[int]:
        """How often each of its passkeys was used."""
        return [one["signCount"] for one in self.tell("getCredentials")["credentials"]]


def _is_in(page: Page, product: Product, who: str = WHO) -> None:
    expect(page.get_by_role("banner").get_by_role("link", name=product.somebody(who)["name"])).to_be_visible()


def _sign_out(page: Page) -> None:
    press(page, "Sign out")
    page.goto("/sign-in/")
    heading(page, "Sign in")


def _with_password(page: Page, product: Product) -> None:
    person = product.somebody(WHO)
    page.locator("input[name=login]").fill(person["email"])
    page.locator("input[name=password]").fill(person["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    heading(page, "Your second step")


@pytest.fixture
def reachable(axe: Callable[[Page], None]) -> Callable[[Page], None]:
    """`reachable(page)`: the page keeps nobody out, wide and on the narrowest phone."""

    def check(page: Page) -> None:
        axe(page)
        assert not too_wide(page), page.url

    return check


def test_a_passkey_is_made_and_signs_in_alone_and_after_a_password_and_confirms(
    product: Product, sign_in: Callable[..., Page], reachable: Callable[[Page], None]
) -> None:
    page = sign_in(WHO, path="/my-account/", fresh=True)
    device = Device(page)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("What shall we call it?").fill("My telephone")
    reachable(page)
    press(page, "Make the passkey")
    expect(page.get_by_text("Your passkey is made.")).to_be_visible()
    page.goto("/my-account/")
    expect(page.get_by_role("row", name=re.compile("Passkey: My telephone"))).to_be_visible()
    assert len(device.uses()) == 1

    _sign_out(page)  # instead of a password
    reachable(page)
    press(page, "Sign in with a passkey")
    _is_in(page, product)

    _sign_out(page)  # after one
    _with_password(page, product)
    reachable(page)
    press(page, "Use my passkey")
    _is_in(page, product)

    page.goto("/sign-in/confirm/passkey/?next=/my-account/")  # and again, before something is changed
    reachable(page)
    press(page, "Use my passkey")
    page.wait_for_url("**/my-account/")
    expect(page.get_by_role("row", name=re.compile("Passkey: My telephone"))).to_contain_text("used")


def test_a_device_that_is_not_unlocked_signs_nobody_in_and_the_page_says_so(
    product: Product, sign_in: Callable[..., Page]
) -> None:
    page = sign_in(ANOTHER, path="/my-account/second-step/passkey/", fresh=True)
    device = Device(page)
    page.get_by_label("What shall we call it?").fill("Another telephone")
    press(page, "Make the passkey")
    expect(page.get_by_text("Your passkey is made.")).to_be_visible()
    _sign_out(page)
    device.tell("setUserVerified", isUserVerified=False)
    press(page, "Sign in with a passkey")
    expect(page.get_by_role("alert").filter(has_text="The passkey was not used")).to_be_visible()
    page.goto("/")
    heading(page, "Sign in")
    device.tell("setUserVerified", isUserVerified=True)
    press(page, "Sign in with a passkey")
    _is_in(page, product, ANOTHER)
