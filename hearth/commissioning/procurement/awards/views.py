"""Pages on which a lot is awarded, and the notice of it published."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.commissioning.procurement import queries
from hearth.commissioning.procurement.awards import actions, forms
from hearth.commissioning.procurement.awards.queries import lot_to_award
from hearth.foundation.ui.filters import day
from hearth.foundation.ui.page import form_page, say


def award_lot(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Award a lot, with what each bidder is told."""
    found = queries.tender_to_run(request.user, reference)
    lot, results = lot_to_award(request.user, found, number)
    return form_page(
        request,
        "procurement/award_lot.html",
        forms.AwardLotForm,
        do=lambda form: actions.award_lot(by=request.user, lot=lot, **form.cleaned_data),
        then=reverse("tender", args=[reference]),
        said=lambda made: (
            f"It is awarded, and each bidder can read why. The standstill runs to {day(made.standstill_until)}."
        ),
        form_kwargs={"results": results},
        context={"tender": found, "lot": lot, "results": results},
    )


@require_POST
def publish_award(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Publish the notice of an award."""
    found = queries.award_of(request.user, reference, number)
    actions.publish_award(by=request.user, award=found)
    say(request, "The notice is published on the call’s page.")
    return HttpResponseRedirect(reverse("tender", args=[reference]))
