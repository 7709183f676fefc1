"""What a browser test asks for: `product`, `visitor`, `sign_in`, `axe`."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from hearth.config import browser as chromium
from hearth.config.addresses import var
from hearth.config.codes import SECONDS, code_at
from tests.browser.product import Product
from tests.browser.product import product as running_product

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 740}
NARROW: ViewportSize = {"width": 320, "height": 640}  # 1280 enlarged four times, and the narrowest of phones
# By how much the page, or a table whose rows are cards on a phone, is wider than the screen.
RUNS_OFF = """Math.max(...[document.documentElement, ...document.querySelectorAll('.app-scroller:has(.app-table--cards)')]
    .map(each => each.scrollWidth - each.clientWidth))"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 15_000
AXE = Axe().axe_script


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, django_test_environment: None) -> Iterator[Product]:
    """Hearth, running, with the invented authority loaded."""
    from django.conf import settings

    from tests.database import test_database_name

    with running_product(settings, tmp_path_factory.mktemp("product"), f"{test_database_name()}_product") as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Without one these tests fail, and say how to get one."""
    try:
        found = chromium.find()
    except chromium.NoBrowser as problem:
        pytest.fail(str(problem), pytrace=False)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright leaves an event loop in this thread
        started = playwright.chromium.launch(
            executable_path=found.path, args=chromium.flags(), env={**os.environ, **found.environment}
        )
        expect.set_options(timeout=PATIENCE)
        yield started
        started.close()


class Pages:
    """The contexts of one test: what the browser complained of fails it, and a failure leaves a picture."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, screen: ViewportSize, state: Any = None) -> Page:
        """A page of its own, as on another computer."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport=screen,
            storage_state=state,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(PATIENCE)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        self.contexts.append(context)
        return context.new_page()

    def _console(self, message: ConsoleMessage) -> None:
        text, address = message.text, message.location.get("url", "")
        # A refusal, and a network that a test cuts, are logged as failed loads; a fault and a missing style are ours.
        expected = (
            text.startswith("Failed to load resource") and "status of 5" not in text and "/static/" not in address
        ) or text.startswith("Response Status Error Code 401 ")  # htmx says it once more
        if message.type == "error" and not expected:
            self.complaints.append(f"{text} ({address})")

    def pictures(self, name: str) -> None:
        """What was on the screens, for whoever looks into a failure."""
        folder = var() / "browser-failures"
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(page for context in self.contexts for page in context.pages):
            page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)
            (folder / f"{name}-{number}.html").write_text(page.content())

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def pages(browser: Browser, product: Product, request: pytest.FixtureRequest) -> Iterator[Pages]:
    """Every page a test opens."""
    opened = Pages(browser, product.address)
    yield opened
    if getattr(request.node, "failed_so_far", False):
        opened.pictures(request.node.name.replace("/", "_")[:100])
    opened.close()
    assert not opened.complaints, "The browser complained:\n" + "\n".join(opened.complaints)


@pytest.fixture
def visitor(pages: Pages) -> Callable[..., Page]:
    """`visitor()` is a page of somebody who has not signed in; `visitor(PHONE)` on a phone."""

    def make(screen: ViewportSize = WIDE) -> Page:
        return pages.open(screen)

    return make


class Doorkeeper:
    """Signs people in as they do themselves, and remembers them: a code is good once, the next half a minute off."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.states: dict[str, Any] = {}
        self.used: dict[str, int] = {}

    def code(self, person: dict[str, str]) -> str:
        """A code that this person has not used, if need be the next one."""
        email = person["email"]
        while int(time.time()) // SECONDS <= self.used.get(email, 0):
            time.sleep(0.5)
        self.used[email] = int(time.time()) // SECONDS
        return code_at(person["authenticator_secret"], time.time())

    def sign_in(self, page: Page, person: dict[str, str]) -> None:
        """Type e-mail, password and code."""
        page.locator("input[name=login]").fill(person["email"])
        page.locator("input[name=password]").fill(person["password"])
        page.locator("input[name=password]").press("Enter")
        page.locator("input[name=code]").wait_for()
        page.locator("input[name=code]").fill(self.code(person))
        page.locator("input[name=code]").press("Enter")
        page.locator("input[name=code]").wait_for(state="detached")

    def page_of(self, person: dict[str, str], open_page: Callable[[Any], Page], path: str, fresh: bool) -> Page:
        """A page of that person at `path`; the sign-in pages are gone through only where it is needed."""
        state = None if fresh else self.states.get(person["email"])
        page = open_page(state)
        page.goto(path)
        if page.locator("input[name=login]").count():
            self.sign_in(page, person)
            self.states[person["email"]] = page.context.storage_state()
            page.goto(path)
        return page


@pytest.fixture(scope="session")
def doorkeeper(product: Product) -> Doorkeeper:
    """One for the whole run, so that nobody's code is used twice."""
    return Doorkeeper(product)


@pytest.fixture
def sign_in(pages: Pages, product: Product, doorkeeper: Doorkeeper) -> Callable[..., Page]:
    """`sign_in("manager")` is a page of the first manager; also by key (`other_manager`) or e-mail.

    `screen=PHONE` on a phone, `path="/cases/"` somewhere else than home, `fresh=True` through the sign-in pages again.
    """

    def make(who: str, *, screen: ViewportSize = WIDE, path: str = "/", fresh: bool = False) -> Page:
        return doorkeeper.page_of(product.somebody(who), lambda state: pages.open(screen, state), path, fresh)

    return make


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with a list of what keeps somebody out: WCAG 2.2 AA and axe's best practice, no exceptions."""
    rules = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}

    def check(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        found = page.evaluate("rules => axe.run(rules).then(all => all.violations)", rules)
        assert not found, f"{page.url} keeps people out:\n" + "\n".join(_described(one) for one in found)

    return check


def too_wide(page: Page) -> int:
    """By how many pixels a page runs off the side of the narrowest phone."""
    before = page.viewport_size or WIDE
    page.set_viewport_size(NARROW)
    over = int(page.evaluate(RUNS_OFF))
    page.set_viewport_size(before)
    return over


def _described(violation: dict[str, Any]) -> str:
    places = "\n".join(
        f"    {' '.join(map(str, node['target']))}\n      {node['html'][:200]}" for node in violation["nodes"]
    )
    return f"  {violation['id']} ({violation['impact']}): {violation['help']}. {violation['helpUrl']}\n{places}"


def remember_failure(item: pytest.Item, call: "pytest.CallInfo[None]") -> None:
    """Remember that a test failed, so that its screens are kept."""
    if call.excinfo is not None:
        item.failed_so_far = True
