"""The `ui` and `field` of every template: the pieces of templates/ui/pieces.html, and those that need the request."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.forms import BaseForm
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from hearth.foundation.core.paging import Page
from hearth.foundation.ui.drawing import focus_id
from hearth.foundation.ui.listing import with_query

PIECES = "ui/pieces.html"


def error_items(*forms: BaseForm) -> list[dict[str, str]]:
    """What the error summary lists: each sentence, and the box it takes the person to. Order is the page's own."""
    found = []
    for form in forms:
        found += [{"text": str(error)} for error in form.non_field_errors()]
        for name in (name for name in form.fields if name in form.errors):
            bound = form[name]
            target = focus_id(bound)
            found += [{"text": str(error)} | ({"href": f"#{target}"} if target else {}) for error in bound.errors]
    return found


def field(form: BaseForm, name: str, **changes: Any) -> Markup:
    """One field of a form, drawn whole, for pages that lay fields out by hand."""
    return form[name].draw(**changes)  # type: ignore[attr-defined]


class Kit:
    """Every piece by name: `ui.tag(...)`, `ui.table(...)`."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    @cached_property
    def _pieces(self) -> Any:
        return self._environment.get_template(PIECES).module

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("_", "jinja_")):
            raise AttributeError(name)
        return getattr(self._pieces, name)

    def errors(self, *forms: BaseForm) -> Markup:
        """The error summary of one or several forms; nothing when there is no error."""
        items = error_items(*forms)
        return self._pieces.error_summary(items) if items else Markup("")

    @pass_context
    def post_button(
        self, context: Context, text: str, action: str, kind: str = "secondary", hidden: Mapping[str, Any] | None = None
    ) -> Markup:
        """A button in a form of its own, for what changes something."""
        return self._pieces.post_button_form(context["csrf_input"], text, action, kind, hidden or {})

    @pass_context
    def paging(self, context: Context, page: Page) -> Markup:
        """Links to the page before and the page after; nothing when all rows fit on one."""
        if page.first and not page.more:
            return Markup("")
        before = None if page.first else with_query(context["request"], page=page.number - 1)
        after = with_query(context["request"], page=page.number + 1) if page.more else None
        return self._pieces.page_links(before, after, page.number)
