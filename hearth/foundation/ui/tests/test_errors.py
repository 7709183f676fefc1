"""What people read when something cannot be shown, and what scripts get instead."""

import inspect
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as project
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from hearth.foundation.core.refusals import Conflict, Refusal, Refused
from hearth.foundation.ui import errors
from hearth.foundation.ui.middleware import RefusalMiddleware
from hearth.foundation.ui.tests.markup import Markup
from hearth.foundation.ui.tests.people import REFUSALS, Somebody, ask

REFUSAL = Refusal(
    "sharing.no_agreement", "Health has no agreement for this family. Ask the family, then record their consent."
)


@pytest.fixture(autouse=True)
def recorded(settings: Any) -> list[Any]:
    """What was put on record as refused."""
    settings.HEARTH_REFUSAL_RECORDER = "hearth.foundation.ui.tests.people.remember_refusal"
    REFUSALS.clear()
    return REFUSALS


def answered(request: HttpRequest, exception: Exception) -> Any:
    """What the middleware makes of an exception in a view."""
    return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, exception)


def test_a_refusal_is_a_page_with_the_sentence_and_goes_on_record(recorded: list[Any]) -> None:
    reader = Somebody()
    response = answered(ask("get", "/families/EH-4F7K3QX/", reader), Refused(REFUSAL))
    assert response.status_code == 403
    assert REFUSAL.sentence in response.content.decode()
    assert recorded == [(reader, REFUSAL.code, "/families/EH-4F7K3QX/")]


def test_somebody_signed_out_is_refused_as_nobody(recorded: list[Any]) -> None:
    answered(ask("get", "/x/", None), Refused(REFUSAL))
    assert recorded[0][0] is None


def test_the_recorder_that_the_settings_name_takes_what_it_is_given() -> None:
    signature = inspect.signature(import_string(project.HEARTH_REFUSAL_RECORDER))
    signature.bind(Somebody(), REFUSAL.code, path="/x/")


def test_a_sentence_is_never_markup() -> None:
    response = answered(ask("get", "/x/", Somebody()), Refused(Refusal("x", "<script>alert(1)</script>")))
    assert not [e for e in Markup(response.content.decode()).all if e.tag == "script" and "alert" in e.text]


def test_a_script_gets_the_refusal_as_data() -> None:
    response = answered(ask("get", "/x/", Somebody(), Accept="application/json"), Refused(REFUSAL))
    assert response.status_code == 403
    assert json.loads(response.content) == {"code": REFUSAL.code, "sentence": REFUSAL.sentence}


class _Htmx:
    boosted = history_restore_request = False

    def __bool__(self) -> bool:
        return True


def test_a_part_of_a_page_gets_a_part() -> None:
    request = ask("get", "/x/", Somebody())
    request.htmx = _Htmx()
    page = answered(request, Refused(REFUSAL)).content.decode()
    assert REFUSAL.sentence in page
    assert "<html" not in page


def test_a_conflict_outside_a_form_says_to_look_again() -> None:
    response = answered(ask("post", "/x/", Somebody()), Conflict({"a": ("b", "c")}))
    assert response.status_code == 409
    assert "open it again" in response.content.decode()


@pytest.mark.parametrize("exception", [Http404("EH-4F7K3QX is restricted"), ValueError("x")])
def test_other_exceptions_go_their_own_way(exception: Exception) -> None:
    assert answered(ask("get", "/x/", Somebody()), exception) is None


def test_not_found_says_the_same_whatever_the_reason() -> None:
    pages = {
        errors.not_found(ask("get", "/families/EH-4F7K3QX/", None), Http404(why)).content
        for why in ("no such family", "EH-4F7K3QX is restricted")
    }
    assert len(pages) == 1
    assert b"EH-4F7K3QX" not in pages.pop()


def test_a_fault_gives_a_reference_that_is_in_the_log_too(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        @property
        def is_authenticated(self) -> bool:
            raise RuntimeError("the database does not answer")

    request = ask("get", "/x/", None)
    request.user = Broken()  # type: ignore[assignment]
    response = errors.server_error(request)
    assert response.status_code == 500
    reference = caplog.records[0].getMessage().split(" ")[0]
    assert reference.startswith("E-")
    assert reference in response.content.decode()
    assert "What you typed on the page before is kept" in response.content.decode()


def test_a_fault_on_a_public_page_does_not_promise_that_typing_is_kept() -> None:
    request = ask("post", "/x/", None)
    request.resolver_match = SimpleNamespace(func=SimpleNamespace(open_to_the_public=True))  # type: ignore[assignment]
    said = errors.server_error(request).content.decode()
    assert "Something went wrong" in said and "What you typed" not in said


@pytest.mark.parametrize(
    ("response", "status"),
    [
        (lambda r: errors.bad_request(r, Exception("secret")), 400),
        (errors.sign_in_needed, 401),
        (lambda r: errors.forbidden(r, Exception("secret")), 403),
        (lambda r: errors.csrf_failed(r, "secret"), 403),
        (lambda r: errors.not_found(r, Exception("secret")), 404),
    ],
)
def test_every_error_page_is_whole_says_what_to_do_and_keeps_secrets(response: Any, status: int) -> None:
    made = response(ask("get", "/x/", None))
    page = Markup(made.content.decode())
    assert made.status_code == status
    assert page.faults == []
    assert "secret" not in made.content.decode()
    assert len([e for e in page.all if e.tag == "h1"]) == 1
    assert "ring" in next(e for e in page.all if e.tag == "main").text


@pytest.mark.parametrize(
    ("came_from", "there"),
    [
        ("http://testserver/families/FA-1/?tab=2", 'href="/families/FA-1/?tab=2"'),
        ("http://elsewhere.example/x/", ""),
        ("http://testserver/x/", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_refusal_leads_back_to_the_page_of_ours_that_led_to_it(came_from: str, there: str) -> None:
    request = ask("get", "/x/", None)
    request.META["HTTP_REFERER"] = came_from
    text = errors.not_found(request, Exception()).content.decode()
    assert ("Go back to the page before" in text) is bool(there)
    assert there in text and "elsewhere" not in text and "javascript" not in text
