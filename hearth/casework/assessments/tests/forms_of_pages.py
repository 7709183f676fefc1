"""Reads a page's form as a browser would send it, so that tests post what people see."""

from html.parser import HTMLParser
from typing import Any


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.text: str | None = None
        self.fields: dict[str, Any] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.inside = found.get("id") == "the-form"
        elif self.inside and tag == "textarea":
            self.text = found["name"]
            self.fields[self.text] = ""
        elif self.inside and tag == "input" and "name" in found:
            self._input(found, {key for key, _ in attrs})

    def _input(self, found: dict[str, str], attrs: set[str]) -> None:
        if found.get("type") == "checkbox":
            if "checked" in attrs:
                self.fields.setdefault(found["name"], []).append(found["value"])
        elif found.get("type") != "radio" or "checked" in attrs:
            self.fields[found["name"]] = found.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.fields[self.text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text = None
        elif tag == "form":
            self.inside = False


def fields_of(response: Any, **changes: Any) -> dict[str, Any]:
    """The fields of the page's form, with some changed. A name is given with `__` for `-` never: as it is."""
    reader = _Reader()
    reader.feed(response.content.decode())
    reader.close()
    return reader.fields | changes
