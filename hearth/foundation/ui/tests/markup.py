"""Reads a page as a browser would, for tests: elements, ids, what may be focused, what a label is for."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "br", "meta", "link", "img", "hr", "circle", "line", "path"}
FOCUSABLE = {"input", "textarea", "select", "button"}


@dataclass
class Element:
    """One element, with the text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: list["Element"] = field(default_factory=list)


class Markup(HTMLParser):
    """All elements of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.all: list[Element] = []
        self._open: list[Element] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{element.tag}> is never closed" for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.all.append(element)
        for outer in self._open:
            outer.inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1].tag if self._open else 'nothing'}")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def with_id(self, name: str) -> Element | None:
        """The element with that id."""
        return next((element for element in self.all if element.attributes.get("id") == name), None)

    def named(self, name: str) -> list[Element]:
        """The boxes that send that name."""
        return [element for element in self.all if element.attributes.get("name") == name]

    def classed(self, name: str) -> list[Element]:
        """The elements of a class."""
        return [element for element in self.all if name in element.attributes.get("class", "").split()]

    def label_for(self, name: str) -> str:
        """The label's words for a box's id."""
        found = [e for e in self.all if e.tag == "label" and e.attributes.get("for") == name]
        return " ".join(found[0].text.split()) if found else ""

    def may_be_focused(self, name: str) -> bool:
        """Whether a link to `#name` takes the keyboard there."""
        element = self.with_id(name)
        return element is not None and element.tag in FOCUSABLE and element.attributes.get("type") != "hidden"

    def repeated_ids(self) -> set[str]:
        """Ids that stand on more than one element."""
        ids = [element.attributes["id"] for element in self.all if "id" in element.attributes]
        return {each for each in ids if ids.count(each) > 1}

    def summary_links(self) -> list[str]:
        """Where the error summary leads."""
        found = self.classed("govuk-error-summary")
        return [e.attributes["href"].lstrip("#") for box in found for e in box.inside if e.tag == "a"]
