"""Plain Django forms drawn with the GOV.UK macros: settings.FORM_RENDERER points here, so `{{ form }}` just works."""

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


def draw(bound: "BoundField", **changes: Any) -> Markup:
    """One field with its label, hint, error and whatever it reveals."""
    kind = kind_of(bound.field)
    macros = engines["jinja2"].env.get_template(KINDS).module  # type: ignore[attr-defined]
    drawn = str(getattr(macros, kind)(parameters(bound, draw) | changes))
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
