"""What stands around every page, and what was taken out of the vendored files."""

import importlib.util
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from hearth.foundation.ui import navigation
from hearth.foundation.ui.page import render, say
from hearth.foundation.ui.tests.markup import Markup
from hearth.foundation.ui.tests.people import Somebody, ask

UI = Path(__file__).resolve().parent.parent
ROOT = UI.parent.parent.parent
OURS = [*UI.glob("static/ui/*.css"), *UI.glob("static/ui/*.js"), *UI.rglob("templates/**/*.html")]


def drawn(reader: Somebody | None, request: Any = None) -> Markup:
    """A plain page."""
    response: HttpResponse = render(request or ask("get", "/x/", reader), "ui/accessibility_statement.html")
    return Markup(response.content.decode())


def test_the_first_thing_the_keyboard_finds_leads_to_the_content() -> None:
    page = drawn(Somebody())
    first = next(e for e in page.all if e.tag == "a")
    assert first.attributes["href"] == "#main-content"
    assert page.with_id("main-content").tag == "main"


def test_a_page_has_one_heading_a_language_and_a_title_that_ends_with_whose_it_is() -> None:
    page = drawn(Somebody())
    assert len([e for e in page.all if e.tag == "h1"]) == 1
    assert page.all[0].attributes["lang"] == "en-GB"
    title = next(e for e in page.all if e.tag == "title").text
    assert title.startswith("Accessibility statement – ")
    assert title.endswith("Council")


def test_the_reader_sees_who_they_are_and_a_visitor_nothing() -> None:
    assert drawn(Somebody()).classed("app-header__name")[0].text == "Aisha Begum"
    assert drawn(None).classed("app-header__who") == []


def test_a_link_that_needs_a_permission_is_shown_to_those_who_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = (
        navigation.NavigationItem("Privacy", "privacy_notice", "see_privacy"),
        navigation.NavigationItem("No such place", "nowhere"),
    )
    monkeypatch.setattr(navigation, "items", lambda: wanted)
    request = ask("get", "/x/", None)
    assert [item["text"] for item in navigation.offered_to(Somebody(permissions=("see_privacy",)), request)] == [
        "Privacy"
    ]
    assert navigation.offered_to(Somebody(), request) == []


@pytest.mark.parametrize(
    ("path", "here", "lit"),
    [
        ("/things/TH-1/", "thing", ["Things"]),
        ("/things/TH-1/parts/", "parts", ["Parts"]),
        ("/elsewhere/", "", []),
    ],
)
def test_the_bar_says_where_one_is_on_every_page_behind_a_link(
    path: str, here: str, lit: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = (
        navigation.NavigationItem("Things", "privacy_notice", under=("/things/",)),
        navigation.NavigationItem("Parts", "accessibility_statement", slices=("parts",)),
    )
    monkeypatch.setattr(navigation, "items", lambda: wanted)
    request = ask("get", path, None)
    request.resolver_match = SimpleNamespace(url_name=here)  # type: ignore[assignment]
    assert [item["text"] for item in navigation.offered_to(Somebody(), request) if item["active"]] == lit


def _many(monkeypatch: pytest.MonkeyPatch, *, more: int) -> None:
    """Two links in one group, one alone in its own, and so many without a group."""
    wanted = [
        navigation.NavigationItem("Things", "privacy_notice", slices=("thing",), group="Stores"),
        navigation.NavigationItem("Alone", "privacy_notice", group="Lonely"),
        navigation.NavigationItem("Parts", "accessibility_statement", group="Stores"),
        *(navigation.NavigationItem(f"More {n}", "accessibility_statement") for n in range(more)),
    ]
    monkeypatch.setattr(navigation, "items", lambda: wanted)


def _at(here: str) -> navigation.Bar:
    request = ask("get", "/x/", None)
    request.resolver_match = SimpleNamespace(url_name=here)  # type: ignore[assignment]
    return navigation.bar_for(Somebody(), request)


def test_few_links_stand_beside_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    _many(monkeypatch, more=navigation.FEW - 3)
    bar = _at("thing")
    assert [link["text"] for link in bar.links][:3] == ["Things", "Alone", "Parts"] and not bar.beneath


def test_many_links_stand_in_groups_with_those_of_the_group_one_is_in_beneath(monkeypatch: pytest.MonkeyPatch) -> None:
    _many(monkeypatch, more=navigation.FEW - 2)
    bar = _at("thing")
    assert [link["text"] for link in bar.links][:2] == ["Stores", "Alone"]
    assert bar.links[0]["href"] == reverse("privacy_notice") and bar.links[0]["active"] and not bar.links[0]["current"]
    assert bar.group == "Stores" and [link["text"] for link in bar.beneath] == ["Things", "Parts"]
    assert [link["active"] for link in bar.beneath] == [True, False]
    elsewhere = _at("elsewhere")
    assert not elsewhere.beneath and not elsewhere.links[0]["active"]


def test_every_link_of_the_real_navigation_leads_somewhere() -> None:
    for item in navigation._items(settings.NAVIGATION):
        assert reverse(item.url_name)


def test_every_link_of_the_real_navigation_has_its_group_but_the_first_page() -> None:
    assert {item.text for item in navigation._items(settings.NAVIGATION) if not item.group} == {"My work", "Home"}


def test_a_sentence_said_is_shown_once_on_the_next_page() -> None:
    request = ask("get", "/x/", Somebody())
    say(request, "The plan is <closed>.")
    page = drawn(None, request)
    assert [e.text.strip() for e in page.classed("app-banner__words")] == ["The plan is <closed>."]
    assert request._messages.used  # so the middleware forgets it


class _Htmx:
    boosted = history_restore_request = False

    def __bool__(self) -> bool:
        return True


def test_htmx_gets_the_part_it_asked_for_and_others_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.template import engines
    from jinja2 import ChoiceLoader, DictLoader

    text = '{% extends "ui/list.html" %}{% block title %}Requests{% endblock %}'
    text += "{% block results %}<p>{{ number }}</p>{% endblock %}"
    environment = engines["jinja2"].env
    monkeypatch.setattr(
        environment, "loader", ChoiceLoader([DictLoader({"ui/tests/list.html": text}), environment.loader])
    )
    request = ask("get", "/x/", Somebody())
    whole = render(request, "ui/tests/list.html", {"number": 7}, partial="results").content.decode()
    assert "<html" in whole
    assert "<p>7</p>" in whole
    request.htmx = _Htmx()
    part = render(request, "ui/tests/list.html", {"number": 7}, partial="results")
    assert part.content.decode().strip() == "<p>7</p>"
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_nothing_of_ours_needs_a_looser_content_security_policy(file: Path) -> None:
    text = file.read_text()
    assert not re.search(r"\sstyle=[\"']|\son[a-z]+=[\"']|javascript:|eval\(|\.innerHTML|<style", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "nonce=" in script or "src=" in script


def _maintainers_script() -> Any:
    spec = importlib.util.spec_from_file_location("vendor_assets", ROOT / "scripts/vendor_assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_vendored_files_are_those_of_the_manifest() -> None:
    assert _maintainers_script().faults() == []


def test_the_vendored_version_is_one_the_macros_are_made_for() -> None:
    manifest = json.loads((UI / "static/ui/vendor/manifest.json").read_text())
    assert manifest["version"].startswith("6.")
    css = (UI / "static/ui/vendor/govuk-frontend.min.css").read_text()
    assert f'--govuk-frontend-version:"{manifest["version"]}"' in css


def test_a_council_wears_neither_the_crown_nor_the_reserved_typeface() -> None:
    for file in (UI / "static/ui").rglob("*.*"):
        text = file.read_text(errors="replace")
        assert not re.search(r"GDS Transport|@font-face|govuk-crest|url\(", text), file.name
    assert "govuk-logo" not in str([e.attributes for e in drawn(None).all])


def test_taking_the_crown_out_leaves_a_style_sheet_that_is_whole() -> None:
    css = (UI / "static/ui/vendor/govuk-frontend.min.css").read_text()
    assert css.count("{") == css.count("}") > 1000
