"""Autosave, the theme, and the pages the law asks for."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import Http404, HttpResponse

from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.ui import kept, views
from hearth.foundation.ui.models import Draft
from hearth.foundation.ui.tests.markup import Markup
from hearth.foundation.ui.tests.people import Somebody, ask
from hearth.foundation.ui.theme import mixed, style_sheet

PAGE = "/plans/EH-4F7K3QX/review/"


@pytest.fixture
def reader(db: None) -> Iterator[Somebody]:
    somebody = Somebody()
    with acting_as(somebody):
        yield somebody


def autosave(reader: Somebody | None, body: Any) -> HttpResponse:
    """One autosave as hearth.js sends it."""
    request = ask("post", "/drafts/", reader)
    request.content_type = "application/json"
    request._body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return views.keep_draft(request)


def test_autosave_keeps_what_is_typed_and_says_when(reader: Somebody) -> None:
    response = autosave(reader, {"path": PAGE, "form": "", "sitting": "one", "data": {"progress": ["He sleeps."]}})
    assert response.status_code == 200
    assert len(json.loads(response.content)["saved_at"]) == 5
    assert Draft.objects.get().data == {"progress": ["He sleeps."]}


def test_somebody_signed_out_is_told_that_the_text_is_still_there() -> None:
    request = ask("post", "/drafts/", None, **{"X-Hearth-Autosave": "1"})
    response = views.keep_draft(request)
    assert response.status_code == 401
    assert "still on this page" in json.loads(response.content)["sentence"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"\xff\xfe", b"[]", b'"text"', b"null", b"{}", b"[" * 100_000,
        {"path": PAGE, "data": []}, {"path": PAGE, "data": {"a": "b"}}, {"path": PAGE, "data": {"a": {"b": []}}},
        {"path": 7, "data": {}}, {"path": PAGE, "form": None, "data": {}}, {"path": PAGE, "sitting": [], "data": {}},
    ],
)  # fmt: skip
def test_what_is_no_autosave_is_refused_and_breaks_nothing(reader: Somebody, body: Any) -> None:
    assert autosave(reader, body).status_code == 400
    assert not Draft.objects.exists()


@pytest.mark.parametrize("values", [[None], [7], [{"a": "b"}], [["x"]], ["\x00"], ["\ud800"]])
def test_values_of_any_kind_are_kept_as_text(reader: Somebody, values: list[Any]) -> None:
    assert autosave(reader, {"path": PAGE, "data": {"a": values}}).status_code == 200
    assert isinstance(Draft.objects.get().data["a"][0], str)


def test_a_path_elsewhere_is_refused_with_a_sentence(reader: Somebody) -> None:
    response = autosave(reader, {"path": "//example.org/", "data": {"a": ["b"]}})
    assert response.status_code == 422
    assert json.loads(response.content)["sentence"]


def test_discarding_a_draft_opens_the_page_afresh(reader: Somebody) -> None:
    kept.save_draft(reader, PAGE, "", "one", {"progress": ["He"]})
    response = views.discard_draft(ask("post", "/drafts/discard/", reader, {"path": PAGE, "form": ""}))
    assert (response.status_code, response.headers["Location"]) == (302, PAGE)
    assert kept.draft_for(reader, PAGE) is None


@pytest.mark.parametrize(
    "path", ["//example.org/", "https://example.org/", "javascript:alert(1)", "", "/\\example.org"]
)
def test_discarding_never_leads_to_another_site(reader: Somebody, path: str) -> None:
    with pytest.raises(Http404):
        views.discard_draft(ask("post", "/drafts/discard/", reader, {"path": path}))


def test_the_theme_is_the_authoritys_and_may_be_kept() -> None:
    response = views.theme(ask("get", "/theme.css", None))
    assert pack().authority.header_colour.lower() in response.content.decode().lower()
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"].startswith("text/css")


def test_another_authority_looks_different() -> None:
    assert style_sheet("#003366", "#1d70b8") != style_sheet("#003366", "#336600")
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert mixed("#fff", "#000", 0) == "#ffffff"


@pytest.mark.parametrize("view", [views.accessibility_statement, views.privacy_notice])
def test_the_public_pages_are_open_whole_and_name_whom_to_ask(view: Any) -> None:
    page = Markup(view(ask("get", "/x/", None)).content.decode())
    assert view.open_to_the_public
    assert page.faults == []
    assert page.repeated_ids() == set()
    assert [e.text for e in page.all if e.tag == "a" and e.attributes.get("href", "").startswith("mailto:")]


def test_the_cookies_named_are_those_that_are_set() -> None:
    from django.conf import settings

    page = Markup(views.privacy_notice(ask("get", "/x/", None)).content.decode())
    named = {e.text for e in page.all if e.tag == "th"}
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= named
    assert page.with_id("cookies") is not None


def test_the_kit_is_for_demonstrations_only(settings: Any) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(Http404):
        views.ui_kit(ask("get", "/ui-kit/", Somebody()))


def test_the_kit_draws_every_piece(reader: Somebody, settings: Any) -> None:
    settings.DEMONSTRATION = True
    response: Any = views.ui_kit(ask("get", "/ui-kit/", reader))
    page = Markup(response.content.decode())
    assert page.faults == []
    assert page.repeated_ids() == set()
    assert len([e for e in page.all if e.tag == "h1"]) == 1
    assert page.classed("app-timeline__entry")
    assert page.classed("app-person")
