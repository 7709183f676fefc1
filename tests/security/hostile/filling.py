"""Fills in a page's own form as somebody would, so that what a hostile reader sends would be done if it were let past."""

import datetime as dt
from dataclasses import dataclass, field
from html.parser import HTMLParser

from hearth.foundation.core import clock
from tests.security.hostile.words import STEMS

TYPED = "Typed words"
BY_TYPE = {"email": "typed@example.org", "tel": "01632 960001", "number": "1"}
BY_NAME = {"postcode": "BB11 1AA", "uprn": "100", "time": "00:01", "nhs_number": "", "upn": "", "reference": ""}


@dataclass
class _Form:
    """A form of a page: what its boxes hold, and the choices of those that nobody has chosen in."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.inside: _Form | None = None
        self.name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = _Form(given.get("action", "")) if given.get("method", "").lower() == "post" else None
            if self.inside is not None:
                self.forms.append(self.inside)
        elif self.inside is not None and tag in ("input", "textarea", "select", "option"):
            getattr(self, f"_{tag}")(self.inside, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag in ("textarea", "select"):
            self.name = ""

    def handle_data(self, data: str) -> None:
        if self.inside is not None and self.name and self.inside.values.get(self.name) == [TYPED] and data.strip():
            self.inside.values[self.name] = [data]

    def _input(self, form: _Form, given: dict[str, str]) -> None:
        name, kind, value = given.get("name", ""), given.get("type", "text"), given.get("value", "")
        if not name or kind in ("file", "submit"):
            return
        if kind in ("radio", "checkbox"):
            form.offered.setdefault(name, []).append(value)
            if "checked" in given:
                form.values.setdefault(name, []).append(value)
        else:
            form.values[name] = [value or ("" if kind == "hidden" else _typed(name, kind))]

    def _textarea(self, form: _Form, given: dict[str, str]) -> None:
        self.name = given.get("name", "")
        form.values[self.name] = [TYPED]

    def _select(self, form: _Form, given: dict[str, str]) -> None:
        self.name = given.get("name", "")

    def _option(self, form: _Form, given: dict[str, str]) -> None:
        if given.get("value"):
            form.offered.setdefault(self.name, []).append(given["value"])
            if "selected" in given:
                form.values[self.name] = [given["value"]]


def _typed(name: str, kind: str) -> str:
    today = clock.today()
    for part, value in (("-day", today.day), ("-month", today.month), ("-year", today.year)):
        if name.endswith(part):
            return str(value)
    return next((value for part, value in BY_NAME.items() if part in name), BY_TYPE.get(kind, TYPED))


def filled(page: str, path: str) -> dict[str, list[str]] | None:
    """The largest form of a page that posts to `path`, filled in; None where it has no such form."""
    found = _Forms()
    found.feed(page)
    mine = [form for form in found.forms if form.action in ("", path)]
    if not mine:
        return None
    form = max(mine, key=lambda one: len(one.values) + len(one.offered))
    chosen = {name: values[:1] for name, values in form.offered.items() if name not in form.values}
    return {name: values for name, values in (form.values | chosen).items() if name != "csrfmiddlewaretoken"}


def in_working_days(name: str, days: int, besides: int) -> dict[str, str]:
    """A date at least so many days from today on which the council works, and that is not of this weekday."""
    on = clock.today() + dt.timedelta(days=days)
    while not clock.is_working_day(on) or on.weekday() == besides:
        on += dt.timedelta(days=1)
    return in_days(name, (on - clock.today()).days)


def in_days(name: str, days: int) -> dict[str, str]:
    """The three boxes of a day so far from today."""
    day = clock.today() + dt.timedelta(days=days)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def planted_nowhere(body: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same body with every planted word replaced: a page may show somebody what they themselves typed."""
    return {
        name: [TYPED if any(stem in value.lower() for stem in STEMS) else value for value in values]
        if isinstance(values, list)
        else values
        for name, values in body.items()
    }
