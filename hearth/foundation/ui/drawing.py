"""What each kind of field hands to its macro: ids, words, values and errors."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup, escape

from hearth.foundation.ui.partial_date import PARTS
from hearth.foundation.ui.widgets import date_parts

Parameters = dict[str, Any]
Draw = Callable[[Any], Markup]

# Fields that are not ours (a library's sign-in form) are drawn by their widget. The first that fits wins.
WIDGETS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Textarea, "long_text"),
    (forms.CheckboxInput, "tick"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
)
WIDTHS = {"day": "govuk-input--width-2", "month": "govuk-input--width-2", "year": "govuk-input--width-4"}
IN_A_FIELDSET = ("radios", "checkboxes", "date", "partial_date", "scale")


def kind_of(field: forms.Field) -> str:
    """The macro that draws this field."""
    kind = getattr(field, "kind", None)
    return kind or next((kind for widget, kind in WIDGETS if isinstance(field.widget, widget)), "text")


def focus_id(bound: BoundField) -> str:
    """The id of the box that an error should take the person to; nothing for a hidden field."""
    kind = kind_of(bound.field)
    if kind == "hidden":
        return ""
    if kind in ("date", "partial_date"):
        return f"{bound.auto_id}-{next(iter(parts_at_fault(bound)), 'day')}"
    return str(bound.auto_id)


def parts_at_fault(bound: BoundField) -> list[str]:
    """Which boxes of a date an error is about."""
    if not bound.errors:
        return []
    named = {part for error in bound.errors.as_data() for part in (error.params or {}).get("parts", PARTS)}
    return [part for part in PARTS if part in named]


def typed(text: Any) -> Markup:
    """Text for inside a textarea. Line ends become entities, as the macros indent whatever they wrap."""
    plain = "" if text is None else str(text).replace("\r\n", "\n")
    plain = "\n" + plain if plain.startswith("\n") else plain  # a browser drops the first line end
    return Markup(str(escape(plain)).replace("\n", "&#10;"))  # noqa: S704 - escaped just now


def label_of(bound: BoundField) -> str:
    """The label; whether a field may be left out, or until when (the field's `until`), is said in words."""
    optional = (
        not bound.field.required and getattr(bound.form, "mark_optional", True) and kind_of(bound.field) != "tick"
    )
    return f"{bound.label} ({getattr(bound.field, 'until', 'optional')})" if optional else str(bound.label)


def _error(bound: BoundField) -> Parameters | None:
    sentences = [str(error) for error in bound.errors]
    return {"html": Markup("<br>").join(escape(each) for each in sentences)} if sentences else None


def _heading(bound: BoundField, what: str) -> Parameters:
    heading = getattr(bound.field, "heading", False)
    return {
        "text": label_of(bound),
        "classes": f"govuk-{what}--{'l' if heading else 's'}",
        "isPageHeading": heading,
    }


def _attributes(bound: BoundField) -> Parameters:
    """What a library set on its widget, without what the macros decide themselves or we never show."""
    ours = (
        "id",
        "name",
        "type",
        "class",
        "value",
        "placeholder",
        "autocomplete",
        "rows",
        "cols",
        "maxlength",
        "required",
    )
    found = {key: value for key, value in bound.field.widget.attrs.items() if key not in ours and value is not False}
    return {key: {"value": True, "optional": True} if value is True else value for key, value in found.items()}


def _common(bound: BoundField) -> Parameters:
    kind = kind_of(bound.field)
    made: Parameters = {
        "id": bound.auto_id,
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "attributes": _attributes(bound),
        "errorMessage": _error(bound),
        "hint": {"text": bound.help_text} if bound.help_text else None,
        "label": _heading(bound, "label"),
        "disabled": bound.field.disabled,
        "autocomplete": getattr(bound.field, "autocomplete", None) or bound.field.widget.attrs.get("autocomplete"),
    }
    if kind in IN_A_FIELDSET:
        made["fieldset"] = {"legend": _heading(bound, "fieldset__legend")}
    return made


def _text(bound: BoundField, _draw: Draw) -> Parameters:
    field = bound.field
    width = getattr(field, "width", "")
    value = bound.value()
    affixes = {name: {"text": text} for name in ("prefix", "suffix") if (text := getattr(field, name, ""))}
    return affixes | {
        "value": "" if value is None else str(value),
        "type": getattr(field, "input_type", getattr(field.widget, "input_type", "text")),
        "inputmode": getattr(field, "inputmode", "") or None,
        "spellcheck": getattr(field, "spellcheck", None),
        "classes": (f"govuk-input--width-{width}" if width.isdigit() else f"govuk-!-width-{width}") if width else "",
    }


def _long_text(bound: BoundField, _draw: Draw) -> Parameters:
    limit = getattr(bound.field, "max_length", None)
    return {
        "value": typed(bound.value()),
        "rows": str(getattr(bound.field, "rows", 5)),
        "maxlength": limit,
        "threshold": 75,
        "textareaDescriptionText": f"You can enter up to {limit:,} characters" if limit else None,
    }


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    many = isinstance(value, list | tuple | set)
    return {str(each) for each in (value if many else [value]) if each not in (None, "")}


def _plain_choices(bound: BoundField) -> Iterable[tuple[str, str]]:
    for key, words in getattr(bound.field, "choices", ()):
        if isinstance(words, list | tuple):
            yield from ((str(inner), str(text)) for inner, text in words)
        elif str(key) or kind_of(bound.field) == "select":
            yield str(key), str(words)


def _items(bound: BoundField, draw: Draw) -> list[Parameters]:
    field, chosen = bound.field, _chosen(bound)
    hints, reveals = getattr(field, "hints", {}), getattr(field, "reveals", {})
    items = []
    for key, words in _plain_choices(bound):
        inside = Markup("\n").join(draw(bound.form[name]) for name in reveals.get(key, ()))
        items.append({
            "value": key,
            "text": words,
            "checked": key in chosen,
            "hint": {"text": hints[key]} if key in hints else None,
            "conditional": {"html": inside} if inside else None,
        })  # fmt: skip
    return items


def _radios(bound: BoundField, draw: Draw) -> Parameters:
    field = bound.field
    inline = getattr(field, "inline", False) and not getattr(field, "reveals", {})
    names = [
        f"govuk-radios--{word}" for word, on in (("inline", inline), ("small", getattr(field, "small", False))) if on
    ]
    return {"items": _items(bound, draw), "classes": " ".join(names)}


def _checkboxes(bound: BoundField, draw: Draw) -> Parameters:
    items = _items(bound, draw)
    none = getattr(bound.field, "none", "")
    if none:
        key = bound.field.NONE  # type: ignore[attr-defined]
        items += [
            {"divider": "or"},
            {"value": key, "text": none, "checked": key in _chosen(bound)},
        ]
    return {"items": items, "classes": "govuk-checkboxes--small" if getattr(bound.field, "small", False) else ""}


def _tick(bound: BoundField, _draw: Draw) -> Parameters:
    hint = {"text": bound.help_text} if bound.help_text else None
    on = bound.value() not in (None, False, "", "false", "False")
    return {"items": [{"value": "yes", "text": label_of(bound), "checked": on, "hint": hint}], "hint": None}


def _select(bound: BoundField, _draw: Draw) -> Parameters:
    chosen = _chosen(bound)
    width = getattr(bound.field, "width", "")
    empty = getattr(bound.field, "empty", "")

    def option(key: Any, words: Any) -> Parameters:
        return {"value": str(key), "text": str(words), "selected": str(key) in chosen}

    first = [{"value": "", "text": empty, "selected": not chosen}] if empty else []
    groups = [
        {"label": str(key), "items": [option(*each) for each in words]}
        if isinstance(words, list | tuple)
        else option(key, words)
        for key, words in getattr(bound.field, "choices", ())
    ]
    return {"items": first + groups, "classes": f"govuk-!-width-{width}" if width else ""}


def _date(bound: BoundField, _draw: Draw) -> Parameters:
    parts, wrong = date_parts(bound.value()), parts_at_fault(bound)
    birthday = getattr(bound.field, "autocomplete", "") == "bday"
    items = [
        {
            "name": part,
            "label": part.capitalize(),
            "value": parts[part],
            "classes": WIDTHS[part] + (" govuk-input--error" if part in wrong else ""),
            "autocomplete": f"bday-{part}" if birthday else "off",
            "inputmode": "numeric",
        }
        for part in PARTS
    ]
    return {
        "items": items,
        "namePrefix": bound.html_name,
        "estimated": parts["estimated"] == "yes",
        "subject": str(bound.label),
    }


def _scale(bound: BoundField, _draw: Draw) -> Parameters:
    field: Any = bound.field
    chosen = _chosen(bound)
    points = [
        {"value": key, "id": f"{bound.auto_id}{f'-{place}' if place > 1 else ''}", "checked": key in chosen}
        for place, (key, _words) in enumerate(field.choices, start=1)
    ]
    return {"items": points, "low_words": field.low_words, "high_words": field.high_words}


def _file(bound: BoundField, _draw: Draw) -> Parameters:
    told = {"accept": getattr(bound.field, "accept", ""), "data-most": getattr(bound.field, "most", "")}
    several = getattr(bound.field.widget, "allow_multiple_selected", False)
    return {
        "multiple": several,
        "attributes": _attributes(bound) | {name: value for name, value in told.items() if value},
        "javascript": True,
    }


def _hidden(bound: BoundField, _draw: Draw) -> Parameters:
    value = bound.value()
    return {"value": "" if value is None else str(value)}


def _password(bound: BoundField, _draw: Draw) -> Parameters:
    return {"value": ""}


KINDS: dict[str, Callable[[BoundField, Draw], Parameters]] = {
    "text": _text, "long_text": _long_text, "password": _password, "radios": _radios, "checkboxes": _checkboxes,
    "tick": _tick, "select": _select, "date": _date, "partial_date": _date, "scale": _scale, "file": _file,
    "hidden": _hidden,
}  # fmt: skip


def parameters(bound: BoundField, draw: Draw) -> Parameters:
    """Everything the field's macro needs. `draw` draws the fields it reveals."""
    return _common(bound) | KINDS[kind_of(bound.field)](bound, draw)
