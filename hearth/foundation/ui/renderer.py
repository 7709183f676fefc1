"""Plain Django forms drawn with the GOV.UK macros: settings.FORM_RENDERER points here, so `{{ form }}` just works."""

from functools import lru_cache
from typing import Any

from django.forms import BaseForm
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import DjangoTemplates
from django.template import engines
from django.utils.safestring import SafeString
from markupsafe import Markup

from hearth.foundation.ui.drawing import kind_of, parameters
from hearth.foundation.ui.reveal import revealed

KINDS = "ui/forms/kinds.html"


def _drawn(kind: str, wanted: dict[str, Any]) -> str:
    macros = engines["jinja2"].env.get_template(KINDS).module  # type: ignore[attr-defined]
    return str(getattr(macros, kind)(wanted))


class _Same:
    """What a macro is given, alike where it says the same."""

    def __init__(self, wanted: dict[str, Any]) -> None:
        self.wanted, self.said = wanted, repr(wanted)

    def __hash__(self) -> int:
        return hash(self.said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.said == other.said


@lru_cache(maxsize=200)
def _drawn_once(kind: str, same: _Same) -> str:
    """Lists of choices and empty boxes: a page of filters has five, and drawing them took longer than its fifty rows."""
    return _drawn(kind, same.wanted)


def draw(bound: "BoundField", **changes: Any) -> Markup:
    """One field with its label, hint, error and whatever it reveals."""
    kind, wanted = kind_of(bound.field), parameters(bound, draw) | changes
    is_alike = kind == "select" or (kind == "text" and not wanted.get("value"))
    drawn = _drawn_once(kind, _Same(wanted)) if is_alike else _drawn(kind, wanted)
    if kind == "radios":
        # GOV.UK's script would put aria-expanded on a radio, which is not allowed there. hearth.css reveals instead,
        # without script. (A quotation mark in anything typed is escaped: this finds only the macro's own attribute.)
        drawn = drawn.replace(' data-aria-controls="conditional-', ' data-reveals="conditional-')
    return Markup(drawn)  # noqa: S704 - made by our own macros


def draw_form(form: BaseForm) -> Markup:
    """Every field of a form in its order, each revealed one inside the choice that reveals it."""
    inside = revealed(form)
    return Markup("\n").join(draw(form[name]) for name in form.fields if name not in inside)  # type: ignore[arg-type]


class BoundField(DjangoBoundField):
    """A field in a form: printed in a template it draws itself whole."""

    def draw(self, **changes: Any) -> Markup:
        """The whole field; `changes` go to the macro in place of what the field says."""
        return draw(self, **changes)

    def __str__(self) -> SafeString:
        return SafeString(self.draw())

    __html__ = __str__


class Renderer(DjangoTemplates):
    """Forms through our macros; single widgets of other people's pages through Django's own templates."""

    form_template_name = "ui/form"
    bound_field_class = BoundField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """A form, or whatever else was asked for."""
        if template_name == self.form_template_name:
            return draw_form(context["form"])
        return super().render(template_name, context, request)
