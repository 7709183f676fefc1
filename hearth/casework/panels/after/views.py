"""Pages for after the meeting."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.casework.panels.after import actions, forms, rules
from hearth.casework.panels.items.queries import item_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, say


def read_panel_answer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that the answer was read."""
    item = item_of(request.user, reference)
    if request.method == "POST":
        actions.read_panel_answer(by=request.user, item=item)
        say(request, "It is on record that you have read it.")
    return HttpResponseRedirect(reverse("panel_item", args=[reference]))


def record_first_help(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say when the first help began."""
    item = item_of(request.user, reference)
    refuse(rules.why_not_record_first_help(request.user, item))
    return form_page(
        request,
        "panels/record_first_help.html",
        forms.RecordFirstHelpForm,
        do=lambda form: actions.record_first_help(by=request.user, item=item, **form.cleaned_data),
        then=reverse("panel_item", args=[reference]),
        said="Thank you. It shows how long families wait.",
        initial={"first_help_on": item.first_help_on},
        context={"item": item},
    )
