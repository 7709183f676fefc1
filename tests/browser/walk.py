"""The planted families of the hostile walk, opened in one page of the browser by whoever may see each of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page

from hearth.doorstep.views import REFERENCE, SIGNS
from hearth.foundation.accounts.actions import appoint_person
from hearth.foundation.accounts.testing import sign_in_fully
from hearth.foundation.core.reader import acting_as
from tests.security.hostile.saved import planted
from tests.security.hostile.world import World


@contextmanager
def serving(name: str) -> Iterator[tuple[World, str]]:
    """The planted world in a database of its own, and the address where this process serves it."""
    with planted(name) as (world, _):
        by, partner = world.cast.administrator, world.cast.charity_worker
        with acting_as(by):
            appoint_person(by=by, person=partner, role="manager", area=world.area)
            partner.refresh_from_db()
        server = LiveServerThread("localhost", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        try:
            yield world, f"http://localhost:{server.port}"
        finally:
            server.terminate()


@dataclass
class Walker:
    """One page of the browser that is now one reader's and now another's: each signs in once, past the sign-in pages."""

    world: World
    page: Page
    address: str
    clients: dict[str, Client] = field(default_factory=dict)
    now: str | None = None

    def client(self, who: str) -> Client:
        """A browser without a screen, of the same sitting; of nobody for an empty name."""
        if who not in self.clients:
            self.clients[who] = Client(raise_request_exception=False)
            if who:
                sign_in_fully(self.clients[who], getattr(self.world.cast, who))
            else:
                self._ask_as_family(self.clients[who])
        return self.clients[who]

    @staticmethod
    def _ask_as_family(visitor: Client) -> None:
        """A visitor may be a family that is asking for help, and has just sent it."""
        asking = visitor.session
        asking[SIGNS], asking[REFERENCE] = [], "RQ-ABCDEFG"
        asking.save()

    def answer(self, who: str, path: str) -> Any:
        """What somebody is answered, before it is opened on the screen."""
        return self.client(who).get(path)

    def open(self, who: str, path: str) -> int:
        """Open it on the screen as that reader; the status."""
        if who != self.now:
            self._become(who)
        answer = self.page.goto(path)
        assert answer is not None, path
        return answer.status

    def _become(self, who: str) -> None:
        self.page.context.clear_cookies()
        sitting = self.client(who).cookies.get(settings.SESSION_COOKIE_NAME)
        if sitting is not None:
            self.page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": sitting.value, "url": self.address}]
            )
        self.now = who
