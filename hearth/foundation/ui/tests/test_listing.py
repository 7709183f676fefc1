"""Sorting and paging that keep the rest of the address."""

from typing import Any

import pytest
from django.test import RequestFactory

from hearth.foundation.core.paging import Page
from hearth.foundation.ui.listing import sorting
from hearth.foundation.ui.tests.markup import Markup

COLUMNS = {"received": "received_at", "family": "family_name"}


@pytest.mark.parametrize(
    ("asked", "column"),
    [("", "-received_at"), ("family", "family_name"), ("-family", "-family_name"), ("password", "-received_at"),
     ("--family", "-received_at"), ("received_at", "-received_at"), ("family;drop", "-received_at")],
)  # fmt: skip
def test_only_what_is_offered_can_be_sorted_by(asked: str, column: str) -> None:
    request = RequestFactory().get("/requests/", {"sort": asked} if asked else {})
    assert sorting(request, COLUMNS, "-received").order_by == column


def test_a_heading_turns_the_list_round_and_keeps_the_filters() -> None:
    sort = sorting(RequestFactory().get("/requests/?sort=family&area=burnley&page=4"), COLUMNS, "-received")
    assert sort.link("family") == "?area=burnley&sort=-family"
    assert sort.link("received") == "?area=burnley&sort=received"
    assert (sort.aria("family"), sort.aria("received")) == ("ascending", "none")


def test_the_links_to_other_pages_keep_the_filters() -> None:
    request = RequestFactory().get("/ui-kit/?area=%22%3E&page=2&sort=family")
    drawn = Markup(_draw(request, Page([], 2, True)))
    assert [e.attributes["href"] for e in drawn.all if e.tag == "a"] == [
        "?area=%22%3E&sort=family&page=1",
        "?area=%22%3E&sort=family&page=3",
    ]


def test_a_list_on_one_page_has_no_links() -> None:
    assert _draw(RequestFactory().get("/"), Page([1], 1, False)) == ""


def _draw(request: Any, page: Page) -> str:
    from django.template import engines

    template = engines["jinja2"].from_string("{{ ui.paging(page) }}")
    return template.render({"page": page}, request).strip()


def test_a_missing_variable_is_an_error_not_an_empty_space() -> None:
    from django.template import engines
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        engines["jinja2"].from_string("{{ familly }}").render({"family": 1})
